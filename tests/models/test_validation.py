"""The long battery: bias, coverage, bands and false alarms in small worlds of known truth, with exact binomial tests.

Resumable: finished replicates are kept in the folder that AMENDS_VALIDATION names (default validation/). Run by
`make validate`; the results with their seeds are in docs/validation.md.
"""

import json
import os
from pathlib import Path

import pandas as pd
import pytest
from replicates import SCENARIOS, covered, replicate
from scipy import stats

pytestmark = pytest.mark.long

REPLICATES = int(os.environ.get("AMENDS_REPLICATES", "1000"))
FOLDER = Path(os.environ.get("AMENDS_VALIDATION", "validation"))
FIRST_SEED = 10_000
FEW_DF = 20
CHANCE = 0.01
LEAST_ANSWERED_SHARE = 0.5


def results(name: str) -> pd.DataFrame:
    """All replicates of a scenario, one row per quantity; those already on disk are not run again."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name.replace(' ', '_')}.jsonl"
    done = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    start = 1 + max((row["seed"] for row in done), default=FIRST_SEED - 1)
    with path.open("a", buffering=1) as file:
        for seed in range(start, FIRST_SEED + REPLICATES):
            rows = replicate(name, seed)
            file.write("".join(json.dumps(row) + "\n" for row in rows))
            done += rows
    found = pd.DataFrame(done)
    return _often(found[(found["seed"] < FIRST_SEED + REPLICATES) & ~found["what"].str.startswith("raw")])


def _often(rows: pd.DataFrame) -> pd.DataFrame:
    """Quantities that most replicates could answer: a refusal that looks at the data leaves a chosen few."""
    answered = rows.groupby("what")["seed"].transform("size")
    return rows[answered >= LEAST_ANSWERED_SHARE * rows["seed"].nunique()]


def not_rejected(hits: pd.Series, lowest: float, highest: float = 1.0) -> bool:
    """Whether a rate between the bars is compatible with the hits, by exact binomial tests at 1 %."""
    n, k = len(hits), int(hits.sum())
    low = stats.binomtest(k, n, lowest, alternative="less").pvalue
    high = stats.binomtest(k, n, highest, alternative="greater").pvalue if highest < 1 else 1.0
    return min(low, high) > CHANCE


def within(bias: float, bar: float, spread: float, n: int) -> bool:
    """Whether a bias of at most ``bar`` is compatible with the one found, by a normal test at 1 %."""
    return abs(bias) <= bar + stats.norm.isf(CHANCE) * spread / n**0.5


@pytest.fixture(scope="module", params=SCENARIOS)
def found(request):
    return request.param, results(request.param)


def test_intervals_cover_the_truth(found):
    name, rows = found
    missed = {}
    for what, one in rows[rows["what"] != "curve"].groupby("what"):
        enough = one["df"].median() >= FEW_DF
        lowest = 0.94 if "null" in name else 0.93 if enough else 0.92
        if not not_rejected(covered(one), lowest, 0.98 if enough else 1.0):
            missed[what] = covered(one).mean()
    assert not missed, name


def test_bias_is_small(found):
    """At most a tenth of an effect larger than its own spread, and a third of the spread."""
    name, rows = found
    missed = {}
    for what, one in rows[~rows["what"].isin(["curve", "stop"])].groupby("what"):
        bias, spread, true = (one["estimate"] - one["truth"]).mean(), one["estimate"].std(), abs(one["truth"].mean())
        large = min(0.10 * true, 0.35 * spread) if true > spread else 0.35 * spread
        bar = 0.1 * spread if "null" in name else large
        if not within(bias, bar, spread, len(one)):
            missed[what] = (bias, true, spread)
    assert not missed, name


def test_bands_hold_the_whole_curve(found):
    name, rows = found
    curves = rows[rows["what"] == "curve"]
    few = len(curves) and curves["df"].median() < FEW_DF
    assert not_rejected(curves["inside"].astype(bool), 0.90 if few else 0.93) if len(curves) else True, name
