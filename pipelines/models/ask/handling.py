"""How each incident was handled, read from the mart, and as columns and terms of a design that hold it equal."""

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import At, Covariate, TreatmentId
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS
from pipelines.contracts.catalog.treatments import ACTIONS, TREATMENTS
from pipelines.contracts.catalog.vocabulary import ResponseStatus
from pipelines.contracts.mart import Col
from pipelines.contracts.messages.estimation import NobodyAnswered
from pipelines.models.arrays import Flags, Floats, Table
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import UNKNOWN_LEVEL, Levels, Linear, Term, spline_or_line
from pipelines.models.question import (
    flags,
    numbers,
)
from pipelines.models.refusal import NotEstimableError

KNOTS = 5
GRID_PER_LOG_MINUTE = 20.0
LARGEST_SHARE = 2.0
GRID = 0.05
NEAR_SHARE = 0.1
LOG_MINUTES, SHARE = Covariate.LOG_MINUTES, Covariate.SHARE
ANSWERED, UNANSWERED = ResponseStatus.ANSWERED, ResponseStatus.UNANSWERED
NO, YES, UNKNOWN = 0.0, 1.0, 2.0
_NAMES = {YES: At.YES.value, UNKNOWN: UNKNOWN_LEVEL}


def reached(mart: pd.DataFrame) -> Flags:
    """Incidents that a person answered; all of them where the export doesn't tell of answers."""
    status = mart[Col.RESPONSE_STATUS].astype("object")
    return np.asarray(status == ANSWERED) | bool(status.isna().all())


def shares_given(mart: pd.DataFrame) -> Floats:
    """Share of the loss given, on the grid and capped; 0 where nothing was given, NaN where the share isn't known."""
    share = np.where(numbers(mart, Col.COMPENSATION_GIVEN) == 0.0, 0.0, numbers(mart, Col.COMPENSATION_SHARE))
    return np.round(np.clip(share, 0.0, LARGEST_SHARE) / GRID) * GRID


def action_codes(mart: pd.DataFrame, treatment: TreatmentId) -> Floats:
    """0 no, 1 yes, 2 unknown; unknown is never read as "no"."""
    entry = TREATMENTS[treatment]
    if isinstance(entry.yes, str):
        label = mart[entry.column].astype("object")
        return np.where(label.isna(), UNKNOWN, (label == entry.yes).astype(float))
    values = numbers(mart, entry.column)
    said = values if entry.yes is None else (values > entry.yes).astype(float)
    return np.where(np.isnan(values), UNKNOWN, said)


def speed_columns(mart: pd.DataFrame, cap_minutes: float) -> tuple[Floats, Floats]:
    """Gridded log(1 + minutes) capped, and the unanswered level; NaN where the treatment isn't known yet."""
    status = mart[Col.RESPONSE_STATUS].astype("object").to_numpy()
    minutes = np.clip(numbers(mart, Col.FIRST_CONTACT_MINUTES), 0.0, cap_minutes)
    unanswered = (status == UNANSWERED).astype(float)
    minutes = np.where(status == UNANSWERED, cap_minutes, np.where(status == ANSWERED, minutes, np.nan))
    return np.round(np.log1p(minutes) * GRID_PER_LOG_MINUTE) / GRID_PER_LOG_MINUTE, unanswered


def speed_terms(log_minutes: Floats, unanswered: Floats) -> tuple[Term, ...]:
    """A spline with stored knots in log-minutes of the answered, and the unanswered level where there is one."""
    answered = log_minutes[unanswered == 0.0]
    if len(answered) == 0:
        raise NotEstimableError(NobodyAnswered())
    return (spline_or_line(LOG_MINUTES, answered, KNOTS), *_own_level(unanswered))


def _own_level(unanswered: Floats) -> tuple[Term, ...]:
    return (Linear(Covariate.UNANSWERED),) if (unanswered == 1.0).any() else ()


def held_speed(mart: pd.DataFrame, facts: Facts) -> tuple[Table, tuple[Term, ...]]:
    """Log-minutes of answered incidents, and threats made before the contact."""
    log_minutes, _ = speed_columns(mart, facts.response_cap_minutes)
    table: Table = {}
    terms: tuple[Term, ...] = ()
    nobody = np.zeros(len(log_minutes))
    if np.isfinite(log_minutes).all():
        table, terms = {LOG_MINUTES: log_minutes}, speed_terms(log_minutes, nobody)
    threat = flags(mart, Col.THREATENED_BEFORE_CONTACT).astype(float)
    if threat.sum() >= FEWEST_INCIDENTS:
        table[Covariate.THREAT] = threat
        terms = (*terms, Linear(Covariate.THREAT))
    return table, terms


def held_actions(mart: pd.DataFrame, besides: TreatmentId) -> tuple[Table, tuple[Term, ...]]:
    """The other actions, each with unknown as a level of its own."""
    table: Table = {}
    terms: list[Term] = []
    for action in ACTIONS:
        codes = action_codes(mart, action)
        common = [c for c in (YES, UNKNOWN) if np.sum(codes == c) >= FEWEST_INCIDENTS]
        if action != besides and common and np.sum(codes == NO) >= FEWEST_INCIDENTS:
            table[action] = codes
            terms.append(Levels(action, tuple(int(c) for c in common), tuple(_NAMES[c] for c in common)))
    return table, tuple(terms)
