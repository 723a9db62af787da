"""What speed and offers are worth: published effects on spend times declared or counted constants.

Interval and grade carry over from the effect's row; nothing is estimated again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from pipelines.contracts.catalog.counting import Clock, Topic
from pipelines.contracts.catalog.estimation import AskedOf, OutcomeId, Spec, TreatmentId
from pipelines.contracts.catalog.grades import Grade, Verdict
from pipelines.contracts.catalog.measures import Measure, Worth
from pipelines.contracts.catalog.treatments import COMPENSATION, SPEED
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.catalog.vocabulary import ResponseStatus
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Population, Reason
from pipelines.contracts.messages.caveats import CostsAsSoFar, UnmeasuredSpeed
from pipelines.contracts.messages.counted import NoConclusion
from pipelines.contracts.messages.money import (
    HoursOfUnanswered,
    NobodyWaitedLonger,
    NoEffectOfCompensationOnSpend,
    NoEffectOfSpeedOnSpend,
    NoKnownLoss,
    SpeedPricedForAllOnly,
)
from pipelines.contracts.messages.populations import AskedOfEffect, IncidentsOnFileForSpend
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.valuation import Valuation
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.cells import refused, shown
from pipelines.policy.company import Company
from pipelines.policy.mart import lacking, number
from pipelines.policy.money.cost import lacking_costs, unit_cost
from pipelines.policy.money.incident_year import a_year_of
from pipelines.policy.money.margin import Spend, earned_share, lacking_margin
from pipelines.policy.population import losses_of, population_of

EVERYBODY, ANSWERED = AskedOfEffect(AskedOf.ALL), AskedOfEffect(AskedOf.ANSWERED)
_OF_DELAY = (Worth.COST_OF_DELAY, Worth.COST_OF_ONE_HOUR_OF_DELAY, Worth.COST_OF_DELAY_A_YEAR)


def asked_of(effect: Effect) -> Population:
    """The cases an effect speaks of."""
    return AskedOfEffect(effect.population or AskedOf.ALL)


def delay_rows(
    mart: pd.DataFrame, effects: Sequence[Effect], spend: Spend, company: Company
) -> Iterator[Valuation | Measured]:
    """Margin lost today against everyone answered within each promise: per incident, per hour beyond it, and a year.

    A year: what a year's incidents answered within the promise would have earned more, each over the horizon that
    follows it; the effect per incident × incidents a year of customers on file. Spend has no effects by severity.
    """
    days = main_horizon(company.facts)
    ladder = headline_effects(effects, SPEED, spend.outcome, days)
    reason = lacking_margin(company) or lacking(company.facts, SPEED)
    if reason or not ladder:
        for measure in _OF_DELAY:
            row = Valuation(measure, unit=measure.unit, population=EVERYBODY)
            yield refused(row, reason or NoEffectOfSpeedOnSpend())
        return
    followed = mart[number(mart, spend.column(days)).notna()]
    earned = earned_share(mart, spend, days, company)
    for effect in ladder:
        yield _delay(effect, earned)
        yield _hourly(effect, followed, earned, company)
    yield from _a_year(mart, ladder, earned, company)
    by_severity = replace(_valuation(Worth.COST_OF_ONE_HOUR_OF_DELAY), segment="severity", population=EVERYBODY)
    yield refused(by_severity, SpeedPricedForAllOnly())


def _valuation(measure: Worth) -> Valuation:
    return Valuation(measure, unit=measure.unit)


def _at(measure: Worth, effect: Effect) -> Valuation:
    return replace(
        _valuation(measure), level=str(effect.level_to), population=asked_of(effect), caveats=(UnmeasuredSpeed(),)
    )


def _a_year(
    mart: pd.DataFrame, ladder: Sequence[Effect], earned: float, company: Company
) -> Iterator[Valuation | Measured]:
    """How many incidents a year the effects speak of, and per promise what delay costs in such a year."""
    inside = population_of(mart, ladder[0].population, company.facts)
    if inside is None:
        return
    year = a_year_of(mart, inside & (number(mart, Col.CUSTOMER_ON_FILE) != 0), company)
    counted = Measured(
        Topic.MONEY, Measure.INCIDENTS_ON_FILE_A_YEAR, estimate=year.incidents, unit=Unit.INCIDENTS_A_YEAR,
        population=IncidentsOnFileForSpend(), caveats=year.caveats, n=year.counted, period=year.period,
        verdict=Verdict.COUNTED, clock=Clock.KNOWN_NOW,
    )  # fmt: skip
    yield shown(counted)
    for effect in ladder:
        row = _at(Worth.COST_OF_DELAY_A_YEAR, effect)
        row = replace(row, period=year.period, caveats=(*row.caveats, *year.caveats))
        yield scaled(row, effect, earned * year.incidents)


def _delay(effect: Effect, earned: float) -> Valuation:
    return scaled(_at(Worth.COST_OF_DELAY, effect), effect, earned)


def _hourly(effect: Effect, followed: pd.DataFrame, earned: float, company: Company) -> Valuation:
    """One promise, per hour beyond it."""
    row = _at(Worth.COST_OF_ONE_HOUR_OF_DELAY, effect)
    hours, unanswered = hours_beyond(followed, float(effect.level_to or 0.0), company.facts.response_cap_minutes)
    if hours == 0:
        return refused(row, NobodyWaitedLonger())
    counted = (HoursOfUnanswered(unanswered),) if effect.verdict is Verdict.ESTIMATED else ()
    return scaled(replace(row, reasons=counted), effect, earned / hours)


def hours_beyond(mart: pd.DataFrame, promise_minutes: float, cap_minutes: float) -> tuple[float, float]:
    """Mean hours waited beyond a promise, per incident, capped; and the share of those hours without any answer."""
    beyond = waits_beyond(mart, promise_minutes, cap_minutes)
    total = float(beyond.sum())
    if total == 0:
        return 0.0, 0.0
    unanswered = mart[Col.RESPONSE_STATUS][beyond.index] == ResponseStatus.UNANSWERED
    return total / len(beyond), float(beyond[unanswered].sum()) / total


def waits_beyond(mart: pd.DataFrame, promise_minutes: float, cap_minutes: float) -> pd.Series:
    """Hours waited beyond a promise, capped, of the incidents answered or never answered."""
    status = mart[Col.RESPONSE_STATUS]
    minutes = number(mart, Col.FIRST_CONTACT_MINUTES).clip(lower=0.0, upper=cap_minutes)
    minutes = (
        minutes.where(status == ResponseStatus.ANSWERED)
        .where(status != ResponseStatus.UNANSWERED, cap_minutes)
        .dropna()
    )
    return (minutes - promise_minutes).clip(lower=0.0) / 60.0


def offer_rows(mart: pd.DataFrame, effects: Sequence[Effect], spend: Spend, company: Company) -> Iterator[Valuation]:
    """Margin earned per 1 of cost when everyone is given a share of the loss, against nothing."""
    days = main_horizon(company.facts)
    row = Valuation(Worth.MARGIN_PER_1_OF_COMPENSATION, unit=Unit.RATIO, population=ANSWERED)
    ladder = [r for r in headline_effects(effects, COMPENSATION, spend.outcome, days) if float(r.level_to or 0.0) > 0]
    reason = lacking_margin(company) or lacking(company.facts, COMPENSATION) or lacking_costs(company)
    if reason or not ladder:
        yield refused(row, reason or NoEffectOfCompensationOnSpend())
        return
    price, earned = unit_cost(mart, company), earned_share(mart, spend, days, company)
    for effect in ladder:
        here = replace(row, level=str(effect.level_to), population=asked_of(effect))
        cost = (price.value or 0.0) * mean_loss(mart, effect, spend, company) * float(effect.level_to or 0.0)
        if not cost > 0:
            yield refused(here, price.lacking or NoKnownLoss())
            continue
        yield scaled(replace(here, caveats=(CostsAsSoFar(), *price.caveats)), effect, earned / cost)


def headline_effects(effects: Sequence[Effect], treatment: TreatmentId, outcome: OutcomeId, days: int) -> list[Effect]:
    """The headline effects of a treatment over everybody."""
    return [
        row
        for row in effects
        if (row.treatment, row.outcome, row.horizon_days) == (treatment, outcome, days)
        and row.spec is Spec.ADJUSTED
        and not row.segment
    ]


def scaled(row: Valuation, effect: Effect, factor: float) -> Valuation:
    """The row with an effect's numbers times a constant, 0 or more, and its id, grade, cases and reasons."""
    estimate, low, high = (None if v is None else factor * v for v in (effect.estimate, effect.ci_low, effect.ci_high))
    return shown(
        replace(
            row, estimate=estimate, ci_low=low, ci_high=high, n=effect.n_incidents, grade=effect.grade,
            effect_id=effect.effect_id, verdict=effect.verdict, reasons=(*row.reasons, *reasons_of(effect)),
            within_days=None if effect.horizon_days is None else float(effect.horizon_days),
        )
    )  # fmt: skip


def reasons_of(effect: Effect) -> tuple[Reason, ...]:
    """An effect's own reasons, and that nothing follows from one graded D."""
    return (*effect.reasons, *((NoConclusion(),) if effect.grade is Grade.D else ()))


def mean_loss(mart: pd.DataFrame, effect: Effect, spend: Spend, company: Company) -> float:
    """Mean loss of the incidents the effect was estimated on; 0 where none of them is known."""
    losses = losses_of(mart, effect.population, spend.column(main_horizon(company.facts)), company.facts)
    return float(losses.mean()) if len(losses) else 0.0
