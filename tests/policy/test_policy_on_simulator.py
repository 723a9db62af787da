"""Policies of simulated companies against what they would truly have brought: the long battery of the decision layer.

Forty companies of 8,000 incidents, each through files, checks, join and the graded effects that a policy inherits from.
Truth: the same guests with the same luck under the offers, event shocks as they fell, money as the run counts it.
"""

from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest

from pipelines.contracts.catalog.outcomes import OUTCOMES, RETURNED
from pipelines.contracts.catalog.treatments import COMPENSATION
from pipelines.engine import open_engine
from pipelines.handover import company_of, frame_of
from pipelines.join.build import build_marts, mart_columns, mart_table
from pipelines.models.answer import answer
from pipelines.models.ask.compensation import ask_compensation
from pipelines.models.ask.plan import aims
from pipelines.models.judge.review import Seen
from pipelines.policy.learnt.cross_fitting import cross_fit, plans_of, rule_of
from pipelines.policy.learnt.joint_question import ask_joint
from pipelines.policy.plans.budget_table import budget_table, graded_menu
from pipelines.policy.plans.grades import grades_of
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from pipelines.simulate.cases.life import incident_numbers
from pipelines.simulate.company import simulate
from pipelines.simulate.files import write_tables
from pipelines.simulate.policies import Measured, give, realised_shock, today
from pipelines.simulate.world.scenario import Scenario

pytestmark = pytest.mark.long

INCIDENTS, SEEDS, HORIZON_DAYS = 8_000, range(1, 41), 365


def company_from_files(simulated, folder):
    write_tables(simulated, folder)
    profile = load_profile("sample")
    with open_engine() as engine:
        loaded = load(engine, profile, folder, id_key=b"k" * 32, data_cut=None, progress=lambda step: None)
        build_marts(engine, profile, loaded.supplied, loaded.data_cut)
        mart = frame_of(mart_table(engine, "incident_mart", mart_columns(profile)["incident_mart"]))
        company = company_of(engine, profile, loaded)
    return mart.sort_values("incident_id", kind="stable").reset_index(drop=True), company


def compensation_effects(mart, company):
    (aim,) = (a for a in aims(OUTCOMES[RETURNED], COMPENSATION, company.facts) if a.horizon_days == HORIZON_DAYS)
    return answer(ask_compensation(mart, aim, company.facts), mart, company.facts, Seen(), True).effects


def true_value(life, joint, offer):
    """Money per incident of giving every incident its offer (NaN: as it was), as the run counts money."""
    told, order, rows = life.told, np.argsort(incident_numbers(life)), joint.question.rows
    world, done = Measured(life.scenario, told, realised_shock(told, life.events)), today(told)
    changed = ~np.isnan(offer)
    share = np.zeros(told.cases.n)
    share[order[rows]] = np.where(changed, offer, 0.0)
    after = world.chance(world.odds(give(told, done, share)), HORIZON_DAYS)[order][rows]
    before = world.chance(world.odds(done), HORIZON_DAYS)[order][rows]
    spent = np.where(changed, offer * joint.loss * joint.unit_cost - joint.cost, 0.0)
    return float((np.where(changed, joint.margin * (after - before), 0.0) - spent).mean())


def offers_of(joint, rule, menu):
    return np.array([*menu.shares, np.nan])[np.where(joint.segments.code >= 0, rule.offers[joint.segments.code], -1)]


def split_offers(joint, split, plan, menu):
    """What every incident was offered by the rule that didn't see it."""
    return np.choose(split.fold, [offers_of(joint, rule_of(part, plan), menu) for part in split.without])


def replicate(seed, scenario, folder):
    """Every row of the run's policies with the truth of what was valued and of what would be rolled out."""
    simulated = simulate(INCIDENTS, seed, scenario)
    mart, company = company_from_files(simulated, folder)
    joint = ask_joint(mart, company)
    grades = grades_of(joint, compensation_effects(mart, company))
    policies = budget_table(mart, joint, grades, company).policies
    menu = graded_menu(joint, grades)
    halves = cross_fit(joint, menu)
    for row, plan in zip(policies, plans_of(halves), strict=True):
        assert row.policy is plan
        whole = offers_of(joint, rule_of(halves.whole, plan), menu)
        chosen = [split_offers(joint, split, plan, menu) for split in halves.splits] if row.changed_share else [whole]
        yield asdict(row) | {
            "seed": seed, "true_value": float(np.mean([true_value(simulated.life, joint, offer) for offer in chosen])),
            "true_rollout": true_value(simulated.life, joint, whole),
        }  # fmt: skip


def battery(scenario, folder):
    found = pd.DataFrame([row for seed in SEEDS for row in replicate(seed, scenario, folder / str(seed))])
    found["covered"] = (found["value_low"] <= found["true_value"]) & (found["true_value"] <= found["value_high"])
    found["published"] = found["verdict"] == "published"
    found["worse"] = found["published"] & (found["true_rollout"] < 0)
    shown = ["value", "true_value", "true_rollout", "covered", "published", "worse"]
    print(scenario.name, found.groupby("policy")[shown].mean().round(3).to_string(), found["grade"].value_counts())
    return found


def test_a_clean_company_gets_a_policy_that_holds(tmp_path):
    found = battery(Scenario.hotel_and_cruise(), tmp_path)
    assert found["covered"].mean() >= 0.93
    assert found.groupby("seed")["worse"].any().mean() <= 0.05
    assert found.groupby("seed")["published"].any().mean() >= 0.60


def test_where_nothing_works_no_policy_is_worse_than_today(tmp_path):
    found = battery(Scenario.null(), tmp_path)
    assert found["covered"].mean() >= 0.93
    assert found.groupby("seed")["worse"].any().mean() <= 0.05
