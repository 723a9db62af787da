"""Against a truth worked out in a large population: intervals cover it, raw ones don't; nothing there, nothing found.

The fast form of the battery; `make validate` runs the long one (test_validation.py).
"""

import pandas as pd
import pytest
from replicates import covered, replicates

SEEDS = {"confounded": 40, "mass": 5, "weak overlap": 8, "responders": 8, "censored": 8, "null": 10, "money": 8}


@pytest.fixture(scope="module")
def found() -> dict[str, pd.DataFrame]:
    return {name: replicates(name, range(100, 100 + n)) for name, n in SEEDS.items()}


def adjusted(rows):
    return rows[~rows["what"].str.startswith(("raw", "curve", "stop"))]


@pytest.mark.parametrize("name", SEEDS)
def test_adjusted_intervals_cover_the_truth(found, name):
    assert covered(adjusted(found[name])).mean() >= 0.88


def test_raw_intervals_do_not(found):
    fast = found["confounded"][found["confounded"]["what"] == "raw 15"]
    assert covered(fast).mean() <= 0.75


@pytest.mark.parametrize("name", SEEDS)
def test_bias_is_small_beside_the_spread(found, name):
    by_level = adjusted(found[name]).groupby("what")
    bias = (by_level["estimate"].mean() - by_level["truth"].mean()).abs() / by_level["estimate"].std()
    assert bias.mean() <= 0.35 + 1.0 / SEEDS[name] ** 0.5


def test_the_gain_grows_as_the_promise_gets_stricter(found):
    mean = adjusted(found["confounded"]).groupby("what")["estimate"].mean()
    assert mean["15"] > mean["60"] > mean["240"] > mean["1440"] > mean["4320"] > 0


def test_intervals_are_as_wide_as_the_estimates_vary(found):
    rows = adjusted(found["confounded"])
    by_level = rows.assign(error=rows["estimate"] - rows["truth"]).groupby("what")
    ratio = by_level["std_error"].mean() / by_level["error"].std()
    assert (ratio > 0.8).all()
    assert (ratio < 1.4).all()


def test_bands_hold_the_whole_curve(found):
    curves = pd.concat([rows[rows["what"] == "curve"] for rows in found.values()])
    assert curves["inside"].mean() >= 0.88


def test_no_effect_is_rarely_mistaken_for_one(found):
    none = adjusted(found["null"])
    assert (none["truth"].abs() < 1e-9).all()
    assert (~covered(none)).mean() <= 0.12
