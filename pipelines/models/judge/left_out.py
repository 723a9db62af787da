"""What stands before an estimate, as ``diagnostics``: who was left out, what is missing, what couldn't be held."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.models.arrays import Flags
from pipelines.models.ask.covariates import declared_covariates
from pipelines.models.facts import Facts
from pipelines.models.fit.design import Design
from pipelines.models.question import Contrast, Question
from pipelines.models.rows import Row, check_row

MOST_NAMED = 4
NEVER_KNOWN, OWN_LEVEL = "never known, left out", "unknown is a level of its own"
POOLED = "decides the outcome alone, joined the reference"
ALIASED = "determined by what is held already, left out"


def left_out_rows(effect_id: str, question: Question) -> list[Row]:
    """How many incidents can't answer, by reason, each counted at the first; and how many stay in though in doubt."""
    counts = (("left_out", question.left_out), ("never_treated", question.never_treated), ("kept_in", question.kept))
    return [_shown(effect_id, check, n, "incidents", subject) for check, found in counts for subject, n in found]


def never_treated_words(question: Question) -> str:
    """A sentence that names the kinds of incident in which the treatment never happens; "" when there are none."""
    names = [name.replace("=", " ").replace("_", " ") for name, _ in question.never_treated]
    if not names:
        return ""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"Left out, because it never happens there: {'; '.join(names[:MOST_NAMED])}{more}."


def missing_rows(
    effect_id: str, question: Question, contrast: Contrast, mart: pd.DataFrame, facts: Facts
) -> Iterator[Row]:
    """The missingness table: the share missing of each covariate, among all and on either side of a contrast."""
    chosen = mart.iloc[question.rows]
    held = {name.partition(" ")[0] for name in question.sample.table}
    sides = (("", np.ones(len(chosen), dtype=bool)), ("_treated", contrast.there), ("_untreated", contrast.moved))
    for covariate in declared_covariates(facts):
        if covariate.column in chosen:
            missing = chosen[covariate.column].isna().to_numpy()
            verdict = NEVER_KNOWN if missing.all() else OWN_LEVEL
            for side, rows in sides if covariate.column in held else sides[: int(missing.all())]:
                if missing.any() and rows.any():
                    share = float(missing[rows].mean())
                    yield _shown(effect_id, f"missing_share{side}", share, "share", covariate.column, verdict)


def dropped_rows(effect_id: str, design: Design) -> list[Row]:
    """Columns that aren't held: labels that separate the outcome, and what others determine."""
    every = np.array(["1", *(name for term in design.covariates for name in term.names)], dtype=object)
    kept: Flags = np.ones(len(every), dtype=bool) if design.kept is None else design.kept
    return [
        _shown(effect_id, "not_held", None, "", str(name), POOLED if name in design.pooled else ALIASED)
        for name in every[~kept]
    ]


def _shown(effect_id: str, check: str, value: float | None, unit: str, subject: str, verdict: str = "counted") -> Row:
    return check_row(effect_id, check, value, passed=None, unit=unit, subject=subject, stage="before", verdict=verdict)
