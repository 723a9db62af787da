import numpy as np
import pandas as pd
import pytest
from cases import NOTHING, assumed, company_of, effect_row, given, mart_of, only, whom, why

from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.messages.earlier import EarlierReason
from pipelines.policy.money.amounts import money_rows
from pipelines.policy.money.cost import incident_costs
from pipelines.policy.money.worth_of_effects import hours_beyond
from pipelines.settings.profile import Target

# Where the cost of what was given is taken off, spend counts before vouchers: redeemed credit must not count twice.
SPEND = {"speed": "spend_without_voucher", "compensation": "spend"}


def effect(treatment, level, **values):
    """A headline effect on spend within a year."""
    return effect_row(**{
        "treatment": treatment, "outcome": SPEND[treatment], "horizon_days": 365, "spec": "adjusted",
        "level_to": level, "population": "all", "estimate": 8.0, "ci_low": 2.0, "ci_high": 14.0, "n_incidents": 100,
        "grade": "B",
    } | values)  # fmt: skip


def span(row):
    """A row's number with its limits."""
    return [row.estimate, row.ci_low, row.ci_high]


def answered(n=100, **columns):
    """n answered incidents, followed for a year, without spend unless named."""
    return mart_of(n, **{"response_status": "answered", "first_contact_minutes": 180.0, "loss_amount": 80.0,
                         "spend_365d": 0.0, "spend_without_voucher_365d": 0.0,
                         "returned_within_365d": False} | columns)  # fmt: skip


def test_margin_of_a_returning_customer_is_net_of_vouchers():
    mart = answered(returned_within_365d=[True] * 40 + [False] * 60, spend_365d=[300.0] * 40 + [0.0] * 60,
                    spend_without_voucher_365d=[100.0, 300.0] * 20 + [0.0] * 60)  # fmt: skip
    rows = money_rows(mart, [], company_of())
    returning = only(rows, measure="margin_of_returning_customer")
    assert (returning.estimate, returning.n) == (pytest.approx(0.25 * 200), 40)
    assert "net of vouchers" in whom(returning)
    per_incident = only(rows, measure="margin_per_incident")
    assert (per_incident.estimate, per_incident.unit) == (pytest.approx(0.25 * 80), Unit.MARGIN_PER_INCIDENT)


def test_where_vouchers_aren_t_recorded_the_row_says_so():
    mart = answered(spend_without_voucher_365d=None, spend_365d=[50.0, 70.0] * 50, returned_within_365d=True)
    row = only(money_rows(mart, [], company_of()), measure="margin_of_returning_customer")
    assert row.estimate == pytest.approx(15.0)
    assert "not taken off" in whom(row)


def test_credit_costs_when_it_is_redeemed_and_goods_cost_what_they_cost():
    redeemed, later = pd.Timestamp("2025-06-01"), pd.Timestamp("2026-06-01")
    paid = given(
        ("i00000", "refund", 50.0, None, None), ("i00000", "upgrade", 40.0, 10.0, None),
        ("i00001", "voucher", 100.0, 70.0, redeemed), ("i00002", "voucher", 100.0, 70.0, None),
        ("i00003", "voucher", 100.0, 70.0, later), ("i00004", "gesture", None, None, None),
        ("i00005", "upgrade", None, None, None),
    )  # fmt: skip
    costs = incident_costs(mart_of(7), company_of(compensations=paid))
    assert costs["cost"].tolist()[:5] == [60.0, 70.0, 0.0, 0.0, 0.0]
    assert costs["cost_if_redeemed"].tolist()[:5] == [60.0, 70.0, 70.0, 70.0, 0.0]
    assert np.isnan(costs["cost"][5])
    assert costs["cost"][6] == 0.0


def test_unrecorded_redemption_counts_credit_in_full():
    supplied = company_of().facts.supplied | {"compensations": frozenset({"kind", "face_amount"})}
    paid = given(("i00000", "voucher", 100.0, None, None))
    assert incident_costs(mart_of(1), company_of(supplied, compensations=paid))["cost"].tolist() == [100.0]


def test_cost_is_spread_over_everyone_in_the_cell():
    paid = given(("i00000", "refund", 90.0, None, None))
    mart = mart_of(30, severity="s", compensation_amount=[90.0] + [0.0] * 29)
    row = only(money_rows(mart, [], company_of(compensations=paid)), measure="compensation_cost", segment="severity=s")
    assert (row.estimate, row.n) == (pytest.approx(3.0), 30)


def test_hours_beyond_a_promise_by_hand():
    """60, 180 minutes and never, against an hour: 0, 2 and 335 hours; the open case is left out."""
    mart = mart_of(4, response_status=["answered", "answered", "unanswered", "open"],
                   first_contact_minutes=[60.0, 180.0, None, None])  # fmt: skip
    assert hours_beyond(mart, 60.0, 14 * 1440.0) == (pytest.approx(337 / 3), pytest.approx(335 / 337))


def test_cost_of_an_hour_is_the_effect_s_margin_over_the_hours_saved():
    speed = effect("speed", "60")
    rows = money_rows(answered(), [speed], company_of())
    whole, hourly = only(rows, measure="cost_of_delay"), only(rows, measure="cost_of_one_hour_of_delay", segment="")
    assert span(whole) == [2.0, 0.5, 3.5]
    assert span(hourly) == [1.0, 0.25, 1.75]
    assert {(r.grade, r.effect_id, r.level, r.n) for r in (whole, hourly)} == {("B", speed.effect_id, "60", 100)}
    assert assumed(whole)


def test_grade_d_says_what_to_do_instead():
    row = only(money_rows(answered(), [effect("speed", "60", grade="D")], company_of()), measure="cost_of_delay")
    assert row.grade == "D"
    assert "keep the current standard and test" in why(row)


def test_an_effect_that_couldn_t_be_estimated_keeps_its_reason():
    missing = effect("speed", "60", estimate=None, ci_low=None, ci_high=None, n_incidents=None, grade=None,
                     verdict="not_estimable", reasons=(EarlierReason("Too few."),))  # fmt: skip
    rows = money_rows(answered(), [missing], company_of())
    for measure in ("cost_of_delay", "cost_of_one_hour_of_delay"):
        row = only(rows, measure=measure, segment="")
        assert (row.estimate, row.verdict, why(row)) == (None, "not_estimable", "Too few.")


def test_a_year_of_delay_is_the_effect_s_margin_times_a_year_s_incidents_on_file():
    """40 of the 100 incidents opened in the last year, 10 of them of customers who aren't on file: 30 × 8 × 0.25."""
    mart = answered(follow_up_days=[100.0] * 40 + [500.0] * 60, customer_on_file=[False] * 10 + [True] * 90)
    rows = money_rows(mart, [effect("speed", "60")], company_of())
    year, row = only(rows, measure="incidents_on_file_a_year"), only(rows, measure="cost_of_delay_a_year")
    assert (year.estimate, year.n) == (30.0, 30)
    assert span(row) == [60.0, 15.0, 105.0]
    assert (row.grade, row.n, row.unit) == ("B", 100, Unit.MARGIN_PER_YEAR)
    assert "as many incidents" in assumed(row)


def test_a_shorter_record_is_scaled_to_a_year_and_says_so():
    rows = money_rows(answered(follow_up_days=[73.0] * 100), [effect("speed", "60")], company_of())
    year = only(rows, measure="incidents_on_file_a_year")
    assert year.estimate == pytest.approx(500.0)
    assert "73 days" in assumed(year)


def test_an_hour_has_no_price_by_severity_and_the_row_says_why():
    row = only(money_rows(answered(), [effect("speed", "60")], company_of()), segment="severity",
               measure="cost_of_one_hour_of_delay")  # fmt: skip
    assert row.verdict == "not_estimable"
    assert "over everyone" in why(row)


def test_only_the_adjusted_effect_over_everybody_becomes_money():
    others = [
        effect("speed", "60", spec="raw"),
        effect("speed", "60", segment="brand=a"),
        effect("speed", "60", horizon_days=90),
    ]
    row = only(money_rows(answered(), others, company_of()), measure="cost_of_delay")
    assert row.verdict == "not_estimable"


def test_margin_per_1_given_by_hand():
    """Half of a loss of 80 at 40 of cost per 100 of face costs 16; the margin on 8 more of spend is 2."""
    paid = given(("i00000", "refund", 100.0, 40.0, None))
    mart = answered(compensation_amount=[100.0] + [0.0] * 99, compensation_share=0.0)
    rows = money_rows(mart, [effect("compensation", "0.5", population="answered")], company_of(compensations=paid))
    row = only(rows, measure="margin_per_1_of_compensation")
    assert span(row) == pytest.approx([2 / 16, 0.5 / 16, 3.5 / 16])


def test_an_offer_is_priced_at_the_losses_of_the_cases_its_effect_rests_on():
    """Half lost 80, half nothing, and all answered: 40 on average; open cases that lost 1,000 don't count."""
    paid = given(("i00000", "refund", 100.0, 100.0, None))
    mart = answered(
        200, response_status=["answered"] * 100 + ["open"] * 100, loss_amount=[80.0, 0.0] * 50 + [1000.0] * 100,
        compensation_given=[True] + [False] * 199, compensation_share=1.0,
        compensation_amount=[100.0] + [0.0] * 199,
    )  # fmt: skip
    offer = effect("compensation", "0.5", population="answered")
    row = only(money_rows(mart, [offer], company_of(compensations=paid)), measure="margin_per_1_of_compensation")
    assert row.estimate == pytest.approx(2 / 20)


def test_kinds_of_incident_that_never_got_anything_are_left_out_where_the_effect_leaves_them_out():
    """A hundred web cases, never compensated, lost 1,000 each; those that could be lost 80."""
    paid = given(("i00000", "refund", 100.0, 100.0, None))
    half = [True, False] * 50
    mart = answered(
        200, channel=["desk"] * 100 + ["web"] * 100, loss_amount=[80.0] * 100 + [1000.0] * 100,
        compensation_given=half + [False] * 100, compensation_share=[0.5, 0.0] * 50 + [0.0] * 100,
        compensation_amount=[100.0] + [0.0] * 199,
    )  # fmt: skip
    offer = effect("compensation", "0.5", population="could_be_compensated")
    row = only(money_rows(mart, [offer], company_of(compensations=paid)), measure="margin_per_1_of_compensation")
    assert row.estimate == pytest.approx(2 / 40)


@pytest.mark.parametrize("measure", ["margin_of_returning_customer", "margin_per_incident", "cost_of_delay"])
def test_without_a_margin_money_says_what_to_declare(measure):
    orders = company_of().facts.supplied | {"orders": frozenset({"customer_id", "order_id", "ordered_at", "amount"})}
    bare = company_of(orders, margin_rate=None)
    row = only(money_rows(answered(), [effect("speed", "60")], bare), measure=measure)
    assert "margin_rate" in why(row)


def test_without_orders_or_compensation_each_row_says_what_to_add():
    rows = money_rows(mart_of(30), [], company_of(NOTHING))
    assert all(r.verdict == "not_estimable" and why(r) for r in rows)
    assert {r.measure for r in rows} == {
        "margin_of_returning_customer", "margin_per_incident", "compensation_cost", "cost_of_delay",
        "cost_of_delay_a_year",
        "cost_of_one_hour_of_delay", "margin_per_1_of_compensation", "handling_cost", "cost_of_promise",
        "margin_per_1_of_speed", "margin_per_1_of_recovery", "marginal_margin_per_1_of_compensation",
        "cost_of_a_day_of_silence", "voucher_funded_spend", "booking_held_at_failure", "held_booking_cancelled",
    }  # fmt: skip


def test_targets_on_sums_stand_beside_the_whole_and_not_beside_its_parts():
    targets = (Target("compensation_cost", 35.0, "Finance director"),)
    paid = given(("i00000", "refund", 90.0, None, None))
    mart = mart_of(30, severity="s", compensation_amount=[90.0] + [0.0] * 29)
    rows = money_rows(mart, [], company_of(compensations=paid, targets=targets))
    whole, part = (only(rows, measure="compensation_cost", segment=s) for s in ("", "severity=s"))
    assert (whole.target, whole.owner) == (35.0, "Finance director")
    assert (part.target, part.owner) == (None, None)
