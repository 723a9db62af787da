"""Speed: what a promise "everyone hears from a person within τ" would change, as a shift of today's times to min(S, τ).

The total effect: compensation follows speed and stays out of the model. Minutes are capped at the response cap;
unanswered at the cap is a level of its own. Left out and counted: cases younger than the cap and still unanswered, and
the unanswered where they are too few to be a level, for counted as answered at the cap they would bend the whole curve.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import AskedOf, At, ContrastKind, Covariate
from pipelines.contracts.catalog.outcomes import OutcomeFamily
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS, MOST_RETURNED_BEFORE_SHARE
from pipelines.contracts.catalog.treatments import SPEED, SPEED_LADDER_MINUTES, TREATMENTS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.estimation import Gate, KeptIn, ReturnedBeforeAnswer
from pipelines.models.arrays import Floats, Table
from pipelines.models.ask.handling import LOG_MINUTES, _own_level, speed_columns, speed_terms
from pipelines.models.ask.opening import open_question
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Steps, Term
from pipelines.models.question import (
    Aim,
    Contrast,
    Level,
    Point,
    Question,
    make_sample,
    numbers,
    unchanged,
)
from pipelines.models.refusal import NotEstimableError

BINS = 12
NEAR_LOG_MINUTES = 0.35
CURVE_POINTS = 24
FIRST_CURVE_MINUTES = 5.0


def speed_levels() -> tuple[Level, ...]:
    """The promises asked about."""
    return tuple(within_level(f"{tau}") for tau in SPEED_LADDER_MINUTES)


def within_level(minutes: str) -> Level:
    """One promise against today's times."""
    return Level(ContrastKind.WITHIN, At.TODAY, minutes)


def headline_level() -> Level:
    """The promise that pages speak of, on which the curve hangs."""
    return within_level(TREATMENTS[SPEED].headline or "")


def within(minutes: float) -> Callable[[Table], Table]:
    """The scenario "everyone is answered within so many minutes, sooner if they already are"."""

    def scenario(table: Table) -> Table:
        log_minutes = np.minimum(table[LOG_MINUTES], np.log1p(minutes))
        return {LOG_MINUTES: log_minutes, Covariate.UNANSWERED: np.zeros_like(log_minutes)}

    return scenario


def _binned(log_minutes: Floats, unanswered: Floats) -> tuple[Term, ...]:
    edges = np.unique(np.quantile(log_minutes[unanswered == 0.0], np.linspace(0, 1, BINS + 1)[1:-1]))
    return (Steps(LOG_MINUTES, tuple(float(e) for e in edges)), *_own_level(unanswered))


def unanswered_can_be_judged(unanswered: Floats, y: Floats) -> bool:
    """Whether the unanswered are enough for a level of their own, and their outcome varies (or there are none)."""
    silent = unanswered == 1.0
    return not silent.any() or bool(silent.sum() >= FEWEST_INCIDENTS and np.ptp(y[silent]) > 0)


def ask_speed(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    log_minutes, unanswered = speed_columns(mart, facts.response_cap_minutes)
    pending = (Gate.ANSWER_PENDING, np.isfinite(log_minutes))
    opened = open_question(mart, aim, facts, pending)
    if not unanswered_can_be_judged(unanswered[opened.rows], opened.y):
        aim = replace(aim, population=AskedOf.ALL_ANSWERED)
        judged = (Gate.NEVER_ANSWERED_AND_TOO_FEW_TO_JUDGE, unanswered == 0.0)
        opened = open_question(mart, aim, facts, pending, judged)
    rows, y = opened.rows, opened.y
    early = _early_returns(opened.chosen, aim, y)
    table: Table = {LOG_MINUTES: log_minutes[rows], Covariate.UNANSWERED: unanswered[rows], **opened.table}
    return Question(
        aim=aim,
        sample=make_sample(mart, rows, table, y),
        rows=rows,
        treatment=speed_terms(table[LOG_MINUTES], table[Covariate.UNANSWERED]),
        covariates=opened.covariates,
        base=unchanged,
        contrasts=tuple(_contrast(level, table) for level in speed_levels()),
        members=np.ones(len(rows)),
        curve=tuple(_point(minutes, table) for minutes in curve_minutes(facts.response_cap_minutes)),
        dose=LOG_MINUTES,
        binned=_binned(table[LOG_MINUTES], table[Covariate.UNANSWERED]),
        curve_level=headline_level(),
        x_unit=Unit.MINUTES,
        left_out=opened.left_out,
        kept=((KeptIn.RETURNED_BEFORE_ANSWER, early),) if early else (),
    )


def curve_minutes(cap_minutes: float) -> Floats:
    """Where the curve is drawn: evenly on the log scale, with the ladder's own points."""
    even = np.geomspace(FIRST_CURVE_MINUTES, cap_minutes, CURVE_POINTS)
    return np.unique(np.concatenate([np.round(even), [t for t in SPEED_LADDER_MINUTES if t < cap_minutes]]))


def _contrast(level: Level, table: Table) -> Contrast:
    tau = float(level.level_to)
    slow = (table[LOG_MINUTES] > np.log1p(tau)) | (table[Covariate.UNANSWERED] == 1.0)
    return Contrast(level, to=within(tau), moved=slow, there=~slow)


def _point(minutes: float, table: Table) -> Point:
    close = np.abs(table[LOG_MINUTES] - np.log1p(minutes)) <= NEAR_LOG_MINUTES
    return Point(float(minutes), within(float(minutes)), int(np.sum(close & (table[Covariate.UNANSWERED] == 0.0))))


def _early_returns(mart: pd.DataFrame, aim: Aim, y: Floats) -> int:
    """Returns before the answer, which can't be due to it: how many; a few are tolerated, many are refused."""
    if aim.outcome.family is not OutcomeFamily.ORDERS:
        return 0
    early = (numbers(mart, Col.RETURNED_BEFORE_CONTACT) == 1.0) & (y > 0)
    share = early.sum() / max(1, np.count_nonzero(y > 0))
    if share > MOST_RETURNED_BEFORE_SHARE:
        raise NotEstimableError(ReturnedBeforeAnswer(float(share)))
    return int(early.sum())
