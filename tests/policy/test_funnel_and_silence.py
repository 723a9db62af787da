import numpy as np
import pandas as pd
import pytest
from cases import NOTHING, company_of, mart_of, only, why
from statsmodels.stats.proportion import proportion_confint

from pipelines.contracts.catalog.measures import steps_of
from pipelines.policy.counted.funnel import funnel_rows
from pipelines.policy.counted.silence import lost_cases, other_closed_cases, silence_rows, silent_at


def test_young_cases_count_as_undecided_not_as_unanswered():
    """40 answered within the hour; 20 opened ten minutes ago and still waiting say nothing about the hour."""
    mart = mart_of(
        60, follow_up_days=[30.0] * 40 + [10 / 1440] * 20, response_status=["answered"] * 40 + ["open"] * 20,
        first_contact_minutes=[20.0] * 40 + [None] * 20,
    )  # fmt: skip
    row = only(funnel_rows(mart, company_of()), measure="contacted", within_days=1 / 24)
    assert (row.estimate, row.n) == (1.0, 60)


def test_steps_reached_by_one_cohort_never_grow():
    rng = np.random.default_rng(3)
    flags = {
        name: rng.random(200) < 0.6 for name in ("fixed_for_customer", "compensation_given", "returned_within_365d")
    }
    mart = mart_of(200, response_status="answered", first_contact_minutes=30.0, **flags)
    rows = [r for r in funnel_rows(mart, company_of()) if r.clock == "matured"]
    shares = [r.estimate for r in rows]
    assert [len(steps_of(r.measure)) for r in rows] == [1, 2, 3, 4]
    assert shares == sorted(shares, reverse=True)
    everything = np.logical_and.reduce(list(flags.values())).mean()
    assert shares[-1] == pytest.approx(everything)


def test_a_step_nobody_recorded_says_what_to_add():
    rows = funnel_rows(mart_of(30), company_of(NOTHING))
    for measure, addition in {
        "contacted": "interactions", "compensated": "compensations", "returned": "customer_id",
        "promoter": "word_of_mouth", "fixed": "fixed_for_customer",
    }.items():  # fmt: skip
        row = only(rows, measure=measure)
        assert row.verdict == "not_estimable"
        assert addition in why(row)


def test_subscribers_stay_rather_than_return():
    mart = mart_of(40, retained_365d=[True] * 30 + [False] * 10)
    row = only(funnel_rows(mart, company_of(retention="contractual")), measure="retained", clock=None)
    assert row.estimate == 0.75


def test_under_the_rug_is_unanswered_or_closed_unheard():
    mart = mart_of(
        50, response_status=["answered"] * 40 + ["unanswered"] * 5 + ["open"] * 5,
        closed_without_contact=[True] * 3 + [False] * 42 + [True] * 2 + [False] * 3,
    )  # fmt: skip
    row = only(silence_rows(mart, company_of()), measure="under_the_rug", segment="")
    assert (row.estimate, row.n) == (pytest.approx(10 / 47), 47)
    assert (row.ci_low, row.ci_high) == pytest.approx(proportion_confint(10, 47, method="wilson"), abs=0.005)


def test_silence_counts_above_the_promise_and_up_to_the_cap():
    mart = mart_of(20, response_status="answered", standard_minutes=60.0,
                   longest_silence_hours=[0.5] * 10 + [3.0] * 9 + [10_000.0])  # fmt: skip
    rows = silence_rows(mart, company_of())
    assert only(rows, measure="silent_beyond_promise", segment="").estimate == 0.5
    hours = only(rows, measure="silent_hours_above_promise", segment="")
    assert hours.estimate == pytest.approx((9 * 2 + 14 * 24 - 1) / 20)


def test_without_standards_silence_has_no_promise_to_exceed():
    rows = silence_rows(mart_of(20), company_of({"interactions": frozenset({"contacted_at", "actor"}), **NOTHING}))
    assert "Add standards" in why(only(rows, measure="silent_hours_above_promise"))


def test_silent_now_counts_open_cases_nobody_answered_for_a_week():
    mart = mart_of(
        30, follow_up_days=[3.0] * 10 + [9.0] * 20, response_status="open", closed=[False] * 25 + [True] * 5,
        first_contact_minutes=[None] * 20 + [5.0] * 10,
    )  # fmt: skip
    row = only(silence_rows(mart, company_of()), measure="silent_for_a_week_now", segment="")
    assert (row.estimate, row.n, row.verdict) == (10.0, 25, "counted")


def lost_mart():
    """20 closed: 5 whose score says no, 6 on file without an order, 4 strangers, 5 won back; and 5 open."""
    return mart_of(
        25, closed=[True] * 20 + [False] * 5, restored=[False] * 5 + [None] * 10 + [True] * 5 + [None] * 5,
        days_to_return=[30.0] * 5 + [None] * 10 + [20.0] * 5 + [None] * 5,
        customer_on_file=[True] * 11 + [False] * 4 + [True] * 10,
        earlier_spend_365d=[100.0] * 11 + [None] * 4 + [50.0] * 10,
    )  # fmt: skip


def test_closed_but_not_restored_by_what_says_so():
    counts = {name: int(flags.sum()) for name, flags in lost_cases(lost_mart()).items()}
    assert counts == {"closed_not_restored": 15, "closed_known_not_restored": 5, "closed_without_new_order": 6,
                      "closed_return_unknown": 4}  # fmt: skip


def test_what_became_of_closed_cases_adds_up_to_all_of_them():
    """Of the six without an order two are younger than the year."""
    mart = lost_mart().assign(follow_up_days=[400.0] * 9 + [100.0] * 2 + [400.0] * 14)
    mart.loc[19, "restored"] = None
    parts = {**lost_cases(mart), **other_closed_cases(mart, 365)}
    counts = {name: int(flags.sum()) for name, flags in parts.items()}
    assert (counts["closed_no_order_horizon_past"], counts["closed_no_order_horizon_open"]) == (4, 2)
    assert (counts["closed_restored"], counts["closed_ordered_again"]) == (4, 1)
    left = sum(counts[name] for name in (*list(counts)[4:], "closed_known_not_restored", "closed_return_unknown"))
    assert left == mart["closed"].sum()


def test_silent_cases_say_how_long_they_have_waited_and_who_was_closed_unheard():
    mart = mart_of(
        40, follow_up_days=[*range(1, 31), *[50.0] * 10], response_status="open", first_contact_minutes=None,
        closed=[False] * 30 + [True] * 10, closed_without_contact=[None] * 30 + [True] * 10,
    )  # fmt: skip
    rows = silence_rows(mart, company_of())
    waited = {r.level: r.estimate for r in rows if r.measure == "days_silent_now" and r.segment == ""}
    assert waited == {"median": 18.5, "longest": 30.0}
    unheard = only(rows, measure="closed_unheard")
    assert (unheard.estimate, unheard.n) == (10.0, 10)


def test_value_at_stake_counts_a_customer_once():
    mart = lost_mart()
    mart["customer_key"] = ["twice" if j < 2 else key for j, key in enumerate(mart["customer_key"])]
    row = only(silence_rows(mart, company_of()), measure="value_at_stake")
    assert (row.estimate, row.n) == (1000.0, 10)


def test_exports_that_never_say_closed_say_what_to_map():
    rows = silence_rows(mart_of(20), company_of(NOTHING))
    assert "closed_at" in why(only(rows, measure="closed_not_restored"))


def test_small_cells_keep_their_count_and_hide_their_numbers():
    mart = mart_of(40, response_status="answered", channel=["desk"] * 31 + ["fax"] * 9)
    row = only(silence_rows(mart, company_of()), measure="under_the_rug", segment="channel=fax")
    assert (row.n, row.suppressed, row.verdict) == (9, True, "suppressed")
    assert pd.isna([row.estimate or np.nan, row.ci_low or np.nan]).all()


def test_who_lay_silent_is_told_for_past_weeks_as_for_today():
    """Five cases wait for ever; one was answered on its tenth day, one closed on it: a week earlier both still lay."""
    mart = mart_of(
        7, follow_up_days=[300.0] * 5 + [15.0, 15.0], response_status=["open"] * 5 + ["answered", "open"],
        first_contact_minutes=[None] * 5 + [10 * 1440.0, None], closed=[False] * 6 + [True],
        closed_hours=[None] * 6 + [240.0],
    )  # fmt: skip
    assert silent_at(mart, 0.0).sum() == 5
    assert silent_at(mart, 7.0).sum() == 7
    row = only(silence_rows(mart, company_of()), measure="silent_for_a_week_now", segment="")
    assert (row.estimate, row.usual_low, row.usual_high) == (None, None, None)


def test_today_stands_beside_what_was_usual():
    """Twenty cases wait for ever; ten more were closed a hundred days ago, after eighty days in which nobody spoke."""
    mart = mart_of(
        30, follow_up_days=[300.0] * 20 + [180.0] * 10, response_status="open", first_contact_minutes=None,
        closed=[False] * 20 + [True] * 10, closed_hours=[None] * 20 + [80 * 24.0] * 10,
    )  # fmt: skip
    row = only(silence_rows(mart, company_of()), measure="silent_for_a_week_now", segment="")
    assert (row.estimate, row.usual_low, row.usual_high) == (20.0, 20.0, 30.0)


def test_without_days_of_closing_nothing_is_called_usual():
    mart = mart_of(30, follow_up_days=300.0, response_status="open", first_contact_minutes=None,
                   closed=[False] * 20 + [True] * 10, closed_hours=None)  # fmt: skip
    row = only(silence_rows(mart, company_of()), measure="silent_for_a_week_now", segment="")
    assert (row.estimate, row.usual_low) == (20.0, None)


@pytest.mark.parametrize(("weeks", "usual"), [(10, (0.1, 0.5)), (7, (None, None))])
def test_what_is_swept_under_the_rug_stands_beside_its_usual_weeks(weeks, usual):
    """Ten cases a week past the cap of two weeks: one or five of them unanswered, in turn; young cases don't count."""
    age = [14.0 + 7.0 * week + 3.0 for week in range(weeks) for _ in range(10)] + [5.0] * 10
    unanswered = [case < (1 if week % 2 else 5) for week in range(weeks) for case in range(10)]
    status = ["unanswered" if gone else "answered" for gone in unanswered] + ["open"] * 10
    mart = mart_of(10 * weeks + 10, follow_up_days=age, response_status=status, closed_without_contact=False)
    row = only(silence_rows(mart, company_of()), measure="under_the_rug", segment="")
    assert (row.usual_low, row.usual_high) == usual
