"""The long battery on the simulator: coverage, bias, false alarms and grades, judged by exact binomial tests at 1 %.

Resumable: finished replicates are kept in the folder that AMENDS_VALIDATION names (default validation/). Run by
`make validate`; the results with their seeds are in docs/validation.md.
"""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from replicates import covered, replicate
from scipy import stats

pytestmark = pytest.mark.long

REPLICATES = int(os.environ.get("AMENDS_REPLICATES", "1000"))
FOLDER = Path(os.environ.get("AMENDS_VALIDATION", "validation"))
SCENARIOS = {
    "confounded": {},
    "mass": {"event_share": 0.6},
    "null": {"speed_effect": 0.0, "silence_effect": 0.0},
}


def results(name: str) -> pd.DataFrame:
    """All replicates of a scenario; those already on disk are not run again."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.jsonl"
    done = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    start = 1 + max((row["seed"] for row in done), default=9_999)
    with path.open("a") as file:
        for seed in range(start, 10_000 + REPLICATES):
            rows = [r for r in replicate(2000, seed, **SCENARIOS[name]) if r["spec"] == "adjusted"]
            kept = [
                {k: r[k] for k in ("seed", "level_to", "estimate", "std_error", "ci_low", "ci_high", "df", "truth")}
                for r in rows
            ]
            file.writelines(json.dumps(row) + "\n" for row in kept)
            done += kept
    return pd.DataFrame(done)


def not_rejected(hits: pd.Series, lowest: float, highest: float = 1.0) -> bool:
    """Whether a rate between the bars is compatible with the hits, by exact binomial tests at 1 %."""
    n, k = len(hits), int(hits.sum())
    low = stats.binomtest(k, n, lowest, alternative="less").pvalue
    high = stats.binomtest(k, n, highest, alternative="greater").pvalue if highest < 1 else 1.0
    return min(low, high) > 0.01


@pytest.mark.parametrize("name", ["confounded", "mass"])
def test_coverage_and_bias(name):
    for level, found in results(name).groupby("level_to"):
        lowest = 0.93 if found["df"].median() >= 20 else 0.92
        assert not_rejected(covered(found), lowest, 0.985), (name, level, covered(found).mean())
        bias = float((found["estimate"] - found["truth"]).mean())
        assert abs(bias) <= max(0.10 * abs(found["truth"].mean()), 0.35 * found["estimate"].std()), (name, level, bias)


def test_false_alarms():
    for level, found in results("null").groupby("level_to"):
        assert not_rejected(covered(found), 0.94), (level, covered(found).mean())
        spread = float((found["estimate"] - found["truth"]).std())
        assert abs(float(np.mean(found["estimate"] - found["truth"]))) <= 0.1 * spread + 2.6 * spread / np.sqrt(
            len(found)
        )
