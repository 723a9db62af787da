import numpy as np
import pytest
from cases import NOTHING, company_of, given, mart_of, only, why

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.units import Unit
from pipelines.policy.counted.front_line import front_line_rows, settling_rows


def settled(n=400, gain=0.0, **columns):
    """Easy cases are settled at once three times in four and return half the time; hard ones are neither."""
    rng = np.random.default_rng(3)
    hard = np.arange(n) % 2 == 0
    once = rng.random(n) < np.where(hard, 0.25, 0.75)
    back = rng.random(n) < np.where(hard, 0.2, 0.5) + gain * once
    return mart_of(n, **{
        "severity": np.where(hard, "grave", "mild"), "channel": "desk", "category": "noise",
        "response_status": "answered", "first_contact_minutes": 20.0, "resolved_at_first_contact": once,
        "escalated": hard & (rng.random(n) < 0.3), "handoffs": np.where(hard, 1, 0), "returned_within_365d": back,
    } | columns)  # fmt: skip


def test_settling_at_once_is_held_against_cases_of_the_same_severity():
    row = only(settling_rows(settled(2000), company_of()), segment="")
    assert row.observed > 10
    assert row.ci_low < 0 < row.ci_high
    assert (row.grade, row.unit) == (Grade.C, Unit.PER_100_CUSTOMERS)
    better = list(settling_rows(settled(2000, gain=0.3), company_of()))
    assert only(better, segment="").ci_low > 15
    assert only(better, segment="severity=grave").n == 1000


def test_shares_come_overall_and_by_site_with_their_case_mix():
    mart = settled(follow_up_days=30.0, site_id=["a", "b", "c", "d"] * 100)
    rows = front_line_rows(mart, company_of())
    assert only(rows, measure="handed_on", segment="").estimate == pytest.approx(0.5)
    site = only(rows, measure="resolved_at_first_contact", segment="site_id=a")
    assert site.expected is not None
    assert {row.topic for row in rows} == {Topic.FRONT_LINE}


def test_limits_are_told_by_the_role_that_gave():
    paid = given(*((f"i{j:05d}", "refund", 10.0, None, None) for j in range(40)))
    paid["issuer_role"] = ["desk"] * 20 + ["manager"] * 20
    mart = settled(within_authority=[True] * 15 + [False] * 5 + [True] * 20 + [None] * 360)
    rows = front_line_rows(mart, company_of(compensations=paid))
    assert only(rows, measure="within_authority", segment="issuer_role=desk").estimate == pytest.approx(0.75)
    assert only(rows, measure="within_authority", segment="issuer_role=manager").estimate == 1.0


def test_without_contacts_or_money_each_row_says_what_to_add():
    company = company_of(NOTHING)
    for row in (*front_line_rows(mart_of(40), company), *settling_rows(mart_of(40), company)):
        assert row.verdict == "not_estimable"
        assert "Add " in why(row) or "Map " in why(row)
