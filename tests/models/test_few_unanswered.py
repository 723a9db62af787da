"""Too few unanswered to be judged: left out, counted and named, and the rest is right."""

import pytest
from asked import RETURNED_BY_SPEED
from frames import confounded, facts

from pipelines.contracts.catalog.estimation import AskedOf, Spec
from pipelines.contracts.messages.estimation import Gate
from pipelines.models.ask.speed import ask_speed
from pipelines.models.fit.solve import solve
from pipelines.models.rows import effect_rows
from words.speech import Speech

FEW = 12


@pytest.fixture(scope="module")
def question():
    mart, _ = confounded(2000, 81)
    silent = mart.index[mart["response_status"] == "unanswered"]
    return ask_speed(mart.drop(index=silent[FEW:]).reset_index(drop=True), RETURNED_BY_SPEED, facts())


def test_they_are_left_out_and_counted(question):
    assert dict(question.left_out)[Gate.NEVER_ANSWERED_AND_TOO_FEW_TO_JUDGE] == FEW
    assert (question.sample.table["unanswered"] == 0.0).all()
    assert [term.names for term in question.treatment if "unanswered" in term.names] == []


def test_the_row_says_whom_it_speaks_of(question):
    rows = effect_rows(solve(question, [question.base, *(c.to for c in question.contrasts)]), Spec.ADJUSTED)
    assert {row.population for row in rows} == {AskedOf.ALL_ANSWERED}
    assert "too few went unanswered" in Speech().label(AskedOf.ALL_ANSWERED)


def test_enough_of_them_are_a_level_of_their_own():
    mart, _ = confounded(2000, 81)
    asked = ask_speed(mart, RETURNED_BY_SPEED, facts())
    assert (asked.aim.population, (asked.sample.table["unanswered"] == 1.0).any()) == ("all", True)
    assert Gate.NEVER_ANSWERED_AND_TOO_FEW_TO_JUDGE not in dict(asked.left_out)
