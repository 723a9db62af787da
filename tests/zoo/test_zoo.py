"""The zoo: exports of other tools, languages and mishaps: each ends right, asked or refused, none silently wrong.

``docs/reading.md`` holds the table of what each came to; this test holds it to that.
"""

import re
from collections import Counter
from dataclasses import dataclass, fields, replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import zoo_mishaps  # noqa: F401  it registers further cases
from zoo_cases import ASKED, CASES, REFUSED, RIGHT, Case
from zoo_company import Truth

from amends.drafts import confirmed_profile
from pipelines.engine import Engine, open_engine
from pipelines.errors import PipelineUserError
from pipelines.reading.draft import make_draft
from pipelines.reading.draft.asking import keeping
from pipelines.reading.draft.asking.answers import Answers
from pipelines.reading.draft.asking.keeping import answers_text
from pipelines.reading.draft.asking.questions import open_questions
from pipelines.reading.load import load
from words.speech import PLAIN

PAGE = Path(__file__).parents[2] / "docs" / "reading.md"
SILENT, INCOMPLETE = "silently wrong", "incomplete"
KEY = b"k" * 40


@dataclass(frozen=True)
class End:
    """How a case came out, and what was wrong, lacking or said."""

    verdict: str
    told: str = ""
    asks: tuple[str, ...] = ()


def read(data: Path, profile: Path, answers: Path | None = None) -> tuple[dict[str, Any] | None, str, tuple[str, ...]]:
    """The figures that a reading comes to, or None and why; and what it asks."""
    asks = tuple(q.asks for q in open_questions(make_draft(data, profile.parent / "seen"))) if answers is None else ()
    try:
        found = confirmed_profile(data, profile, ask=False, progress=lambda step: None, answers=answers)
        with open_engine() as engine:
            load(engine, found, data, id_key=KEY, data_cut=None, progress=lambda step: None)
            return figures(engine), "", asks
    except PipelineUserError as error:
        return None, PLAIN.say(error.fault), asks


def figures(engine: Engine) -> dict[str, Any]:
    """What is in the tables, under the names of the truth; None where nothing is known."""
    cases, customers, first = engine.rows(
        "SELECT count(*), nullif(count(DISTINCT customer_id), 0), min(opened_at) FROM incidents"
    )[0]
    waits = [
        wait
        for (wait,) in engine.rows(
            "SELECT epoch(min(contacted_at) - any_value(opened_at)) / 60 FROM interactions "
            "JOIN incidents USING (incident_id) WHERE actor = 'agent' AND coalesce(public, true) GROUP BY incident_id"
        )
    ]
    orders, spent = engine.rows(
        "SELECT count(*), sum(amount) FROM orders WHERE status IS NULL OR status <> 'cancelled'"
    )[0]
    refunds, refunded = engine.rows("SELECT count(*), sum(face_amount) FROM compensations")[0]
    scores = engine.value("SELECT count(score) FROM word_of_mouth")
    return {
        "cases": cases,
        "customers": customers,
        "first_opened": first,
        "answered": len(waits) or None,
        "median_minutes": median(waits) if waits else None,
        "orders": orders or None,
        "spent": spent,
        "refunds": refunds or None,
        "refunded": refunded,
        "scores": scores or None,
    }


def judged(case: Case, got: dict[str, Any] | None, said: str, asks: tuple[str, ...]) -> End:
    """What is told is right, or it is wrong without a word; what isn't told is asked or lacking."""
    if got is None:
        return End(ASKED if asks and "question" in said else REFUSED, said, asks)
    wrong, lacking = [], []
    for field in fields(Truth):
        want, have = getattr(case.truth, field.name), got[field.name]
        if have is None and want is not None:
            lacking.append(field.name)
        elif have is not None and not same(field.name, have, want):
            wrong.append(f"{field.name} = {have}, not {want}")
    if wrong:
        return End(SILENT, "; ".join(wrong), asks)
    if lacking:
        return End(ASKED if asks else INCOMPLETE, f"lacks {', '.join(lacking)}", asks)
    return End(ASKED if asks else RIGHT, "", asks)


def same(name: str, have: Any, want: Any) -> bool:
    if want is None:
        return False
    if name == "first_opened":
        return bool(abs((have - want).total_seconds()) < 60)
    if name in ("spent", "refunded", "median_minutes"):
        return abs(float(have) - float(want)) <= (1.0 if name == "median_minutes" else 0.02)
    return bool(have == want)


@pytest.fixture(autouse=True)
def nothing_learnt(monkeypatch, tmp_path):
    monkeypatch.setattr(keeping, "LEARNT", tmp_path / "learnt" / "readings.toml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_ends_as_it_may(case, tmp_path):
    data = tmp_path / "exports"
    case.write(data)
    end = judged(case, *read(data, tmp_path / "profile"))
    assert end.verdict in case.ends, f"{end.verdict}: {end.told} {end.asks}"
    if end.verdict != RIGHT and case.says:
        assert case.says in end.told or case.says in end.asks
    if case.answers and end.verdict == ASKED:
        answered = judged(case, *read(data, tmp_path / "settled", answers_of(case, data, tmp_path)))
        assert answered.verdict == RIGHT, f"after the answer {answered.verdict}: {answered.told}"


def answers_of(case: Case, data: Path, folder: Path) -> Path:
    """A file with the answers of a case, as somebody hands one on."""
    draft = make_draft(data, folder / "seen")
    said = tuple(q.answered(*case.answers[q.asks]) for q in open_questions(draft))
    path = folder / "answers.toml"
    path.write_text(answers_text(draft.changed(said=Answers(said)), (), "", PLAIN.say))
    return path


def test_the_page_tells_how_every_case_ends():
    told = dict(re.findall(r"^\| `([a-z0-9-]+)` \| .* \| (right|asked|refused) \|$", PAGE.read_text(), re.MULTILINE))
    assert told == {case.name: end for case in CASES for end in case.ends}
    assert len(CASES) >= 32


def test_a_wrong_figure_would_be_seen():
    case = CASES[0]
    told = {field.name: getattr(case.truth, field.name) for field in fields(Truth)}
    assert judged(case, told, "", ()).verdict == RIGHT
    assert judged(case, {**told, "orders": 1}, "", ("hundredths",)).verdict == SILENT
    assert judged(replace(case, truth=replace(case.truth, orders=None)), told, "", ()).verdict == SILENT
    assert judged(case, {**told, "orders": None}, "", ()).verdict == INCOMPLETE
    assert judged(case, {**told, "orders": None}, "", ("hundredths",)).verdict == ASKED
    assert Counter(case.ends) == Counter((RIGHT,))
