"""Return rates of one run reconcile: at every step, kept + left out = what there was before."""

import pytest
from cases import NOTHING, company_of, mart_of, only, whom, why

from pipelines.contracts.catalog.measures import Measure
from pipelines.policy.counted.funnel import funnel_rows
from pipelines.policy.counted.return_rates import return_rate_rows

LEFT_OUT, RATE = Measure.LEFT_OUT, Measure.RETURN_RATE
AGES = [100.0] * 60 + [400.0] * 140 + [800.0] * 100


@pytest.fixture(scope="module")
def mart():
    """300 incidents: 60 too young; of the others 20 aren't on file, 30 unheard, 40 without a loss; 25 in a storm."""
    on_file = [True] * 60 + [False] * 20 + [True] * 220
    old = [age > 365 for age in AGES]
    returns = [j % 3 == 0 for j in range(300)]
    known = [o and f for o, f in zip(old, on_file, strict=True)]
    return mart_of(
        300, follow_up_days=AGES, customer_on_file=on_file, followed_365d=old,
        returned_within_365d=[r if k else None for r, k in zip(returns, known, strict=True)],
        days_to_return=[50.0 if r and f else None for r, f in zip(returns, on_file, strict=True)],
        response_status=["answered"] * 80 + ["unanswered"] * 30 + ["answered"] * 190,
        loss_amount=[None] * 60 + [100.0] * 50 + [None] * 40 + [100.0] * 150, compensation_given=False,
        compensation_share=0.0, mass_event=[False] * 120 + [True] * 25 + [False] * 155,
    )  # fmt: skip


@pytest.fixture(scope="module")
def rows(mart):
    return return_rate_rows(mart, company_of())


def test_kept_and_left_out_add_up_at_every_step(rows):
    kept = {row.level: row.n for row in rows if row.measure == RATE} | {"": 300}
    assert set(kept) == {
        "", "followed", "followed/answered", "followed/answered/priced", "followed/window", "on_file",
    }  # fmt: skip
    for level in filter(None, kept):
        gone = [row for row in rows if row.measure == LEFT_OUT and row.level == level]
        before = kept[level.rpartition("/")[0]]
        for row in gone:
            assert row.n == before
            before -= row.estimate
        assert before == kept[level]


def test_each_step_leaves_out_whom_it_names(rows):
    gone = {(row.level, whom(row).split(",")[0]): row.estimate for row in rows if row.measure == LEFT_OUT}
    assert gone == {
        ("followed", "opened less than 365 days before the data cut"): 60,
        ("followed", "whose return can't be known"): 20,
        ("followed/answered", "never answered by a person"): 30,
        ("followed/answered/priced", "whose loss"): 40,
        ("followed/window", "opened outside these 26 weeks"): 100,
        ("on_file", "of customers not on file"): 20,
    }


def test_rates_are_those_that_other_parts_publish(mart, rows):
    everyone = only(funnel_rows(mart, company_of()), measure="returned", within_days=365.0, segment="", clock=None)
    found = only(rows, measure=RATE, level="on_file")
    assert (found.estimate, found.ci_low, found.ci_high) == (everyone.estimate, everyone.ci_low, everyone.ci_high)
    assert found.n == everyone.n
    old = only(rows, measure=RATE, level="followed")
    assert old.estimate == pytest.approx(mart["returned_within_365d"].dropna().astype(float).mean())


def test_without_returns_it_says_what_to_add():
    (row,) = return_rate_rows(mart_of(30), company_of(NOTHING))
    assert (row.verdict, row.measure) == ("not_estimable", RATE)
    assert "customer_id" in why(row)
