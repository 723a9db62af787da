"""Resolution by landmark: of the cases still open after so many hours, those resolved soon after against the rest.

Everyone compared had come as far, so slow cases earn no time in which they could not yet have returned; returns before
the window for resolution closes are left out. Adjusted for what was known before the answer and for its speed.
"""

import numpy as np
import pandas as pd

from pipelines.models.facts import Facts
from pipelines.models.flag import shown, withheld
from pipelines.models.held import held_speed, reached
from pipelines.models.opening import open_question
from pipelines.models.question import (
    FEWEST_ROWS,
    Aim,
    Contrast,
    Level,
    Question,
    make_sample,
    numbers,
)  # fmt: skip
from pipelines.models.refusal import NotEstimableError
from pipelines.models.terms import Linear

LANDMARK_HOURS, WINDOW_HOURS = 24.0, 48.0
RESOLVED_SOON = Level("landmark_24h", "later", "within_48h")


def landmark_levels() -> tuple[Level, ...]:
    """The one contrast: resolved within two days of the landmark, against later or never."""
    return (RESOLVED_SOON,)


def ask_resolution(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    hours = np.nan_to_num(numbers(mart, "resolved_hours"), nan=np.inf)
    closing = LANDMARK_HOURS + WINDOW_HOURS
    answered_by_then = numbers(mart, "first_contact_minutes") <= LANDMARK_HOURS * 60.0
    gates = (
        ("not_answered", answered_by_then & reached(mart)),
        ("ended_before", hours > LANDMARK_HOURS),
        ("returned_before", ~(numbers(mart, "days_to_return") <= closing / 24.0)),
    )
    opened = open_question(mart, aim, facts, *gates)
    given = (hours[opened.rows] <= closing).astype(float)
    if min(given.sum(), len(given) - given.sum()) < FEWEST_ROWS:
        raise NotEstimableError(
            f"Of {len(given)} cases still open after {LANDMARK_HOURS:.0f} hours, {given.sum():.0f} were resolved "
            f"within {WINDOW_HOURS:.0f} more; at least {FEWEST_ROWS} on each side are needed."
        )
    held, terms = held_speed(opened.chosen, facts)
    return Question(
        aim=aim,
        sample=make_sample(mart, opened.rows, {"given": given, **opened.table, **held}, opened.y),
        rows=opened.rows,
        treatment=(Linear("given"),),
        covariates=(*opened.covariates, *terms),
        base=withheld,
        contrasts=(Contrast(RESOLVED_SOON, shown, moved=given == 0, there=given == 1),),
        members=np.ones(len(given)),
        dose="given",
        left_out=opened.left_out,
    )
