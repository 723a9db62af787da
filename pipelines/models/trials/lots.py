"""A mart's cases as rows of a declared draw: their arms, what was drawn, within which strata, with which shares.

What contradicts the declaration so that nothing can be compared is refused; what merely speaks against it is looked at
by :mod:`pipelines.models.drawn.refute`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from pipelines.contracts.canonical import COVARIATE_PREFIX
from pipelines.contracts.catalog.treatments import ASSIGNMENT, TREATMENTS
from pipelines.contracts.experiments.draw import INCIDENT, Draw, Sign
from pipelines.contracts.experiments.reasons import ArmsNotDeclared, ArmsUndeclared, OneArm, TooManyArms
from pipelines.contracts.mart import Col, ColumnName, Named
from pipelines.contracts.messages.estimation import Gate, UnitUnknown
from pipelines.contracts.sources import Incidents
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.drawn.draws import Draws, split_units
from pipelines.models.drawn.refute import Look
from pipelines.models.facts import Facts
from pipelines.models.question import numbers
from pipelines.models.refusal import NotEstimableError

# What companies call the arm in which nothing is done otherwise.
USUAL_ARMS = ("usual", "control", "standard", "none", "0")
MOST_ARMS = 12
# A few cases may be moved by hand; of more, units weren't what was drawn.
MOST_SPLIT_SHARE = 0.01
_EPOCH, _MONDAY_HOURS = date(1970, 1, 1), 72.0
_ARM = TREATMENTS[ASSIGNMENT].column
UNKNOWN_STRATUM = "?"


@dataclass(frozen=True)
class Lots:
    """Cases that lots were drawn for: positions in the mart, the draw, the arms' names, the dose of each case.

    ``looks``: what the arms alone show against the draw. ``left_out``: cases by why they aren't compared.
    ``spread``: the dose has too many values to be arms.
    """

    rows: Ints
    draws: Draws
    arms: tuple[str, ...]
    dose: Floats | None
    looks: tuple[Look, ...]
    left_out: tuple[tuple[Gate, int], ...]
    spread: bool = False


def column_of(name: str) -> ColumnName:
    """The mart's column for a column of incidents."""
    if name.startswith(COVARIATE_PREFIX):
        return Named(name)
    return Col.CUSTOMER_KEY if name == Incidents.customer_id else Named(name)


def draw_lots(mart: pd.DataFrame, facts: Facts) -> Lots:
    """The declared draw as it lies in a mart; :class:`NotEstimableError` with the reason where it can't be read."""
    draw = facts.draw or Draw()
    if facts.randomised != ASSIGNMENT:
        raise NotEstimableError(ArmsNotDeclared())
    if _ARM not in mart or not mart[_ARM].notna().any():
        raise NotEstimableError(OneArm(0))
    inside, left_out = _inside(mart, draw)
    rows = np.flatnonzero(inside)
    chosen = mart.iloc[rows]
    arm, arms, dose = _arms(chosen, draw)
    unit = _units(chosen, draw)
    stratum, shares = _strata(chosen, draw, arms, unit)
    looks = _absent(draw, arms, len(np.unique(unit)))
    split = split_units(unit, arm)
    keep = np.ones(len(rows), dtype=bool)
    if split.any():
        if split.mean() > MOST_SPLIT_SHARE:
            looks = (*looks, Look(Sign.SPLIT_UNITS, 0.0, draw.unit))
            unit = np.unique(unit * len(arms) + arm, return_inverse=True)[1]
        else:
            keep, left_out = ~split, (*left_out, (Gate.IN_SEVERAL_ARMS, int(split.sum())))
    spread = bool(draw.dose and len(arms) > MOST_ARMS)
    draws = Draws(arm, unit.astype(np.int64), stratum, shares).of(keep)
    return Lots(rows[keep], draws, arms, None if dose is None else dose[keep], looks, left_out, spread)


def _inside(mart: pd.DataFrame, draw: Draw) -> tuple[Flags, tuple[tuple[Gate, int], ...]]:
    """Cases in an arm, since the draw began, beyond what the period before may have carried over."""
    inside, left_out = np.ones(len(mart), dtype=bool), []
    gates: list[tuple[Gate, Flags]] = [(Gate.NOT_IN_EXPERIMENT, mart[_ARM].notna().to_numpy())]
    hours = _hours(mart, draw)
    gates.append((Gate.BEFORE_THE_DRAW, hours >= 0 if draw.since else np.ones(len(mart), dtype=bool)))
    if draw.period_hours and draw.carry_over_hours:
        gates.append((Gate.CARRIED_OVER, np.mod(hours, draw.period_hours) >= draw.carry_over_hours))
    for gate, stays in gates:
        left_out.append((gate, int((inside & ~stays).sum())))
        inside &= stays
    return inside, tuple((gate, n) for gate, n in left_out if n)


def _hours(mart: pd.DataFrame, draw: Draw) -> Floats:
    """Local hours since the draw began, else since a Monday; days only stand for noon."""
    day, hour = numbers(mart, Col.OPENED_DAY), numbers(mart, Col.OPENED_HOUR)
    since = (draw.since - _EPOCH).days * 24.0 if draw.since else -_MONDAY_HOURS
    return np.asarray(day * 24.0 + np.where(np.isfinite(hour), hour, 12.0) - since)


def _arms(chosen: pd.DataFrame, draw: Draw) -> tuple[Ints, tuple[str, ...], Floats | None]:
    """Codes with the arm that others are compared with first; doses in their order."""
    said = chosen[_ARM].astype("object").astype(str)
    if draw.dose:
        dose = np.asarray(pd.to_numeric(said, errors="coerce").to_numpy(dtype=float))
        if not np.isfinite(dose).all():
            raise NotEstimableError(ArmsUndeclared(tuple(sorted(set(said[~np.isfinite(dose)]))[:MOST_ARMS])))
        values = np.unique(dose)
        arms = tuple(f"{v:g}" for v in values)
        return np.searchsorted(values, dose).astype(np.int64), _more_than_one(arms), dose
    found = set(said)
    if draw.shares and (unknown := found - set(draw.shares)):
        raise NotEstimableError(ArmsUndeclared(tuple(sorted(unknown))))
    usual = (draw.control.lower(), *USUAL_ARMS) if draw.control else USUAL_ARMS
    place = {name: rank for rank, name in reversed(list(enumerate(usual)))}
    arms = tuple(sorted(found, key=lambda name: (place.get(name.lower(), len(usual)), name)))
    if len(arms) > MOST_ARMS:
        raise NotEstimableError(TooManyArms(len(arms), MOST_ARMS))
    codes = {name: code for code, name in enumerate(_more_than_one(arms))}
    return np.asarray(said.map(codes).to_numpy(), dtype=np.int64), arms, None


def _more_than_one(arms: tuple[str, ...]) -> tuple[str, ...]:
    if len(arms) < 2:
        raise NotEstimableError(OneArm(len(arms)))
    return arms


def _units(chosen: pd.DataFrame, draw: Draw) -> Ints:
    """What was drawn, with a period as part of it where lots were drawn anew."""
    if draw.unit == INCIDENT:
        place = np.zeros(len(chosen), dtype=np.int64) if draw.period_hours else np.arange(len(chosen), dtype=np.int64)
    else:
        column = column_of(draw.unit)
        unknown = int(chosen[column].isna().sum()) if column in chosen else len(chosen)
        if unknown:
            raise NotEstimableError(UnitUnknown(unknown, draw.unit))
        place = np.asarray(pd.factorize(chosen[column], sort=True)[0], dtype=np.int64)
    if not draw.period_hours:
        return place
    hours = _hours(chosen, draw)
    if not np.isfinite(hours).all():
        raise NotEstimableError(UnitUnknown(int((~np.isfinite(hours)).sum()), Col.OPENED_AT))
    period = np.floor(hours / draw.period_hours).astype(np.int64)
    period -= period.min(initial=0)
    return np.unique(place * (period.max(initial=0) + 1) + period, return_inverse=True)[1].astype(np.int64)


def _strata(chosen: pd.DataFrame, draw: Draw, arms: Sequence[str], unit: Ints) -> tuple[Ints, Floats]:
    """Strata and the shares in each: a unit's are those of its first case."""
    first = _first_of_unit(chosen, unit)
    label, names = pd.factorize(_labels(chosen, draw).iloc[first], sort=True)
    begun = sorted({(phase.since - _EPOCH).days for phase in draw.phases if phase.since is not None})
    stretch = np.searchsorted(np.array(begun, dtype=float), numbers(chosen, Col.OPENED_DAY)[first], side="right")
    kinds, code = np.unique(label * (len(begun) + 1) + stretch, return_inverse=True)
    days = (-math.inf, *begun)
    shares = [_shares_at(draw, str(names[k // len(days)]), days[k % len(days)], arms) for k in kinds]
    # Stretches of one stratum with the same shares are one draw.
    keys = [(int(k) // len(days), np.round(s, 9).tobytes()) for k, s in zip(kinds, shares, strict=True)]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    of_kind = [places[key] for key in keys]
    table = np.array([shares[of_kind.index(place)] for place in range(len(places))])
    return np.asarray(of_kind, dtype=np.int64)[code], table


def _first_of_unit(chosen: pd.DataFrame, unit: Ints) -> Ints:
    """For each case the place of its unit's first one."""
    order = np.argsort(numbers(chosen, Col.OPENED_DAY), kind="stable")
    first = np.zeros(int(unit.max(initial=-1)) + 1, dtype=np.int64)
    first[unit[order][::-1]] = order[::-1]
    return np.asarray(first[unit])


def _labels(chosen: pd.DataFrame, draw: Draw) -> pd.Series:
    """The stratum of each case as one text."""
    parts = [chosen[column_of(name)].astype("object") for name in draw.strata if column_of(name) in chosen]
    told = [part.where(part.notna(), UNKNOWN_STRATUM).astype(str) for part in parts]
    if not told:
        return pd.Series([""] * len(chosen), index=chosen.index)
    joined = told[0]
    for part in told[1:]:
        joined = joined + ", " + part
    return joined


def _shares_at(draw: Draw, stratum: str, day: float, arms: Sequence[str]) -> Floats:
    """Shares of the arms that were found, in a stratum on a day; NaN where none were declared."""
    said: Mapping[str, float] = draw.shares
    for phase in draw.phases:
        begun = phase.since is None or day >= (phase.since - _EPOCH).days
        if begun and phase.stratum in ("", stratum):
            said = phase.shares
    if not said:
        return np.full(len(arms), np.nan)
    if draw.dose:
        said = {f"{float(name):g}": share for name, share in said.items()}
    return np.array([said.get(name, 0.0) for name in arms])


def _absent(draw: Draw, arms: Sequence[str], units: int) -> tuple[Look, ...]:
    """A declared arm without a single case."""
    found = {f"{float(name):g}" for name in arms} if draw.dose else set(arms)
    said = {f"{float(n):g}": s for n, s in draw.shares.items()} if draw.dose else dict(draw.shares)
    missing = {name: share for name, share in said.items() if share > 0 and name not in found}
    if not missing:
        return ()
    name = max(missing, key=lambda arm: missing[arm])
    return (Look(Sign.RATIO, float((1.0 - missing[name]) ** units), name),)
