import pytest
from cases import EVERYTHING, NOTHING, company_of, mart_of, only, why
from statsmodels.stats.proportion import proportion_confint

from pipelines.policy.events.mass_events import event_rows


def storm(**columns):
    """100 single incidents, half of them grave, and a storm of 40 grave ones hitting 38 customers."""
    mart = mart_of(140, **{
        "event_id": [None] * 100 + ["storm"] * 40, "mass_event": [False] * 100 + [True] * 40,
        "severity": ["mild", "grave"] * 50 + ["grave"] * 40,
    } | columns)  # fmt: skip
    mart["customer_key"] = [*mart["customer_key"][:137], *mart["customer_key"][100:103]]
    mart["cluster_key"] = ["storm" if e else k for e, k in zip(mart["event_id"], mart["customer_key"], strict=True)]
    return mart


def test_an_event_is_counted_in_incidents_and_customers():
    rows = event_rows(storm(), company_of())
    assert only(rows, event_id="storm", measure="incidents").estimate == 40
    assert only(rows, event_id="storm", measure="customers_hit").estimate == 37


def test_an_event_is_held_against_single_incidents_of_its_severity():
    """Grave single incidents are compensated 30 of 50 times, mild ones never: 24 of the storm's 40 are expected."""
    single = [False, True] * 30 + [False] * 40
    row = only(
        event_rows(storm(compensation_given=single + [True] * 36 + [False] * 4), company_of()), measure="compensated"
    )
    assert (row.estimate, row.expected, row.n, row.n_reference) == (0.9, pytest.approx(0.6), 40, 100)
    assert row.ratio == pytest.approx(1.5)
    assert 1 < row.ratio_low < 1.5 < row.ratio_high
    assert (row.ci_low, row.ci_high) == pytest.approx(proportion_confint(36, 40, method="wilson"))


def test_contact_counts_only_cases_old_enough():
    mart = storm(response_status="answered", first_contact_minutes=[30.0] * 100 + [90.0] * 40,
                 follow_up_days=[100.0] * 120 + [2 / 24] * 20)  # fmt: skip
    rows = event_rows(mart, company_of())
    assert only(rows, measure="contacted", within_days=1 / 24).estimate == 0.0
    late = only(rows, measure="contacted", within_days=4 / 24)
    assert (late.estimate, late.n) == (1.0, 20)


def test_an_event_too_young_says_so():
    mart = storm(returned_within_365d=[True, False] * 50 + [None] * 40)
    row = only(event_rows(mart, company_of()), measure="returned")
    assert (row.verdict, row.n) == ("not_estimable", 0)
    assert "old enough" in why(row)


def test_small_events_are_counted_together():
    mart = mart_of(20, event_id=["x"] * 4 + ["y"] * 7 + [None] * 9, mass_event=[True] * 11 + [False] * 9)
    row = only(event_rows(mart, company_of()), measure="smaller_events")
    assert (row.estimate, row.n) == (2.0, 11)


def test_without_events_a_row_says_what_to_map():
    row = only(event_rows(mart_of(20), company_of(NOTHING)), measure="customers_hit")
    assert row.verdict == "not_estimable"
    assert "event_id" in why(row)


def test_without_word_of_mouth_the_event_has_no_stories():
    supplied = NOTHING | {"incidents": frozenset({"event_id"})}
    row = only(event_rows(storm(), company_of(supplied)), measure="negative_post")
    assert "word_of_mouth" in why(row)


def test_returns_without_a_voucher_stand_beside_all_returns():
    """Of 40 hit 30 are known: 15 came back, 6 of them on an order without a voucher."""
    unknown = [None] * 10
    mart = storm(
        returned_within_365d=[True, False] * 50 + [True] * 15 + [False] * 15 + unknown,
        returned_without_voucher_365d=[True, False] * 50 + [True] * 6 + [False] * 24 + unknown,
    )
    rows = event_rows(mart, company_of())
    every, own = (only(rows, measure=m, event_id="storm") for m in ("returned", "returned_without_voucher"))
    assert (every.estimate, every.n, own.estimate, own.n) == (0.5, 30, 0.2, 30)
    assert (own.ci_low, own.ci_high) == pytest.approx(proportion_confint(6, 30, method="wilson"))
    assert own.within_days == 365.0


def test_without_the_voucher_column_returns_say_what_to_map():
    orders = EVERYTHING["orders"] - {"voucher_amount"}
    mart = storm(returned_within_365d=[True, False] * 70)
    rows = event_rows(mart, company_of(EVERYTHING | {"orders": orders}))
    own = only(rows, measure="returned_without_voucher")
    assert (own.estimate, own.verdict) == (None, "not_estimable")
    assert "Map voucher_amount in orders" in why(own)
    assert only(rows, measure="returned").estimate == 0.5


def test_of_subscriptions_no_voucher_is_asked():
    rows = event_rows(storm(retained_365d=True), company_of(retention="contractual"))
    assert not [row for row in rows if row.measure == "returned_without_voucher"]
