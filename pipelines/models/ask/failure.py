"""The failure itself: incidents against purchases that went well under the same covariates; what recovery wins back.

Whom nothing had failed until then is declared by the profile or drawn from the orders (docs/adr/0005). Means are taken
over the incidents, so the comparison asks what the same customers would have done had nothing failed.
Recovered: a person answered, and it was repaired or something was given. ρ = (Y_rec − Y_unrec) / (Y_base − Y_unrec).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.estimation import At, Baseline, ContrastKind, Covariate, Estimand, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.thresholds import (
    FEWEST_INCIDENTS,
    LEAST_KNOWN_ON_BOTH_SIDES_SHARE,
    MOST_UNLIKENESS,
)
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col, ColumnName, Named
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import NoClearLoss, OnlyAfterFailure, TooFewMoments, TooFewRecovered
from pipelines.contracts.messages.grounds import (
    ComparisonDrawn,
    ComparisonUnlike,
    FailureUndated,
    Limited,
    RecoveredMayDiffer,
)
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats, Table
from pipelines.models.ask.handling import ANSWERED
from pipelines.models.ask.opening import declared_covariates, open_question
from pipelines.models.facts import Facts
from pipelines.models.fit.solve import Solved, solve
from pipelines.models.fit.terms import Levels
from pipelines.models.question import (
    Aim,
    Contrast,
    Level,
    Question,
    Scenario,
    flags,
    make_sample,
    numbers,
    unchanged,
)
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, asked, checked, counted, estimated, not_estimable

NEVER, UNRECOVERED, RECOVERED = 0.0, 1.0, 2.0
EARLIER, GROUP, GIVEN = Col.ORDERS_365D, Covariate.GROUP, Covariate.GIVEN
# The column of the stacked rows that says to which of the three they belong.
SIDE = Named(GROUP)
LEVELS = (At.FAILED, At.NOT_RECOVERED, At.RECOVERED)
WON_BACK = Level(ContrastKind.WON_BACK, At.NOT_RECOVERED, At.RECOVERED)


def failure_levels() -> tuple[Level, ...]:
    """As it was, and as if nobody or everybody had been recovered, against never failed."""
    return tuple(_level(level) for level in LEVELS)


def _level(level: At) -> Level:
    return Level(ContrastKind.FAILURE, At.NEVER_FAILED, level)


def stacked(mart: pd.DataFrame, baseline: pd.DataFrame) -> pd.DataFrame:
    """Incidents over moments without failure, with the columns both have and ``group``; ids in ``incident_id``.

    Moments of one customer belong together, and with the incident that hits the customer later.
    """
    answered = mart[Col.RESPONSE_STATUS].astype("object") == ANSWERED
    recovered = answered & (flags(mart, Col.FIXED_FOR_CUSTOMER) | flags(mart, Col.COMPENSATION_GIVEN))
    incidents = mart.assign(group=np.where(recovered, RECOVERED, UNRECOVERED))
    peers = baseline.assign(group=NEVER, cluster_key=baseline[Col.CUSTOMER_KEY].astype(str), incident_id=None)
    shared = [c for c in incidents.columns if c in peers.columns]
    return pd.concat([incidents[shared].astype("object"), peers[shared].astype("object")], ignore_index=True)


def as_if(group: float) -> Scenario:
    """The scenario in which everyone belongs to a group."""

    def scenario(table: Table) -> Table:
        return {GROUP: np.full_like(table[GROUP], group), GIVEN: np.full_like(table[GROUP], float(group > 0))}

    return scenario


def ask_failure(both: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome over the stacked rows; raises :class:`NotEstimableError` with the reason."""
    column = aim.outcome.column_at(aim.horizon_days)
    if column not in both:
        raise NotEstimableError(OnlyAfterFailure())
    known = np.isfinite(numbers(both, column))
    group = numbers(both, SIDE)[known]
    sizes = [int(np.sum(group == g)) for g in (NEVER, UNRECOVERED, RECOVERED)]
    if sizes[0] < FEWEST_INCIDENTS or sum(sizes[1:]) < FEWEST_INCIDENTS:
        raise NotEstimableError(TooFewMoments(sizes[0], sum(sizes[1:]), FEWEST_INCIDENTS))
    common = tuple(int(g) for g, size in zip((1, 2), sizes[1:], strict=True) if size >= FEWEST_INCIDENTS)
    chosen = both[known]
    shared = [c for c in declared_covariates(facts) if _known_on_both_sides(chosen, c.column, group)]
    opened = open_question(both, aim, facts, covariates=shared)
    own: Table = {GROUP: group, GIVEN: (group > 0).astype(float)}
    return Question(
        aim=aim,
        sample=make_sample(both, opened.rows, own | opened.table, opened.y),
        rows=opened.rows,
        treatment=(Levels(GROUP, common),),
        covariates=opened.covariates,
        base=as_if(NEVER),
        contrasts=tuple(_contrasts(group, common)),
        members=(group > 0).astype(float),
        dose=GIVEN,
        left_out=opened.left_out,
    )


def _known_on_both_sides(both: pd.DataFrame, column: ColumnName, group: Floats) -> bool:
    """A site of incidents alone can't be held equal; it would stand for the failure itself."""
    if column not in both:
        return False
    known = both[column].notna().to_numpy()
    return bool(min(known[group == NEVER].mean(), known[group > 0].mean()) > LEAST_KNOWN_ON_BOTH_SIDES_SHARE)


def _contrasts(group: Floats, common: tuple[int, ...]) -> list[Contrast]:
    failed = Contrast(failure_levels()[0], unchanged, moved=group == NEVER, there=group > 0)
    if len(common) < 2:
        return [failed]
    return [
        failed,
        *(Contrast(_level(LEVELS[g]), as_if(float(g)), group == NEVER, group == g) for g in common),
    ]


def won_back(question: Question, aim: Aim, spec: Spec, groups: Sequence[Grade | None] = ()) -> Effect:
    """Share of the lost outcome that recovery wins back; refused where the failure cost nothing that is clear.

    No better than C, nor than any of the ``groups`` it is made of is graded.
    """
    asked_for = replace(aim, estimand=Estimand.WON_BACK_SHARE, baseline=Baseline.NEVER_FAILED)
    row = replace(asked(asked_for, WON_BACK, spec), unit=Unit.SHARE)
    try:
        if len(question.contrasts) < 3:
            raise NotEstimableError(TooFewRecovered())
        solved = solve(question, [as_if(NEVER), as_if(UNRECOVERED), as_if(RECOVERED)])
        if not _clear_loss(solved, aim):
            raise NotEstimableError(NoClearLoss())
    except NotEstimableError as refusal:
        return not_estimable(row, *refusal.reasons)
    psi = solved.means.psi
    share = float((psi[2] - psi[1]) / (psi[0] - psi[1]))
    found = solved.combined(share, [(w[:, 2] - w[:, 1]) / (w[:, 0] - w[:, 1]) for w in solved.without])
    return replace(
        counted(estimated(row, found), question),
        n_incidents=int(question.members.sum()),
        baseline_estimate=aim.scale * float(psi[0]),
        grade=max((Grade.C, *(letter for letter in groups if letter))),
        reasons=(Limited((RecoveredMayDiffer(),)),),
    )


def _clear_loss(solved: Solved, aim: Aim) -> bool:
    loss = solved.contrast(1)
    return loss.ci_high < 0 if aim.outcome.higher_is_better else loss.ci_low > 0


def unlikeness(both: pd.DataFrame) -> float | None:
    """How far incidents and moments without failure differ in purchases of the year before, in standard deviations.

    Before any adjustment: failures that strike purchases alike strike frequent customers as often as their purchases.
    """
    orders, failed = np.log1p(numbers(both, EARLIER)), numbers(both, SIDE) > NEVER
    sides = [orders[side & np.isfinite(orders)] for side in (failed, ~failed)]
    if min(len(side) for side in sides) < FEWEST_INCIDENTS:
        return None
    spread = float(np.sqrt((np.var(sides[0]) + np.var(sides[1])) / 2))
    return abs(float(sides[0].mean() - sides[1].mean())) / spread if spread > 0 else 0.0


def of_drawn(results: Results, unlike: float | None) -> Results:
    """Results of a comparison drawn from orders: no better than C, and D where it can't stand for the incidents."""
    sound = unlike is not None and unlike <= MOST_UNLIKENESS
    limit, reason = (Grade.C, ComparisonDrawn()) if sound else (Grade.D, ComparisonUnlike())
    effects = [_no_better(row, limit, reason) for row in results.effects]
    checks = [
        checked(row, Check.DRAWN_LIKE_INCIDENTS, unlike, subject=EARLIER) for row in effects if row.grade is not None
    ]
    return Results(effects, results.curves, [*results.diagnostics, *checks])


def of_undated(results: Results) -> Results:
    """Results where nobody dated the failures: no better than C, since what they are said to do may come first."""
    effects = [_no_better(row, Grade.C, FailureUndated()) for row in results.effects]
    return Results(effects, results.curves, results.diagnostics)


def _no_better(row: Effect, limit: Grade, reason: Reason) -> Effect:
    return row if row.grade is None else replace(row, grade=max(row.grade, limit), reasons=(reason, *row.reasons))
