"""What recovering customers brings for what it costs: handling, speed, all of it, and the next step."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.estimation import At, Estimand
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure, Worth
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS
from pipelines.contracts.catalog.treatments import COMPENSATION, FAILURE, SILENCE, SPEED
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.catalog.vocabulary import ResponseStatus
from pipelines.contracts.mart import SILENCE_LANDMARK_HOURS, Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import RecoveringCostsAsSoFar, UnmeasuredSpeed
from pipelines.contracts.messages.grounds import Limited
from pipelines.contracts.messages.lacking import NoHandlingCost, NoSpeedCost
from pipelines.contracts.messages.money import (
    CostSpreadOverSilence,
    CountsCompensationAlone,
    CountsCompensationAndContacts,
    FewerThanTwoSteps,
    IndependentEffects,
    NobodyReturned,
    NoEffectOfSilence,
    NoEffectOfSpeedOnSpend,
    NoKnownLoss,
    NoRecoveryComparison,
    PromiseCostsNothing,
    RecoveringCostNothing,
    SilentWaitsUnknown,
)
from pipelines.contracts.messages.populations import CasesStillOpen, IncidentsWithContacts, RecoveredAgainstUnrecovered
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.valuation import Valuation
from pipelines.models.ask.landmark import LANDMARK_HOURS, SILENT_HOURS
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import mean
from pipelines.policy.mart import is_true, lacking, lacking_return, number, return_column, return_outcome
from pipelines.policy.money.cost import assumed_of_credit, incident_costs, lacking_costs, unit_cost
from pipelines.policy.money.margin import (
    GROSS,
    Spend,
    before_vouchers,
    earned_share,
    lacking_margin,
    margin_of_returner,
)
from pipelines.policy.money.worth_of_effects import (
    ANSWERED,
    EVERYBODY,
    asked_of,
    headline_effects,
    mean_loss,
    scaled,
    waits_beyond,
)


def recovery_rows(
    mart: pd.DataFrame, effects: Sequence[Effect], spend: Spend, company: Company
) -> list[Valuation | Measured]:
    """Handling and speed at declared costs; margin per 1 of speed, of recovery, of the next step; silence.

    Where the cost of compensation is taken off, margins count before vouchers.
    """
    gross = before_vouchers(mart, main_horizon(company.facts))
    return [
        *_handling(mart, company),
        *_speed(mart, effects, spend, company),
        _whole_recovery(gross, effects, GROSS, company),
        *_next_steps(gross, effects, GROSS, company),
        *_silence(mart, effects, spend, company),
    ]


def _handling(mart: pd.DataFrame, company: Company) -> Iterator[Measured]:
    row = Measured(
        Topic.MONEY, Measure.HANDLING_COST, population=IncidentsWithContacts(), unit=Unit.MONEY_PER_INCIDENT
    )  # fmt: skip
    declared = company.handling_cost_per_contact is not None
    if reason := lacking(company.facts, SPEED) or (None if declared else NoHandlingCost()):
        yield refused(row, reason)
        return
    cost = number(mart, Col.COMPANY_CONTACTS) * (company.handling_cost_per_contact or 0.0)
    levels = sorted(mart[Col.SEVERITY].dropna().unique())
    for segment, chosen in [("", cost.notna()), *((f"severity={x}", mart[Col.SEVERITY] == x) for x in levels)]:
        yield with_estimate(replace(row, segment=segment), mean(cost[chosen], mart[Col.CLUSTER_KEY][chosen]))


def _speed(mart: pd.DataFrame, effects: Sequence[Effect], spend: Spend, company: Company) -> Iterator[Valuation]:
    """Per promise: hours it takes away at the declared cost of an hour, and the margin won per 1 of that."""
    days, declared = main_horizon(company.facts), company.speed_cost_per_hour
    promise = Valuation(Worth.COST_OF_PROMISE, unit=Unit.MONEY_PER_INCIDENT, population=EVERYBODY)
    per_1 = Valuation(Worth.MARGIN_PER_1_OF_SPEED, unit=Unit.RATIO, population=EVERYBODY)
    ladder = headline_effects(effects, SPEED, spend.outcome, days)
    unpriced = NoSpeedCost() if declared is None else None
    reason = lacking(company.facts, SPEED) or lacking_margin(company) or unpriced
    if reason or not ladder:
        yield from (refused(row, reason or NoEffectOfSpeedOnSpend()) for row in (promise, per_1))
        return
    followed = mart[number(mart, spend.column(days)).notna()]
    earned = earned_share(mart, spend, days, company)
    for effect in ladder:
        level, population = str(effect.level_to), asked_of(effect)
        hours = waits_beyond(followed, float(effect.level_to or 0.0), company.facts.response_cap_minutes)
        found = mean(hours * (declared or 0.0), followed[Col.CLUSTER_KEY][hours.index])
        yield with_estimate(replace(promise, level=level, population=population), found)
        row = replace(per_1, level=level, population=population)
        if not found.value:
            yield refused(row, PromiseCostsNothing())
            continue
        yield scaled(replace(row, caveats=(UnmeasuredSpeed(),)), effect, earned / found.value)


def _whole_recovery(mart: pd.DataFrame, effects: Sequence[Effect], spend: Spend, company: Company) -> Valuation:
    """Margin that recovered customers bring above unrecovered ones, per 1 that recovering them has cost."""
    days = main_horizon(company.facts)
    row = Valuation(
        Worth.MARGIN_PER_1_OF_RECOVERY, population=RecoveredAgainstUnrecovered(), unit=Unit.RATIO,
        within_days=float(days),
    )  # fmt: skip
    failed = {
        found.level_to: found
        for found in headline_effects(effects, FAILURE, spend.outcome, days)
        if found.estimand is Estimand.EFFECT_OF_FAILURE
    }
    recovered, not_recovered = failed.get(At.RECOVERED), failed.get(At.NOT_RECOVERED)
    if reason := lacking_margin(company) or lacking_costs(company):
        return refused(row, reason)
    if unknown := next((r for r in (recovered, not_recovered) if r and r.estimate is None), None):
        return refused(row, *unknown.reasons)
    if recovered is None or not_recovered is None:
        return refused(row, NoRecoveryComparison())
    cost = _cost_of_recovering(mart, company)
    if not cost > 0:
        return refused(row, RecoveringCostNothing())
    declared = company.handling_cost_per_contact is not None
    counted: Reason = CountsCompensationAndContacts() if declared else CountsCompensationAlone()
    row = replace(row, reasons=(counted,), caveats=(RecoveringCostsAsSoFar(), *assumed_of_credit(mart, company)))
    return scaled(row, _gap(recovered, not_recovered), earned_share(mart, spend, days, company) / cost)


def _cost_of_recovering(mart: pd.DataFrame, company: Company) -> float:
    """Mean cost of compensation, and of contacts where that is declared, per recovered incident."""
    helped = is_true(mart, Col.FIXED_FOR_CUSTOMER) | is_true(mart, Col.COMPENSATION_GIVEN)
    recovered = helped & (mart[Col.RESPONSE_STATUS] == ResponseStatus.ANSWERED)
    cost = incident_costs(mart, company)["cost_expected"]
    if company.handling_cost_per_contact is not None:
        cost = cost + number(mart, Col.COMPANY_CONTACTS) * company.handling_cost_per_contact
    return float(cost[recovered].mean())


def _gap(one: Effect, other: Effect) -> Effect:
    """One effect less another, their errors taken as independent, with a t interval at the fewer degrees of freedom.

    Both have an estimate.
    """
    value = (one.estimate or 0.0) - (other.estimate or 0.0)
    error = ((one.std_error or 0.0) ** 2 + (other.std_error or 0.0) ** 2) ** 0.5
    df = max(1.0, min(float(row.df or 1.0) for row in (one, other)))
    half = float(stats.t.ppf(0.975, df)) * error
    return replace(
        one, estimate=value, ci_low=value - half, ci_high=value + half,
        reasons=(*both(one.reasons, other.reasons), IndependentEffects()),
        grade=max(one.grade or Grade.D, other.grade or Grade.D),
    )  # fmt: skip


def both(one: Sequence[Reason], other: Sequence[Reason]) -> tuple[Reason, ...]:
    """What weakens either of two effects, each said once and all limits in one."""
    reasons = (*one, *other)
    said = dict.fromkeys(r for r in reasons if not isinstance(r, Limited))
    limits = tuple(dict.fromkeys(limit for r in reasons if isinstance(r, Limited) for limit in r.by))
    return (*said, Limited(limits)) if limits else tuple(said)


def _next_steps(mart: pd.DataFrame, effects: Sequence[Effect], spend: Spend, company: Company) -> Iterator[Valuation]:
    """From each share of the loss to the next: margin gained per 1 more of cost."""
    days = main_horizon(company.facts)
    row = Valuation(Worth.MARGINAL_MARGIN_PER_1_OF_COMPENSATION, unit=Unit.RATIO, population=ANSWERED)
    ladder = [r for r in headline_effects(effects, COMPENSATION, spend.outcome, days) if r.estimate is not None]
    ladder.sort(key=_share)
    reason = lacking_margin(company) or lacking(company.facts, COMPENSATION) or lacking_costs(company)
    if reason or len(ladder) < 2:
        yield refused(row, reason or FewerThanTwoSteps())
        return
    earned, price = earned_share(mart, spend, days, company), unit_cost(mart, company)
    for lower, upper in pairwise(ladder):
        cost = (price.value or 0.0) * mean_loss(mart, upper, spend, company)
        cost *= _share(upper) - _share(lower)
        step = replace(row, level=f"{lower.level_to}-{upper.level_to}", population=asked_of(upper))
        if not cost > 0:
            yield refused(step, price.lacking or NoKnownLoss())
            continue
        step = replace(step, caveats=(UnmeasuredSpeed(), *price.caveats))
        yield scaled(step, _gap(upper, lower), earned / cost)


def _share(effect: Effect) -> float:
    """The share of the loss that an effect is of."""
    return float(effect.level_to or 0.0)


def _silence(mart: pd.DataFrame, effects: Sequence[Effect], spend: Spend, company: Company) -> Iterator[Valuation]:
    """Margin lost per day that a silence lasts, from the effect of ending it on returning."""
    days = main_horizon(company.facts)
    row = Valuation(
        Worth.COST_OF_A_DAY_OF_SILENCE, population=CasesStillOpen(), unit=Unit.MARGIN_PER_DAY_AND_CASE
    )  # fmt: skip
    asked = headline_effects(effects, SILENCE, return_outcome(company.facts), days)
    usable = [effect for effect in asked if effect.estimate is not None]
    if reason := lacking_return(company.facts) or lacking_margin(company):
        yield refused(row, reason)
        return
    if not usable:
        yield refused(row, *next((r.reasons for r in asked if r.reasons), (NoEffectOfSilence(),)))
        return
    hours, worth = silent_hours(mart, company), margin_of_returner(mart, spend, days, company)
    if worth is None or hours is None:
        yield refused(row, NobodyReturned() if worth is None else SilentWaitsUnknown())
        return
    row = replace(row, caveats=(UnmeasuredSpeed(),), reasons=(CostSpreadOverSilence(float(round(hours))),))
    for effect in usable:
        yield scaled(replace(row, level=str(effect.level_to)), effect, worth / 100.0 * 24.0 / hours)


def silent_hours(mart: pd.DataFrame, company: Company) -> float | None:
    """How much longer cases silent for two days waited than the others compared with them; ``None`` if too few."""
    hours = number(mart, Col.LANDMARK_SILENCE_HOURS)
    answered = number(mart, Col.FIRST_CONTACT_MINUTES) <= LANDMARK_HOURS * 60.0
    gone = number(mart, Col.DAYS_TO_RETURN) <= SILENCE_LANDMARK_HOURS / 24.0
    known = number(mart, return_column(company.facts, main_horizon(company.facts))).notna()
    compared = hours[answered & ~gone & known].dropna()
    silent = compared >= SILENT_HOURS
    if min(int(silent.sum()), int((~silent).sum())) < FEWEST_INCIDENTS:
        return None
    return float(compared[silent].mean() - compared[~silent].mean())
