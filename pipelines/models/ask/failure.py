"""The failure itself: incidents against purchases that went well under the same covariates; what recovery wins back.

Whom nothing had failed until then is declared by the profile or drawn from the orders (docs/adr/0005). Means are taken
over the incidents, so the comparison asks what the same customers would have done had nothing failed.
Recovered: a person answered, and it was repaired or something was given. ρ = (Y_rec − Y_unrec) / (Y_base − Y_unrec).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col, Named
from pipelines.contracts.results import effect_row
from pipelines.models.arrays import Floats, Table
from pipelines.models.ask.covariates import declared_covariates
from pipelines.models.ask.opening import open_question
from pipelines.models.facts import Facts
from pipelines.models.fit.solve import Solved, solve
from pipelines.models.fit.terms import Levels
from pipelines.models.judge.grade import Grade
from pipelines.models.question import (
    FEWEST_ROWS,
    Aim,
    Contrast,
    Level,
    Question,
    Scenario,
    flags,
    make_sample,
    numbers,
    outcome_column,
    unchanged,
)  # fmt: skip
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, Row, check_row, key

NEVER, UNRECOVERED, RECOVERED = 0.0, 1.0, 2.0
LEAST_KNOWN_SHARE = 0.1
LARGEST_UNLIKENESS = 0.25
EARLIER = Col.ORDERS_365D
# The column that the stacked marts have beside their own.
GROUP = Named("group")
DRAWN = "The purchases to compare with were drawn from the orders, not declared."
UNLIKE = (
    "The purchases drawn for comparison don't resemble those that failed in the purchases before them, so they can't "
    "stand for them. Declare whom to compare with: add comparison_subjects."
)
LEVELS = ("failed", "not_recovered", "recovered")
WON_BACK = Level("won_back", "not_recovered", "recovered")


def failure_levels() -> tuple[Level, ...]:
    """As it was, and as if nobody or everybody had been recovered, against never failed."""
    return tuple(Level("failure", "never_failed", level) for level in LEVELS)


def stacked(mart: pd.DataFrame, baseline: pd.DataFrame) -> pd.DataFrame:
    """Incidents over moments without failure, with the columns both have and ``group``; ids in ``incident_id``.

    Moments of one customer belong together, and with the incident that hits the customer later.
    """
    answered = mart[Col.RESPONSE_STATUS].astype("object") == "answered"
    recovered = answered & (flags(mart, Col.FIXED_FOR_CUSTOMER) | flags(mart, Col.COMPENSATION_GIVEN))
    incidents = mart.assign(group=np.where(recovered, RECOVERED, UNRECOVERED))
    peers = baseline.assign(group=NEVER, cluster_key=baseline[Col.CUSTOMER_KEY].astype(str), incident_id=None)
    shared = [c for c in incidents.columns if c in peers.columns]
    return pd.concat([incidents[shared].astype("object"), peers[shared].astype("object")], ignore_index=True)


def as_if(group: float) -> Scenario:
    """The scenario in which everyone belongs to a group."""

    def scenario(table: Table) -> Table:
        return {"group": np.full_like(table["group"], group), "given": np.full_like(table["group"], float(group > 0))}

    return scenario


def ask_failure(both: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome over the stacked rows; raises :class:`NotEstimableError` with the reason."""
    column = outcome_column(aim.outcome, aim.horizon_days)
    if column not in both:
        raise NotEstimableError("This outcome only exists after a failure, so there is nothing to compare it with.")
    known = np.isfinite(numbers(both, column))
    group = numbers(both, GROUP)[known]
    sizes = [int(np.sum(group == g)) for g in (NEVER, UNRECOVERED, RECOVERED)]
    if sizes[0] < FEWEST_ROWS or sum(sizes[1:]) < FEWEST_ROWS:
        raise NotEstimableError(
            f"{sizes[0]} moments without failure and {sum(sizes[1:])} incidents can be compared; at least "
            f"{FEWEST_ROWS} of each are needed."
        )
    common = tuple(int(g) for g, size in zip((1, 2), sizes[1:], strict=True) if size >= FEWEST_ROWS)
    chosen = both[known]
    shared = [c for c in declared_covariates(facts) if _known_on_both_sides(chosen, c.column, group)]
    opened = open_question(both, aim, facts, covariates=shared)
    own = {"group": group, "given": (group > 0).astype(float)}
    return Question(
        aim=aim,
        sample=make_sample(both, opened.rows, own | opened.table, opened.y),
        rows=opened.rows,
        treatment=(Levels("group", common),),
        covariates=opened.covariates,
        base=as_if(NEVER),
        contrasts=tuple(_contrasts(group, common)),
        members=(group > 0).astype(float),
        dose="given",
        left_out=opened.left_out,
    )


def _known_on_both_sides(both: pd.DataFrame, column: str, group: Floats) -> bool:
    """A site of incidents alone can't be held equal; it would stand for the failure itself."""
    if column not in both:
        return False
    known = both[column].notna().to_numpy()
    return bool(min(known[group == NEVER].mean(), known[group > 0].mean()) > LEAST_KNOWN_SHARE)


def _contrasts(group: Floats, common: tuple[int, ...]) -> list[Contrast]:
    failed = Contrast(failure_levels()[0], unchanged, moved=group == NEVER, there=group > 0)
    if len(common) < 2:
        return [failed]
    return [
        failed,
        *(
            Contrast(Level("failure", "never_failed", LEVELS[g]), as_if(float(g)), group == NEVER, group == g)
            for g in common
        ),
    ]


def won_back(question: Question, aim: Aim, spec: str, groups: Sequence[Grade | None] = ()) -> Row:
    """Share of the lost outcome that recovery wins back; refused where the failure cost nothing that is clear.

    No better than C, nor than any of the ``groups`` it is made of is graded.
    """
    columns = key(aim, WON_BACK, spec) | {"estimand": "won_back_share", "unit": "share", "baseline": "never failed"}
    try:
        if len(question.contrasts) < 3:
            raise NotEstimableError("Too few incidents were recovered, or too few were not, to compare the two.")
        solved = solve(question, [as_if(NEVER), as_if(UNRECOVERED), as_if(RECOVERED)])
        if not _clear_loss(solved, aim):
            raise NotEstimableError("The failure cost nothing that is clear, so there is nothing to win back.")
    except NotEstimableError as refusal:
        return effect_row(**columns, verdict="not_estimable", reason=refusal.reason)
    psi = solved.means.psi
    share = float((psi[2] - psi[1]) / (psi[0] - psi[1]))
    found = solved.combined(share, [(w[:, 2] - w[:, 1]) / (w[:, 0] - w[:, 1]) for w in solved.without])
    y = question.sample.y
    return effect_row(
        **columns, estimate=share, std_error=found.std_error, ci_low=found.ci_low, ci_high=found.ci_high, df=found.df,
        p_value=found.p_value, n_incidents=int(question.members.sum()), n_clusters=question.sample.clusters,
        n_events=int(np.count_nonzero(y > 0)), baseline_estimate=aim.scale * float(psi[0]),
        grade=max(("C", *(letter for letter in groups if letter))),
        reason="What limits it: recovered and unrecovered cases may differ in what nobody recorded.",
    )  # fmt: skip


def _clear_loss(solved: Solved, aim: Aim) -> bool:
    loss = solved.contrast(1)
    return loss.ci_high < 0 if aim.outcome.direction == "higher_is_better" else loss.ci_low > 0


def unlikeness(both: pd.DataFrame) -> float | None:
    """How far incidents and moments without failure differ in purchases of the year before, in standard deviations.

    Before any adjustment: failures that strike purchases alike strike frequent customers as often as their purchases.
    """
    orders, failed = np.log1p(numbers(both, EARLIER)), numbers(both, GROUP) > NEVER
    sides = [orders[side & np.isfinite(orders)] for side in (failed, ~failed)]
    if min(len(side) for side in sides) < FEWEST_ROWS:
        return None
    spread = float(np.sqrt((np.var(sides[0]) + np.var(sides[1])) / 2))
    return abs(float(sides[0].mean() - sides[1].mean())) / spread if spread > 0 else 0.0


def of_drawn(results: Results, unlike: float | None) -> Results:
    """Results of a comparison drawn from orders: no better than C, and D where it can't stand for the incidents."""
    sound = unlike is not None and unlike <= LARGEST_UNLIKENESS
    limit, reason = ("C", DRAWN) if sound else ("D", UNLIKE)
    effects = [
        row | {"grade": max(row["grade"], limit), "reason": f"{reason} {row['reason']}".strip()}
        if row["grade"] is not None
        else row
        for row in results.effects
    ]
    checks = [
        check_row(
            row["effect_id"], "drawn_like_incidents", unlike, threshold=LARGEST_UNLIKENESS,
            passed=None if unlike is None else sound, unit="SMD", subject=EARLIER, stage="before",
        )
        for row in effects
        if row["grade"] is not None
    ]  # fmt: skip
    return Results(effects, results.curves, [*results.diagnostics, *checks])
