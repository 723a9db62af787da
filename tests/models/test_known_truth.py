"""Against a truth known by brute force: adjusted intervals cover it, raw ones don't; nothing there means nothing found.

The fast form of the battery; `make validate` runs the long one (test_validation.py).
"""

import pytest
from replicates import covered, replicates


@pytest.fixture(scope="module")
def found():
    return replicates(2000, range(100, 140))


def test_adjusted_intervals_cover_the_truth(found):
    assert covered(found[found["spec"] == "adjusted"]).mean() >= 0.90


def test_raw_intervals_do_not(found):
    fast = found[(found["spec"] == "raw") & (found["level_to"] == "15")]
    assert covered(fast).mean() <= 0.75


def test_adjusting_removes_most_of_the_bias(found):
    bias = (found["estimate"] - found["truth"]).groupby([found["spec"], found["level_to"]]).mean()
    assert abs(bias["adjusted", "15"]) < 0.35 * abs(bias["raw", "15"])


def test_the_gain_grows_as_the_promise_gets_stricter(found):
    mean = found[found["spec"] == "adjusted"].groupby("level_to")["estimate"].mean()
    assert mean["15"] > mean["60"] > mean["240"] > mean["1440"] > mean["4320"] > 0


def test_intervals_are_as_wide_as_the_estimates_vary(found):
    adjusted = found[found["spec"] == "adjusted"].groupby("level_to")
    ratio = adjusted["std_error"].mean() / (adjusted["estimate"].std())
    assert (ratio > 0.8).all()
    assert (ratio < 1.4).all()


def test_no_effect_is_rarely_mistaken_for_one():
    none = replicates(2000, range(200, 230), speed_effect=0.0, silence_effect=0.0)
    adjusted = none[none["spec"] == "adjusted"]
    assert (adjusted["truth"].abs() < 1e-9).all()
    assert (~covered(adjusted)).mean() <= 0.12
