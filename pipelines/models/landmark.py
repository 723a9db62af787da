"""Resolution by landmark: of the cases still open after so many hours, those resolved soon after against the rest.

Everyone compared had come as far, so slow cases earn no time in which they could not yet have returned; returns before
the window for resolution closes are left out. Adjusted for what was known before the answer and for its speed.
"""

import numpy as np
import pandas as pd

from pipelines.models.covariates import declared_covariates, encode
from pipelines.models.facts import Facts
from pipelines.models.flag import shown, withheld
from pipelines.models.held import held_speed, reached
from pipelines.models.question import (
    FEWEST_ROWS,
    Aim,
    Contrast,
    Level,
    Question,
    make_sample,
    numbers,
    outcome_column,
    refuse_thin,
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
    y = numbers(mart, outcome_column(aim.outcome, aim.horizon_days))
    hours = np.nan_to_num(numbers(mart, "resolved_hours"), nan=np.inf)
    closing = LANDMARK_HOURS + WINDOW_HOURS
    early = numbers(mart, "days_to_return") <= closing / 24.0
    answered_by_then = numbers(mart, "first_contact_minutes") <= LANDMARK_HOURS * 60.0
    rows = np.flatnonzero(np.isfinite(y) & (hours > LANDMARK_HOURS) & ~early & answered_by_then & reached(mart))
    refuse_thin(y[rows], aim.outcome.kind)
    given = (hours[rows] <= closing).astype(float)
    if min(given.sum(), len(given) - given.sum()) < FEWEST_ROWS:
        raise NotEstimableError(
            f"Of {len(rows)} cases still open after {LANDMARK_HOURS:.0f} hours, {given.sum():.0f} were resolved within "
            f"{WINDOW_HOURS:.0f} more; at least {FEWEST_ROWS} on each side are needed."
        )
    chosen = mart.iloc[rows]
    table, covariates = encode(chosen, declared_covariates(facts), y[rows])
    held, terms = held_speed(chosen, facts)
    return Question(
        aim=aim,
        sample=make_sample(mart, rows, {"given": given, **table, **held}, y[rows]),
        rows=rows,
        treatment=(Linear("given"),),
        covariates=(*covariates, *terms),
        base=withheld,
        contrasts=(Contrast(RESOLVED_SOON, shown, moved=given == 0, there=given == 1),),
        members=np.ones(len(rows)),
        dose="given",
    )
