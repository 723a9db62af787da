"""The true effects, worked out from the data-generating process itself by letting every policy happen.

Grain of ``rows``: one per outcome, horizon, treatment, level and segment. ``truth`` is the difference in the share of
guests who place a new order within ``horizon_days`` of opening, between the level and ``against``; incidents of linked
guests with full follow-up at the data cut, as in the mart. Chances are averaged, not drawn.
"""

from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import numpy as np

from pipelines.contracts.catalog.outcomes import COMPENSATION_LADDER_SHARE, SPEED_LADDER_MINUTES
from pipelines.simulate.life import Life, Told, live
from pipelines.simulate.measured import Measured, kept
from pipelines.simulate.outcome import standing_odds
from pipelines.simulate.policies import act, assign, give, odds_of, promise, realised_shock, today
from pipelines.simulate.randomness import Flags, Floats
from pipelines.simulate.scenario import SIMULATOR_VERSION, Scenario
from pipelines.simulate.world import HORIZONS_DAYS, SEVERITIES

POPULATION_INCIDENTS = 400_000
POPULATION_SEED = 90_210
ACTIONS = ("apology", "empathy", "owned", "explained", "committed", "repaired")
STATEMENT = "Simulated data: no guest, stay, complaint or payment in it is real."


Row = dict[str, Any]


@lru_cache(maxsize=8)
def population_truth(scenario: Scenario, incidents: int = POPULATION_INCIDENTS) -> dict[str, Any]:
    """True effects in a large population of the same group, event shocks averaged over; fewer incidents are faster.

    At 400,000 the simulation error of an effect is about 0.01 guests in 100.
    """
    life = live(scenario, incidents, POPULATION_SEED)
    rows = list(_rows(Measured(scenario, life.told, None)))
    return {"incidents_simulated": incidents, "event_shocks": "averaged over", "rows": rows}


def sample_truth(life: Life) -> dict[str, Any]:
    """True effects averaged over the very incidents of a sample, given their covariates and event shocks."""
    rows = list(_rows(Measured(life.scenario, life.told, realised_shock(life.told, life.events))))
    return {"incidents_simulated": life.told.cases.n, "event_shocks": "as they fell", "rows": rows}


def truth_of(life: Life, seed: int) -> dict[str, Any]:
    """Both truths with what they belong to; ready for JSON."""
    return {
        "simulated": True,
        "statement": STATEMENT,
        "simulator_version": SIMULATOR_VERSION,
        "seed": seed,
        "incidents": life.told.cases.n,
        "scenario": asdict(life.scenario),
        "population": population_truth(life.scenario),
        "sample": sample_truth(life),
    }


def _rows(everybody: Measured) -> Iterator[Row]:
    here = kept(everybody, everybody.followed(HORIZONS_DAYS[0]))
    answered = kept(here, here.told.response.answered)
    yield from _speed(here)
    yield from _failure(here)
    yield from _experiment(kept(here, here.told.cases.arm >= 0))
    yield from _compensation(answered)
    yield from _surface(answered)
    yield from _actions(answered)


def _speed(here: Measured) -> Iterator[Row]:
    """Everybody answered within τ: the total effect, compensation and words following the new delay."""
    before = here.odds(today(here.told))
    for tau in SPEED_LADDER_MINUTES:
        after = here.odds(promise(here.scenario, here.told, tau))
        key = {"treatment": "speed", "level": float(tau), "against": "today", "population": "all"}
        yield from _contrast(here, key, after, before, _segments(here.told))


def _failure(here: Measured) -> Iterator[Row]:
    """The failure and its recovery as they were, against nothing having gone wrong for the same guests."""
    cases = here.told.cases
    standing = standing_odds(cases.line, cases.orders_365d, cases.tier, cases.segment)
    whole = standing + here.scenario.hidden_on_return * cases.hidden
    key = {"treatment": "failure", "level": 1.0, "against": "never failed", "population": "all"}
    yield from _contrast(here, key, here.odds(today(here.told)), whole, _segments(here.told))


def _experiment(inside: Measured) -> Iterator[Row]:
    """Offered the credit against not, as assigned."""
    if inside.told.cases.n == 0:
        return
    usual, offered = (odds_of(inside.scenario, *assign(inside.scenario, inside.told, arm)) for arm in (0, 1))
    key = {"treatment": "assignment", "level": 1.0, "against": "usual", "population": "in the experiment"}
    yield from _contrast(inside, key, offered, usual, _everyone(inside.told))


def _compensation(answered: Measured) -> Iterator[Row]:
    """Everybody answered gets a share of the loss, speed and words held, against nothing."""
    done = today(answered.told)
    known = [("", answered.told.cases.loss_known)]
    nothing = answered.odds(give(answered.told, done, 0.0))
    for share in COMPENSATION_LADDER_SHARE:
        given = answered.odds(give(answered.told, done, share))
        key = {"treatment": "compensation", "level": share, "against": "nothing", "population": "answered"}
        yield from _contrast(answered, key, given, nothing, _segments(answered.told))
        yield from _contrast(answered, {**key, "population": "answered, loss recorded"}, given, nothing, known)


def _surface(answered: Measured) -> Iterator[Row]:
    """Answered within τ and given a share, against what was done."""
    before = answered.odds(today(answered.told))
    for tau in SPEED_LADDER_MINUTES:
        sooner = promise(answered.scenario, answered.told, tau)
        for share in COMPENSATION_LADDER_SHARE:
            after = answered.odds(give(answered.told, sooner, share))
            key = {"treatment": "speed and compensation", "level": float(tau), "level_2": share, "against": "today"}
            yield from _contrast(answered, {**key, "population": "answered"}, after, before, _everyone(answered.told))


def _actions(answered: Measured) -> Iterator[Row]:
    """Each of the words, and the repair, for everybody answered against nobody; all else held."""
    for action in ACTIONS:
        done = today(answered.told)
        shown, withheld = (answered.odds(act(answered.told, done, action, flag)) for flag in (True, False))
        key = {"treatment": action, "level": 1.0, "against": "not shown", "population": "answered"}
        yield from _contrast(answered, key, shown, withheld, _everyone(answered.told))


Segment = tuple[str, Flags]


def _everyone(told: Told) -> list[Segment]:
    return [("", np.ones(told.cases.n, bool))]


def _segments(told: Told) -> list[Segment]:
    """Everyone, and each recorded severity."""
    recorded = told.cases.recorded_severity
    return _everyone(told) + [(f"severity={label}", recorded == i) for i, label in enumerate(SEVERITIES)]


def _contrast(measured: Measured, key: Row, level: Floats, against: Floats, segments: list[Segment]) -> Iterator[Row]:
    for days in HORIZONS_DAYS:
        followed = measured.followed(days)
        one, other = measured.chance(level, days), measured.chance(against, days)
        for segment, members in segments:
            inside = members & followed
            if inside.any():
                yield _row(days, key, segment, one[inside], other[inside])


def _row(days: int, key: Row, segment: str, level: Floats, against: Floats) -> Row:
    """One true effect; shares of guests, rounded to six digits."""
    mean, other = float(level.mean()), float(against.mean())
    return {
        "outcome": "returned", "horizon_days": days, **key, "segment": segment, "truth": round(mean - other, 6),
        "mean_at_level": round(mean, 6), "mean_against": round(other, 6), "unit": "share of guests",
        "incidents": len(level),
    }  # fmt: skip
