from datetime import date

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from pipelines.contracts.catalog.thresholds import MINIMUM_CELL
from pipelines.contracts.mart import baseline_columns, incident_columns
from pipelines.contracts.messages.counted import MedianNotReached
from pipelines.models.facts import Facts
from pipelines.policy.company import Company
from pipelines.policy.counted.descriptive import descriptive_rows

HORIZONS = (90,)
COMPANY = Company(Facts(HORIZONS, 14 * 1440.0), date(2025, 12, 31))


def mart_of(n, **columns):
    empty = {c.name: pd.Series([None] * n, dtype="object") for c in incident_columns(HORIZONS)}
    given = {
        "cluster_key": pd.Series([f"c{i}" for i in range(n)]),
        "follow_up_days": pd.Series(np.full(n, 100.0)),
        "first_contact_minutes": pd.Series(np.full(n, np.nan)),
        **{name: pd.Series(values) for name, values in columns.items()},
    }
    return pd.DataFrame(empty | given)


def no_baseline():
    return pd.DataFrame({c.name: pd.Series(dtype="object") for c in baseline_columns(HORIZONS)})


def rows_of(mart, measure_id, segment=""):
    found = descriptive_rows(mart, no_baseline(), COMPANY)
    return [r for r in found if r.measure == measure_id and r.segment == segment and not r.period]


def test_a_share_of_independent_incidents_has_the_wilson_interval():
    mart = mart_of(40, apology_given=[True] * 10 + [False] * 30)
    (row,) = rows_of(mart, "apology_given")
    assert (row.estimate, row.n) == (0.25, 40)
    assert (row.ci_low, row.ci_high) == pytest.approx(proportion_confint(10, 40, method="wilson"), abs=0.01)


def test_unknown_stays_out_of_numerator_and_denominator():
    mart = mart_of(40, apology_given=[True] * 10 + [False] * 10 + [None] * 20)
    (row,) = rows_of(mart, "apology_given")
    assert (row.estimate, row.n) == (0.5, 20)


def test_incidents_of_one_storm_widen_the_interval():
    apology = [True] * 20 + [False] * 20
    alone = rows_of(mart_of(40, apology_given=apology), "apology_given")[0]
    storms = rows_of(mart_of(40, apology_given=apology, cluster_key=list("aabb" * 5 + "ccdd" * 5)), "apology_given")[0]
    assert storms.ci_high - storms.ci_low > 1.5 * (alone.ci_high - alone.ci_low)


def test_one_cluster_gives_a_number_without_an_interval():
    (row,) = rows_of(mart_of(40, loss_amount=np.arange(40.0), cluster_key=["storm"] * 40), "loss_amount")
    assert row.estimate == 19.5
    assert row.ci_low is None


def test_a_cell_too_small_to_show_keeps_its_count_and_hides_its_number():
    brands = ["big"] * 30 + ["small"] * (MINIMUM_CELL - 1)
    (row,) = rows_of(mart_of(39, apology_given=[True, False, True] * 13, brand=brands), "apology_given", "brand=small")
    assert row.suppressed
    assert row.estimate is None
    assert row.n == MINIMUM_CELL - 1


def test_levels_and_those_of_unknown_level_add_up_to_everyone():
    brands = ["a"] * 20 + ["b"] * 12 + [None] * 8
    mart = mart_of(40, apology_given=[True, False] * 20, brand=brands, response_status=["unanswered"] * 40)
    found = descriptive_rows(mart, no_baseline(), COMPANY)
    for name in ("apology_given", "median_first_contact_hours"):
        cells = {r.segment: r for r in found if r.measure == name and not r.period}
        by_brand = {s: r.n for s, r in cells.items() if s.startswith("brand=")}
        assert by_brand == {"brand=a": 20, "brand=b": 12, "brand=unknown": 8}
        assert sum(by_brand.values()) == cells[""].n
        assert cells["brand=unknown"].suppressed


def test_a_dimension_that_the_exports_do_not_hold_has_no_unknown_level():
    found = descriptive_rows(mart_of(40, apology_given=[True] * 40), no_baseline(), COMPANY)
    assert {(row.segment, row.period) for row in found if row.measure == "apology_given"} == {("", "")}


def test_what_the_exports_do_not_hold_gives_no_row():
    assert rows_of(mart_of(40), "apology_given") == []
    assert rows_of(mart_of(40), "median_first_contact_hours") == []


def test_the_waiting_time_among_the_answered_flatters_and_the_censored_one_does_not():
    minutes = [60.0] * 30 + [600.0] * 21 + [np.nan] * 49
    mart = mart_of(100, first_contact_minutes=minutes, response_status=["answered"] * 51 + ["unanswered"] * 49)
    assert rows_of(mart, "median_first_contact_hours_answered")[0].estimate == 1.0
    assert rows_of(mart, "median_first_contact_hours")[0].estimate == 10.0
    assert rows_of(mart, "answered_share")[0].estimate == 0.51


def test_the_median_is_missing_when_fewer_than_half_ever_hear_from_a_person():
    minutes = [60.0] * 30 + [np.nan] * 60
    mart = mart_of(90, first_contact_minutes=minutes, response_status=["answered"] * 30 + ["unanswered"] * 60)
    assert rows_of(mart, "median_first_contact_hours")[0].reasons == (MedianNotReached(),)


def test_cases_too_young_to_judge_are_not_counted_as_late():
    mart = mart_of(
        40,
        first_contact_minutes=[5.0] * 20 + [np.nan] * 20,
        response_status=["answered"] * 20 + ["open"] * 20,
        follow_up_days=[10.0] * 20 + [0.001] * 20,
    )
    (row,) = rows_of(mart, "answered_within_60_minutes")
    assert (row.estimate, row.n) == (1.0, 20)


def test_months_are_periods_and_every_incident_is_in_one():
    mart = mart_of(40, apology_given=[True] * 40, opened_month=["2025-01"] * 15 + ["2025-02"] * 25)
    months = {r.period: r.n for r in descriptive_rows(mart, no_baseline(), COMPANY) if r.period}
    assert months == {"2025-01": 15, "2025-02": 25}


def test_never_failed_customers_stand_beside_the_failed():
    baseline = no_baseline().reindex(range(20))
    baseline["returned_within_90d"] = [True] * 8 + [False] * 12
    baseline["customer_key"] = [f"n{i}" for i in range(20)]
    rows = descriptive_rows(mart_of(40), baseline, COMPANY)
    (row,) = [r for r in rows if r.segment == "population=never_failed"]
    assert (row.measure, row.estimate, row.n) == ("returned_within_90d", 0.4, 20)


def test_words_alone_are_a_share_of_the_answered():
    mart = mart_of(
        40,
        words_only=[True] * 10 + [False] * 30,
        response_status=["answered"] * 20 + ["unanswered"] * 20,
    )
    (row,) = rows_of(mart, "words_only")
    assert (row.estimate, row.n) == (0.5, 20)


def test_an_open_case_counts_as_silent_only_once_a_day_has_passed():
    mart = mart_of(
        60,
        longest_silence_hours=[30.0] * 20 + [5.0] * 40,
        silence_censored=[True] * 20 + [True] * 20 + [False] * 20,
    )
    (row,) = rows_of(mart, "silent_over_24_hours")
    assert (row.estimate, row.n) == (0.5, 40)


def test_answers_whose_time_is_unknown_stay_out_of_the_waiting_time():
    minutes = [60.0] * 30 + [np.nan] * 30
    known = mart_of(60, first_contact_minutes=minutes, response_status=["answered"] * 30 + [None] * 30)
    assert rows_of(known, "median_first_contact_hours")[0].n == 30


def test_told_first_is_a_share_of_all_and_its_minutes_are_of_those_told():
    mart = mart_of(60, proactive_notice_minutes=[30.0] * 15 + [90.0] * 5 + [0.0] * 20 + [np.nan] * 20)
    (first,), (minutes,) = rows_of(mart, "told_first"), rows_of(mart, "minutes_told_first")
    assert (first.estimate, first.n) == (0.5, 40)
    assert (minutes.estimate, minutes.n) == (45.0, 20)
