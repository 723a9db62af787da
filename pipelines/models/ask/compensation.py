"""Compensation: returns against the share of the loss given back, among those somebody was in contact with.

Joint with speed: answering times and everything known before the first contact are held, the loss always as a spline of
its logarithm, because amount is share × loss. Who was never answered couldn't receive anything and is not in it, nor is
any kind of incident in which nothing is ever given.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import AskedOf, At, ContrastKind
from pipelines.contracts.catalog.outcomes import OutcomeFamily
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS, MOST_RETURNED_BEFORE_SHARE
from pipelines.contracts.catalog.treatments import COMPENSATION, COMPENSATION_LADDER_SHARE, TREATMENTS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.estimation import Gate, KeptIn, NothingGiven, ReturnedBeforeMoney
from pipelines.models.arrays import Floats, Table
from pipelines.models.ask.handling import ANSWERED, NEAR_SHARE, SHARE, held_speed, shares_given
from pipelines.models.ask.opening import open_question
from pipelines.models.ask.structural_zeros import never_treated
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Spline, Steps, Term, spline_or_line
from pipelines.models.question import (
    Aim,
    Contrast,
    Level,
    Point,
    Question,
    make_sample,
    numbers,
)
from pipelines.models.refusal import NotEstimableError

KNOTS = (0.0, 0.25, 0.5, 1.0, 1.5)
CURVE_STEP = 0.05


def compensation_levels() -> tuple[Level, ...]:
    """The shares asked about, each against nothing."""
    return tuple(share_level(f"{share:g}") for share in COMPENSATION_LADDER_SHARE if share > 0)


def share_level(share: str) -> Level:
    """One share of the loss against nothing."""
    return Level(ContrastKind.SHARE, At.NO_SHARE, share)


def giving(share: float) -> Callable[[Table], Table]:
    """The scenario "everyone gets this share of the loss"."""
    return lambda table: {SHARE: np.full_like(table[SHARE], share)}


def ask_compensation(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    every_share = shares_given(mart)
    answered = (mart[Col.RESPONSE_STATUS].astype("object") == ANSWERED).to_numpy()
    never, strata = never_treated(mart, every_share > 0, answered & np.isfinite(every_share), facts)
    gates = (
        (Gate.NOT_ANSWERED, answered),
        (Gate.LOSS_UNKNOWN, np.isfinite(numbers(mart, Col.LOSS_AMOUNT))),
        (Gate.TREATMENT_UNKNOWN, np.isfinite(every_share)),
        (Gate.NEVER_COMPENSATED, ~never),
    )
    opened = open_question(mart, aim, facts, *gates)
    rows, share = opened.rows, every_share[opened.rows]
    early = _early_returns(opened.chosen, aim, opened.y, share)
    held, held_terms = held_speed(opened.chosen, facts)
    return Question(
        aim=replace(aim, population=AskedOf.COULD_BE_COMPENSATED) if strata else aim,
        sample=make_sample(mart, rows, {SHARE: share, **opened.table, **held}, opened.y),
        rows=rows,
        treatment=_terms(share),
        covariates=(*held_terms, *opened.covariates),
        base=giving(0.0),
        members=np.ones(len(rows)),
        contrasts=tuple(_contrast(level, share) for level in compensation_levels()),
        curve=tuple(_point(x, share) for x in np.arange(0.0, COMPENSATION_LADDER_SHARE[-1] + 1e-9, CURVE_STEP)),
        dose=SHARE,
        binned=(_binned(share),),
        curve_level=share_level(TREATMENTS[COMPENSATION].headline or ""),
        x_unit=Unit.SHARE_OF_THE_LOSS,
        left_out=opened.left_out,
        kept=((KeptIn.RETURNED_BEFORE_PAYMENT, early),) if early else (),
        never_treated=tuple(strata),
    )


def _terms(share: Floats) -> tuple[Term, ...]:
    given = share[share > 0]
    if len(given) == 0:
        raise NotEstimableError(NothingGiven())
    top = float(np.quantile(given, 0.95))
    knots = tuple(k for k in KNOTS if k < top)
    return (Spline(SHARE, (*knots, top)),) if len(knots) >= 2 else (spline_or_line(SHARE, given, 3),)


def _binned(share: Floats) -> Term:
    """Steps around the usual shares, with enough incidents in each."""
    edges: list[float] = []
    above = np.inf
    for edge in (1.375, 1.125, 0.875, 0.625, 0.375, 0.175, 0.0):
        if np.sum((share > edge) & (share <= above)) >= FEWEST_INCIDENTS:
            edges.append(edge)
            above = edge
    return Steps(SHARE, tuple(sorted({0.0, *edges})))


def _contrast(level: Level, share: Floats) -> Contrast:
    to = float(level.level_to)
    return Contrast(level, to=giving(to), moved=share == 0.0, there=np.abs(share - to) <= NEAR_SHARE)


def _point(x: float, share: Floats) -> Point:
    return Point(round(float(x), 4), giving(float(x)), int(np.sum(np.abs(share - x) <= NEAR_SHARE)))


def _early_returns(mart: pd.DataFrame, aim: Aim, y: Floats, share: Floats) -> int:
    """Returns before the money, which can't be due to it: how many; a few are tolerated, many are refused."""
    if aim.outcome.family is not OutcomeFamily.ORDERS:
        return 0
    paid = (share > 0) & (y > 0)
    early = paid & (numbers(mart, Col.DAYS_TO_RETURN) < numbers(mart, Col.DAYS_TO_PAY))
    if early.sum() > MOST_RETURNED_BEFORE_SHARE * max(1, paid.sum()):
        raise NotEstimableError(ReturnedBeforeMoney(float(early.sum() / paid.sum())))
    return int(early.sum())
