"""A dose drawn by lot, as rows: any of it beside nothing, and one unit more of it."""

from dataclasses import replace

import numpy as np

from pipelines.contracts.catalog.checks import Check, passes
from pipelines.contracts.catalog.estimation import At, ContrastKind, Estimand, Estimator, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.messages.grounds import FewGroups, Limited
from pipelines.contracts.tables.effect import Effect
from pipelines.models.drawn.dose import sloped
from pipelines.models.fit.interval import Interval
from pipelines.models.question import Aim, Level
from pipelines.models.rows import Results, asked, checked, estimated
from pipelines.models.trials.compared import Compared, refutation, trust_rows


def dose_rows(aim: Aim, found: Compared) -> Results:
    """The smallest dose drawn beside nothing, where nothing was drawn too, and what one unit more does."""
    if found.dose is None or found.few:
        return Results()
    line = sloped(found.draws, found.dose, found.y, found.X)
    if line is None:
        return Results()
    told = [(Level(ContrastKind.ONE_MORE, At.TODAY, "1"), line.slope)]
    if line.jump is not None:
        told.append((Level(ContrastKind.ANY_DOSE, At.NO_SHARE, f"{line.smallest:g}"), line.jump))
    results = Results()
    for level, one in told:
        row = _row(aim, found, level, one)
        results += Results([row], [], [*trust_rows(row, found.trust), checked(row, Check.DF, row.df)])
    return results


def _row(aim: Aim, found: Compared, level: Level, one: Interval) -> Effect:
    reasons = refutation(found.trust)
    letter = Grade.D if reasons else Grade.A if found.trust.looks else Grade.B
    if not passes(Check.DF, one.df):
        letter, reasons = max(letter, Grade.C), (*reasons, Limited((FewGroups(),)))
    row = asked(replace(aim, estimand=Estimand.BY_DOSE, estimator=Estimator.LIN), level, Spec.ADJUSTED)
    assert found.dose is not None
    nothing = found.y[found.dose == found.dose.min()]
    return replace(
        estimated(row, one, aim.scale), n_incidents=len(found.y), n_clusters=len(found.draws.units.rows),
        n_events=int(np.count_nonzero(found.y > 0)), baseline_estimate=aim.scale * float(nothing.mean()),
        grade=letter, reasons=reasons,
    )  # fmt: skip
