"""Simulated companies, each through files, checks and join, and how their leading questions are graded."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import pandas as pd

from dashboard.effects import Aim as Led
from dashboard.effects import headline_row
from pipelines.contracts.catalog.checks import COMPONENT_CHECK
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import OUTCOMES, RETURNED
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.engine import open_engine
from pipelines.handover import facts_of, frame_of
from pipelines.join.build import build_marts, mart_columns, mart_table
from pipelines.models.answer import answer
from pipelines.models.ask.compensation import ask_compensation
from pipelines.models.ask.plan import aims
from pipelines.models.ask.speed import ask_speed
from pipelines.models.facts import Facts
from pipelines.models.judge.review import Seen
from pipelines.models.question import Aim
from pipelines.models.rows import Results
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from pipelines.simulate.company import simulate
from pipelines.simulate.files import write_tables
from pipelines.simulate.world.scenario import Scenario

HORIZON_DAYS = 365
ASK = {"speed": ask_speed, "compensation": ask_compensation}


@dataclass(frozen=True)
class Company:
    """What the company is like, its size, what it is known to have drawn by lot, and what is asked."""

    scenario: Scenario
    incidents: int = 8_000
    randomised: str = "assignment"
    asked: tuple[str, ...] = ("speed", "compensation")


COMPANIES = {
    "clean": Company(Scenario.hotel_and_cruise()),
    "clean 20k": Company(Scenario.hotel_and_cruise(), 20_000),
    "randomised": Company(Scenario.randomised(), 10_000, "speed", ("speed",)),
    "hidden": Company(Scenario.hidden_confounder()),
    "hidden 20k": Company(Scenario.hidden_confounder(), 20_000),
    "half as hidden": Company(Scenario.hidden_confounder(0.5)),
    "traceless": Company(Scenario.hidden_confounder(traced=False)),
    "weak overlap": Company(Scenario.weak_overlap()),
    "no effect": Company(Scenario.null()),
}


def mart_of(company: Company, seed: int, folder: Path) -> tuple[pd.DataFrame, Facts]:
    """The mart and the facts of one company, as its run would have them."""
    write_tables(simulate(company.incidents, seed, company.scenario), folder)
    profile = load_profile("sample")
    with open_engine() as engine:
        loaded = load(engine, profile, folder, id_key=b"k" * 32, data_cut=None, progress=lambda step: None)
        build_marts(engine, profile, loaded.supplied, loaded.data_cut)
        mart = frame_of(mart_table(engine, "incident_mart", mart_columns(profile)["incident_mart"]))
    facts = replace(facts_of(profile, loaded.supplied), randomised=company.randomised)
    return mart.sort_values("incident_id", kind="stable").reset_index(drop=True), facts


def aim_of(treatment: str, facts: Facts) -> Aim:
    """Whether customers return within a year."""
    (aim,) = (a for a in aims(OUTCOMES[RETURNED], treatment, facts) if a.horizon_days == HORIZON_DAYS)
    return aim


def judged(company: Company, seed: int, folder: Path) -> list[dict]:
    """One row per level of each question: its grade, what held it down, and whether the product would lead with it."""
    mart, facts = mart_of(company, seed, folder)
    found: list[dict] = []
    for treatment in company.asked:
        aim = aim_of(treatment, facts)
        with patch("pipelines.models.answer.imputed", _none):
            results = answer(ASK[treatment](mart, aim, facts), mart, facts, Seen(), thorough=True)
        led = headline_row(SimpleNamespace(effects=results.effects), Led(treatment, aim.outcome.id, aim.horizon_days))
        found += [_row(row, results.diagnostics, led) | {"seed": seed} for row in results.effects if _counts(row)]
    return found


def _none(*_: object) -> Results:
    """Filling blanks in several ways takes ten times as long as the rest and doesn't bear on the grade."""
    return Results()


def _counts(row: Effect) -> bool:
    return row.spec is Spec.ADJUSTED and row.estimate is not None


def _row(row: Effect, diagnostics: list[Diagnostic], led: Effect) -> dict:
    letters = {d.check: d.grade for d in diagnostics if d.effect_id == row.effect_id and d.grade}
    parts = {component: letters[check] for component, check in COMPONENT_CHECK.items()}
    weak = [name for name, part in parts.items() if part == row.grade and part > Grade.B]
    kept = ("treatment", "level_to", "estimate", "std_error", "df", "grade")
    return {k: getattr(row, k) for k in kept} | {"weak": weak, "leads": row.effect_id == led.effect_id}
