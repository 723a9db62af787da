"""Arms of a trial beside the first one: as they are, within strata, at any look, and at the size to bet on; graded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pipelines.contracts.catalog.checks import Check, passes
from pipelines.contracts.catalog.estimation import Estimator, SeType, Spec
from pipelines.contracts.catalog.grades import Component, Grade
from pipelines.contracts.catalog.thresholds import FEW_DRAWN_UNITS, USUAL_EFFECT_POINTS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.experiments.draw import Draw
from pipelines.contracts.experiments.reasons import (
    DrawRefuted,
    DrawRefutedBy,
    DrawUnchecked,
    LikelyOverstated,
    TooFewDrawn,
)
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import Gate
from pipelines.contracts.messages.grounds import FewGroups, Limited
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats, Ints
from pipelines.models.drawn.arms import Means, joint_errors, plain, within
from pipelines.models.drawn.draws import Draws
from pipelines.models.drawn.family import together
from pipelines.models.drawn.redrawn import Redrawn, redrawn
from pipelines.models.drawn.refute import Look, Trust
from pipelines.models.drawn.sequence import USUAL_PLAN_UNITS, always_valid
from pipelines.models.drawn.shrunken import shrunken
from pipelines.models.fit.interval import LEVEL, Interval, interval
from pipelines.models.question import Aim, Level
from pipelines.models.rows import Results, asked, checked, component, estimated, shown


@dataclass(frozen=True)
class Compared:
    """Cases of a trial whose outcome is known, beside its draw; ``rows`` are their places in the mart.

    ``too_small``: arms that can't be compared, and why.
    """

    draws: Draws
    y: Floats
    X: Floats
    arms: tuple[str, ...]
    rows: Ints
    dose: Floats | None
    trust: Trust
    draw: Draw
    left_out: tuple[tuple[Gate, int], ...]
    too_small: tuple[tuple[str, Reason], ...] = ()

    @cached_property
    def plain(self) -> Means:
        """Means as they are."""
        return plain(self.draws, self.y)

    @cached_property
    def within(self) -> Means:
        """Means within strata."""
        return within(self.draws, self.y, self.X)

    @property
    def few(self) -> bool:
        """Whether so few units were drawn that only drawing again gives limits."""
        return len(self.draws.units.rows) < FEW_DRAWN_UNITS


@dataclass(frozen=True)
class _Told:
    """One arm within strata: its limits beside all arms, alone, and by drawing again where units are few."""

    level: Level
    shown: Interval
    alone: Interval
    again: Redrawn | None


def compare(aim: Aim, found: Compared, levels: Sequence[Level]) -> Results:
    """Rows of every arm, with the checks of those that lead."""
    raw = _together(found.plain)
    results = Results([
        _row(aim, found, level, Spec.RAW, one, found.plain) for level, one in zip(levels, raw, strict=True)
    ] + [_independent(aim, found, arm, level) for arm, level in enumerate(levels, start=1)])  # fmt: skip
    for told in _adjusted(found, levels):
        results += _graded(aim, found, told)
    return results


def _together(means: Means) -> list[Interval]:
    arms = range(1, len(means.means))
    return together([means.difference(arm) for arm in arms], joint_errors(means, list(arms)))


def _adjusted(found: Compared, levels: Sequence[Level]) -> list[_Told]:
    if found.few:
        level = 1 - (1 - LEVEL) / len(levels)
        drawn = [redrawn(found.draws, found.y, arm, level) for arm in range(1, len(levels) + 1)]
        shown = [replace(d.interval, p_value=min(1.0, len(levels) * d.interval.p_value)) for d in drawn]
        return [_Told(lv, s, d.interval, d) for lv, s, d in zip(levels, shown, drawn, strict=True)]
    alone = [found.within.difference(arm) for arm in range(1, len(levels) + 1)]
    beside = together(alone, joint_errors(found.within, list(range(1, len(levels) + 1))))
    return [_Told(lv, s, a, None) for lv, s, a in zip(levels, beside, alone, strict=True)]


def _row(aim: Aim, found: Compared, level: Level, spec: Spec, one: Interval, means: Means) -> Effect:
    """A row with its numbers; the base is the mean of the arm compared with."""
    estimator = Estimator.DIFFERENCE_IN_MEANS if spec is Spec.RAW or found.few else aim.estimator
    row = asked(replace(aim, estimator=estimator), level, spec)
    events = int(np.count_nonzero(found.y > 0))
    return replace(
        estimated(row, one, aim.scale), n_incidents=len(found.y), n_clusters=len(found.draws.units.rows),
        n_events=events, baseline_estimate=aim.scale * float(means.means[0]),
        effective_incidents=_effective(found, one),
    )  # fmt: skip


def _effective(found: Compared, one: Interval) -> float | None:
    """As many independent cases as would give so small an error."""
    if not one.std_error > 0 or not np.isfinite(one.std_error):
        return None
    return float(len(found.y) * min(1.0, (_alone(found, 1).std_error / one.std_error) ** 2))


def _alone(found: Compared, arm: int) -> Interval:
    """Two means as if cases were independent."""
    there, here = found.y[found.draws.arm == arm], found.y[found.draws.arm == 0]
    error = float(np.sqrt(there.var(ddof=1) / len(there) + here.var(ddof=1) / len(here)))
    return interval(float(there.mean() - here.mean()), error, float(len(there) + len(here) - 2))


def _independent(aim: Aim, found: Compared, arm: int, level: Level) -> Effect:
    row = _row(aim, found, level, Spec.RAW, _alone(found, arm), found.plain)
    return replace(row, se_type=SeType.INDEPENDENT, effective_incidents=None)


def _graded(aim: Aim, found: Compared, told: _Told) -> Results:
    row = _row(aim, found, told.level, Spec.ADJUSTED, told.shown, found.plain if told.again else found.within)
    row = replace(row, se_type=SeType.REDRAWN if told.again else row.se_type)
    letters, reasons = _letters(row, found, told)
    more, overstated = _beside(aim, found, told, row)
    grade = max(letters.values())
    said = (*reasons, *(overstated if grade < Grade.D else ()))
    checks = [*trust_rows(row, found.trust), *(component(row, name, letter) for name, letter in letters.items())]
    if told.again is not None:
        checks.append(checked(row, Check.LEAST_CHANCE, told.again.least_p * (len(found.arms) - 1)))
    else:
        checks.append(checked(row, Check.DF, row.df))
    graded = replace(row, grade=grade, reasons=said)
    return Results([graded, *(replace(r, grade=grade) for r in more.effects)], [], [*checks, *more.diagnostics])


def _letters(row: Effect, found: Compared, told: _Told) -> tuple[dict[Component, Grade], tuple[Reason, ...]]:
    letters = dict.fromkeys(Component, Grade.A)
    reasons = refutation(found.trust)
    letters[Component.DESIGN] = Grade.D if reasons else Grade.A if found.trust.looks else Grade.B
    if not found.trust.looks:
        reasons = (DrawUnchecked(),)
    if told.again is not None and not passes(Check.LEAST_CHANCE, told.again.least_p * (len(found.arms) - 1)):
        letters[Component.DEGREES_OF_FREEDOM] = Grade.D
        reasons = (*reasons, TooFewDrawn(len(found.draws.units.rows)))
    if told.again is None and not passes(Check.DF, row.df or 0.0):
        letters[Component.DEGREES_OF_FREEDOM] = Grade.C
        reasons = (*reasons, Limited((FewGroups(),)))
    return letters, reasons


def refutation(trust: Trust) -> tuple[Reason, ...]:
    """Why a draw isn't believed: the most telling sign; nothing where none speaks against it."""
    return tuple(_said(look) for look in trust.against[:1])


def _said(look: Look) -> Reason:
    return DrawRefutedBy(look.sign, look.subject) if look.subject else DrawRefuted(look.sign)


def trust_rows(row: Effect, trust: Trust) -> list[Diagnostic]:
    """Every look at the draw, with p-values that count all of them."""
    return [
        checked(row, Check.DRAW, p, subject=str(look.sign)) for look, p in zip(trust.looks, trust.adjusted, strict=True)
    ]


def _beside(aim: Aim, found: Compared, told: _Told, row: Effect) -> tuple[Results, tuple[Reason, ...]]:
    """The same at any look, and at the size to bet on; the reason where it is likely overstated."""
    units, arms = len(found.draws.units.rows), len(found.arms)
    effects: list[Effect] = []
    at_any_look = None
    if told.again is None:
        at_any_look = always_valid(told.alone, units, found.draw.planned_units or USUAL_PLAN_UNITS, arms)
    if at_any_look is not None:
        limits = replace(told.alone, ci_low=at_any_look.low, ci_high=at_any_look.high, p_value=at_any_look.p_value)
        effects.append(_row(aim, found, told.level, Spec.ALWAYS_VALID, limits, found.within))
    if aim.unit != Unit.PER_100_CUSTOMERS or not told.alone.std_error > 0:
        return Results(effects), ()
    spread = (found.draw.usual_effect or USUAL_EFFECT_POINTS) / aim.scale
    size = shrunken(told.alone, spread)
    effects.append(_row(aim, found, told.level, Spec.SHRUNKEN, size.size, found.within))
    power = shown(row, Check.TRIAL_POWER, size.power)
    said = (LikelyOverstated(aim.scale * size.size.estimate),) if size.overstates(told.shown) else ()
    return Results(effects, [], [power]), said
