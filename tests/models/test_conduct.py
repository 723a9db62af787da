"""What a company's conduct does: found where it was put in, asked of those it can be asked of, refused elsewhere."""

import numpy as np
import pandas as pd
import pytest
from asked import aim_of, said
from frames import EVERYTHING, confounded, facts
from scipy.special import expit

from pipelines.contracts.catalog.estimation import Group
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.outcomes import NEGATIVE_POST, RETURNED
from pipelines.contracts.catalog.treatments import (
    COMPANY_PUBLICISED,
    FIX_COMMUNICATED,
    MOVED_TO_PRIVATE,
    PROACTIVE_NOTICE,
    TREATMENTS,
)
from pipelines.models.ask.plan import aims, outcomes_asked, treatments_asked
from pipelines.models.ask.yes_no import ask_flag
from pipelines.models.estimate import estimate
from pipelines.models.fit.solve import solve

ROWS = 6000
CONDUCT = tuple(t.id for t in TREATMENTS.values() if t.group is Group.CONDUCT)


def conducted(treatment, gain, seed):
    """A conduct that severe cases get more of, which return less anyway; the mart, who can be asked, and the truth."""
    rng = np.random.default_rng(seed)
    mart, _ = confounded(ROWS, seed)
    severity = mart["severity"].str[1:].astype(int).to_numpy()
    done = rng.random(ROWS) < expit(0.7 * (severity - 2.5))
    base = -0.3 - 0.6 * (severity - 2.5)
    mart["returned_within_365d"] = rng.random(ROWS) < expit(base + gain * done)
    answered = (mart["response_status"] == "answered").to_numpy()
    if treatment == PROACTIVE_NOTICE:
        noticed = rng.choice(["customer", "staff", "monitoring"], ROWS)
        mart["detected_by"], mart["proactive_notice_minutes"] = noticed, np.where(done, 45.0, -30.0)
        asked = noticed != "customer"
    elif treatment == MOVED_TO_PRIVATE:
        asked = rng.random(ROWS) < 0.6
        mart["public_complaint"], mart["moved_to_private"] = asked, pd.Series(done, dtype="object").where(asked)
    elif treatment == FIX_COMMUNICATED:
        asked = rng.random(ROWS) < 0.6
        mart["fixed_for_customer"], mart["fix_communicated"] = asked, pd.Series(done, dtype="object").where(asked)
    else:
        asked, mart["company_publicised"] = np.ones(ROWS, dtype=bool), done
    asked = asked & (answered | (treatment == PROACTIVE_NOTICE))
    return mart, asked, float((expit(base + gain) - expit(base))[asked].mean())


@pytest.mark.parametrize("gain", [0.0, 0.8])
@pytest.mark.parametrize("treatment", CONDUCT)
def test_conduct_is_found_behind_its_confounding_among_those_it_can_be_asked_of(treatment, gain):
    mart, asked, truth = conducted(treatment, gain, 51)
    question = ask_flag(mart, aim_of(treatment), facts())
    assert set(question.rows) == set(np.flatnonzero(asked))
    found = solve(question, [question.base, question.contrasts[0].to]).contrast(1)
    assert found.ci_low < truth < found.ci_high
    assert found.std_error < 0.03


def test_speaking_first_is_not_compared_within_the_channel_that_it_led_to():
    mart, _, _ = conducted(PROACTIVE_NOTICE, 0.8, 52)
    mart["public_complaint"] = mart["channel"] == "desk"
    question = ask_flag(mart, aim_of(PROACTIVE_NOTICE), facts())
    held = {name for term in question.covariates for name in term.names}
    assert not [name for name in held if name.startswith(("channel", "public_complaint"))]


@pytest.fixture(scope="module")
def told():
    """Everything there is to estimate where the export says who was told of the repair."""
    columns = EVERYTHING["incidents"] | {"fix_communicated"}
    mart, _, _ = conducted(FIX_COMMUNICATED, 0.8, 53)
    return estimate(mart, None, facts(supplied=EVERYTHING | {"incidents": columns}))


def test_conduct_is_judged_together_for_each_outcome(told):
    rows = [r for r in told.effects if r.treatment == FIX_COMMUNICATED and r.q_value is not None]
    assert rows
    assert {r.family for r in rows} == {f"conduct:{r.outcome}" for r in rows}


def test_conduct_that_an_export_tells_nothing_of_is_refused_with_what_to_add(told):
    for treatment in set(CONDUCT) - {FIX_COMMUNICATED}:
        rows = [r for r in told.effects if r.treatment == treatment]
        assert {r.verdict for r in rows} == {Verdict.NOT_ESTIMABLE}
        assert all(said(r) for r in rows)
    noticed = next(r for r in told.effects if r.treatment == PROACTIVE_NOTICE)
    assert "detected_by" in said(noticed)
    published = next(r for r in told.effects if r.treatment == COMPANY_PUBLICISED)
    assert "company_publicised" in said(published)


def test_conduct_is_asked_about_returns_and_about_what_customers_post():
    asked = {outcome.id: set(treatments_asked(outcome)) for outcome in outcomes_asked(facts())}
    for treatment in CONDUCT:
        assert treatment in asked[RETURNED] & asked[NEGATIVE_POST]
        assert list(aims(next(o for o in outcomes_asked(facts()) if o.id == RETURNED), treatment, facts()))
