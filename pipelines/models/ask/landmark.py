"""Resolution and silence by landmark: of the cases still open after so long, those handled one way against the rest.

Everyone compared had come as far, so slow cases earn no time in which they could not yet have returned; returns before
the outcome may count are left out. Adjusted for what was known before the answer and for its speed.
"""

import numpy as np
import pandas as pd

from pipelines.contracts.mart import SILENCE_LANDMARK_HOURS, Col
from pipelines.models.arrays import Flags, Floats
from pipelines.models.ask.held_equal import held_speed, reached
from pipelines.models.ask.opening import Gate, Opening, open_question
from pipelines.models.ask.yes_no import shown, withheld
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Linear
from pipelines.models.question import FEWEST_ROWS, Aim, Contrast, Level, Question, make_sample, numbers
from pipelines.models.refusal import NotEstimableError

LANDMARK_HOURS, WINDOW_HOURS = 24.0, 48.0
SILENT_HOURS = 48.0
RESOLVED_SOON = Level("landmark_24h", "later", "within_48h")
NEVER_SILENT = Level(f"landmark_{SILENCE_LANDMARK_HOURS}h", "silent", f"{SILENT_HOURS:.0f}")


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
    if min(given.sum(), len(given) - given.sum()) < FEWEST_ROWS:
        raise NotEstimableError(
            f"Of {len(given)} cases still open after {LANDMARK_HOURS:.0f} hours, {given.sum():.0f} were resolved "
            f"within {WINDOW_HOURS:.0f} more; at least {FEWEST_ROWS} on each side are needed."
        )
    return _question(mart, aim, facts, opened, given, RESOLVED_SOON)


def ask_silence(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    silent = numbers(mart, Col.LANDMARK_SILENCE_HOURS)
    opened = open_question(mart, aim, facts, *_gates(mart, np.isfinite(silent), float(SILENCE_LANDMARK_HOURS)))
    given = (silent[opened.rows] < SILENT_HOURS).astype(float)
    if min(given.sum(), len(given) - given.sum()) < FEWEST_ROWS:
        raise NotEstimableError(
            f"Of {len(given)} cases answered within a day and still open after {SILENCE_LANDMARK_HOURS} hours, "
            f"{given.sum():.0f} were never silent for {SILENT_HOURS:.0f} hours; at least {FEWEST_ROWS} on each side "
            "are needed."
        )
    return _question(mart, aim, facts, opened, given, NEVER_SILENT)


def _gates(mart: pd.DataFrame, still_open: Flags, closing_hours: float) -> tuple[Gate, ...]:
    answered_by_then = numbers(mart, Col.FIRST_CONTACT_MINUTES) <= LANDMARK_HOURS * 60.0
    return (
        ("not_answered", answered_by_then & reached(mart)),
        ("ended_before", still_open),
        ("returned_before", ~(numbers(mart, Col.DAYS_TO_RETURN) <= closing_hours / 24.0)),
    )


def _question(mart: pd.DataFrame, aim: Aim, facts: Facts, opened: Opening, given: Floats, level: Level) -> Question:
    held, terms = held_speed(opened.chosen, facts)
    return Question(
        aim=aim,
        sample=make_sample(mart, opened.rows, {"given": given, **opened.table, **held}, opened.y),
        rows=opened.rows,
        treatment=(Linear("given"),),
        covariates=(*opened.covariates, *terms),
        base=withheld,
        contrasts=(Contrast(level, shown, moved=given == 0, there=given == 1),),
        members=np.ones(len(given)),
        dose="given",
        left_out=opened.left_out,
    )
