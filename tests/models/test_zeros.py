"""Kinds of incident in which nothing is ever given can't tell what giving would do: found, left out, and named."""

import numpy as np
import pytest
from asked import said
from frames import confounded, facts

from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS
from pipelines.models.ask.structural_zeros import never_treated
from pipelines.models.estimate import estimate
from pipelines.models.question import flags
from words.effects import definition
from words.speech import Speech

ROWS = 3000


@pytest.fixture(scope="module")
def mart():
    """Nothing is given by e-mail where the customer was at fault; everywhere else now and then."""
    found, _ = confounded(ROWS, 71)
    rng = np.random.default_rng(72)
    found["fault"] = rng.choice(["company", "customer", "unclear"], ROWS, p=[0.5, 0.25, 0.25])
    never = (found["channel"] == "email") & (found["fault"] == "customer")
    found["compensation_given"] = found["compensation_given"].astype(bool) & ~never
    found["compensation_share"] = found["compensation_share"].astype(float).where(~never, 0.0)
    found["compensation_kind"] = np.where(found["compensation_given"], rng.choice(["cash", "in_kind"], ROWS), "none")
    return found


def strata(mart, **changes):
    everyone = np.ones(len(mart), dtype=bool)
    return never_treated(mart, flags(mart, "compensation_given"), everyone, facts(**changes))


def test_the_empty_stratum_is_found_with_its_size(mart):
    impossible, (only,) = strata(mart)
    inside = (mart["channel"] == "email") & (mart["fault"] == "customer")
    assert only.name == "fault=customer;channel=email"
    assert only.incidents == inside.sum() == impossible.sum()


def test_a_whole_label_is_named_once(mart):
    nobody = mart.assign(compensation_given=flags(mart, "compensation_given") & (mart["channel"] != "desk"))
    _, found = strata(nobody)
    assert [s.name for s in found] == ["channel=desk", "fault=customer;channel=email"]


def test_declared_labels_count_too(mart):
    own = mart.assign(x_product=np.where(mart.index % 9 == 0, "free", "paid"))
    own["compensation_given"] = flags(own, "compensation_given") & (own["x_product"] == "paid")
    _, found = strata(own, covariates=(("x_product", "label"),))
    assert "x_product=free" in [s.name for s in found]


def test_small_strata_and_rare_giving_prove_nothing(mart):
    few = mart.assign(fault=np.where(mart.index < FEWEST_INCIDENTS - 1, "customer", "company"))
    assert strata(few.assign(compensation_given=mart.index >= FEWEST_INCIDENTS - 1))[1] == []
    rare = mart.assign(compensation_given=mart.index % 300 == 0)
    assert strata(rare)[1] == []
    assert strata(mart.assign(compensation_given=False))[1] == []


@pytest.fixture(scope="module")
def found(mart):
    return estimate(mart, None, facts())


@pytest.mark.parametrize(("treatment", "level"), [("compensation", "0.5"), ("compensation_kind", "cash")])
def test_it_is_left_out_counted_and_named_in_the_row(mart, found, treatment, level):
    (row,) = [
        r
        for r in found.effects
        if (r.outcome, r.treatment, r.level_to, r.spec, r.segment) == ("returned", treatment, level, "adjusted", "")
    ]
    checks = {d.check: d for d in found.diagnostics if d.effect_id == row.effect_id and d.stage == "before"}
    never = (mart["channel"] == "email") & (mart["fault"] == "customer") & (mart["response_status"] == "answered")
    assert row.population is AskedOf.COULD_BE_COMPENSATED
    assert checks["never_treated"].subject.endswith("fault=customer;channel=email")
    left = [d for d in found.diagnostics if d.effect_id == row.effect_id and d.subject == "never_compensated"]
    assert left[0].value == never.sum()
    assert "fault customer, channel email" in said(row)
    assert Speech().label(AskedOf.COULD_BE_COMPENSATED)[1:] in definition(row, Speech())


def test_where_everything_is_given_at_times_nobody_is_left_out():
    plain, _ = confounded(1500, 73)
    rows = [r for r in estimate(plain, None, facts()).effects if r.treatment == "compensation" and r.estimate]
    assert {r.population for r in rows} == {"answered"}


def test_one_mass_incident_without_compensation_proves_nothing(mart):
    outage = mart.assign(event_id=None)
    inside = (mart["channel"] == "email") & (mart["fault"] == "customer")
    outage.loc[inside, "event_id"] = "one outage"
    assert strata(outage)[1] == []
