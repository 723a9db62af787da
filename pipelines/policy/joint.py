"""The question behind policies and scenarios: the leading outcome on speed and compensation together, by segment."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog import OUTCOMES
from pipelines.models.arrays import Flags, Floats
from pipelines.models.compensation import LARGEST_SHARE, ask_compensation
from pipelines.models.needs import missing_for_outcome, missing_for_treatment
from pipelines.models.newton import Fit
from pipelines.models.plan import aims, main_horizon, specs
from pipelines.models.question import Question, Scenario, numbers, unchanged
from pipelines.models.refusal import NotEstimableError
from pipelines.models.solve import fit_question
from pipelines.models.terms import Levels, Linear, Product, Spline, Term
from pipelines.policy.company import Company
from pipelines.policy.cost import incident_costs
from pipelines.policy.margin import margins, missing_margin, spend_of
from pipelines.policy.mart import number, return_outcome
from pipelines.policy.segment import Segments, segments_of
from pipelines.policy.worth import missing_costs

POPULATION = "answered"
FEWEST_RETURNING = 30


@dataclass(frozen=True)
class Joint:
    """The question with its money, one entry per row of the question.

    ``loss`` in the reporting currency, ``cost`` of what was given, ``margin`` of one returning customer of the row's
    service, ``unit_cost`` of one unit of face value, ``standard`` the share that the company's own standard offers.
    """

    question: Question
    segments: Segments
    loss: Floats
    cost: Floats
    margin: Floats
    unit_cost: float
    standard: Floats

    @property
    def y(self) -> Floats:
        """Whether the customer came back."""
        return self.question.sample.y

    @property
    def share(self) -> Floats:
        """Share of the loss given."""
        return self.question.sample.table["share"]

    @property
    def log_minutes(self) -> Floats:
        """Log(1 + minutes) to the first contact."""
        return self.question.sample.table["log_minutes"]


def missing_joint(company: Company) -> str:
    """Everything the profile lacks for policies and scenarios, or ""."""
    unknown = missing_for_treatment(company.facts, "compensation")
    reasons = (
        missing_for_outcome(company.facts, OUTCOMES[return_outcome(company)]),
        unknown or missing_costs(company),
        missing_margin(company),
    )
    return " ".join(dict.fromkeys(reason for reason in reasons if reason))


def ask_joint(mart: pd.DataFrame, company: Company) -> Joint:
    """The question and its money; raises :class:`NotEstimableError` with the reason when there is none."""
    if reason := missing_joint(company):
        raise NotEstimableError(reason)
    spec = next(s for s in specs(company.facts) if s.outcome.id == return_outcome(company))
    days = main_horizon(company.facts)
    (aim,) = (a for a in aims(spec, "compensation", company.facts) if a.horizon_days == days)
    asked = ask_compensation(mart, aim, company.facts)
    chosen = mart.iloc[asked.rows].reset_index(drop=True)
    segments = segments_of(chosen)
    spent = incident_costs(mart, company).iloc[asked.rows].reset_index(drop=True)
    return Joint(
        question=_joint(asked, segments),
        segments=segments,
        loss=numbers(chosen, "loss_amount"),
        cost=np.asarray(spent["cost"].fillna(0.0), dtype=float),
        margin=_margins(chosen, segments, company, days),
        unit_cost=_unit_cost(mart, company),
        standard=numbers(chosen, "standard_offer_share"),
    )


def _joint(question: Question, segments: Segments) -> Question:
    """Speed moves from the covariates to the treatment; the slopes of both differ by severity, money's by service."""
    speed: tuple[Term, ...] = tuple(
        t for t in question.covariates if isinstance(t, Spline | Linear) and t.source == "log_minutes"
    )
    rest = tuple(t for t in question.covariates if t not in speed)
    table = question.sample.table | {"tier": segments.tier.astype(float), "service": segments.service.astype(float)}
    tiers = Levels("tier", tuple(range(1, len(segments.tiers))))
    services = Levels("service", tuple(range(1, len(segments.services))))
    products = [Product(Linear("log_minutes"), Linear("share"))] if speed else []
    products += [Product(tiers, Linear("share"))] if tiers.codes else []
    products += [Product(tiers, Linear("log_minutes"))] if tiers.codes and speed else []
    products += [Product(services, Linear("share"))] if services.codes else []
    return replace(
        question,
        aim=replace(question.aim, treatment="speed_and_compensation", estimand="policy", baseline="what was done"),
        sample=replace(question.sample, table=table, second=None),
        covariates=rest,
        treatment=(*speed, *question.treatment, *products),
        base=unchanged,
        contrasts=(),
        curve=(),
        curve_level=None,
        binned=(),
    )


def _margins(mart: pd.DataFrame, segments: Segments, company: Company, days: int) -> Floats:
    """Margin of one returning customer by service, over all returning customers where a service has too few."""
    spend = np.asarray(margins(mart, spend_of(mart, days), days, company), dtype=float)
    back = np.isfinite(spend) & (spend > 0)
    if back.sum() < FEWEST_RETURNING:
        raise NotEstimableError(
            f"Fewer than {FEWEST_RETURNING} customers with a known loss came back, so what one is worth isn't known. "
            "Add older incidents, or map loss_amount for more of them."
        )
    margin = np.full(len(spend), float(spend[back].mean()))
    for service in range(len(segments.services)):
        inside = segments.service == service
        if (inside & back).sum() >= FEWEST_RETURNING:
            margin[inside] = spend[inside & back].mean()
    return margin


def _unit_cost(mart: pd.DataFrame, company: Company) -> float:
    """Cost by the data cut of one unit of face value given."""
    cost, face = incident_costs(mart, company)["cost"], number(mart, "compensation_amount")
    both = cost.notna() & (face > 0)
    if not both.any() or not float(cost[both].sum()) > 0:
        raise NotEstimableError("What compensation costs isn't known, or it has cost nothing so far.")
    return float(cost[both].sum() / face[both].sum())


def fit_joint(joint: Joint, learn: Flags | None = None) -> Fit:
    """The model of the question, learnt on some rows; its patterns and predictions are those of all rows."""
    if learn is None:
        return fit_question(joint.question)
    sample = replace(joint.question.sample, weight=learn.astype(float))
    return fit_question(replace(joint.question, sample=sample))


def at(minutes: float | None, share: float | None) -> Scenario:
    """Everyone answered within so many minutes and given this share of the loss; None leaves it as it was."""

    def scenario(table: dict[str, Floats]) -> dict[str, Floats]:
        setting = {}
        if minutes is not None:
            setting["log_minutes"] = np.minimum(table["log_minutes"], np.log1p(minutes))
        if share is not None:
            setting["share"] = np.full_like(table["share"], min(share, LARGEST_SHARE))
        return setting

    return scenario
