"""Against a truth known by brute force: adjusted intervals cover it, raw ones don't; bands cover whole curves."""

import numpy as np
import pandas as pd
import pytest
from frames import confounded, facts

from pipelines.models.estimate import estimate

SEEDS = range(100, 112)


@pytest.fixture(scope="module")
def found():
    rows = []
    for seed in SEEDS:
        mart, truth = confounded(2500, seed)
        for row in estimate(mart.drop(columns="compensation_share"), None, facts()).effects:
            if row["treatment"] == "speed" and row["outcome"] == "returned" and row["spec"] in ("raw", "adjusted"):
                rows.append(row | {"truth": truth[int(row["level_to"])]})
    return pd.DataFrame(rows)


def coverage(rows):
    return ((rows["ci_low"] <= rows["truth"]) & (rows["truth"] <= rows["ci_high"])).mean()


def test_adjusted_intervals_cover_the_truth(found):
    assert coverage(found[found["spec"] == "adjusted"]) >= 0.88


def test_raw_intervals_do_not(found):
    fast = found[(found["spec"] == "raw") & (found["level_to"] == "15")]
    assert coverage(fast) <= 0.75


def test_adjusting_removes_most_of_the_bias(found):
    bias = (found["estimate"] - found["truth"]).groupby([found["spec"], found["level_to"]]).mean()
    assert abs(bias["adjusted", "15"]) < 0.35 * abs(bias["raw", "15"])


def test_the_gain_grows_as_the_promise_gets_stricter(found):
    mean = found[found["spec"] == "adjusted"].groupby("level_to")["estimate"].mean()
    assert mean["15"] > mean["60"] > mean["240"] > mean["1440"] > mean["4320"] > 0


def test_nothing_there_means_intervals_around_zero():
    hits = []
    for seed in range(6):
        mart, _ = confounded(2500, 300 + seed, speed_effect=0.0)
        mart["response_status"] = np.where(mart["response_status"] == "unanswered", "open", mart["response_status"])
        rows = estimate(mart, None, facts()).effects
        hits += [
            r["ci_low"] <= 0 <= r["ci_high"]
            for r in rows
            if r["treatment"] == "speed" and r["outcome"] == "returned" and r["spec"] == "adjusted"
        ]
    assert np.mean(hits) >= 0.8
