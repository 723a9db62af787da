"""What stands before an estimate is published with it: who was left out and why, what is missing, what isn't held."""

from dataclasses import replace

import numpy as np
import pytest
from asked import speed_question
from frames import confounded, facts

from pipelines.contracts.catalog.checks import CheckVerdict
from pipelines.contracts.catalog.estimation import Spec
from pipelines.models.estimate import estimate
from pipelines.models.fit.solve import fit_question
from pipelines.models.fit.terms import Levels, Linear
from pipelines.models.judge.left_out import dropped_rows
from pipelines.models.rows import asked as effect_asked

ROWS = 3000


@pytest.fixture(scope="module")
def mart():
    """Young incidents, open ones, customers nobody knows, and blanks: more losses are blank where answers are slow."""
    found, _ = confounded(ROWS, 51)
    place = np.arange(ROWS)
    found["followed_365d"] = place >= 200
    found["returned_within_365d"] = found["returned_within_365d"].where(place >= 300)
    found["response_status"] = found["response_status"].where(place % 50 != 7, "open")
    slow = found["first_contact_minutes"].astype(float) > 60
    found["loss_amount"] = found["loss_amount"].astype(float).where(~(slow & (place % 2 == 0)))
    return found


@pytest.fixture(scope="module")
def found(mart):
    return estimate(mart.assign(x_void=np.nan), None, facts(covariates=(("x_void", "number"),)))


def checks(found, check, treatment="speed", level="60"):
    (row,) = [
        r
        for r in found.effects
        if (r.outcome, r.treatment, r.level_to, r.spec, r.segment) == ("returned", treatment, level, "adjusted", "")
    ]
    return {d.subject: d for d in found.diagnostics if d.effect_id == row.effect_id and d.check == check}, row


def test_everyone_left_out_is_counted_once_with_the_reason(mart, found):
    left, row = checks(found, "left_out")
    assert left["too_young"].value == 200
    assert left["outcome_unknown"].value == 100
    open_ones = mart["response_status"].eq("open") & (mart.index >= 300)
    assert left["answer_pending"].value == open_ones.sum()
    assert sum(d.value for d in left.values()) + row.n_incidents == ROWS


def test_compensation_counts_who_could_not_be_asked(found):
    left, row = checks(found, "left_out", "compensation", "0.5")
    assert {"not_answered", "loss_unknown"} <= set(left)
    assert sum(d.value for d in left.values()) + row.n_incidents == ROWS


def test_returns_before_the_answer_stay_in_and_are_counted(mart):
    early = mart["returned_within_365d"].eq(True) & (mart.index % 12 == 0)
    found = estimate(mart.assign(returned_before_contact=early), None, facts())
    kept, _ = checks(found, "kept_in")
    asked = early & mart["response_status"].ne("open") & (mart.index >= 300)
    assert kept["returned_before_answer"].value == asked.sum() > 0


def test_the_missingness_table_shows_both_sides(mart, found):
    everyone, treated, untreated = (
        checks(found, f"missing_share{side}")[0]["loss_amount"] for side in ("", "_treated", "_untreated")
    )
    assert treated.value < 0.01
    assert 0.35 < untreated.value < 0.65
    assert treated.value < everyone.value < untreated.value
    assert everyone.verdict is CheckVerdict.OWN_LEVEL
    assert everyone.stage == "before"


def test_a_covariate_that_is_never_known_is_named(found):
    void = checks(found, "missing_share")[0]["x_void"]
    assert (void.value, void.verdict) == (1.0, CheckVerdict.NEVER_KNOWN)


@pytest.mark.parametrize(
    ("column", "term", "named"),
    [("club", Levels("club", (1,), ("gold",)), "club=gold"), ("club unknown", Linear("club unknown"), "club unknown")],
)
def test_a_level_that_decides_the_outcome_joins_the_reference_and_is_named(column, term, named):
    question = speed_question(1500, 52)
    decided = (question.sample.y == 1) & (np.arange(len(question.sample.y)) % 4 == 0)
    sample = replace(question.sample, table=question.sample.table | {column: decided.astype(float)})
    asked = replace(question, sample=sample, covariates=(*question.covariates, term))
    effect = effect_asked(question.aim, question.contrasts[0].level, Spec.ADJUSTED)
    (row,) = [r for r in dropped_rows(effect, fit_question(asked).design) if r.subject.startswith("club")]
    assert (row.check, row.subject, row.verdict) == ("not_held", named, CheckVerdict.POOLED)


def test_a_covariate_that_others_determine_is_named(mart):
    copied = mart.assign(x_copy=mart["channel"])
    found = estimate(copied, None, facts(covariates=(("x_copy", "label"),)))
    named, _ = checks(found, "not_held")
    assert {d.verdict for subject, d in named.items() if subject.startswith("x_copy=")} == {CheckVerdict.DETERMINED}
