"""Compensation: returns against the share of the loss given back, among those somebody was in contact with.

Joint with speed: answering times and everything known before the first contact are held, the loss always as a spline of
its logarithm, because amount is share × loss. Who was never answered couldn't receive anything and is not in it, nor is
any kind of incident in which nothing is ever given.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.outcomes import COMPENSATION_LADDER_SHARE
from pipelines.contracts.mart import Col
from pipelines.contracts.results import CURVE_ANCHOR
from pipelines.models.arrays import Floats, Table
from pipelines.models.ask.held_equal import held_speed
from pipelines.models.ask.opening import open_question
from pipelines.models.ask.speed import LARGEST_SHARE_RETURNED_BEFORE
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Spline, Steps, Term, spline_or_line
from pipelines.models.judge.structural_zeros import never_treated
from pipelines.models.question import (
    FEWEST_ROWS,
    Aim,
    Contrast,
    Level,
    Point,
    Question,
    make_sample,
    numbers,
)  # fmt: skip
from pipelines.models.refusal import NotEstimableError

KNOTS = (0.0, 0.25, 0.5, 1.0, 1.5)
LARGEST_SHARE = 2.0
GRID = 0.05
NEAR_SHARE = 0.1
CURVE_STEP = 0.05
COULD_BE = "could_be_compensated"


def compensation_levels() -> tuple[Level, ...]:
    """The shares asked about, each against nothing."""
    return tuple(Level("share", "0", f"{share:g}") for share in COMPENSATION_LADDER_SHARE if share > 0)


def giving(share: float) -> Callable[[Table], Table]:
    """The scenario "everyone gets this share of the loss"."""
    return lambda table: {"share": np.full_like(table["share"], share)}


def shares_given(mart: pd.DataFrame) -> Floats:
    """Share of the loss given, on the grid and capped; 0 where nothing was given, NaN where the share isn't known."""
    share = np.where(numbers(mart, Col.COMPENSATION_GIVEN) == 0.0, 0.0, numbers(mart, Col.COMPENSATION_SHARE))
    return np.round(np.clip(share, 0.0, LARGEST_SHARE) / GRID) * GRID


def ask_compensation(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    every_share = shares_given(mart)
    answered = (mart[Col.RESPONSE_STATUS].astype("object") == "answered").to_numpy()
    never, strata = never_treated(mart, every_share > 0, answered & np.isfinite(every_share), facts)
    gates = (
        ("not_answered", answered),
        ("loss_unknown", np.isfinite(numbers(mart, Col.LOSS_AMOUNT))),
        ("treatment_unknown", np.isfinite(every_share)),
        ("never_compensated", ~never),
    )
    opened = open_question(mart, aim, facts, *gates)
    rows, share = opened.rows, every_share[opened.rows]
    early = _early_returns(opened.chosen, aim, opened.y, share)
    held, held_terms = held_speed(opened.chosen, facts)
    return Question(
        aim=replace(aim, population=COULD_BE) if strata else aim,
        sample=make_sample(mart, rows, {"share": share, **opened.table, **held}, opened.y),
        rows=rows,
        treatment=_terms(share),
        covariates=(*held_terms, *opened.covariates),
        base=giving(0.0),
        members=np.ones(len(rows)),
        contrasts=tuple(_contrast(level, share) for level in compensation_levels()),
        curve=tuple(_point(x, share) for x in np.arange(0.0, COMPENSATION_LADDER_SHARE[-1] + 1e-9, CURVE_STEP)),
        dose="share",
        binned=(_binned(share),),
        curve_level=Level("share", "0", CURVE_ANCHOR["compensation"]),
        x_unit="share of the loss",
        left_out=opened.left_out,
        kept=(("returned_before_payment", early),) if early else (),
        never_treated=tuple((s.name, s.incidents) for s in strata),
    )


def _terms(share: Floats) -> tuple[Term, ...]:
    given = share[share > 0]
    if len(given) == 0:
        raise NotEstimableError("Nobody with a known loss was given anything, so there is no share to learn from.")
    top = float(np.quantile(given, 0.95))
    knots = tuple(k for k in KNOTS if k < top)
    return (Spline("share", (*knots, top)),) if len(knots) >= 2 else (spline_or_line("share", given, 3),)


def _binned(share: Floats) -> Term:
    """Steps around the usual shares, with enough incidents in each."""
    edges: list[float] = []
    above = np.inf
    for edge in (1.375, 1.125, 0.875, 0.625, 0.375, 0.175, 0.0):
        if np.sum((share > edge) & (share <= above)) >= FEWEST_ROWS:
            edges.append(edge)
            above = edge
    return Steps("share", tuple(sorted({0.0, *edges})))


def _contrast(level: Level, share: Floats) -> Contrast:
    to = float(level.level_to)
    return Contrast(level, to=giving(to), moved=share == 0.0, there=np.abs(share - to) <= NEAR_SHARE)


def _point(x: float, share: Floats) -> Point:
    return Point(round(float(x), 4), giving(float(x)), int(np.sum(np.abs(share - x) <= NEAR_SHARE)))


def _early_returns(mart: pd.DataFrame, aim: Aim, y: Floats, share: Floats) -> int:
    """Returns before the money, which can't be due to it: how many; a few are tolerated, many are refused."""
    if aim.outcome.id not in ("returned", "spend", "spend_without_voucher"):
        return 0
    paid = (share > 0) & (y > 0)
    early = paid & (numbers(mart, Col.DAYS_TO_RETURN) < numbers(mart, Col.DAYS_TO_PAY))
    if early.sum() > LARGEST_SHARE_RETURNED_BEFORE * max(1, paid.sum()):
        raise NotEstimableError(
            f"{early.sum() / paid.sum():.0%} of the returns came before the money, so they can't be due to it. "
            "Check issued_at in compensations, or use a longer horizon."
        )
    return int(early.sum())
