"""Worlds of known truth, asked and graded as a run would, and their headlines held against the truth."""

from dataclasses import dataclass
from types import SimpleNamespace
from unittest.mock import patch

import pandas as pd

from dashboard.effects import Aim as Led
from dashboard.effects import headline_row
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.outcomes import OUTCOMES, RETURNED
from pipelines.contracts.catalog.treatments import COMPENSATION, SPEED
from pipelines.contracts.tables.effect import Effect
from pipelines.models.answer import answer
from pipelines.models.ask.compensation import ask_compensation
from pipelines.models.ask.plan import aims
from pipelines.models.ask.speed import ask_speed
from pipelines.models.facts import Facts
from pipelines.models.judge.review import Seen
from pipelines.models.rows import Results
from pipelines.simulate.worlds.kinds import Kind
from pipelines.simulate.worlds.world import CAP_MINUTES, HORIZON, World, draw

SUPPLIED = {
    "incidents": frozenset({"incident_id", "customer_id", "opened_at", "loss_amount", "severity", "site_id"}),
    "interactions": frozenset({"incident_id", "contacted_at", "actor", "action", "agent_id"}),
    "compensations": frozenset({"incident_id", "kind", "face_amount", "issued_at"}),
    "orders": frozenset({"customer_id", "order_id", "ordered_at", "amount", "currency", "service_date"}),
}
FACTS = Facts(horizons_days=(HORIZON,), response_cap_minutes=CAP_MINUTES, supplied=SUPPLIED)
ASK = {SPEED: ask_speed, COMPENSATION: ask_compensation}
# The level at which bias and coverage are measured, besides the one that leads.
MEASURED = {SPEED: "240", COMPENSATION: "0.5"}


@dataclass(frozen=True)
class Scored:
    """One row of one company beside its truth: per 100."""

    kind: str
    incidents: int
    seed: int
    treatment: str
    level: str
    leads: bool
    grade: str
    estimate: float
    std_error: float
    truth: float
    covers: bool


def scored(kind: Kind, incidents: int, seed: int, treatment: str = SPEED) -> list[Scored]:
    """The rows of one company that lead or are measured."""
    world = draw(kind, incidents, seed)
    rows = graded(world, treatment)
    led = headline_row(SimpleNamespace(effects=rows), Led(treatment, RETURNED, HORIZON))
    return [
        _scored(row, _truth(world, row), row.effect_id == led.effect_id, (kind, incidents, seed))
        for row in rows
        if row.effect_id == led.effect_id or row.level_to == MEASURED[treatment]
    ]


def graded(world: World, treatment: str) -> list[Effect]:
    """The adjusted rows of returns within a year, graded."""
    aim = next(a for a in aims(OUTCOMES[RETURNED], treatment, FACTS) if a.horizon_days == HORIZON)
    with patch("pipelines.models.answer.imputed", lambda *_: Results()):
        results = answer(ASK[treatment](world.mart, aim, FACTS), world.mart, FACTS, Seen(), thorough=False)
    asked = [row for row in results.effects if row.spec is Spec.ADJUSTED and row.estimate is not None]
    return [row for row in asked if row.contrast in ("within", "share")]


def _truth(world: World, row: Effect) -> float:
    level = float(row.level_to)
    return world.within(level) if row.treatment == SPEED else world.giving(level)


def _scored(row: Effect, truth: float, leads: bool, company: tuple[str, int, int]) -> Scored:
    kind, incidents, seed = company
    return Scored(
        str(kind), incidents, seed, row.treatment, str(row.level_to), leads, row.grade.value, row.estimate,
        row.std_error, truth, bool(row.ci_low <= truth <= row.ci_high),
    )  # fmt: skip


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """Per kind and size: companies, how many lead with A or B and miss among these, bias and coverage as measured."""
    measured = found[[level == MEASURED[t] for level, t in zip(found["level"], found["treatment"], strict=True)]]
    led = found[found["leads"]].assign(good=lambda d: d["grade"] <= "B")
    by = ["treatment", "incidents", "kind"]
    return pd.DataFrame({
        "companies": led.groupby(by)["seed"].nunique(),
        "good": led.groupby(by)["good"].sum(),
        "missed": led[led["good"]].groupby(by)["covers"].apply(lambda c: int((~c).sum())),
        "truth": measured.groupby(by)["truth"].mean(),
        "bias": (measured["estimate"] - measured["truth"]).groupby([measured[c] for c in by]).mean(),
        "covers": measured.groupby(by)["covers"].mean(),
    }).fillna({"missed": 0})  # fmt: skip
