"""The question behind policies and scenarios: the leading outcome on speed and compensation together, by segment."""

from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import Estimand
from pipelines.contracts.catalog.thresholds import FEWEST_GIVEN, FEWEST_RETURNING
from pipelines.contracts.catalog.treatments import COMPENSATION
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.money import FewCustomersReturned, NeverPriced
from pipelines.models.arrays import Flags, Floats, Ints
from pipelines.models.ask.compensation import ask_compensation
from pipelines.models.ask.plan import aims, joint_aim, main_horizon, outcomes_asked
from pipelines.models.fit.newton import Fit
from pipelines.models.fit.solve import fit_question
from pipelines.models.fit.terms import Levels, Linear, Product, Spline, Term
from pipelines.models.question import Question, numbers, unchanged
from pipelines.models.refusal import NotEstimableError
from pipelines.policy.company import Company
from pipelines.policy.learnt.joint import Joint
from pipelines.policy.learnt.offer_segments import Segments, segments_of
from pipelines.policy.mart import is_true, lacking, lacking_return, return_column, return_outcome
from pipelines.policy.money.cost import assumed_of_credit, incident_costs, lacking_costs, unit_cost
from pipelines.policy.money.margin import GROSS, before_vouchers, lacking_margin, margin_of_returner


def lacking_joint(company: Company) -> tuple[Reason, ...]:
    """Everything the profile lacks for policies and scenarios."""
    reasons = (
        lacking_return(company.facts),
        lacking(company.facts, COMPENSATION) or lacking_costs(company),
        lacking_margin(company),
    )
    return tuple(dict.fromkeys(reason for reason in reasons if reason))


def ask_joint(mart: pd.DataFrame, company: Company) -> Joint:
    """The question and its money; raises :class:`NotEstimableError` with the reasons when there is none."""
    if reasons := lacking_joint(company):
        raise NotEstimableError(*reasons)
    outcome = next(o for o in outcomes_asked(company.facts) if o.id == return_outcome(company.facts))
    days = main_horizon(company.facts)
    (aim,) = (a for a in aims(outcome, COMPENSATION, company.facts) if a.horizon_days == days)
    asked = ask_compensation(mart, aim, company.facts)
    chosen = mart.iloc[asked.rows].reset_index(drop=True)
    segments = segments_of(chosen)
    question, loss = _joint(asked, segments), numbers(chosen, Col.LOSS_AMOUNT)
    cost = _costs(mart, company, asked.rows)
    return Joint(
        question=question,
        segments=segments,
        loss=loss,
        cost=cost,
        margin=_margins(chosen, segments, company, days),
        unit_cost=unit_costs(cost, question.sample.table["share"] * loss, segments),
        standard=numbers(chosen, Col.STANDARD_OFFER_SHARE),
        caveats=assumed_of_credit(mart, company),
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
        aim=replace(joint_aim(question.aim), estimand=Estimand.POLICY),
        sample=replace(question.sample, table=table, second=None),
        covariates=rest,
        treatment=(*speed, *question.treatment, *products),
        base=unchanged,
        contrasts=(),
        curve=(),
        curve_level=None,
        binned=(),
    )


def _margins(chosen: pd.DataFrame, segments: Segments, company: Company, days: int) -> Floats:
    """Margin of one returning customer by service, over all returning customers where a service has too few."""
    gross, back = before_vouchers(chosen, days), is_true(chosen, return_column(company.facts, days))
    everywhere = margin_of_returner(gross, GROSS, days, company)
    if back.sum() < FEWEST_RETURNING or everywhere is None:
        raise NotEstimableError(FewCustomersReturned(FEWEST_RETURNING))
    margin = np.full(len(chosen), everywhere)
    for service in range(len(segments.services)):
        inside = pd.Series(segments.service == service, index=chosen.index)
        own = margin_of_returner(gross, GROSS, days, company, inside)
        if (inside & back).sum() >= FEWEST_RETURNING and own is not None:
            margin[inside] = own
    return margin


def _costs(mart: pd.DataFrame, company: Company, rows: Ints) -> Floats:
    """What was given to each of these incidents costs in the end, reporting currency."""
    if reason := unit_cost(mart, company).lacking:
        raise NotEstimableError(reason)
    return np.asarray(incident_costs(mart, company)["cost_expected"].iloc[rows].fillna(0.0), dtype=float)


def unit_costs(cost: Floats, face: Floats, segments: Segments) -> Floats:
    """Cost of one unit of face value per row, so that giving a segment what it gets today costs what it costs today.

    Segments with fewer than ``FEWEST_GIVEN`` incidents that got something take their service's, else everybody's.
    """
    if not face.sum() > 0 or not cost.sum() > 0:
        raise NotEstimableError(NeverPriced())
    price = np.full(len(cost), cost.sum() / face.sum())
    for groups in (segments.service, segments.code):
        for group in np.unique(groups[groups >= 0]):
            inside = groups == group
            if (inside & (face > 0)).sum() >= FEWEST_GIVEN:
                price[inside] = cost[inside].sum() / face[inside].sum()
    return price


def fit_joint(joint: Joint, learn: Flags | None = None) -> Fit:
    """The model of the question, learnt on some rows; its patterns and predictions are those of all rows."""
    if learn is None:
        return fit_question(joint.question)
    sample = replace(joint.question.sample, weight=learn.astype(float))
    return fit_question(replace(joint.question, sample=sample))
