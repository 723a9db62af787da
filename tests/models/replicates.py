"""One replicate of the battery: a world drawn, asked and answered by the product's functions, the truth beside."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pandas as pd
from asked import RETURNED_BY_SPEED, aim_of
from frames import CAP_MINUTES, facts
from worlds import Strengths, World, draw_world

from pipelines.contracts.catalog.estimation import AskedOf, Band, Series, Spec
from pipelines.contracts.catalog.outcomes import PROMOTER
from pipelines.contracts.catalog.treatments import (
    COMPENSATION,
    COMPENSATION_LADDER_SHARE,
    SPEED,
    SPEED_LADDER_MINUTES,
)
from pipelines.contracts.tables.effect import Effect
from pipelines.models.ask.compensation import CURVE_STEP, ask_compensation
from pipelines.models.ask.speed import ask_speed, curve_minutes
from pipelines.models.fit.solve import Solved, fit_question, solve, solve_fit
from pipelines.models.judge.comparability import local_range
from pipelines.models.judge.non_response import response_aim, response_mart, weighted
from pipelines.models.judge.specifications import raw
from pipelines.models.judge.stopping import TOLERANCE_POINTS, stopping_point
from pipelines.models.rows import curve_rows, effect_rows

POPULATION_ROWS, POPULATION_SEED, POPULATION_EVENTS = 40_000, 77, 10_000
RETURNED_BY_SHARE, PROMOTER_BY_SPEED = aim_of(COMPENSATION), aim_of(SPEED, PROMOTER)


@dataclass(frozen=True)
class Scenario:
    """A kind of world, how many incidents a sample has, and which treatment is asked about."""

    world: Strengths
    rows: int = 2000
    asked: str = "speed"


SCENARIOS = {
    "confounded": Scenario(Strengths()),
    "mass": Scenario(Strengths(event_share=0.6), rows=5000),
    "weak overlap": Scenario(Strengths(luck=0.6), asked="trimmed"),
    "responders": Scenario(Strengths(survey=True, unanswered=0.1), asked="responders"),
    "censored": Scenario(Strengths(drift=2.0, unanswered=0.05)),
    "null": Scenario(Strengths(speed=0.0, silence=0.0, money=0.0)),
    "money": Scenario(Strengths(), asked="compensation"),
    "money mass": Scenario(Strengths(event_share=0.6), rows=5000, asked="compensation"),
    "money null": Scenario(Strengths(speed=0.0, silence=0.0, money=0.0), asked="compensation"),
}


@lru_cache
def truth(name: str, population: str = "all") -> dict[str, float]:
    """True gains per 100 in a large population of the same kind, event shocks averaged over; and the stopping point.

    Over those that an estimate's ``population`` speaks of: without the unanswered where they were too few to be judged.
    """
    scenario = SCENARIOS[name]
    world = draw_world(POPULATION_ROWS, POPULATION_SEED, scenario.world, POPULATION_EVENTS)
    there = np.ones(POPULATION_ROWS, dtype=bool)
    if scenario.world.drift > 0:
        there = world.mart["returned_within_365d"].notna().to_numpy()
    if scenario.asked == "compensation" or population == AskedOf.ALL_ANSWERED:
        there &= ~world.silent
    if scenario.asked == "compensation":
        shares = np.unique(np.round([*np.arange(0, 1.5 + 1e-9, CURVE_STEP), *COMPENSATION_LADDER_SHARE], 4))
        gains = {f"{x:g}": float(world.giving(x)[there].mean()) for x in shares}
        return gains | {"stop": _stops(gains)}
    minutes = (*curve_minutes(CAP_MINUTES), *SPEED_LADDER_MINUTES)
    return {f"{x:g}": float(world.within(x)[there].mean()) for x in minutes}


def _stops(gains: dict[str, float]) -> float:
    """Where the true curve first comes within the tolerance of its best."""
    x, y = np.array([float(k) for k in gains]), np.array([*gains.values()])
    return float(np.interp(y.max() - TOLERANCE_POINTS, y, x))


def replicate(name: str, seed: int) -> list[dict]:
    """Rows with seed, what, estimate, std_error, ci_low, ci_high, df, truth; curves say whether they hold it."""
    scenario = SCENARIOS[name]
    world = draw_world(scenario.rows, seed, scenario.world)
    found = {"speed": _speed, "trimmed": _trimmed, "responders": _responders, "compensation": _money}
    return [row | {"seed": seed} for row in found[scenario.asked](world, name)]


def _speed(world: World, name: str) -> Iterator[dict]:
    question = ask_speed(world.mart, RETURNED_BY_SPEED, facts())
    plain = raw(question)
    for row in effect_rows(solve(plain, [plain.base, *(c.to for c in plain.contrasts)]), Spec.RAW):
        yield from _numbers(row, f"raw {row.level_to}", truth(name, row.population)[row.level_to])
    solved = solve(question, [question.base, *(c.to for c in question.contrasts), *(p.to for p in question.curve)])
    yield from _ladder(solved, name)
    yield _curve(solved, name)


def _money(world: World, name: str) -> Iterator[dict]:
    question = ask_compensation(world.mart, RETURNED_BY_SHARE, facts())
    solved = solve(question, [question.base, *(c.to for c in question.contrasts), *(p.to for p in question.curve)])
    yield from _ladder(solved, name)
    yield _curve(solved, name)
    yield from _numbers(stopping_point(solved, None), "stop", truth(name)["stop"])


def _responders(world: World, name: str) -> Iterator[dict]:
    """Scores of those who answer, weighted to speak for all."""
    question = ask_speed(world.mart, PROMOTER_BY_SPEED, facts())
    response = ask_speed(response_mart(world.mart, PROMOTER_BY_SPEED), response_aim(PROMOTER_BY_SPEED), facts())
    question = weighted(question, response)
    yield from _ladder(solve(question, [question.base, *(c.to for c in question.contrasts)]), name)


def _trimmed(world: World, name: str) -> Iterator[dict]:
    """Each promise over the incidents whose new level comparable ones received; the truth over the same incidents."""
    question = ask_speed(world.mart, RETURNED_BY_SPEED, facts())
    fitted = fit_question(question)
    X, dose = fitted.design.at(fitted.patterns.index)[0], question.sample.table["log_minutes"]
    for j, contrast in enumerate(question.contrasts):
        inside = ~local_range(X, dose).outside(contrast.to(question.sample.table)["log_minutes"])
        over = replace(question, members=inside.astype(float), contrasts=(contrast,))
        (row,) = effect_rows(solve_fit(fitted, over, [over.base, contrast.to]), Spec.ADJUSTED)
        yield from _numbers(row, row.level_to, float(world.within(SPEED_LADDER_MINUTES[j])[inside].mean()))


def _ladder(solved: Solved, name: str) -> Iterator[dict]:
    for row in effect_rows(solved, Spec.ADJUSTED):
        yield from _numbers(row, row.level_to, truth(name, row.population)[row.level_to])


def _numbers(row: Effect, what: str, true: float) -> Iterator[dict]:
    if row.estimate is not None:
        kept = {"estimate": row.estimate, "std_error": row.std_error, "ci_low": row.ci_low, "ci_high": row.ci_high}
        yield {k: float(v) for k, v in kept.items()} | {"df": row.df, "what": what, "truth": true}


def _curve(solved: Solved, name: str) -> dict:
    """Whether the simultaneous band holds the whole true curve, where it is supported; with the least df on it."""
    rows = [r for r in curve_rows(solved, Spec.ADJUSTED) if (r.series, r.band) == (Series.GAIN, Band.SIMULTANEOUS)]
    first = 1 + len(solved.question.contrasts)
    places = [j for j, r in enumerate(rows) if r.supported and r.ci_high > r.ci_low]
    true = truth(name, solved.question.aim.population)
    inside = all(rows[j].ci_low <= true[f"{rows[j].x:g}"] <= rows[j].ci_high for j in places)
    return {"what": "curve", "inside": inside, "df": min(solved.contrast(first + j).df for j in places)}


def replicates(name: str, seeds: range) -> pd.DataFrame:
    return pd.DataFrame([row for seed in seeds for row in replicate(name, seed)])


def covered(found: pd.DataFrame) -> pd.Series:
    return (found["ci_low"] <= found["truth"]) & (found["truth"] <= found["ci_high"])
