"""What an arm does to those whom the draw made get it, as rows: where it is recorded who got what."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.estimation import Estimand, Estimator, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.experiments.draw import Draw
from pipelines.contracts.experiments.reasons import NoStrongTakeUp, TakeUpUnknown
from pipelines.models.arrays import Floats
from pipelines.models.drawn.arms import within
from pipelines.models.drawn.takeup import taken_up
from pipelines.models.question import Aim, Level
from pipelines.models.rows import Results, asked, checked, estimated, not_estimable
from pipelines.models.trials.compared import Compared, refutation
from pipelines.models.trials.lots import column_of

_YES = ("1", "1.0", "true", "yes", "y")


def takeup_rows(aim: Aim, found: Compared, levels: Sequence[Level], mart: pd.DataFrame, draw: Draw) -> Results:
    """One row per arm; refused where it isn't known who got it, or the draw hardly moved it."""
    own = replace(aim, estimand=Estimand.AS_TAKEN_UP, estimator=Estimator.INSTRUMENTED)
    results = Results()
    for arm, level in enumerate(levels, start=1):
        row = asked(own, level, Spec.TAKEN_UP)
        got, unknown = _got(mart, found, draw.received, found.arms[arm])
        if unknown:
            results += Results([not_estimable(row, TakeUpUnknown(unknown, draw.received))])
            continue
        one = taken_up(found.within, within(found.draws, got, np.empty((len(got), 0))), arm)
        strength = checked(row, Check.FIRST_STAGE, one.first_stage_f)
        if not one.strong:
            results += Results([not_estimable(row, NoStrongTakeUp())], [], [strength])
            continue
        reasons = refutation(found.trust)
        told = replace(
            estimated(row, one.effect, aim.scale), n_incidents=len(found.y), n_clusters=len(found.draws.units.rows),
            grade=Grade.D if reasons else Grade.B, reasons=reasons,
        )  # fmt: skip
        results += Results([told], [], [strength])
    return results


def _got(mart: pd.DataFrame, found: Compared, received: str, arm: str) -> tuple[Floats, int]:
    """Who got an arm: named by the column, or a yes where there are two; and of how many it isn't known."""
    column = column_of(received)
    values = mart[column].iloc[found.rows] if column in mart else pd.Series([None] * len(found.rows))
    unknown = int(values.isna().sum())
    text = values.astype("object").astype(str).str.strip()
    named = text == arm
    if len(found.arms) == 2 and not named.any():
        named = text.str.lower().isin(_YES)
    return np.asarray(named.to_numpy(), dtype=float), unknown
