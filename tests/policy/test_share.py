import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from pipelines.contracts.messages.counted import FewOlderThanDays
from pipelines.policy.counted.shares import mean, product_limit, reached, share


def own_clusters(n):
    return pd.Series([f"c{j}" for j in range(n)])


def test_a_share_of_independent_cases_has_wilsons_interval():
    found = share(pd.Series([1.0] * 30 + [0.0] * 70), own_clusters(100))
    assert found.value == 0.3
    assert (found.low, found.high) == pytest.approx(proportion_confint(30, 100, method="wilson"), abs=0.002)


def test_one_shock_to_many_cases_counts_as_one():
    flags = pd.Series([1.0] * 20 + [0.0] * 20)
    alone = share(flags, own_clusters(40))
    shocked = share(flags, pd.Series(np.repeat(list("abcdefgh"), 5)))
    assert shocked.high - shocked.low > 1.5 * (alone.high - alone.low)


def test_a_share_that_everybody_has_is_as_sure_as_the_clusters_are_many():
    found = share(pd.Series([1.0] * 40), pd.Series(np.repeat(list("abcd"), 10)))
    assert (found.low, found.high) == pytest.approx(proportion_confint(4, 4, method="wilson"))


def test_a_mean_of_independent_cases_has_the_t_interval():
    values = pd.Series([1.0, 2.0, 4.0, 8.0, 16.0])
    found = mean(values, own_clusters(5))
    assert (found.low, found.high) == pytest.approx((0.0, DescrStatsW(values).tconfint_mean()[1]))
    signed = mean(values - 5, own_clusters(5))
    assert (signed.low, signed.high) == pytest.approx(DescrStatsW(values - 5).tconfint_mean())


def test_amounts_that_are_all_alike_get_no_interval():
    found = mean(pd.Series([0.0] * 12), own_clusters(12))
    assert (found.value, found.low, found.high) == (0.0, None, None)
    assert found.reason


def test_censored_cases_count_as_long_as_they_were_seen():
    """Kaplan–Meier by hand: 5 at risk at day 1, 3 at day 3: S = 4/5 · 2/3."""
    days = pd.Series([1.0, np.nan, 3.0, np.nan, np.nan])
    followed = pd.Series([10.0, 2.0, 10.0, 10.0, 10.0])
    found = reached(days, followed, own_clusters(5), at=5.0, least=1)
    assert found.value == pytest.approx(1 - 4 / 5 * 2 / 3)


def test_error_of_a_censored_share_is_greenwoods_when_cases_are_independent():
    rng = np.random.default_rng(1)
    event, censor = rng.exponential(20, 300).round(1), rng.uniform(5, 40, 300).round(1)
    times, happened = np.minimum(event, censor), event <= censor
    curve = SurvfuncRight(times, happened.astype(float))
    at = float(curve.surv_times[np.searchsorted(curve.surv_times, 15.0) - 1])
    place = int(np.searchsorted(curve.surv_times, at))
    portion, influence = product_limit(times, happened, at)
    assert portion == pytest.approx(1 - curve.surv_prob[place])
    assert np.sqrt((influence**2).sum()) == pytest.approx(curve.surv_prob_se[place])


def test_a_time_nobody_has_been_followed_to_is_refused_with_its_reason():
    found = reached(pd.Series([1.0] * 20), pd.Series([5.0] * 20), own_clusters(20), at=30.0, least=10)
    assert found.value is None
    assert found.reason == FewOlderThanDays(10, 30.0)
