"""What stands before an estimate, as ``diagnostics``: who was left out, what is missing, what couldn't be held."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.checks import Check, CheckVerdict
from pipelines.contracts.catalog.covariates import design_column
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.grounds import NeverTreated, NeverTreatedAndMore
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Flags
from pipelines.models.ask.opening import declared_covariates
from pipelines.models.facts import Facts
from pipelines.models.fit.newton import Design
from pipelines.models.question import Contrast, Question
from pipelines.models.rows import shown

MOST_NAMED = 4


def left_out_rows(row: Effect, question: Question) -> list[Diagnostic]:
    """How many incidents can't answer, by reason, each counted at the first; and how many stay in though in doubt."""
    counts: list[tuple[Check, str, int]] = [
        *((Check.LEFT_OUT, gate, n) for gate, n in question.left_out),
        *((Check.NEVER_TREATED, stratum.name, stratum.incidents) for stratum in question.never_treated),
        *((Check.KEPT_IN, kept, n) for kept, n in question.kept),
    ]
    return [shown(row, check, n, subject, CheckVerdict.COUNTED) for check, subject, n in counts]


def never_treated_reasons(question: Question) -> tuple[Reason, ...]:
    """A reason that names the kinds of incident in which the treatment never happens; none when there are none."""
    kinds, more = tuple(s.said for s in question.never_treated[:MOST_NAMED]), len(question.never_treated) - MOST_NAMED
    if not kinds:
        return ()
    return (NeverTreatedAndMore(kinds, more) if more > 0 else NeverTreated(kinds),)


def missing_rows(
    row: Effect, question: Question, contrast: Contrast, mart: pd.DataFrame, facts: Facts
) -> Iterator[Diagnostic]:
    """The missingness table: the share missing of each covariate, among all and on either side of a contrast."""
    chosen = mart.iloc[question.rows]
    held = {str(design_column(name).covariate) for name in question.sample.table}
    sides = (
        (Check.MISSING_SHARE, np.ones(len(chosen), dtype=bool)),
        (Check.MISSING_SHARE_TREATED, contrast.there),
        (Check.MISSING_SHARE_UNTREATED, contrast.moved),
    )
    for covariate in declared_covariates(facts):
        if covariate.column in chosen:
            missing = chosen[covariate.column].isna().to_numpy()
            verdict = CheckVerdict.NEVER_KNOWN if missing.all() else CheckVerdict.OWN_LEVEL
            for check, rows in sides if covariate.column in held else sides[: int(missing.all())]:
                if missing.any() and rows.any():
                    yield shown(row, check, float(missing[rows].mean()), covariate.column, verdict)


def dropped_rows(row: Effect, design: Design) -> list[Diagnostic]:
    """Columns that aren't held: labels that separate the outcome, and what others determine."""
    every = np.array(["1", *(name for term in design.covariates for name in term.names)], dtype=object)
    kept: Flags = np.ones(len(every), dtype=bool) if design.kept is None else design.kept
    return [
        shown(
            row, Check.NOT_HELD, None, str(name),
            CheckVerdict.POOLED if name in design.pooled else CheckVerdict.DETERMINED,
        )
        for name in every[~kept]
    ]  # fmt: skip
