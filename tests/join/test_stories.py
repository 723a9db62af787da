from datetime import timedelta

import pytest
from builders import CUT, OPENED, incident_row, mart_row, noun_rows, word_row

from pipelines.settings.profile import cut_instant

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
CUT_AT = cut_instant(CUT).replace(tzinfo=None)

# What another customer said, so that every kind of word of mouth is known to be recorded.
ELSEWHERE = [
    word_row(customer_id="c9", kind=kind, score=5.0, sentiment="neutral", praises_staff=False, reach=1)
    for kind in ("nps", "csat", "review", "referral", "post")
]


def story(*words, elsewhere=ELSEWHERE, **incident):
    (row,) = noun_rows({"incidents": [incident_row(**incident)], "word_of_mouth": [*words, *elsewhere]}, "stories")
    return row


def test_nothing_said_is_no_where_it_would_have_been_recorded():
    row = story()
    assert row["survey_answered"] is False
    assert (row["negative_post"], row["positive_story"], row["praises_staff"]) == (False, False, False)
    assert (row["referrals"], row["reach"]) == (0, 0)
    assert (row["nps_score"], row["promoter"], row["review_stars"]) == (None, None, None)


def test_a_kind_the_export_never_records_is_unknown():
    row = story(word_row(score=9.0), elsewhere=[])
    assert row["survey_answered"] is True
    for name in ("referrals", "negative_post", "positive_story", "praises_staff", "reach"):
        assert row[name] is None, name


def test_without_word_of_mouth_nothing_is_known():
    row = mart_row({"incidents": [incident_row()]})
    for name in ("survey_answered", "promoter", "referrals", "negative_post", "reach", "earlier_score"):
        assert row[name] is None, name


@pytest.mark.parametrize(
    ("after", "heard"),
    [(-DAY, False), (0 * DAY, False), (SECOND, True), (90 * DAY, True), (90 * DAY + SECOND, False)],
)
def test_the_window_is_the_90_days_after_opening(after, heard):
    row = story(word_row(after, score=10.0), word_row(after, kind="referral", score=None))
    assert row["survey_answered"] is heard
    assert row["promoter"] is (True if heard else None)
    assert row["referrals"] == int(heard)


@pytest.mark.parametrize(("age", "known"), [(90 * DAY, False), (90 * DAY + SECOND, True)])
def test_word_of_mouth_needs_its_90_days_of_follow_up(age, known):
    opened = CUT_AT - age
    row = story(word_row(posted_at=opened + DAY, score=9.0), opened_at=opened)
    assert row["promoter"] is (True if known else None)
    assert row["negative_post"] is (False if known else None)


@pytest.mark.parametrize(("score", "promoter"), [(8.0, False), (9.0, True), (10.0, True), (0.0, False)])
def test_promoters_score_nine_or_ten(score, promoter):
    assert story(word_row(score=score))["promoter"] is promoter


def test_the_first_answer_counts():
    row = story(
        word_row(9 * DAY, score=2.0),
        word_row(3 * DAY, score=10.0),
        word_row(2 * DAY, score=None),
        word_row(8 * DAY, kind="review", score=5.0),
        word_row(7 * DAY, kind="review", score=1.0),
    )
    assert row["nps_score"] == 10.0
    assert row["review_stars"] == 1.0


@pytest.mark.parametrize(
    ("word", "negative", "positive"),
    [
        ({"kind": "post", "sentiment": "negative"}, True, False),
        ({"kind": "post", "sentiment": "positive"}, False, True),
        ({"kind": "post", "sentiment": None, "score": 1.0}, False, False),
        ({"kind": "review", "score": 2.0}, True, False),
        ({"kind": "review", "score": 3.0}, False, False),
        ({"kind": "review", "score": 4.0}, False, True),
        ({"kind": "review", "score": 5.0, "sentiment": "negative"}, True, False),  # words outweigh stars
        ({"kind": "nps", "score": 0.0, "sentiment": "negative"}, False, False),  # said to the company, not in public
    ],
)
def test_good_and_bad_stories(word, negative, positive):
    row = story(word_row(**word))
    assert (row["negative_post"], row["positive_story"]) == (negative, positive)


def test_reach_and_praise_are_of_public_words():
    row = story(
        word_row(kind="post", reach=200, praises_staff=True, has_media=None),
        word_row(kind="review", reach=40, praises_staff=None, has_media=True),
        word_row(kind="nps", reach=5, praises_staff=True),
        word_row(kind="post", reach=None),
    )
    assert row["reach"] == 240
    assert row["praises_staff"] is True
    assert row["shows_pictures"] is True


def test_a_word_on_an_incident_is_not_spread_over_the_customers_other_incidents():
    tables = {
        "incidents": [incident_row(), incident_row(incident_id="i2", opened_at=OPENED + DAY)],
        "word_of_mouth": [
            word_row(incident_id="i1", score=9.0),
            word_row(incident_id=None, kind="post", sentiment="negative"),
        ],
    }
    rows = noun_rows(tables, "stories")
    assert [row["promoter"] for row in rows] == [True, None]
    assert [row["negative_post"] for row in rows] == [True, True]


def test_a_word_on_an_incident_needs_no_customer():
    assert story(word_row(customer_id=None, incident_id="i1", score=9.0), customer_id=None)["promoter"] is True


def test_words_by_customers_alone_say_nothing_of_incidents_without_customer():
    assert story(customer_id=None)["negative_post"] is None
