"""Policies, offers, scenarios and the choices they decide: one question, asked once, behind them all."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.valuation import Valuation
from pipelines.models.refusal import NotEstimableError
from pipelines.policy.company import Company
from pipelines.policy.learnt.budget_table import BudgetTable, budget_table, no_policies
from pipelines.policy.learnt.joint_question import Joint, ask_joint, fit_joint
from pipelines.policy.money.incidents_a_year import incidents_a_year, refused_year
from pipelines.policy.plans.choices import faster_or_more, form_rows
from pipelines.policy.plans.grades import Grades, grades_of
from pipelines.policy.plans.kinds_given import kind_rows
from pipelines.policy.plans.scenario_cells import Scenarios, no_scenarios, scenarios_of


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
