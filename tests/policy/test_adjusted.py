"""Differences with the case mix held equal: by hand, against a regression, and how often they hold the truth."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.thresholds import FEWEST_COMPARED
from pipelines.contracts.messages.counted import FewIndependent, FewOnOneSide, TooFewComparable, TooFewIndependent
from pipelines.policy.counted.stratified import difference


def cases(easy_with=60, easy_without=20, hard_with=20, hard_without=60):
    """Easy cases end well 80 % of the time, hard ones 40 %, whatever is done: only the mix differs."""
    parts = [("easy", 1, easy_with, 0.8), ("easy", 0, easy_without, 0.8), ("hard", 1, hard_with, 0.4),
             ("hard", 0, hard_without, 0.4)]  # fmt: skip
    rows = [(s, h, float(j < good * n)) for s, h, n, good in parts for j in range(n)]
    return pd.DataFrame(rows, columns=["severity", "holds", "y"]).assign(cluster=lambda f: [str(i) for i in f.index])


def found(frame, **options):
    return difference(frame["y"], frame["holds"], frame["cluster"], frame, ("severity",), **options)


def test_a_difference_that_is_only_case_mix_vanishes():
    result = found(cases())
    assert result.plain == pytest.approx(0.7 - 0.5)
    assert result.value == pytest.approx(0.0, abs=1e-12)
    assert result.low < 0 < result.high
    assert (result.n, result.n_with, result.held) == (160, 80, 1.0)


def test_with_one_stratum_it_is_the_difference_of_two_means_with_unequal_variances():
    rng = np.random.default_rng(1)
    frame = cases().assign(severity="one", y=rng.normal(size=160))
    result = found(frame)
    model = sm.OLS(frame["y"], sm.add_constant(frame["holds"].astype(float))).fit(cov_type="HC3")
    assert result.value == pytest.approx(model.params["holds"])
    assert result.error == pytest.approx(model.bse["holds"] * np.sqrt(159 / 160), rel=1e-9)


@pytest.mark.parametrize("as_first", [False, True])
def test_its_error_is_that_of_leaving_out_every_cluster_by_hand(as_first):
    rng = np.random.default_rng(8)
    frame = cases().assign(y=rng.normal(size=160), cluster=rng.integers(0, 12, 160).astype(str))
    result = found(frame, as_first=as_first)
    d = np.array([
        found(frame[frame["cluster"] != name], as_first=as_first).value - result.value
        for name in frame["cluster"].unique()
    ])  # fmt: skip
    assert result.error == pytest.approx(np.sqrt(11 / 12 * (d**2).sum()))
    assert result.df == pytest.approx((d**2).sum() ** 2 / (d**4).sum())


def test_one_mass_event_among_few_cases_holds_the_truth_and_allows_no_conclusion():
    """150 of 400 cases share one event and its shock, nearly all on one side; nothing is gained by either."""
    rng = np.random.default_rng(9)
    inside, grades = [], []
    cluster = np.where(np.arange(400) < 150, 0, np.arange(400))
    for _ in range(200):
        holds = rng.random(400) < np.where(cluster == 0, 0.9, 0.4)
        chance = 0.4 + (cluster == 0) * rng.choice([-0.25, 0.25])
        frame = pd.DataFrame({"y": rng.random(400) < chance, "holds": holds, "severity": "s"}).astype(
            {"y": float, "holds": float}
        )
        result = found(frame.assign(cluster=cluster))
        inside.append(result.low <= 0 <= result.high)
        grades.append(result.grade)
    assert np.mean(inside) >= 0.93
    assert set(grades) == {Grade.D}
    assert FewIndependent() in result.reasons


def test_the_mix_may_be_that_of_the_first_side():
    frame = cases()
    frame.loc[(frame["severity"] == "hard") & (frame["holds"] == 1), "y"] = 1.0
    all_cases, first = found(frame).value, found(frame, as_first=True).value
    assert all_cases == pytest.approx(0.5 * 0.6)
    assert first == pytest.approx(0.25 * 0.6)


def test_cases_alike_in_nothing_are_not_compared():
    frame = cases(easy_with=80, easy_without=0, hard_with=0, hard_without=80)
    result = found(frame)
    assert (result.value, result.held) == (None, 0.0)
    assert result.reasons == (TooFewComparable(),)


def test_too_few_cases_on_a_side_say_how_many_are_needed():
    result = found(cases(easy_with=10, hard_with=5))
    assert result.value is None
    assert result.reasons == (FewOnOneSide(15, 80, FEWEST_COMPARED),)


def test_where_one_event_is_a_whole_side_no_interval_is_given():
    frame = cases().assign(cluster=lambda f: np.where(f["holds"] == 1, "storm", f.index.astype(str)))
    result = found(frame)
    assert (result.value, result.low) == (None, None)
    assert result.reasons == (TooFewIndependent(),)


@pytest.mark.parametrize("clustered", [False, True])
def test_the_interval_holds_the_truth_though_cases_share_shocks(clustered):
    rng = np.random.default_rng(5)
    inside = []
    for _ in range(200):
        cluster = rng.integers(0, 80, 600) if clustered else np.arange(600)
        hard = rng.random(600) < 0.4
        holds = rng.random(600) < np.where(hard, 0.7, 0.3)
        chance = np.where(hard, 0.25, 0.45) + 0.1 * holds + (rng.normal(0, 0.08, 600)[cluster] if clustered else 0.0)
        y = (rng.random(600) < chance).astype(float)
        frame = pd.DataFrame({"y": y, "holds": holds.astype(float), "severity": hard.astype(str), "cluster": cluster})
        result = found(frame)
        inside.append(result.low <= 0.1 <= result.high)
    assert np.mean(inside) >= 0.92
