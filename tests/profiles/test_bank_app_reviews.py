"""Figures of the bank reviews that were computed independently of this product."""

import re
import tomllib

import pandas as pd
import pyarrow.parquet as pq
import pytest
from real_data import export_folder

from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.rows import RowReason
from pipelines.settings.load import SHIPPED_PROFILES

HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")


@pytest.fixture(scope="module")
def low_stars():
    """Reviews of the export with one or two stars."""
    reviews = pd.read_csv(
        export_folder("bank_app_reviews") / "google_play_reviews.csv", parse_dates=["at", "repliedAt"]
    )
    return reviews[reviews["score"] <= 2]


@pytest.fixture(scope="module")
def word_lists():
    document = tomllib.loads((SHIPPED_PROFILES / "bank_app_reviews" / "source.toml").read_text(encoding="utf-8"))
    return document["action_words"]


def test_a_review_with_one_or_two_stars_is_an_incident(bank, low_stars):
    assert len(bank.mart) == len(low_stars) == 756


def test_replies_older_than_their_review_are_set_aside_and_counted(bank):
    counts = bank.quality("interactions")
    assert counts[RowReason.ANSWERED_BEFORE_OPENING] == 17
    assert counts[RowReason.ROWS_IN] == counts[RowReason.KEPT] + 17
    assert bank.found("answered_before_opening") == 32
    assert bank.mart["response_status"].isna().sum() == 17


def test_share_answered_with_and_without_them(bank):
    answered = bank.mart["first_contact_minutes"].notna().sum()
    assert answered / len(bank.mart) == pytest.approx(0.612, abs=5e-4)
    assert (answered + 17) / len(bank.mart) == pytest.approx(0.635, abs=5e-4)


def test_both_medians_are_published(bank):
    assert bank.measure("median_first_contact_hours_answered").estimate == pytest.approx(21.4, abs=0.05)
    assert bank.measure("median_first_contact_hours").estimate == pytest.approx(109, abs=0.5)


def test_medians_by_bank_span_four_hours_to_three_days(bank):
    rows = bank.rows("measures", measure="median_first_contact_hours_answered")
    medians = {r.segment: r.estimate for r in rows if r.segment.startswith("brand=") and not r.suppressed}
    assert min(medians.values()) == pytest.approx(4.0, abs=0.05)
    assert max(medians.values()) == pytest.approx(72.7, abs=0.05)


def test_one_bank_hardly_answers(bank):
    answered = bank.mart["first_contact_minutes"].notna().groupby(bank.mart["brand"]).mean()
    assert answered.min() == pytest.approx(0.015, abs=1e-3)
    assert answered.idxmin() == "KakaoBank"


def test_korean_apologies_are_found(low_stars, word_lists):
    replies = low_stars["replyContent"].dropna()
    apologies = replies.str.contains("|".join(word_lists["ko"]["apologise"]["words"]))
    assert apologies.mean() == pytest.approx(0.55, abs=5e-4)


@pytest.mark.parametrize(
    ("action", "column"),
    [
        ("apologise", "apology_given"),
        ("empathise", "empathy_shown"),
        ("own", "accountability_accepted"),
        ("explain", "explanation_given"),
        ("commit", "commitment_made"),
    ],
)
def test_the_mart_holds_what_the_word_lists_find(bank, low_stars, word_lists, action, column):
    phrases = [word for lists in word_lists.values() for word in lists.get(action, {}).get("words", [])]
    valid = low_stars[low_stars["repliedAt"] >= low_stars["at"]]
    found = valid["replyContent"].str.lower().str.contains("|".join(map(re.escape, phrases)))
    answered = bank.mart[bank.mart["first_contact_minutes"].notna()]
    assert answered[column].notna().all()
    assert answered[column].sum() == found.sum() > 0


def test_a_name_shared_by_hundreds_is_no_customer(bank):
    assert bank.found("shared_customer_name") == 349
    assert bank.mart["customer_key"].isna().all()


def test_the_rating_came_first_so_no_reply_can_raise_it(bank):
    assert "word_of_mouth" not in bank.manifest.supplied
    assert bank.mart["review_stars"].isna().all()
    assert not bank.rows("measures", measure="review_stars")
    assert {row.verdict for row in bank.asked()} == {Verdict.NOT_ESTIMABLE}


def test_no_word_of_a_review_or_a_reply_is_published(bank):
    for path in bank.folder.glob("*.parquet"):
        for row in pq.read_table(path).to_pylist():
            assert not [value for value in row.values() if isinstance(value, str) and HANGUL.search(value)]
    assert not HANGUL.search((bank.folder / "manifest.json").read_text(encoding="utf-8"))
