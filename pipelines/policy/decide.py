"""The decision layer: what the mart and the effects say about steps, silence, standards, events, causes and money.

Policies, offers, scenarios and the choices they decide come of one question, asked once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import pandas as pd

from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.measure import Measured, SeriesPoint
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.contracts.tables.row import Published
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.contracts.tables.valuation import Valuation
from pipelines.contracts.tables.worklist import LostCase
from pipelines.models.refusal import NotEstimableError
from pipelines.policy.company import Company
from pipelines.policy.counted.descriptive import descriptive_rows
from pipelines.policy.counted.front_line import front_line_rows, settling_rows
from pipelines.policy.counted.funnel import funnel_rows
from pipelines.policy.counted.lately import given_out_row, rising_rows
from pipelines.policy.counted.return_rates import return_rate_rows
from pipelines.policy.counted.silence import silence_rows
from pipelines.policy.counted.staff_pulse import spot_row, staff_rows
from pipelines.policy.counted.standards import standards_rows
from pipelines.policy.counted.word_of_mouth import story_rows
from pipelines.policy.decided.reviews import decided_rows
from pipelines.policy.events.mass_events import event_rows
from pipelines.policy.learning.commitments import commitment_rows
from pipelines.policy.learning.fixes import promise_counts, recurrence
from pipelines.policy.learnt.joint import Joint
from pipelines.policy.learnt.joint_question import ask_joint, fit_joint
from pipelines.policy.ledger.findings import findings_of
from pipelines.policy.money.amounts import money_rows
from pipelines.policy.money.leakage import leakage_rows
from pipelines.policy.money.recovery_paradox import paradox_rows
from pipelines.policy.over_time.series import series_rows
from pipelines.policy.plans.budget_table import BudgetTable, budget_table, no_policies
from pipelines.policy.plans.choices import faster_or_more, form_rows
from pipelines.policy.plans.grades import Grades, grades_of
from pipelines.policy.plans.incidents_a_year import incidents_a_year, refused_year
from pipelines.policy.plans.kinds_given import kind_rows
from pipelines.policy.plans.scenario_cells import Scenarios, no_scenarios, scenarios_of
from pipelines.policy.worklist import worklist_rows

Row = TypeVar("Row", bound=Published)


@dataclass(frozen=True)
class Decided:
    """Rows of each table that the decision layer makes, in order."""

    measures: tuple[Measured, ...]
    series: tuple[SeriesPoint, ...]
    contrasts: tuple[Contrasted, ...]
    valuations: tuple[Valuation, ...]
    decision_reviews: tuple[DecisionReview, ...]
    events: tuple[EventMeasure, ...]
    policies: tuple[Policy, ...]
    offers: tuple[Offer, ...]
    scenario_cells: tuple[ScenarioCell, ...]
    scenario_factors: tuple[ScenarioFactor, ...]
    findings: tuple[Finding, ...]
    worklist: tuple[LostCase, ...]

    def tables(self) -> dict[str, Sequence[Published]]:
        """The rows by the name of their table."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def decide(mart: pd.DataFrame, never_failed: pd.DataFrame, effects: Sequence[Effect], company: Company) -> Decided:
    """What follows from the counts and the estimates for those who decide; refusals say why and what to add.

    ``mart`` has one row per incident, ``never_failed`` one per never-failed customer (it may be empty), ``effects``
    are the published estimates. Arguments are not changed; the order of the mart's rows doesn't matter.
    """
    ordered = mart.sort_values(Col.INCIDENT_ID, kind="stable").reset_index(drop=True)
    plans = plan_rows(ordered, effects, company)
    failing_again = recurrence(ordered, company)
    rows: list[Published] = [
        *descriptive_rows(ordered, never_failed, company),
        *funnel_rows(ordered, company),
        *return_rate_rows(ordered, company),
        *silence_rows(ordered, company),
        *standards_rows(ordered, company),
        *failing_again.rates,
        *failing_again.changes,
        *promise_counts(ordered, company),
        *commitment_rows(ordered, company),
        *story_rows(ordered, never_failed, company),
        *money_rows(ordered, effects, company),
        *rising_rows(ordered, company),
        given_out_row(company),
        *front_line_rows(ordered, company),
        *settling_rows(ordered, company),
        *staff_rows(company),
        spot_row(ordered, company),
        *leakage_rows(ordered, effects, company),
        *paradox_rows(effects, company),
        *plans.counts,
        *plans.choices,
        *decided_rows(ordered, company),
    ]
    measures, valuations, scenarios = _of(Measured, rows), _of(Valuation, rows), plans.scenarios
    findings = findings_of(
        ordered, effects, valuations, measures, plans.budgets.policies, scenarios.cells, scenarios.factors, company
    )
    return Decided(
        measures=measures,
        series=tuple(series_rows(ordered, company)),
        contrasts=_of(Contrasted, rows),
        valuations=valuations,
        decision_reviews=_of(DecisionReview, rows),
        events=tuple(event_rows(ordered, company)),
        policies=plans.budgets.policies,
        offers=plans.budgets.offers,
        scenario_cells=scenarios.cells,
        scenario_factors=scenarios.factors,
        findings=findings,
        worklist=tuple(worklist_rows(ordered, findings)),
    )


def _of(table: type[Row], rows: Iterable[Published]) -> tuple[Row, ...]:
    return tuple(row for row in rows if isinstance(row, table))


@dataclass(frozen=True)
class Plans:
    """Who is to get what, every mix of promise and offer, and what they decide; refusals say what to add."""

    budgets: BudgetTable
    scenarios: Scenarios
    choices: tuple[Valuation, ...]
    counts: tuple[Measured, ...]


def plan_rows(mart: pd.DataFrame, effects: Sequence[Effect], company: Company) -> Plans:
    """Rows of policies, offers and scenarios, the choices read from them, and the incidents a year they speak of."""
    try:
        joint = ask_joint(mart, company)
    except NotEstimableError as refusal:
        budgets, scenarios = no_policies(*refusal.reasons), no_scenarios(*refusal.reasons)
        yearly = refused_year(*refusal.reasons)
    else:
        grades = grades_of(joint, effects)
        budgets, scenarios = _budgets(mart, joint, grades, company), _scenarios(joint, grades, company)
        yearly = incidents_a_year(mart, joint, company)
    choices = (*faster_or_more(scenarios.cells, scenarios.factors, company), *form_rows(mart, effects, company))
    return Plans(budgets, scenarios, choices, (yearly, *kind_rows(mart, company)))


def _budgets(mart: pd.DataFrame, joint: Joint, grades: Grades, company: Company) -> BudgetTable:
    try:
        return budget_table(mart, joint, grades, company)
    except NotEstimableError as refusal:
        return no_policies(*refusal.reasons)


def _scenarios(joint: Joint, grades: Grades, company: Company) -> Scenarios:
    try:
        return scenarios_of(joint, fit_joint(joint), company, grades)
    except NotEstimableError as refusal:
        return no_scenarios(*refusal.reasons)
