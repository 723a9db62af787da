import numpy as np
import pytest
from cases import NOTHING, company_of, mart_of, only, why

from pipelines.policy.counted.expected import Comparison
from pipelines.policy.counted.silence import silence_rows
from pipelines.policy.counted.standards import site_numbers, standards_rows
from pipelines.settings.profile import Target


def weekly(weeks=30, per_week=20, **columns):
    """``per_week`` single incidents a week at site a, in the middle of each week before the cut."""
    age = np.repeat(np.arange(weeks) * 7 + 3.5, per_week)
    n = weeks * per_week
    return mart_of(n, **{"follow_up_days": age, "site_id": "a", "severity": "s", "channel": "desk", "category": "noise",
                         "mass_event": False, "response_status": "answered"} | columns)  # fmt: skip


def test_last_week_stands_apart_from_the_range_of_the_weeks_before():
    met = np.repeat(
        [[True] * 19 + [False]] + [[True] * (10 + j % 5) + [False] * (10 - j % 5) for j in range(29)], 1, axis=0
    )
    mart = weekly(standard_met=met.ravel())
    row = only(standards_rows(mart, company_of()), measure="standard_met", segment="", period="2025-12-25/2025-12-31")
    assert (row.estimate, row.n, row.clock) == (0.95, 20, "known_now")
    assert (row.usual_low, row.usual_high) == (pytest.approx(0.5), pytest.approx(0.7))


def test_twenty_six_weeks_end_at_the_cut_and_matured_ones_a_horizon_earlier():
    age = np.concatenate([np.full(30, 100.0), np.full(30, 400.0), np.full(30, 600.0)])
    mart = mart_of(90, follow_up_days=age, site_id="a", standard_met=[True] * 30 + [False] * 60,
                   returned_within_365d=[None] * 30 + [True] * 30 + [False] * 30)  # fmt: skip
    rows = standards_rows(mart, company_of())
    assert only(rows, measure="standard_met", segment="", period="2025-07-03/2025-12-31").estimate == 1.0
    back = only(rows, measure="returned_within_365d", segment="")
    assert (back.estimate, back.n, back.clock, back.period) == (1.0, 30, "matured", "2024-07-03/2024-12-31")


def test_last_week_never_shows_a_return():
    rows = standards_rows(weekly(returned_within_365d=[None] * 600), company_of())
    assert all(r.clock == "matured" for r in rows if r.measure.startswith(("returned", "restored")))


def test_target_owner_and_where_the_interval_lies_against_it():
    mart = weekly(first_contact_minutes=[30.0] * 300 + [90.0] * 300)
    company = company_of(targets=(Target("answered_within_60_minutes", 0.3, "Front desk"),))
    row = only(
        standards_rows(mart, company), measure="answered_within_60_minutes", segment="", period="2025-07-03/2025-12-31"
    )
    assert (row.target, row.owner, row.standing) == (0.3, "Front desk", "above")


def test_a_site_with_hard_cases_is_not_blamed_for_them():
    """Hard cases are met 2 of 5 times everywhere and easy ones 4 of 5; site b has nothing but hard ones."""
    n = 200
    mart = mart_of(
        4 * n, follow_up_days=50.0, mass_event=False, site_id=["a"] * n + ["b"] * n + ["c"] * n + ["d"] * n,
        severity=["easy"] * n + ["hard"] * n + ["easy"] * n + ["hard"] * n, channel="desk", category="noise",
        standard_met=(([True] * 4 + [False]) * 40 + ([True] * 2 + [False] * 3) * 40) * 2,
    )  # fmt: skip
    row = only(standards_rows(mart, company_of()), measure="standard_met", segment="site_id=b")
    assert row.observed == pytest.approx(0.4)
    assert row.estimate == pytest.approx(0.6)
    assert row.standing == "unclear"


def test_mass_incidents_are_left_out_of_the_comparison_of_sites():
    mart = weekly(standard_met=[True] * 300 + [False] * 300, mass_event=[False] * 300 + [True] * 300)
    row = only(standards_rows(mart, company_of()), measure="standard_met", segment="site_id=a")
    assert row.n == 300
    assert row.observed == 1.0


def test_small_sites_are_drawn_to_the_rest_further_than_large_ones():
    sites = {"large": Comparison(1000, 500, 700.0, 490.0), "small": Comparison(20, 10, 14.0, 9.8)}
    sites |= {f"other{j}": Comparison(200, 140 + 3 * (-1) ** j, 140.0, 98.0) for j in range(8)}
    rows = site_numbers(sites, 0.7)
    assert 0.5 <= rows["large"].share < rows["small"].share < 0.7
    wide, narrow = (rows[site].chance_high - rows[site].chance_low for site in ("small", "large"))
    assert wide > narrow


@pytest.mark.parametrize(
    ("measure", "addition"),
    [("standard_met", "interactions"), ("commitment_kept", "promises"), ("within_authority", "compensations"),
     ("returned_within_365d", "customer_id"), ("fixed_before_departure", "fixed_for_customer")],
)  # fmt: skip
def test_what_isn_t_supplied_says_what_to_add(measure, addition):
    row = only(standards_rows(mart_of(30), company_of(NOTHING)), measure=measure)
    assert row.verdict == "not_estimable"
    assert addition in why(row)


def test_targets_and_owners_stand_beside_what_is_counted_now():
    targets = (Target("silent_for_a_week_now", 0.0, "Contact centre"), Target("silent_over_24_hours", 0.1, "COO"))
    mart = mart_of(40, follow_up_days=np.linspace(0.1, 20, 40), response_status="open", closed=False,
                   longest_silence_hours=30.0, silence_censored=False)  # fmt: skip
    company = company_of(targets=targets)
    now = only(silence_rows(mart, company), measure="silent_for_a_week_now", segment="")
    assert (now.target, now.owner) == (0.0, "Contact centre")
    silent = [r for r in standards_rows(mart, company) if r.measure == "silent_over_24_hours" and not r.segment]
    assert {(r.estimate, r.target, r.owner, r.standing) for r in silent} == {(1.0, 0.1, "COO", "above")}
    assert {r.period for r in silent} == {"2025-12-25/2025-12-31", "2025-07-03/2025-12-31"}
