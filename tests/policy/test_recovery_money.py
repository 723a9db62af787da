"""Recorded margins, declared costs of handling and speed, the return on recovery, vouchers and held bookings."""

from dataclasses import replace

import pytest
from cases import NOTHING, company_of, effect_row, given, mart_of, never_failed_of, only, whom, why

from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.messages.earlier import EarlierReason
from pipelines.contracts.messages.grounds import ControlNotClean, FewGroups, Limited, MethodsDisagree, Reversed
from pipelines.policy.counted.descriptive import descriptive_rows
from pipelines.policy.money.amounts import money_rows
from pipelines.policy.money.return_on_recovery import both

# Where the cost of what was given is taken off, spend counts before vouchers: redeemed credit must not count twice.
SPEND = {"speed": "spend_without_voucher", "compensation": "spend", "failure": "spend", "silence": "returned"}


def effect(treatment, level, estimate=8.0, **values):
    return effect_row(**{
        "treatment": treatment, "outcome": SPEND[treatment], "horizon_days": 365, "spec": "adjusted",
        "level_to": level, "population": "all", "estimate": estimate, "std_error": 1.0, "ci_low": estimate - 2,
        "ci_high": estimate + 2, "df": 8.0, "n_incidents": 100, "grade": "B", "estimand": "dose",
    } | values)  # fmt: skip


def answered(n=100, **columns):
    """n answered incidents, answered after 3 hours, with 100 of spend each that earned 40."""
    return mart_of(n, **{"response_status": "answered", "first_contact_minutes": 180.0, "loss_amount": 80.0,
                         "spend_365d": 100.0, "spend_without_voucher_365d": 100.0, "margin_365d": 40.0,
                         "returned_within_365d": True,
                         "compensation_amount": 100.0, "compensation_share": 1.25, "fixed_for_customer": True,
                         "compensation_given": True, "company_contacts": [1, 3] * (n // 2)} | columns)  # fmt: skip


def test_recorded_margins_count_before_the_declared_rate():
    rows = money_rows(answered(margin_365d=[30.0, 50.0] * 50), [effect("speed", "60")], company_of(margin_rate=0.9))
    assert only(rows, measure="margin_per_incident").estimate == pytest.approx(40.0)
    assert "orders record" in whom(only(rows, measure="margin_per_incident"))
    assert only(rows, measure="cost_of_delay").estimate == pytest.approx(0.4 * 8)


def test_handling_costs_contacts_at_the_declared_price():
    row = only(
        money_rows(answered(), [], company_of(handling_cost_per_contact=4.5)), measure="handling_cost", segment=""
    )
    assert row.estimate == pytest.approx(2 * 4.5)
    assert row.ci_low < 9.0 < row.ci_high


def test_a_promise_costs_the_hours_it_takes_away():
    """From 1 or 5 hours to one: 0 or 4 hours at 0.5, so 1 per incident; the margin on 8 more of spend is 3.2."""
    mart = answered(first_contact_minutes=[60.0, 300.0] * 50)
    rows = money_rows(mart, [effect("speed", "60")], company_of(speed_cost_per_hour=0.5))
    assert only(rows, measure="cost_of_promise").estimate == pytest.approx(1.0)
    row = only(rows, measure="margin_per_1_of_speed")
    assert [row.estimate, row.ci_low, row.ci_high] == pytest.approx([3.2, 2.4, 4.0])


def failures(recovered=-20.0, unrecovered=-60.0):
    values = {"estimand": "effect_of_failure", "population": "failed_and_never_failed"}
    return [effect("failure", "recovered", recovered, **values),
            effect("failure", "not_recovered", unrecovered, **values | {"grade": "C"})]  # fmt: skip


def paid(cost=10.0, n=100):
    return given(*((f"i{j:05d}", "refund", 100.0, cost, None) for j in range(n)))


def test_recovery_earns_the_gap_between_recovered_and_unrecovered_per_unit_of_its_cost():
    """40 more of spend earns 16; compensation costs 10 and two contacts at 3 cost 6."""
    company = company_of(compensations=paid(), handling_cost_per_contact=3.0)
    row = only(money_rows(answered(), failures(), company), measure="margin_per_1_of_recovery")
    assert row.estimate == pytest.approx(1.0)
    half = 2.306 * 2**0.5 * 0.4 / 16  # t at 8 degrees of freedom
    assert (row.ci_low, row.ci_high) == pytest.approx((1 - half, 1 + half), rel=1e-3)
    assert row.grade == "C"
    assert "not repairs" in why(row)
    assert "never" not in why(row)


def test_the_gap_of_two_effects_has_the_degrees_of_freedom_of_the_poorer_one():
    company, wide = company_of(compensations=paid()), failures()
    wide[1] = replace(wide[1], df=4.0)
    row = only(money_rows(answered(), wide, company), measure="margin_per_1_of_recovery")
    assert row.ci_high - row.estimate == pytest.approx(2.776 * 2**0.5 * 0.4 / 10, rel=1e-3)


def test_without_declared_handling_the_return_says_what_it_leaves_out():
    row = only(money_rows(answered(), failures(), company_of(compensations=paid())), measure="margin_per_1_of_recovery")
    assert row.estimate == pytest.approx(1.6)
    assert "handling_cost_per_contact" in why(row)


def test_the_next_step_is_the_gain_above_the_step_before():
    """From a quarter to half of a loss of 80 at 0.1 per face: 2 more; 6 more of spend earns 2.4."""
    ladder = [effect("compensation", "0.5", 10.0), effect("compensation", "0.25", 4.0)]
    rows = money_rows(answered(), ladder, company_of(compensations=paid()))
    row = only(rows, measure="marginal_margin_per_1_of_compensation")
    assert (row.level, row.estimate) == ("0.25-0.5", pytest.approx(1.2))


def waiting():
    """Half of the open cases waited 62 hours, half 14, so that ending the silence takes two days off."""
    return answered(landmark_silence_hours=[62.0, 14.0] * 50)


def test_a_day_of_silence_costs_what_a_returning_customer_earns():
    """Ending 48 hours of silence brings back 5 per 100 customers who earn 40: 2 per case, 1 per day."""
    silence = effect("silence", "48", 5.0, outcome="returned", estimand="landmark")
    row = only(money_rows(waiting(), [silence], company_of()), measure="cost_of_a_day_of_silence")
    assert row.estimate == pytest.approx(1.0)
    assert "48 hours longer" in why(row)
    refused = replace(silence, estimate=None, reasons=(EarlierReason("Only the longest silence is kept."),))
    row = only(money_rows(waiting(), [refused], company_of()), measure="cost_of_a_day_of_silence")
    assert why(row) == "Only the longest silence is kept."


def test_silence_is_spread_over_how_much_longer_silent_cases_waited_not_over_its_threshold():
    """60 against 36 hours: a day longer, so the whole 2 per case are lost in that day."""
    silence = effect("silence", "48", 5.0, outcome="returned", estimand="landmark")
    mart = answered(landmark_silence_hours=[60.0, 36.0] * 50)
    assert only(money_rows(mart, [silence], company_of()), measure="cost_of_a_day_of_silence").estimate == (
        pytest.approx(2.0)
    )
    unknown = only(money_rows(answered(), [silence], company_of()), measure="cost_of_a_day_of_silence")
    assert (unknown.verdict, "waited isn't known" in why(unknown)) == ("not_estimable", True)
    early = mart.assign(days_to_return=[1.0] * 80 + [None] * 20)
    assert only(money_rows(early, [silence], company_of()), measure="cost_of_a_day_of_silence").estimate is None


def test_vouchers_and_held_bookings_stand_apart():
    mart = answered(spend_365d=[130.0, 100.0] * 50, held_booking=[True] * 40 + [False] * 60,
                    held_booking_cancelled=[True] * 10 + [False] * 30 + [None] * 60)  # fmt: skip
    company = company_of()
    # Who cancelled is counted with every other outcome, and once.
    rows = [*money_rows(mart, [], company), *descriptive_rows(mart, never_failed_of(0), company)]
    assert only(rows, measure="voucher_funded_spend").estimate == pytest.approx(15.0)
    assert only(rows, measure="voucher_funded_spend").unit == Unit.MONEY_PER_INCIDENT
    assert {r.unit for r in rows if "held_booking" in r.measure or "booking_held" in r.measure} == {
        Unit.SHARE_OF_INCIDENTS
    }
    assert only(rows, measure="booking_held_at_failure").estimate == pytest.approx(0.4)
    cancelled = only(rows, measure="held_booking_cancelled", segment="", period="")
    assert (cancelled.estimate, cancelled.n) == (pytest.approx(0.25), 40)


@pytest.mark.parametrize(
    ("measure", "names"),
    [("handling_cost", "handling_cost_per_contact"), ("cost_of_promise", "speed_cost_per_hour"),
     ("margin_per_1_of_speed", "speed_cost_per_hour")],
)  # fmt: skip
def test_costs_that_are_not_declared_name_their_setting(measure, names):
    assert names in why(only(money_rows(answered(), [effect("speed", "60")], company_of()), measure=measure))


def test_without_orders_or_contacts_every_row_says_what_to_add():
    rows = money_rows(mart_of(40), [], company_of(NOTHING))
    assert all(why(row) for row in rows)


def test_what_limits_two_effects_is_said_once():
    """The gap of two effects rests on both, so a reader sees each of their limits, in one sentence."""
    one = (Reversed(), Limited((FewGroups(), ControlNotClean())))
    other = (Reversed(), Limited((ControlNotClean(), MethodsDisagree())))
    assert both(one, other) == (Reversed(), Limited((FewGroups(), ControlNotClean(), MethodsDisagree())))
    assert both(one, ()) == one
    assert both((), ()) == ()
