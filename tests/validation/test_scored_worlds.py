"""What good evidence is worth where sites, agents and queues matter: grades and intervals on worlds of known truth.

The unit is the company, one row that leads; rates are held against bars by exact binomial tests at 1 %. A few companies
run in the suite; `make validate` runs AMENDS_COMPANIES of each kind and size, resumable, and prints what came out.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest
from scipy import stats
from scored import Scored, scored, summary

from pipelines.simulate.worlds.kinds import Kind

COMPANIES = int(os.environ.get("AMENDS_COMPANIES", "200"))
FOLDER = Path(os.environ.get("AMENDS_VALIDATION", "validation"))
FIRST_SEED, FEW = 5_001, 5
CHANCE = 0.01
MOST_MISSED, MOST_IN_CRISIS, LEAST_GOOD, MOST_FALSE = 0.06, 0.05, 0.85, 0.09
SOUND = (Kind.CLEAN, Kind.SHOCKS, Kind.AGENTS, Kind.QUEUE, Kind.INTERPLAY, Kind.CLOCKS, Kind.TREND)
IN_CRISIS = (Kind.CRISIS, Kind.MILD_CRISIS, Kind.SHORT_CRISIS, Kind.STORM)
NOTHING_WORKS = (Kind.CRISIS_WITHOUT_EFFECT, Kind.NULL)
GOOD_ENOUGH = (Kind.CLEAN, Kind.AGENTS, Kind.QUEUE)


def few(kind: Kind) -> pd.DataFrame:
    """Leading rows of a few companies, those of the suite."""
    rows = [row for seed in range(1, FEW + 1) for row in scored(kind, 6_000, seed)]
    found = pd.DataFrame([asdict(row) for row in rows])
    return found[found["leads"]]


@pytest.mark.parametrize("kind", [Kind.CLEAN, Kind.AGENTS, Kind.QUEUE])
def test_recorded_and_held_circumstances_leave_good_evidence(kind):
    found = few(kind)
    good = found[found["grade"] <= "B"]
    assert len(good) >= FEW - 2
    assert (~good["covers"]).sum() <= 1


@pytest.mark.parametrize("kind", [Kind.CRISIS, Kind.CRISIS_WITHOUT_EFFECT, Kind.STORM])
def test_sites_in_crisis_are_not_good_evidence(kind):
    assert (few(kind)["grade"] <= "B").sum() <= 1


def results(kind: Kind, incidents: int) -> pd.DataFrame:
    """Rows of all companies of a kind; those already on disk are not made again."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"worlds_{kind}_{incidents}.jsonl"
    done = [Scored(**json.loads(line)) for line in path.read_text().splitlines()] if path.exists() else []
    start = 1 + max((row.seed for row in done), default=FIRST_SEED - 1)
    with path.open("a", buffering=1) as file:
        for seed in range(start, FIRST_SEED + COMPANIES):
            rows = scored(kind, incidents, seed)
            file.write("".join(json.dumps(asdict(row)) + "\n" for row in rows))
            done += rows
    found = pd.DataFrame([asdict(row) for row in done if row.seed < FIRST_SEED + COMPANIES])
    print(summary(found).to_string())
    return found[found["leads"]]


def at_most(hits: int, of: int, bar: float) -> bool:
    return of == 0 or stats.binomtest(hits, of, bar, alternative="greater").pvalue > CHANCE


def at_least(hits: int, of: int, bar: float) -> bool:
    return stats.binomtest(hits, of, bar, alternative="less").pvalue > CHANCE


@pytest.mark.long
@pytest.mark.parametrize("incidents", [6_000, 20_000])
@pytest.mark.parametrize("kind", SOUND)
def test_good_evidence_holds_the_truth(kind, incidents):
    found = results(kind, incidents)
    good = found[found["grade"] <= "B"]
    assert at_most(int((~good["covers"]).sum()), len(good), MOST_MISSED)
    assert kind not in GOOD_ENOUGH or at_least(len(good), len(found), LEAST_GOOD)


@pytest.mark.long
@pytest.mark.parametrize("incidents", [6_000, 20_000])
@pytest.mark.parametrize("kind", IN_CRISIS)
def test_crises_are_seldom_called_good_evidence(kind, incidents):
    found = results(kind, incidents)
    assert at_most(int((found["grade"] <= "B").sum()), len(found), MOST_IN_CRISIS)


@pytest.mark.long
@pytest.mark.parametrize("incidents", [6_000, 20_000])
@pytest.mark.parametrize("kind", NOTHING_WORKS)
def test_what_does_not_work_is_seldom_told_to(kind, incidents):
    found = results(kind, incidents)
    spoken = (found["grade"] <= "C") & ((found["estimate"].abs() - 1.96 * found["std_error"]) > 0)
    assert at_most(int(spoken.sum()), len(found), MOST_FALSE)


@pytest.mark.long
@pytest.mark.parametrize("incidents", [6_000, 20_000])
def test_a_trait_without_a_trace_is_reported(incidents):
    """No bar: nothing that is recorded can show it, and every B says so. But observation alone is never proof."""
    assert not results(Kind.TRAIT, incidents)["grade"].eq("A").any()
