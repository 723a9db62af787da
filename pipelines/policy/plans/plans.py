"""Policies, offers, scenarios and the choices they decide: one question, asked once, behind them all."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipelines.models.refusal import NotEstimableError
from pipelines.policy.company import Company
from pipelines.policy.learnt.budget_table import policy_rows, refused_policy
from pipelines.policy.learnt.joint_question import Joint, ask_joint, fit_joint
from pipelines.policy.money.incidents_a_year import incidents_a_year, refused_year
from pipelines.policy.plans.choices import faster_or_more, form_rows
from pipelines.policy.plans.grades import Grades, grades_of
from pipelines.policy.plans.kinds_given import kind_rows
from pipelines.policy.plans.scenario_cells import refused_scenario, scenario_rows

Row = dict[str, Any]


def plan_rows(mart: pd.DataFrame, effects: Sequence[Row], company: Company) -> dict[str, list[Row]]:
    """Rows of ``policies``, ``offers``, ``scenario_cells`` and ``scenario_factors``, and of ``decisions`` on choices.

    Refusals are rows that say what to add.
    """
    tables = _tables(mart, effects, company)
    choices = faster_or_more(tables["scenario_cells"], tables["scenario_factors"], company)
    forms = [*form_rows(mart, effects, company), *kind_rows(mart, company)]
    return {**tables, "decisions": [*tables["decisions"], *choices, *forms]}


def _tables(mart: pd.DataFrame, effects: Sequence[Row], company: Company) -> dict[str, list[Row]]:
    try:
        joint = ask_joint(mart, company)
    except NotEstimableError as refusal:
        none = {**_no_policies(refusal.reason, company), **_no_scenarios(refusal.reason, company)}
        return {**none, "decisions": [refused_year(refusal.reason)]}
    grades = grades_of(joint, effects)
    yearly = {"decisions": [incidents_a_year(mart, joint, company)]}
    return {**_policies(mart, joint, grades, company), **_scenarios(joint, grades, company), **yearly}


def _policies(mart: pd.DataFrame, joint: Joint, grades: Grades, company: Company) -> dict[str, list[Row]]:
    try:
        policies, offers = policy_rows(mart, joint, grades, company)
    except NotEstimableError as refusal:
        return _no_policies(refusal.reason, company)
    return {"policies": policies, "offers": offers}


def _scenarios(joint: Joint, grades: Grades, company: Company) -> dict[str, list[Row]]:
    try:
        cells, factors = scenario_rows(joint, fit_joint(joint), company, grades)
    except NotEstimableError as refusal:
        return _no_scenarios(refusal.reason, company)
    return {"scenario_cells": cells, "scenario_factors": factors}


def _no_policies(reason: str, company: Company) -> dict[str, list[Row]]:
    return {"policies": [refused_policy(reason, company)], "offers": []}


def _no_scenarios(reason: str, company: Company) -> dict[str, list[Row]]:
    return {"scenario_cells": [refused_scenario(reason, company)], "scenario_factors": []}
