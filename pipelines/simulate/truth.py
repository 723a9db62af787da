"""The true effects, worked out from the data-generating process itself by letting every policy happen.

Incidents of linked guests with full follow-up at the data cut, as in the mart. Chances are averaged, not drawn.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipelines.contracts.catalog.treatments import COMPENSATION_LADDER_SHARE, SPEED_LADDER_MINUTES
from pipelines.simulate.cases.life import Life, Told, live
from pipelines.simulate.cases.outcome import standing_odds
from pipelines.simulate.policies import ACTS, Measured, act, assign, give, odds_of, promise, realised_shock, today
from pipelines.simulate.world.codes import Arm, Severity
from pipelines.simulate.world.data import document
from pipelines.simulate.world.group import HORIZONS_DAYS
from pipelines.simulate.world.records import Flags, Floats
from pipelines.simulate.world.scenario import SIMULATOR_VERSION, Scenario

POPULATION_INCIDENTS = 400_000
POPULATION_SEED = 90_210
TRUTH_FILE = "truth.json"


@dataclass(frozen=True)
class Contrast:
    """What is compared with what, and for whom: a level of a treatment, and of a second one where two go together."""

    treatment: str
    against: str
    population: str
    level: float = 1.0
    level_2: float | None = None


@dataclass(frozen=True)
class TrueEffect:
    """One per outcome, horizon, treatment, level and segment; shares of guests, rounded to six digits.

    ``truth`` is the difference in the share of guests who place a new order within ``horizon_days`` of opening,
    between the level and ``against``.
    """

    outcome: str
    horizon_days: int
    treatment: str
    level: float
    level_2: float | None
    against: str
    population: str
    segment: str
    truth: float
    mean_at_level: float
    mean_against: float
    unit: str
    incidents: int


@dataclass(frozen=True)
class TrueEffects:
    """True effects over so many incidents, event shocks averaged over or as they fell."""

    incidents_simulated: int
    event_shocks: str
    rows: tuple[TrueEffect, ...]


@dataclass(frozen=True)
class Truth:
    """What a simulated company is, and its true effects in the population and in its own incidents."""

    simulated: bool
    statement: str
    simulator_version: int
    seed: int
    incidents: int
    scenario: Scenario
    population: TrueEffects
    sample: TrueEffects

    def as_json(self) -> str:
        """One line per true effect, so that two versions can be compared line by line."""
        found = json.dumps(self, ensure_ascii=False, default=_plain)
        return found.replace('{"outcome"', '\n{"outcome"') + "\n"


def _plain(record: object) -> dict[str, object]:
    """The fields of a record; a true effect at one level has no second one."""
    return {k: v for k, v in vars(record).items() if v is not None or not isinstance(record, TrueEffect)}


@dataclass(frozen=True)
class _Words:
    statement: str


@lru_cache(maxsize=8)
def population_truth(scenario: Scenario, incidents: int = POPULATION_INCIDENTS) -> TrueEffects:
    """True effects in a large population of the same group, event shocks averaged over; fewer incidents are faster.

    At 400,000 the simulation error of an effect is about 0.01 guests in 100.
    """
    life = live(scenario, incidents, POPULATION_SEED)
    return TrueEffects(incidents, "averaged over", tuple(_rows(Measured(scenario, life.told, None))))


def sample_truth(life: Life) -> TrueEffects:
    """True effects averaged over the very incidents of a sample, given their covariates and event shocks."""
    rows = _rows(Measured(life.scenario, life.told, realised_shock(life.told, life.events)))
    return TrueEffects(life.told.cases.n, "as they fell", tuple(rows))


def truth_of(life: Life, seed: int) -> Truth:
    """Both truths with what they belong to."""
    return Truth(
        simulated=True,
        statement=document(__package__, "truth.toml", _Words).statement,
        simulator_version=SIMULATOR_VERSION,
        seed=seed,
        incidents=life.told.cases.n,
        scenario=life.scenario,
        population=population_truth(life.scenario),
        sample=sample_truth(life),
    )


def _rows(everybody: Measured) -> Iterator[TrueEffect]:
    here = everybody.only(everybody.followed(HORIZONS_DAYS[0]))
    answered = here.only(here.told.response.answered)
    yield from _speed(here)
    yield from _failure(here)
    yield from _experiment(here.only(here.told.cases.arm >= 0))
    yield from _compensation(answered)
    yield from _surface(answered)
    yield from _acts(answered)


def _speed(here: Measured) -> Iterator[TrueEffect]:
    """Everybody answered within τ: the total effect, compensation and words following the new delay."""
    before = here.odds(today(here.told))
    for tau in SPEED_LADDER_MINUTES:
        after = here.odds(promise(here.scenario, here.told, tau))
        contrast = Contrast("speed", "today", "all", level=float(tau))
        yield from _effects(here, contrast, after, before, _segments(here.told))


def _failure(here: Measured) -> Iterator[TrueEffect]:
    """The failure and its recovery as they were, against nothing having gone wrong for the same guests."""
    cases = here.told.cases
    standing = standing_odds(cases.who, cases.orders_365d)
    whole = standing + here.scenario.hidden_on_return * cases.who.hidden
    contrast = Contrast("failure", "never failed", "all")
    yield from _effects(here, contrast, here.odds(today(here.told)), whole, _segments(here.told))


def _experiment(inside: Measured) -> Iterator[TrueEffect]:
    """Offered the credit against not, as assigned."""
    if inside.told.cases.n == 0:
        return
    usual, offered = (odds_of(inside.scenario, *assign(inside.scenario, inside.told, arm)) for arm in Arm)
    contrast = Contrast("assignment", "usual", "in the experiment")
    yield from _effects(inside, contrast, offered, usual, _everyone(inside.told))


def _compensation(answered: Measured) -> Iterator[TrueEffect]:
    """Everybody answered gets a share of the loss, speed and words held, against nothing."""
    done = today(answered.told)
    known = [("", answered.told.cases.loss_known)]
    nothing = answered.odds(give(answered.told, done, 0.0))
    for share in COMPENSATION_LADDER_SHARE:
        given = answered.odds(give(answered.told, done, share))
        contrast = Contrast("compensation", "nothing", "answered", level=share)
        yield from _effects(answered, contrast, given, nothing, _segments(answered.told))
        priced = replace(contrast, population="answered, loss recorded")
        yield from _effects(answered, priced, given, nothing, known)


def _surface(answered: Measured) -> Iterator[TrueEffect]:
    """Answered within τ and given a share, against what was done."""
    before = answered.odds(today(answered.told))
    for tau in SPEED_LADDER_MINUTES:
        sooner = promise(answered.scenario, answered.told, tau)
        for share in COMPENSATION_LADDER_SHARE:
            after = answered.odds(give(answered.told, sooner, share))
            contrast = Contrast("speed and compensation", "today", "answered", level=float(tau), level_2=share)
            yield from _effects(answered, contrast, after, before, _everyone(answered.told))


def _acts(answered: Measured) -> Iterator[TrueEffect]:
    """Each of the words, and the repair, for everybody answered against nobody; all else held."""
    done = today(answered.told)
    for what in ACTS:
        shown, withheld = (answered.odds(act(answered.told, done, what, flag)) for flag in (True, False))
        contrast = Contrast(what.name, "not shown", "answered")
        yield from _effects(answered, contrast, shown, withheld, _everyone(answered.told))


Subgroup = tuple[str, Flags]


def _everyone(told: Told) -> list[Subgroup]:
    return [("", np.ones(told.cases.n, bool))]


def _segments(told: Told) -> list[Subgroup]:
    """Everyone, and each recorded severity."""
    recorded = told.cases.recorded_severity
    return _everyone(told) + [(f"severity={severity.label}", recorded == severity) for severity in Severity]


def _effects(
    measured: Measured, contrast: Contrast, level: Floats, against: Floats, segments: list[Subgroup]
) -> Iterator[TrueEffect]:
    for days in HORIZONS_DAYS:
        followed = measured.followed(days)
        one, other = measured.chance(level, days), measured.chance(against, days)
        for segment, members in segments:
            inside = members & followed
            if inside.any():
                yield _effect(days, contrast, segment, one[inside], other[inside])


def _effect(days: int, contrast: Contrast, segment: str, level: Floats, against: Floats) -> TrueEffect:
    mean, other = float(level.mean()), float(against.mean())
    return TrueEffect(
        outcome="returned",
        horizon_days=days,
        treatment=contrast.treatment,
        level=contrast.level,
        level_2=contrast.level_2,
        against=contrast.against,
        population=contrast.population,
        segment=segment,
        truth=round(mean - other, 6),
        mean_at_level=round(mean, 6),
        mean_against=round(other, 6),
        unit="share of guests",
        incidents=len(level),
    )


def write_truth(truth: Truth, folder: Path) -> None:
    """Write ``truth.json``."""
    (folder / TRUTH_FILE).write_text(truth.as_json(), encoding="utf-8")
