"""Trials whose truth is known: drawn as they are declared, or by something else than what is said.

What is recorded of a case before the draw (earlier purchases, severity, site, day) moves its outcome; sites and
customers have luck of their own. A *violation* moves what an arm consists of by a quarter of a standard deviation of
the outcome.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipelines.contracts.experiments.draw import Draw, Phase
from pipelines.contracts.mart import Col, HorizonCol, Named, incident_columns

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DAYS, HORIZON = 364, 365
FIRST_DAY = (date(2024, 1, 1) - date(1970, 1, 1)).days
VIOLATION = 0.25
OUTCOME = Named("outcome_satisfaction")
BEFORE, STRATUM, TEAM, GOT = "x_before", "x_stratum", "x_team", "x_got"


class Design(StrEnum):
    """Draws that companies make."""

    SIMPLE = "simple"
    SEVERAL_ARMS = "several_arms"
    STRATA = "strata"
    RAMP_UP = "ramp_up"
    CUSTOMERS = "customers"
    TEAMS = "teams"
    FEW_SITES = "few_sites"
    SWITCHBACK = "switchback"
    DOSE = "dose"
    NON_COMPLIANCE = "non_compliance"
    ATTRITION = "attrition"


class Fraud(StrEnum):
    """Draws that are told otherwise than they were."""

    OUTSIDE_CONTROL = "outside_control"
    EARLIER_CONTROL = "earlier_control"
    OTHER_SITES = "other_sites"
    BY_SITE = "by_site"
    BY_CUSTOMER = "by_customer"
    BY_DAY = "by_day"
    OTHER_SHARES = "other_shares"
    SHARES_BY_STRATUM = "shares_by_stratum"
    BAD_ONES_MOVED = "bad_ones_moved"
    LOST_OUTCOMES = "lost_outcomes"


@dataclass(frozen=True)
class MadeTrial:
    """A mart with arms and one outcome, the draw as it is declared, and the true effect of each arm on the outcome."""

    mart: pd.DataFrame
    draw: Draw
    effects: Mapping[str, float]
    covariates: tuple[tuple[str, str], ...] = ((BEFORE, "number"), (STRATUM, "label"), (TEAM, "label"))


@dataclass(frozen=True)
class _Cases:
    """What is there before the lots: (N,) each."""

    day: Ints
    site: Ints
    team: Ints
    customer: Ints
    stratum: Ints
    severity: Ints
    before: Floats
    luck: Floats
    noise: Floats = field(default_factory=lambda: np.zeros(0))


SITES, TEAMS = 12, 80


def _cases(rng: np.random.Generator, size: int, site_luck: float, sites: int = SITES) -> _Cases:
    customer = rng.integers(0, int(0.7 * size), size)
    site, team = rng.integers(0, sites, size), rng.integers(0, TEAMS, size)
    stratum, severity = rng.integers(0, 3, size), rng.integers(1, 5, size)
    before = rng.normal(size=int(0.7 * size))[customer]
    luck = rng.normal(0, site_luck, sites)[site] + rng.normal(0, 0.25, TEAMS)[team]
    day = rng.integers(0, DAYS, size)
    luck = luck + rng.normal(0, 0.3, int(0.7 * size))[customer] + rng.normal(0, 0.25, DAYS)[day]
    return _Cases(day, site, team, customer, stratum, severity, before, luck, rng.normal(size=size))


def _outcome(cases: _Cases, gain: NDArray[Any]) -> Floats:
    """About one standard deviation of spread, of which what is recorded before makes a quarter."""
    pull = 0.45 * cases.before - 0.15 * (cases.severity - 2.5) + 0.25 * (cases.stratum - 1)
    return np.asarray(pull + 0.7 * cases.noise + cases.luck + gain)


def honest(design: Design, size: int, seed: int, effect: float = 0.0) -> MadeTrial:
    """A trial of so many cases drawn as declared, with the effect of its last arm in the outcome's unit."""
    rng = np.random.default_rng([seed, *design.encode()])
    cases = _cases(rng, size, 0.25, 24 if design is Design.FEW_SITES else SITES)
    return _DESIGNS[design](rng, cases, effect)


def refutable(fraud: Fraud, size: int, seed: int) -> MadeTrial:
    """A trial without effect whose arms differ by the violation, told as a draw of half and half, case by case."""
    rng = np.random.default_rng([seed, *fraud.encode()])
    cases = _cases(rng, size, VIOLATION)
    return _FRAUDS[fraud](rng, cases)


def _drawn(rng: np.random.Generator, of: Ints, shares: tuple[float, ...]) -> Ints:
    """An arm for each unit, by tosses; ``of``: the unit of each case."""
    arms = rng.choice(len(shares), int(of.max()) + 1, p=shares)
    return np.asarray(arms[of], dtype=np.int64)


def _half(rng: np.random.Generator, of: Ints) -> Ints:
    """As many units in one arm as in the other."""
    size = int(of.max()) + 1
    return np.asarray((rng.permutation(size) < size // 2).astype(np.int64)[of])


_HALF = {"usual": 0.5, "new": 0.5}
_NAMES = ("usual", "new", "other", "third", "fourth")


def _made(
    cases: _Cases, arm: Ints, y: Floats, draw: Draw, effects: Mapping[str, float], names: tuple[str, ...] = _NAMES
) -> MadeTrial:
    size = len(cases.day)
    frame: dict[str, object] = {
        str(c.name): pd.Series([None] * size, dtype="object") for c in incident_columns((HORIZON,))
    }
    hour = (np.arange(size) * 7) % 24
    frame |= {
        Col.INCIDENT_ID: [f"i{j:06d}" for j in range(size)], Col.CUSTOMER_KEY: [f"c{c}" for c in cases.customer],
        Col.CLUSTER_KEY: [f"c{c}" for c in cases.customer], Col.CUSTOMER_ON_FILE: True,
        Col.OPENED_DAY: cases.day + FIRST_DAY, Col.OPENED_HOUR: hour, Col.FOLLOW_UP_DAYS: float(HORIZON + DAYS),
        HorizonCol.FOLLOWED.at(HORIZON): 1.0, Col.SITE_ID: [f"s{s}" for s in cases.site],
        Col.SEVERITY: [f"g{g}" for g in cases.severity], Col.ORDERS_365D: np.maximum(0, np.round(2 + cases.before)),
        Col.EARLIER_SPEND_365D: np.exp(4 + 0.7 * cases.before), Col.ASSIGNMENT: [names[a] for a in arm],
        BEFORE: cases.before, STRATUM: [f"k{s}" for s in cases.stratum], TEAM: [f"t{t}" for t in cases.team],
        OUTCOME: y,
    }  # fmt: skip
    return MadeTrial(pd.DataFrame(frame), draw, effects)


def _simple(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    arm = _drawn(rng, np.arange(len(cases.day)), (0.5, 0.5))
    return _made(cases, arm, _outcome(cases, effect * arm), Draw(shares=_HALF), {"new": effect})


def _several(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    shares = (0.4, 0.2, 0.2, 0.2)
    arm = _drawn(rng, np.arange(len(cases.day)), shares)
    told = dict(zip(_NAMES, shares, strict=False))
    y = _outcome(cases, effect * (arm == 3))
    return _made(cases, arm, y, Draw(shares=told), {"new": 0.0, "other": 0.0, "third": effect})


_BY_STRATUM = (0.2, 0.5, 0.7)


def _strata(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    """Shares that rise with the stratum, in which outcomes are better anyway."""
    arm = (rng.random(len(cases.day)) < np.array(_BY_STRATUM)[cases.stratum]).astype(np.int64)
    return _made(cases, arm, _outcome(cases, effect * arm), _told_strata(_BY_STRATUM), {"new": effect})


def _told_strata(shares: tuple[float, ...]) -> Draw:
    phases = tuple(Phase({"usual": 1 - p, "new": p}, stratum=f"k{s}") for s, p in enumerate(shares))
    return Draw(strata=(STRATUM,), shares=_HALF, phases=phases)


def _ramp(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    """A tenth at first, a half later, while outcomes rise with time."""
    since = DAYS // 3
    arm = (rng.random(len(cases.day)) < np.where(cases.day < since, 0.1, 0.5)).astype(np.int64)
    begun = date.fromordinal(date(2024, 1, 1).toordinal() + since)
    draw = Draw(shares={"usual": 0.9, "new": 0.1}, phases=(Phase(_HALF, since=begun),))
    y = _outcome(cases, effect * arm) + 0.8 * cases.day / DAYS
    return _made(cases, arm, y, draw, {"new": effect})


def _customers(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    arm = _drawn(rng, cases.customer, (0.5, 0.5))
    return _made(cases, arm, _outcome(cases, effect * arm), Draw("customer_id", shares=_HALF), {"new": effect})


def _teams(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    arm = _half(rng, cases.team)
    return _made(cases, arm, _outcome(cases, effect * arm), Draw(TEAM, shares=_HALF), {"new": effect})


def _few(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    arm = _half(rng, cases.site)
    return _made(cases, arm, _outcome(cases, effect * arm), Draw("site_id", shares=_HALF), {"new": effect})


def _switchback(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    """Days drawn in every site; half of an effect lasts into the first three hours of the next day."""
    arm = _drawn(rng, cases.site * DAYS + cases.day, (0.5, 0.5))
    hour = (np.arange(len(cases.day)) * 7) % 24
    table = dict(zip(zip(cases.site.tolist(), cases.day.tolist(), strict=True), arm.tolist(), strict=True))
    before = np.array([table.get((s, d - 1), 0) for s, d in zip(cases.site.tolist(), cases.day.tolist(), strict=True)])
    gain = effect * np.where(hour < 3, 0.5 * arm + 0.5 * before, arm)
    draw = Draw("site_id", shares=_HALF, period_hours=24.0, carry_over_hours=3.0)
    return _made(cases, arm, _outcome(cases, gain), draw, {"new": effect})


def _dose(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    """Nothing, 5, 10 or 20, with something already for any of it."""
    doses = np.array([0.0, 5.0, 10.0, 20.0])
    arm = _drawn(rng, np.arange(len(cases.day)), (0.25,) * 4)
    dose = doses[arm]
    y = _outcome(cases, effect * ((dose > 0) + dose / 20))
    names = tuple(f"{d:g}" for d in doses)
    effects = {n: effect * ((d > 0) + d / 20) for n, d in zip(names, doses, strict=True)}
    return _made(cases, arm, y, Draw(shares=dict.fromkeys(names, 0.25), dose=True), effects, names)


def _noncompliance(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    """Three in five take up what they are offered, the better customers rather; ``effect`` is on those who do."""
    arm = _drawn(rng, np.arange(len(cases.day)), (0.5, 0.5))
    takes = rng.random(len(arm)) < 1 / (1 + np.exp(-0.4 - 0.8 * cases.before))
    got = (arm == 1) & takes
    made = _made(cases, arm, _outcome(cases, effect * got), Draw(shares=_HALF, received=GOT), {"new": effect})
    return replace(
        made, mart=made.mart.assign(**{GOT: np.where(got, "yes", "no")}), covariates=(*made.covariates, (GOT, "label"))
    )


def _attrition(rng: np.random.Generator, cases: _Cases, effect: float) -> MadeTrial:
    """Two in five don't answer, the same in both arms."""
    made = _simple(rng, cases, effect)
    silent = rng.random(len(cases.day)) < 1 / (1 + np.exp(0.4 + 0.5 * cases.before))
    made.mart.loc[silent, OUTCOME] = np.nan
    return made


_DESIGNS = {
    Design.SIMPLE: _simple, Design.SEVERAL_ARMS: _several, Design.STRATA: _strata, Design.RAMP_UP: _ramp,
    Design.CUSTOMERS: _customers, Design.TEAMS: _teams, Design.FEW_SITES: _few, Design.SWITCHBACK: _switchback,
    Design.DOSE: _dose, Design.NON_COMPLIANCE: _noncompliance, Design.ATTRITION: _attrition,
}  # fmt: skip


def _outside(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    """Others who weren't in the draw, a little worse before and after, added as its control."""
    arm = _drawn(rng, np.arange(len(cases.day)), (0.5, 0.5))
    moved = replace(cases, before=cases.before - (VIOLATION / 0.45) * (arm == 0))
    return _made(moved, arm, _outcome(moved, np.zeros(len(arm))), Draw(shares=_HALF), {"new": 0.0})


def _earlier(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    """Last half-year's cases as the control of this half-year's."""
    arm = (cases.day >= DAYS // 2).astype(np.int64)
    y = _outcome(cases, VIOLATION * arm)
    return _made(cases, arm, y, Draw(shares=_HALF), {"new": 0.0})


def _other_sites(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    """Sites that wanted the new way, more often than not, with better outcomes anyway."""
    keen = cases.site < SITES // 2
    arm = (rng.random(len(keen)) < np.where(keen, 0.65, 0.35)).astype(np.int64)
    return _made(cases, arm, _outcome(cases, VIOLATION * keen), Draw(shares=_HALF), {"new": 0.0})


def _by_site(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    arm = _half(rng, cases.site)
    return _made(cases, arm, _outcome(cases, np.zeros(len(arm))), Draw(shares=_HALF), {"new": 0.0})


def _by_customer(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    arm = _drawn(rng, cases.customer, (0.5, 0.5))
    return _made(cases, arm, _outcome(cases, np.zeros(len(arm))), Draw(shares=_HALF), {"new": 0.0})


def _by_day(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    arm = _half(rng, cases.day)
    return _made(cases, arm, _outcome(cases, np.zeros(len(arm))), Draw(shares=_HALF), {"new": 0.0})


def _other_shares(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    """Some of the new arm were dropped, the worse ones rather."""
    arm = _drawn(rng, np.arange(len(cases.day)), (0.5, 0.5))
    dropped = (arm == 1) & (rng.random(len(arm)) < np.where(cases.luck + cases.noise < 0, 0.5, 0.05))
    made = _made(cases, arm, _outcome(cases, np.zeros(len(arm))), Draw(shares=_HALF), {"new": 0.0})
    return replace(made, mart=made.mart[~dropped].reset_index(drop=True))


def _shares_by_stratum(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    """Told as half and half everywhere, drawn more often where outcomes are better."""
    arm = (rng.random(len(cases.day)) < np.array([0.35, 0.5, 0.65])[cases.stratum]).astype(np.int64)
    y = _outcome(cases, np.zeros(len(arm)))
    return _made(cases, arm, y, replace(_told_strata((0.5, 0.5, 0.5)), phases=()), {"new": 0.0})


def _moved(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    """Cases that staff moved into the control by what they knew of the customer."""
    arm = _drawn(rng, np.arange(len(cases.day)), (0.5, 0.5))
    moved = (arm == 1) & (cases.before < -0.3) & (rng.random(len(arm)) < 0.35)
    swapped = (arm == 0) & (cases.before > 0.3) & (rng.random(len(arm)) < 0.35)
    arm = np.where(moved, 0, np.where(swapped, 1, arm))
    return _made(cases, arm, _outcome(cases, np.zeros(len(arm))), Draw(shares=_HALF), {"new": 0.0})


def _lost(rng: np.random.Generator, cases: _Cases) -> MadeTrial:
    """Of the new arm the dissatisfied answer less often."""
    arm = _drawn(rng, np.arange(len(cases.day)), (0.5, 0.5))
    y = _outcome(cases, np.zeros(len(arm)))
    made = _made(cases, arm, y, Draw(shares=_HALF), {"new": 0.0})
    made.mart.loc[(arm == 1) & (y < 0) & (rng.random(len(arm)) < 0.45), OUTCOME] = np.nan
    return made


_FRAUDS = {
    Fraud.OUTSIDE_CONTROL: _outside, Fraud.EARLIER_CONTROL: _earlier, Fraud.OTHER_SITES: _other_sites,
    Fraud.BY_SITE: _by_site, Fraud.BY_CUSTOMER: _by_customer, Fraud.BY_DAY: _by_day,
    Fraud.OTHER_SHARES: _other_shares, Fraud.SHARES_BY_STRATUM: _shares_by_stratum, Fraud.BAD_ONES_MOVED: _moved,
    Fraud.LOST_OUTCOMES: _lost,
}  # fmt: skip
