"""Row order, names of customers and clusters, and the calendar's origin carry no information."""

from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from frames import confounded, facts

from pipelines.models.estimate import estimate


def numbers_of(mart, threads=1):
    found = estimate(mart, None, facts(), threads=threads)
    rows = [r for r in found.effects if r.outcome == "returned" and r.estimate is not None]
    return pd.DataFrame([asdict(r) for r in rows]).set_index("effect_id")[
        ["estimate", "ci_low", "ci_high", "df", "grade"]
    ]


@pytest.fixture(scope="module")
def mart():
    frame, _ = confounded(1200, 21)
    return frame.assign(opened_month=[f"2024-{1 + j % 12:02d}" for j in range(len(frame))])


@pytest.fixture(scope="module")
def expected(mart):
    return numbers_of(mart)


def same(found, expected):
    columns = ["estimate", "ci_low", "ci_high", "df"]
    assert np.allclose(found.loc[expected.index, columns], expected[columns], rtol=1e-6, atol=1e-6)
    assert (found.loc[expected.index, "grade"].fillna("") == expected["grade"].fillna("")).all()


def test_threads_change_no_bit(mart, expected):
    pd.testing.assert_frame_equal(numbers_of(mart, threads=2), expected, check_exact=True)


def test_what_stops_one_thread_stops_all(mart):
    asked = []

    def stopped(step):
        asked.append(step)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        estimate(mart, None, facts(), stopped, threads=2)
    assert len(asked) == 1


def test_row_order_changes_nothing(mart, expected):
    same(numbers_of(mart.sample(frac=1, random_state=1)), expected)


def test_relabelling_customers_and_clusters_changes_nothing(mart, expected):
    relabelled = mart.assign(
        cluster_key="k" + mart["cluster_key"].str[::-1], customer_key="k" + mart["customer_key"].str[::-1]
    )
    same(numbers_of(relabelled), expected)


def test_shifting_all_clocks_by_years_changes_nothing(mart, expected):
    same(numbers_of(mart.assign(opened_month=mart["opened_month"].str.replace("2024", "2031"))), expected)


def test_the_mart_is_left_as_it_was(mart):
    before = mart.copy(deep=True)
    numbers_of(mart)
    pd.testing.assert_frame_equal(mart, before)
