"""Whether grades mean something: clean data must be able to reach B, a draw by lot A, and a hidden trait neither.

Resumable: finished companies are kept in the folder that AMENDS_VALIDATION names (default validation/). The bars are
for the row that a page leads with; rates are held against them by exact binomial tests at 1 %.
"""

import json
import os
from pathlib import Path

import pandas as pd
import pytest
from companies import COMPANIES, judged
from scipy import stats

pytestmark = pytest.mark.long

RUNS = int(os.environ.get("AMENDS_COMPANIES", "40"))
FOLDER = Path(os.environ.get("AMENDS_VALIDATION", "validation"))
FIRST_SEED = 2_001
CHANCE = 0.01


def results(name: str, scratch: Path) -> pd.DataFrame:
    """The graded rows of all companies of a kind; those already on disk are not made again."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"grades_{name.replace(' ', '_')}.jsonl"
    done = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    start = 1 + max((row["seed"] for row in done), default=FIRST_SEED - 1)
    with path.open("a", buffering=1) as file:
        for seed in range(start, FIRST_SEED + RUNS):
            rows = judged(COMPANIES[name], seed, scratch / f"{name}_{seed}")
            file.write("".join(json.dumps(row) + "\n" for row in rows))
            done += rows
    return pd.DataFrame(done)


def headlines(name: str, treatment: str, scratch: Path) -> pd.Series:
    """The grade that leads, one per company."""
    found = results(name, scratch)
    led = found[(found["treatment"] == treatment) & found["leads"]].groupby("seed")["grade"].first()
    grades = led.reindex(range(FIRST_SEED, FIRST_SEED + RUNS), fill_value="D")
    print(f"{name}, {treatment}: {grades.value_counts().sort_index().to_dict()}")
    return grades


def at_least(hits: pd.Series, bar: float) -> bool:
    return stats.binomtest(int(hits.sum()), len(hits), bar, alternative="less").pvalue > CHANCE


def at_most(hits: pd.Series, bar: float) -> bool:
    return stats.binomtest(int(hits.sum()), len(hits), bar, alternative="greater").pvalue > CHANCE


@pytest.mark.parametrize("name", ["clean", "clean 20k"])
def test_clean_data_can_be_good_evidence(name, tmp_path):
    assert at_least(headlines(name, "speed", tmp_path) <= "B", 0.70)


def test_a_draw_by_lot_is_proof(tmp_path):
    assert at_least(headlines("randomised", "speed", tmp_path) == "A", 0.80)


@pytest.mark.parametrize("treatment", ["speed", "compensation"])
@pytest.mark.parametrize("name", ["hidden", "hidden 20k"])
def test_a_hidden_trait_with_a_trace_is_not_taken_for_good_evidence(name, treatment, tmp_path):
    assert at_most(headlines(name, treatment, tmp_path) <= "B", 0.05)


@pytest.mark.parametrize("name", ["half as hidden", "traceless", "weak overlap", "no effect"])
def test_other_worlds_are_reported(name, tmp_path):
    """No bar: nothing can show a trait without a trace; but observation alone is never proof."""
    assert not headlines(name, "speed", tmp_path).eq("A").any()
