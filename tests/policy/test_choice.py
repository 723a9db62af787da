"""Faster or more, and in which form: net of cost, with an answer only where the data gives one."""

from dataclasses import replace

import pandas as pd
import pytest
from cases import assumed, company_of, effect_row, given, mart_of, only, why

from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.messages.earlier import EarlierCaveat
from pipelines.contracts.messages.populations import AskedOfEffect
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.policy.plans.choices import faster_or_more, form_rows
from pipelines.policy.plans.scenario import Request, answer, compare, factors_of


def cells(gain_faster, gain_more, error=1.0, grade="B", **changes):
    """One segment of 200 incidents: as today (30 per 100 come back, 20 spent), an hour's promise, half of the loss."""
    common = {
        "segment": "everyone", "outcome": "returned", "horizon_days": 365, "margin": 500.0, "n": 200, "n_near": 60,
        "population": AskedOfEffect(AskedOf.ANSWERED), "supported": True, "df_common": 500.0,
        "caveats": (EarlierCaveat("None hidden."),),
    } | changes  # fmt: skip
    grade = Grade(grade)
    settings = [
        (None, None, 30.0, 20.0, Grade.A), (60.0, None, 30.0 + gain_faster, 21.0, grade), (None, 0.0, 29.0, 0.0, grade),
        (None, 0.5, 30.0 + gain_more, 50.0, grade), (None, 1.0, 33.0, 100.0, grade),
    ]  # fmt: skip
    names = ("minutes", "share", "estimate", "cost", "grade")
    rows = [
        ScenarioCell(**common, cell=j, **dict(zip(names, values, strict=True))) for j, values in enumerate(settings)
    ]
    rows = [replace(row, hours_sooner=1.0 if row.minutes else 0.0) for row in rows]
    loadings = [ScenarioFactor(j, f, common=True, loading=error) for f, j in enumerate((1, 3))]
    return rows, loadings


PRICED = company_of(speed_cost_per_hour=1.0)


def test_faster_and_more_are_margin_less_cost_by_hand():
    rows = list(faster_or_more(*cells(4.0, 2.0), PRICED))
    assert only(rows, measure="faster").estimate == pytest.approx(500 * 0.04 - 1)
    assert only(rows, measure="more", level="0.5").estimate == pytest.approx(500 * 0.02 - 30)
    row = only(rows, measure="faster_or_more")
    assert row.estimate == pytest.approx(19 + 20)
    assert (row.level, row.grade, row.population.asked_of) == ("faster", "B", "answered")
    assert assumed(row)


def test_more_wins_where_it_nets_clearly_more():
    row = only(faster_or_more(*cells(0.0, 20.0), PRICED), measure="faster_or_more")
    assert (row.level, row.ci_high < 0) == ("more", True)


def test_what_only_loses_less_is_not_said_to_pay():
    """Sooner gains .1 of 500 less 1, more gains nothing for 30: sooner wins by 29.5 and still loses .5."""
    row = only(faster_or_more(*cells(0.1, 0.0, error=0.01), PRICED), measure="faster_or_more")
    assert row.level == "faster"
    assert "isn't shown to pay" in why(row)
    assert why(only(faster_or_more(*cells(4.0, 2.0), PRICED), measure="faster_or_more")) == ""


def test_without_a_price_of_speed_faster_is_never_decided_and_more_only_against_a_free_promise():
    row = only(faster_or_more(*cells(4.0, 2.0), company_of()), measure="faster_or_more")
    assert (row.estimate, row.level) == (None, "")
    assert "speed_cost_per_hour" in why(row)
    assert only(faster_or_more(*cells(0.0, 20.0), company_of()), measure="faster_or_more").level == "more"
    alone = only(faster_or_more(*cells(4.0, 2.0), company_of()), measure="faster")
    assert "speed_cost_per_hour" in why(alone)


@pytest.mark.parametrize(("error", "grade"), [(9.0, "B"), (1.0, "D")])
def test_an_unclear_or_ungraded_difference_can_t_be_told(error, grade):
    row = only(faster_or_more(*cells(4.0, 2.0, error, grade), PRICED), measure="faster_or_more")
    assert row.level == ""
    assert "test" in why(row)


def test_the_interval_of_the_difference_counts_what_both_share():
    rows, _ = cells(4.0, 2.0)
    together = factors_of([ScenarioFactor(j, 0, common=True, loading=2.0) for j in (1, 3)], len(rows))
    found = compare(rows, together, Request(minutes=60.0), Request(share=0.5))
    assert found.high - found.low == pytest.approx(0.0, abs=1e-9)
    assert answer(rows, together, Request(minutes=60.0)).high > 4.0


def test_outside_support_nothing_is_compared():
    row = only(faster_or_more(*cells(4.0, 2.0, supported=False), PRICED), measure="faster_or_more")
    assert (row.estimate, row.verdict) == (None, "not_estimable")


def form(kind, estimate, grade="B"):
    return effect_row(
        treatment="compensation_kind", outcome="returned", horizon_days=365, spec="adjusted", contrast="kind",
        level_from="none", level_to=kind, estimate=estimate, ci_low=estimate - 1, ci_high=estimate + 1, n_incidents=400,
        grade=grade,
    )  # fmt: skip


def forms():
    """A hundred got cash for half of their loss of 80, a hundred a call; one who comes back is worth 100."""
    mart = mart_of(
        200, response_status="answered", loss_amount=80.0, compensation_kind=["cash"] * 100 + ["gesture"] * 100,
        returned_within_365d=True, spend_365d=400.0, spend_without_voucher_365d=400.0,
    )  # fmt: skip
    cash = [(f"i{j:05d}", "refund", 40.0, None, None) for j in range(100)]
    calls = [(f"i{j:05d}", "gesture", None, None, None) for j in range(100, 200)]
    return mart, company_of(compensations=given(*cash, *calls))


def test_a_form_is_worth_its_effect_less_its_usual_share_of_the_mean_loss():
    mart, company = forms()
    rows = form_rows(mart, [form("cash", 20.0), form("gesture", 5.0)], company)
    assert only(rows, measure="form", level="cash").estimate == pytest.approx(20 - 40)
    assert only(rows, measure="form", level="gesture").estimate == pytest.approx(5.0)
    best = only(rows, measure="best_form")
    assert (best.level, best.estimate) == ("gesture", pytest.approx(5.0))


@pytest.mark.parametrize("effects", [[form("cash", 44.5), form("gesture", 5.0)], [form("cash", 20.0, "D")]])
def test_overlapping_or_ungraded_forms_have_no_winner(effects):
    mart, company = forms()
    best = only(form_rows(mart, effects, company), measure="best_form")
    assert (best.estimate, best.verdict) == (None, "not_estimable")
    assert why(best)


def test_the_best_form_beats_giving_nothing_and_says_which_forms_weren_t_judged():
    mart, company = forms()
    loses = only(form_rows(mart, [form("cash", 30.0), form("gesture", 0.5)], company), measure="best_form")
    assert (loses.estimate, "giving nothing" in why(loses)) == (None, True)
    every = only(form_rows(mart, [form("cash", 30.0), form("gesture", -5.0)], company), measure="best_form")
    assert why(every).startswith("None of the forms judged earns its cost")
    effects = [form("cash", 20.0), form("gesture", 5.0), form("in_kind", 9.0, "D")]
    best = only(form_rows(mart, effects, company), measure="best_form")
    assert best.level == "gesture"
    assert why(best) == "Not judged: something in kind."


def test_credit_costs_what_is_usually_redeemed_of_it_and_vouchers_count_once():
    """Points for 40 of 80, half redeemed of the old, none of the young; who came back earned 60 + 40 by voucher."""
    mart = mart_of(
        200, response_status="answered", loss_amount=80.0, compensation_kind="future_credit",
        returned_within_365d=True, spend_365d=400.0, spend_without_voucher_365d=360.0, margin_365d=60.0,
    )  # fmt: skip
    paid = given(*((f"i{j:05d}", "points", 40.0, None, None) for j in range(200)))
    old = pd.Series(range(200)) < 100
    issued = pd.to_datetime(pd.Series(["2024-06-01"] * 200).where(old, "2025-12-20"), utc=True)
    redeemed = pd.to_datetime(pd.Series([None] * 200).mask(pd.Series(range(200)) < 50, "2025-01-01"), utc=True)
    company = replace(company_of(), compensations=paid.assign(issued_at=issued, redeemed_at=redeemed))
    row = only(form_rows(mart, [form("future_credit", 30.0)], company), measure="form")
    assert row.estimate == pytest.approx(0.30 * 100 - 20)
