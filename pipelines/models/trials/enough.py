"""Which arms of a trial have cases enough to be compared and shown; small ones say so and stop no other."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from pipelines.contracts.catalog.outcomes import OutcomeKind
from pipelines.contracts.catalog.thresholds import (
    FEW_DRAWN_UNITS,
    FEWEST_DRAWN_OF_AN_ARM,
    FEWEST_EVENTS,
    FEWEST_ON_A_SIDE,
    MINIMUM_CELL,
)
from pipelines.contracts.experiments.reasons import ArmTooFewEvents, ArmTooSmall, NothingSharedByArms
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import Gate, LeftOut, LeftOutCount, OutcomeConstant, TooFewEvents
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.drawn.arms import compared, fine, merge_small
from pipelines.models.drawn.draws import Draws
from pipelines.models.question import Aim
from pipelines.models.refusal import NotEstimableError
from pipelines.models.trials.lots import Lots

_COUNTED = (OutcomeKind.BINARY, OutcomeKind.COUNT, OutcomeKind.AMOUNT)


def large_enough(aim: Aim, lots: Lots, y: Floats, inside: Flags) -> tuple[Flags, tuple[tuple[str, Reason], ...]]:
    """Cases of the arms that can be compared, in strata that hold all of these; and why the other arms can't.

    Raises :class:`NotEstimableError` where the arm that others are compared with is among them, or no other is left.
    """
    small: dict[str, Reason] = {}
    while True:
        kept = inside & ~np.isin(lots.draws.arm, [lots.arms.index(arm) for arm in small])
        shared = kept.copy()
        if kept.any():
            left = without_arms(lots.draws.of(kept), lots.arms, small)[0]
            shared[np.flatnonzero(kept)[~compared(left if fine(left) else merge_small(left))]] = False
        more = _too_small(aim, lots, y, shared if shared.any() else kept, small)
        if lots.arms[0] in more or len(small) + len(more) >= len(lots.arms) - 1:
            raise NotEstimableError(more.get(lots.arms[0]) or next(iter((small | more).values())))
        if not more:
            if not shared.any():
                raise NotEstimableError(NothingSharedByArms())
            return shared, tuple(small.items())
        small |= more


def _too_small(aim: Aim, lots: Lots, y: Floats, inside: Flags, but: Collection[str]) -> dict[str, Reason]:
    """Arms with too few cases, units, or events where limits are normal ones."""
    draws, known = lots.draws.of(inside), y[inside]
    cases, units = _by(draws.arm, draws.arms), _by(draws.units.arm, draws.arms)
    events = _by(draws.arm[known > 0], draws.arms)
    fewest = np.minimum(events, cases - events) if aim.outcome.kind is OutcomeKind.BINARY else events
    normal = aim.outcome.kind in _COUNTED and len(draws.units.rows) >= FEW_DRAWN_UNITS
    found: dict[str, Reason] = {}
    for place, arm in enumerate(lots.arms):
        if arm in but:
            continue
        if cases[place] < MINIMUM_CELL or units[place] < FEWEST_DRAWN_OF_AN_ARM:
            found[arm] = ArmTooSmall(arm, int(cases[place]), int(units[place]))
        elif normal and fewest[place] < FEWEST_ON_A_SIDE:
            found[arm] = ArmTooFewEvents(arm, int(events[place]), int(cases[place]), FEWEST_ON_A_SIDE)
    return found


def _by(codes: Ints, arms: int) -> Ints:
    return np.bincount(codes, minlength=arms)


def without_arms(draws: Draws, arms: tuple[str, ...], small: Collection[str]) -> tuple[Draws, tuple[str, ...]]:
    """The draw among the arms that are left, numbered anew; none of its cases stands in another."""
    kept = [place for place, arm in enumerate(arms) if arm not in small]
    code = np.full(len(arms), -1, dtype=np.int64)
    code[kept] = np.arange(len(kept))
    return replace(draws, arm=code[draws.arm], shares=draws.shares[:, kept]), tuple(arms[place] for place in kept)


def refuse(aim: Aim, known: Floats, left_out: tuple[tuple[Gate, int], ...]) -> None:
    """Refuse an outcome that hardly varies, with the cases that can't answer."""
    said = (LeftOut(tuple(LeftOutCount(n, gate) for gate, n in left_out)),) if left_out else ()
    if not len(known):
        raise NotEstimableError(NothingSharedByArms(), *said)
    if float(np.ptp(known)) == 0.0:
        raise NotEstimableError(OutcomeConstant(), *said)
    events = int(np.count_nonzero(known > 0))
    fewest = min(events, len(known) - events) if aim.outcome.kind is OutcomeKind.BINARY else events
    if fewest < FEWEST_EVENTS and aim.outcome.kind in _COUNTED:
        raise NotEstimableError(TooFewEvents(events, len(known), FEWEST_EVENTS), *said)
