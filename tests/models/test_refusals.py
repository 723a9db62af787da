"""Whatever can't be estimated ends in rows with a plain reason, never in a missing line and never in an exception."""

from dataclasses import replace

import numpy as np
import pytest
from asked import said
from frames import EVERYTHING, confounded, empty_mart, facts

from pipelines.errors import EstimationError
from pipelines.models.ask.opening import refuse_bad_controls
from pipelines.models.estimate import estimate
from pipelines.models.refusal import BadControls

RETURNED = ("speed", "compensation")


def rows_of(mart, treatment="speed", outcome="returned", **changes):
    found = estimate(mart, None, facts(**changes)).effects
    wanted = (treatment, outcome, "adjusted", "")
    return [r for r in found if (r.treatment, r.outcome, r.spec, r.segment) == wanted]


def without(*tables):
    return {name: columns for name, columns in EVERYTHING.items() if name not in tables}


@pytest.fixture(scope="module")
def mart():
    return confounded(600, 11)[0]


@pytest.mark.parametrize(
    ("changes", "treatment", "named"),
    [
        ({"supplied": without("interactions")}, "speed", "Add interactions"),
        ({"supplied": without("orders")}, "speed", "Add orders"),
        ({"supplied": without("compensations")}, "compensation", "Add compensations"),
        ({"supplied": EVERYTHING | {"incidents": frozenset({"opened_at"})}}, "speed", "Map customer_id"),
        (
            {"supplied": EVERYTHING | {"incidents": frozenset({"customer_id", "opened_at"})}},
            "compensation",
            "Map loss_amount",
        ),
        ({"sampled_by": "order"}, "speed", "drawn by order"),
        ({"supplied": EVERYTHING | {"interactions": frozenset({"contacted_at", "actor"})}}, "apology", "Map action"),
    ],
)
def test_what_the_profile_lacks_is_named_with_what_to_add(mart, changes, treatment, named):
    rows = rows_of(mart, treatment, **changes)
    assert rows
    assert all(r.verdict == "not_estimable" and named in said(r) for r in rows)
    assert all(r.estimate is None for r in rows)


def one_cluster(mart):
    return mart.assign(cluster_key="storm"), "one cluster"


def null_cluster(mart):
    return mart.assign(cluster_key=mart["cluster_key"].where(mart.index > 0)), "no cluster key"


def few_events(mart):
    return mart.assign(returned_within_365d=mart.index < 5), "happened 5 times"


def no_variation(mart):
    return mart.assign(returned_within_365d=True), "happened"


def constant_treatment(mart):
    return mart.assign(first_contact_minutes=30.0, response_status="answered"), "constant"


def nobody_answered(mart):
    return mart.assign(response_status="unanswered", first_contact_minutes=np.nan), "No incident was answered"


def one_slow_incident(mart):
    minutes = np.where(mart.index == 0, 3000.0, 1.0 + mart.index % 10)
    return mart.assign(first_contact_minutes=minutes, response_status="answered"), "at least 30"


def decided_by_channel(mart):
    minutes = np.where(mart["channel"] == "desk", 10.0, 500.0)
    return mart.assign(first_contact_minutes=minutes, response_status="answered"), "can't be told apart"


def too_small(mart):
    return mart.head(20), "Only 20 incidents"


def all_open(mart):
    return mart.assign(response_status="open"), "Only 0 incidents"


def early_returns(mart):
    return mart.assign(returned_before_contact=True), "before the company's first answer"


@pytest.mark.parametrize(
    "case",
    [
        one_cluster, null_cluster, few_events, no_variation, constant_treatment, nobody_answered, one_slow_incident,
        decided_by_channel, too_small, all_open, early_returns,
    ],
)  # fmt: skip
def test_data_that_cannot_answer_says_why(mart, case):
    changed, reason = case(mart)
    rows = rows_of(changed)
    refused = [r for r in rows if r.verdict == "not_estimable"]
    assert len(rows) == 5
    assert refused
    assert any(reason in said(r) for r in refused)


def test_separation_is_detected_though_a_fit_would_claim_to_converge(mart):
    """Everyone with this declared number above zero comes back: the coefficient would run away."""
    returned = np.arange(len(mart)) % 2 == 0
    changed = mart.assign(returned_within_365d=returned, x_flag=np.where(returned, 1.0, -1.0) * (1 + mart.index % 7))
    rows = rows_of(changed, covariates=(("x_flag", "number"),))
    assert all("predicts the outcome perfectly" in said(r) and "x_flag" in said(r) for r in rows)


@pytest.mark.parametrize("column", ["x_void", "x_same", "x_copy"])
def test_useless_covariates_do_no_harm(mart, column):
    useless = {"x_void": np.nan, "x_same": 3.0, "x_copy": mart["loss_amount"].astype(float)}
    plain = rows_of(mart)
    found = rows_of(mart.assign(**{column: useless[column]}), covariates=((column, "number"),))
    pairs = [(a, b) for a, b in zip(plain, found, strict=True) if a.verdict == "estimated"]
    assert len(pairs) >= 3
    assert all(abs(a.estimate - b.estimate) < a.std_error for a, b in pairs)


def test_a_large_outcome_in_eight_clusters_is_not_believed():
    mart, _ = confounded(4000, 12, speed_effect=-0.8)
    mart["cluster_key"] = [f"e{j % 8}" for j in range(len(mart))]
    rows = rows_of(mart)
    assert all(r.grade in ("C", "D") for r in rows if r.verdict == "estimated")
    assert all(r.df < 10 for r in rows if r.verdict == "estimated")


def test_an_empty_mart_gives_rows_and_no_error():
    rows = rows_of(empty_mart(0))
    assert all(r.verdict == "not_estimable" for r in rows)


def test_bad_controls_are_refused_by_name():
    for late in ("longest_silence_hours", "first_contact_minutes"):
        with pytest.raises(EstimationError) as refusal:
            refuse_bad_controls(["severity", late])
        assert refusal.value.fault == BadControls((late,))
    refuse_bad_controls(["severity", "x_nights"])


def test_every_row_has_every_column_and_its_own_id(mart):
    found = estimate(mart, None, facts()).effects
    assert all(r.effect_id == replace(r).effect_id for r in found)
    assert len({r.effect_id for r in found}) == len(found)
    assert all((r.estimate is None) == bool(r.verdict != "estimated") for r in found)


def test_one_treated_incident_is_no_comparison(mart):
    rows = rows_of(mart.assign(apology_given=mart.index == 3), "apology")
    assert [r.verdict for r in rows] == ["not_estimable"]
    assert "Done in 1 incidents" in said(rows[0])


@pytest.mark.parametrize(
    ("outcome", "column", "value"), [("spend", "spend_365d", 7.0), ("review_stars", "review_stars", 4.0)]
)
def test_an_outcome_without_variance_is_refused(mart, outcome, column, value):
    for treatment in RETURNED:
        rows = rows_of(mart.assign(**{column: value}), treatment, outcome)
        assert rows
        assert all("the same for every incident" in said(r) for r in rows)


def test_spend_that_eight_incidents_decide_is_not_believed():
    """Eight customers spend a thousand times what all others do: the error knows it, and so does the grade."""
    mart, _ = confounded(3000, 14)
    rng = np.random.default_rng(15)
    spend = rng.gamma(1.0, 50.0, 3000) * (rng.random(3000) < 0.4)
    spend[rng.choice(3000, 8, replace=False)] = 1e6
    rows = [r for r in rows_of(mart.assign(spend_365d=spend), outcome="spend") if r.verdict == "estimated"]
    assert rows
    assert all(r.df < 20 and r.grade in ("C", "D") for r in rows)
    assert all("too few independent groups" in said(r) or r.grade == "D" for r in rows)


def test_a_refusal_says_where_the_incidents_went(mart):
    young = mart.assign(returned_within_365d=None, followed_365d=False)
    rows = rows_of(young)
    assert all(f"Left out: {len(mart)} too young." in said(r) for r in rows)
    assert all("not answered" in said(r) for r in rows_of(mart.assign(response_status="unanswered"), "compensation"))


def test_covariates_that_never_vary_leave_the_rest_to_be_adjusted_for(mart):
    flat = mart.assign(severity="same", channel="desk", loss_amount=100.0, earlier_spend_365d=3.0)
    rows = rows_of(flat)
    assert any(r.verdict == "estimated" for r in rows)
    assert all(r.estimate is not None or r.reasons for r in rows)
