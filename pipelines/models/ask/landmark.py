"""Resolution and silence by landmark: of the cases still open after so long, those handled one way against the rest.

Everyone compared had come as far, so slow cases earn no time in which they could not yet have returned; returns before
the outcome may count are left out. Adjusted for what was known before the answer and for its speed.
"""

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import At, ContrastKind, Covariate
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS
from pipelines.contracts.mart import SILENCE_LANDMARK_HOURS, Col
from pipelines.contracts.messages.estimation import Gate, ResolvedTooAlike, SilentTooAlike
from pipelines.models.arrays import Flags, Floats
from pipelines.models.ask.handling import held_speed, reached
from pipelines.models.ask.opening import Gated, Opening, open_question
from pipelines.models.ask.yes_no import shown, withheld
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Linear
from pipelines.models.question import Aim, Contrast, Level, Question, make_sample, numbers
from pipelines.models.refusal import NotEstimableError

LANDMARK_HOURS, WINDOW_HOURS = 24.0, 48.0
SILENT_HOURS = 48.0
RESOLVED_SOON = Level(ContrastKind.LANDMARK_24H, At.LATER, At.WITHIN_48H)
NEVER_SILENT = Level(ContrastKind.LANDMARK_72H, At.SILENT, f"{SILENT_HOURS:.0f}")
GIVEN = Covariate.GIVEN


def landmark_levels() -> tuple[Level, ...]:
    """Resolved within two days of the landmark, against later or never."""
    return (RESOLVED_SOON,)


def silence_levels() -> tuple[Level, ...]:
    """Never silent for two days since the first contact, against silent that long; by the landmark."""
    return (NEVER_SILENT,)


def ask_resolution(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    hours = np.nan_to_num(numbers(mart, Col.RESOLVED_HOURS), nan=np.inf)
    closing = LANDMARK_HOURS + WINDOW_HOURS
    opened = open_question(mart, aim, facts, *_gates(mart, hours > LANDMARK_HOURS, closing))
    given = (hours[opened.rows] <= closing).astype(float)
    if min(given.sum(), len(given) - given.sum()) < FEWEST_INCIDENTS:
        done = int(given.sum())
        raise NotEstimableError(ResolvedTooAlike(len(given), LANDMARK_HOURS, done, WINDOW_HOURS, FEWEST_INCIDENTS))
    return _question(mart, aim, facts, opened, given, RESOLVED_SOON)


def ask_silence(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    silent = numbers(mart, Col.LANDMARK_SILENCE_HOURS)
    opened = open_question(mart, aim, facts, *_gates(mart, np.isfinite(silent), float(SILENCE_LANDMARK_HOURS)))
    given = (silent[opened.rows] < SILENT_HOURS).astype(float)
    if min(given.sum(), len(given) - given.sum()) < FEWEST_INCIDENTS:
        after, told = float(SILENCE_LANDMARK_HOURS), int(given.sum())
        raise NotEstimableError(SilentTooAlike(len(given), after, told, SILENT_HOURS, FEWEST_INCIDENTS))
    return _question(mart, aim, facts, opened, given, NEVER_SILENT)


def _gates(mart: pd.DataFrame, still_open: Flags, closing_hours: float) -> tuple[Gated, ...]:
    answered_by_then = numbers(mart, Col.FIRST_CONTACT_MINUTES) <= LANDMARK_HOURS * 60.0
    return (
        (Gate.NOT_ANSWERED, answered_by_then & reached(mart)),
        (Gate.ENDED_BEFORE, still_open),
        (Gate.RETURNED_BEFORE, ~(numbers(mart, Col.DAYS_TO_RETURN) <= closing_hours / 24.0)),
    )


def _question(mart: pd.DataFrame, aim: Aim, facts: Facts, opened: Opening, given: Floats, level: Level) -> Question:
    held, terms = held_speed(opened.chosen, facts)
    return Question(
        aim=aim,
        sample=make_sample(mart, opened.rows, {GIVEN: given, **opened.table, **held}, opened.y),
        rows=opened.rows,
        treatment=(Linear(GIVEN),),
        covariates=(*opened.covariates, *terms),
        base=withheld,
        contrasts=(Contrast(level, shown, moved=given == 0, there=given == 1),),
        members=np.ones(len(given)),
        dose=GIVEN,
        left_out=opened.left_out,
    )
