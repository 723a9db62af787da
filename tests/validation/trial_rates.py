"""Made trials answered again and again: what is counted of each, and the replicates that are kept on disk."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.outcomes import declared_outcome
from pipelines.contracts.catalog.treatments import ASSIGNMENT
from pipelines.models.ask.plan import aims
from pipelines.models.drawn.arms import plain
from pipelines.models.drawn.draws import Draws
from pipelines.models.drawn.sequence import FIRST_LOOK_UNITS, always_valid
from pipelines.models.facts import Facts
from pipelines.models.trials.trial import Trial
from pipelines.simulate.worlds.trials import Design, Fraud, MadeTrial, honest, refutable

OUTCOME = declared_outcome("satisfaction", "Satisfaction", "points", "score", higher_is_better=True)
FIRST_SEED, SIZE, EFFECT, LOOKS = 40_000, 2_000, 0.5, 52


@dataclass(frozen=True)
class Replicate:
    """One trial: whether every arm's limits held its truth, whether any left out a true zero, the worst grade.

    ``gap``: estimate less truth of the last arm, ``error`` its standard error; ``raw_gap``: of the plain one.
    """

    seed: int
    covered: bool
    false_claim: bool
    grade: str
    sign: str
    gap: float
    error: float
    raw_gap: float


def replicate(kind: str, seed: int, size: int = SIZE) -> Replicate:
    """``null:simple``, ``true:strata`` or ``refutable:by_site``."""
    family, _, name = kind.partition(":")
    if family == "refutable":
        made = refutable(Fraud(name), size, seed)
    else:
        made = honest(Design(name), size, seed, EFFECT if family == "true" else 0.0)
    return _counted(made, seed)


def _counted(made: MadeTrial, seed: int) -> Replicate:
    facts = Facts(
        horizons_days=(365,), response_cap_minutes=20_160.0, randomised="assignment", draw=made.draw,
        covariates=made.covariates, declared_outcomes=(OUTCOME,),
    )  # fmt: skip
    results = Trial(made.mart, facts).answer(next(iter(aims(OUTCOME, ASSIGNMENT, facts))), None)
    told = Spec.TAKEN_UP if made.draw.received and any(made.effects.values()) else Spec.ADJUSTED
    rows = [r for r in results.effects if r.spec is told and r.contrast == "arm" and r.level_to in made.effects]
    plain_rows = {r.level_to: r for r in results.effects if r.spec is Spec.RAW and r.se_type != "independent"}
    truths = [made.effects[str(r.level_to)] for r in rows]
    inside = [r.ci_low <= t <= r.ci_high for r, t in zip(rows, truths, strict=True)]
    last, truth = rows[-1], truths[-1]
    signs = [str(getattr(r.reasons[0], "sign", "")) for r in rows if r.reasons]
    return Replicate(
        seed, all(inside), any(t == 0 and not i for i, t in zip(inside, truths, strict=True)),
        max(str(r.grade) for r in rows), signs[0] if signs else "", last.estimate - truth, last.std_error,
        plain_rows[last.level_to].estimate - truth,
    )  # fmt: skip


def looks(seed: int, units: int = SIZE) -> tuple[bool, bool]:
    """Whether any weekly look at a null trial left out zero in a year, by fixed limits and by others."""
    rng = np.random.default_rng([seed, 7])
    arm, y = rng.integers(0, 2, units), rng.exponential(size=units) - 1
    fixed = ever = False
    for look in range(1, LOOKS + 1):
        n = units * look // LOOKS
        if n < FIRST_LOOK_UNITS:
            continue
        draws = Draws(arm[:n], np.arange(n), np.zeros(n, dtype=np.int64), np.full((1, 2), 0.5))
        found = plain(draws, y[:n]).difference(1)
        at_any_look = always_valid(found, n)
        fixed |= not found.ci_low <= 0 <= found.ci_high
        ever |= at_any_look is not None and not at_any_look.low <= 0 <= at_any_look.high
    return fixed, ever


def kept(kind: str, replicates: int) -> list[Replicate]:
    """So many replicates, those already on disk not made again."""
    folder = Path(os.environ.get("AMENDS_VALIDATION", "validation"))
    folder.mkdir(exist_ok=True)
    path = folder / f"trial_{kind.replace(':', '_')}.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    done = [Replicate(**json.loads(line)) for line in lines]
    with path.open("a", buffering=1, encoding="utf-8") as file:
        for seed in range(FIRST_SEED + len(done), FIRST_SEED + replicates):
            done.append(replicate(kind, seed))
            file.write(json.dumps(asdict(done[-1]), default=float) + "\n")
    return done[:replicates]
