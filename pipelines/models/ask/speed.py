"""Speed: what a promise "everyone hears from a person within τ" would change, as a shift of today's times to min(S, τ).

The total effect: compensation follows speed and stays out of the model. Minutes are capped at the response cap;
unanswered at the cap is a level of its own. Left out and counted: cases younger than the cap and still unanswered, and
the unanswered where they are too few to be a level, for counted as answered at the cap they would bend the whole curve.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.outcomes import SPEED_LADDER_MINUTES
from pipelines.contracts.mart import Col
from pipelines.contracts.results import CURVE_ANCHOR
from pipelines.models.arrays import Floats, Table
from pipelines.models.ask.opening import open_question
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Linear, Steps, Term, spline_or_line
from pipelines.models.question import (
    FEWEST_ROWS,
    Aim,
    Contrast,
    Level,
    Point,
    Question,
    make_sample,
    numbers,
    unchanged,
)  # fmt: skip
from pipelines.models.refusal import NotEstimableError

KNOTS = 5
BINS = 12
GRID_PER_LOG_MINUTE = 20.0
NEAR_LOG_MINUTES = 0.35
CURVE_POINTS = 24
FIRST_CURVE_MINUTES = 5.0
LARGEST_SHARE_RETURNED_BEFORE = 0.20
ANSWERED = "all_answered"
TOO_FEW_UNANSWERED = "never_answered_and_too_few_to_judge"


def speed_levels() -> tuple[Level, ...]:
    """The promises asked about."""
    return tuple(Level("within", "today", str(tau)) for tau in SPEED_LADDER_MINUTES)


def within(minutes: float) -> Callable[[Table], Table]:
    """The scenario "everyone is answered within so many minutes, sooner if they already are"."""

    def scenario(table: Table) -> Table:
        log_minutes = np.minimum(table["log_minutes"], np.log1p(minutes))
        return {"log_minutes": log_minutes, "unanswered": np.zeros_like(log_minutes)}

    return scenario


def speed_columns(mart: pd.DataFrame, cap_minutes: float) -> tuple[Floats, Floats]:
    """Gridded log(1 + minutes) capped, and the unanswered level; NaN where the treatment isn't known yet."""
    status = mart[Col.RESPONSE_STATUS].astype("object").to_numpy()
    minutes = np.clip(numbers(mart, Col.FIRST_CONTACT_MINUTES), 0.0, cap_minutes)
    unanswered = (status == "unanswered").astype(float)
    minutes = np.where(status == "unanswered", cap_minutes, np.where(status == "answered", minutes, np.nan))
    return np.round(np.log1p(minutes) * GRID_PER_LOG_MINUTE) / GRID_PER_LOG_MINUTE, unanswered


def speed_terms(log_minutes: Floats, unanswered: Floats) -> tuple[Term, ...]:
    """A spline with stored knots in log-minutes of the answered, and the unanswered level where there is one."""
    answered = log_minutes[unanswered == 0.0]
    if len(answered) == 0:
        raise NotEstimableError("No incident was answered by a person, so faster answers have nothing to be read from.")
    return (spline_or_line("log_minutes", answered, KNOTS), *_own_level(unanswered))


def _binned(log_minutes: Floats, unanswered: Floats) -> tuple[Term, ...]:
    edges = np.unique(np.quantile(log_minutes[unanswered == 0.0], np.linspace(0, 1, BINS + 1)[1:-1]))
    return (Steps("log_minutes", tuple(float(e) for e in edges)), *_own_level(unanswered))


def _own_level(unanswered: Floats) -> tuple[Term, ...]:
    return (Linear("unanswered"),) if (unanswered == 1.0).any() else ()


def unanswered_can_be_judged(unanswered: Floats, y: Floats) -> bool:
    """Whether the unanswered are enough for a level of their own, and their outcome varies (or there are none)."""
    silent = unanswered == 1.0
    return not silent.any() or bool(silent.sum() >= FEWEST_ROWS and np.ptp(y[silent]) > 0)


def ask_speed(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    log_minutes, unanswered = speed_columns(mart, facts.response_cap_minutes)
    pending = ("answer_pending", np.isfinite(log_minutes))
    opened = open_question(mart, aim, facts, pending)
    if not unanswered_can_be_judged(unanswered[opened.rows], opened.y):
        aim = replace(aim, population=ANSWERED)
        opened = open_question(mart, aim, facts, pending, (TOO_FEW_UNANSWERED, unanswered == 0.0))
    rows, y = opened.rows, opened.y
    early = _early_returns(opened.chosen, aim, y)
    table = {"log_minutes": log_minutes[rows], "unanswered": unanswered[rows], **opened.table}
    return Question(
        aim=aim,
        sample=make_sample(mart, rows, table, y),
        rows=rows,
        treatment=speed_terms(table["log_minutes"], table["unanswered"]),
        covariates=opened.covariates,
        base=unchanged,
        contrasts=tuple(_contrast(level, table) for level in speed_levels()),
        members=np.ones(len(rows)),
        curve=tuple(_point(minutes, table) for minutes in curve_minutes(facts.response_cap_minutes)),
        dose="log_minutes",
        binned=_binned(table["log_minutes"], table["unanswered"]),
        curve_level=Level("within", "today", CURVE_ANCHOR["speed"]),
        x_unit="minutes",
        left_out=opened.left_out,
        kept=(("returned_before_answer", early),) if early else (),
    )


def curve_minutes(cap_minutes: float) -> Floats:
    """Where the curve is drawn: evenly on the log scale, with the ladder's own points."""
    even = np.geomspace(FIRST_CURVE_MINUTES, cap_minutes, CURVE_POINTS)
    return np.unique(np.concatenate([np.round(even), [t for t in SPEED_LADDER_MINUTES if t < cap_minutes]]))


def _contrast(level: Level, table: Table) -> Contrast:
    tau = float(level.level_to)
    slow = (table["log_minutes"] > np.log1p(tau)) | (table["unanswered"] == 1.0)
    return Contrast(level, to=within(tau), moved=slow, there=~slow)


def _point(minutes: float, table: Table) -> Point:
    close = np.abs(table["log_minutes"] - np.log1p(minutes)) <= NEAR_LOG_MINUTES
    return Point(float(minutes), within(float(minutes)), int(np.sum(close & (table["unanswered"] == 0.0))))


def _early_returns(mart: pd.DataFrame, aim: Aim, y: Floats) -> int:
    """Returns before the answer, which can't be due to it: how many; a few are tolerated, many are refused."""
    if aim.outcome.id not in ("returned", "spend", "spend_without_voucher"):
        return 0
    early = (numbers(mart, Col.RETURNED_BEFORE_CONTACT) == 1.0) & (y > 0)
    share = early.sum() / max(1, np.count_nonzero(y > 0))
    if share > LARGEST_SHARE_RETURNED_BEFORE:
        raise NotEstimableError(
            f"{share:.0%} of the returns came before the company's first answer, so they can't be due to it. "
            "Check the time zones of orders and contacts, or use a longer horizon."
        )
    return int(early.sum())
