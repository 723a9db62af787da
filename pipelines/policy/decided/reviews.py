"""What became of past decisions: incidents since against the year before, their case mix and season held equal."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from pipelines.contracts.catalog.counting import Clock, Standing
from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Reviewed
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.catalog.plans import ReviewSide
from pipelines.contracts.catalog.thresholds import BEFORE_DECISION_DAYS
from pipelines.contracts.catalog.treatments import COMPENSATION
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.decided import Decision
from pipelines.contracts.mart import Col, outcome_of_profile
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.caveats import NothingElseChanged
from pipelines.contracts.messages.plans import (
    CasesNotTold,
    ChanceAlone,
    EstimatedAfterwards,
    MaturesOn,
    NoDecision,
    NoGainNamed,
)
from pipelines.contracts.messages.populations import (
    DecidedFor,
    DecidedForFollowed,
    DecidedForSinceAndBefore,
    IncidentsSinceDecision,
    RememberedDecisions,
)
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.effect import Effect
from pipelines.policy.cells import refused, shown, with_difference, with_estimate
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import Estimate, mean, share
from pipelines.policy.counted.stratified import Difference, difference
from pipelines.policy.decided.carried_out import Expected, expected_of, practice, standing
from pipelines.policy.mart import number
from pipelines.policy.population import population_of

CASE_MIX = ("season", Col.SEVERITY, Col.CHANNEL)
SAME_COLUMN = {"severity": Col.SEVERITY, "channel": Col.CHANNEL, "fault": Col.FAULT, "site": Col.SITE_ID}


@dataclass(frozen=True)
class Sides:
    """Flags of incidents: 1 since the decision was due, 0 in the year before it was taken; missing elsewhere."""

    since: pd.Series
    period: str
    year_before: str


def decided_rows(mart: pd.DataFrame, company: Company) -> list[DecisionReview]:
    """Per decision: was it carried out, the outcome before and since, and its change against what was expected.

    Grain: one row per decision and measure.
    """
    if not company.decisions:
        row = DecisionReview(Reviewed.CHANGE_SINCE, population=RememberedDecisions(), unit=Unit.DECISIONS)
        return [refused(row, NoDecision())]
    return [row for decision in company.decisions for row in _rows(mart, decision, company)]


def _rows(mart: pd.DataFrame, decision: Decision, company: Company) -> Iterator[DecisionReview]:
    row, effect = DecisionReview(Reviewed.CHANGE_SINCE, decision.sequence), decision.effect
    if effect is None:
        yield refused(replace(row, population=IncidentsSinceDecision()), NoGainNamed())
        return
    row = replace(row, segment=effect.segment, level=str(effect.level_to), effect_id=effect.effect_id)
    chosen = _population(mart, effect, company)
    sides = _sides(mart, decision, company)
    if chosen is None or sides is None:
        why = CasesNotTold() if chosen is None else MaturesOn(decision.matures_on)
        yield refused(replace(row, population=DecidedFor(_asked_of(effect)), unit=effect.unit), why)
        return
    yield _practice(replace(row, measure=Reviewed.PRACTICE_CHANGE), mart[chosen], effect, sides)
    yield from _outcome(row, mart[chosen], decision, effect, sides, company)


def _asked_of(effect: Effect) -> AskedOf:
    return effect.population or AskedOf.ALL


def _sides(mart: pd.DataFrame, decision: Decision, company: Company) -> Sides | None:
    """Incidents since the due day, and of the year before the decision; ``None`` before the due day."""
    due = pd.Timestamp(max(decision.due, decision.decided), tz="UTC")
    if due >= company.cut:
        return None
    start = pd.Timestamp(decision.decided, tz="UTC")
    opened = mart[Col.OPENED_AT]
    before = (opened >= start - pd.Timedelta(days=BEFORE_DECISION_DAYS)) & (opened < start)
    since = (opened >= due).astype("float64").where(before | (opened >= due))
    first, last = start - pd.Timedelta(days=BEFORE_DECISION_DAYS), start - pd.Timedelta(days=1)
    return Sides(
        since,
        period=f"{due.date().isoformat()}/{company.data_cut.isoformat()}",
        year_before=f"{first.date().isoformat()}/{last.date().isoformat()}",
    )


def _population(mart: pd.DataFrame, effect: Effect, company: Company) -> pd.Series | None:
    """The cases the effect was about; ``None`` where the mart doesn't tell them."""
    chosen = population_of(mart, effect.population, company.facts)
    if effect.population is AskedOf.COULD_BE_COMPENSATED and effect.treatment != COMPENSATION:
        return None
    for part in filter(None, effect.segment.split(";")):
        family, _, label = part.partition("=")
        if chosen is not None and family in SAME_COLUMN:
            chosen = chosen & (mart[SAME_COLUMN[family]] == label)
        elif chosen is not None and family == "mass":
            chosen = chosen & ((number(mart, Col.MASS_EVENT) == 1) == (label == "mass"))
        else:
            return None
    return chosen


def _practice(row: DecisionReview, mart: pd.DataFrame, effect: Effect, sides: Sides) -> DecisionReview:
    """How much more often what was decided is done: the first thing to know, long before outcomes mature."""
    done, unit = practice(mart, effect)
    row = replace(
        row, population=DecidedForSinceAndBefore(_asked_of(effect)), unit=unit, period=sides.period,
        clock=Clock.KNOWN_NOW, caveats=(NothingElseChanged(),),
    )  # fmt: skip
    return _since_due(row, _held_equal(mart, done, sides.since[mart.index]))


def _outcome(
    row: DecisionReview, mart: pd.DataFrame, decision: Decision, effect: Effect, sides: Sides, company: Company
) -> Iterator[DecisionReview]:
    outcome, scale = _outcome_of(mart, effect)
    row = replace(
        row, population=DecidedForFollowed(_asked_of(effect)), unit=effect.unit, clock=Clock.MATURED,
        within_days=float(decision.follow_up_days), period=sides.period,
    )  # fmt: skip
    since = sides.since[mart.index]
    for side, flag, period in ((ReviewSide.BEFORE, 0.0, sides.year_before), (ReviewSide.SINCE, 1.0, sides.period)):
        chosen = since == flag
        summary = share if scale == 100.0 and outcome.dropna().isin([0.0, 1.0]).all() else mean
        found = _scaled(summary(outcome[chosen], mart[Col.CLUSTER_KEY][chosen]), scale)
        yield with_estimate(replace(row, measure=Reviewed.OUTCOME, level=side, period=period), found)
    if company.data_cut < decision.matures_on:
        yield refused(replace(row, expected=effect.estimate), MaturesOn(decision.matures_on))
        return
    yield _judged(row, mart, scale * outcome, decision, effect, sides)


def _judged(
    row: DecisionReview, mart: pd.DataFrame, outcome: pd.Series, decision: Decision, effect: Effect, sides: Sides
) -> DecisionReview:
    """The change of an outcome and where it stands; no standing where it allows no conclusion (grade D)."""
    since = sides.since[mart.index]
    found = _held_equal(mart, outcome, since)
    row = _since_due(replace(row, caveats=(NothingElseChanged(),)), found)
    if found.value is None:
        return row
    done = practice(mart, effect)[0].where(outcome.notna())
    expected = expected_of(effect, _held_equal(mart, done, since), float(done[since == 1].mean()))
    stands = None if row.grade is Grade.D else standing(found, effect, expected)
    return shown(
        replace(
            row, standing=stands, expected=expected.value,
            reasons=(*row.reasons, *_cautions(stands, expected, decision)),
        )
    )  # fmt: skip


def _since_due(row: DecisionReview, found: Difference) -> DecisionReview:
    """The row with a change, whose cases are those since the decision was due."""
    return shown(replace(with_difference(row, found), n=found.n_with))


def _cautions(stands: Standing | None, expected: Expected, decision: Decision) -> Iterator[Reason]:
    """What to know of a verdict beside the change itself."""
    if stands is Standing.CANNOT_SAY and expected.value is not None:
        yield ChanceAlone()
    if expected.reason is not None:
        yield expected.reason
    if decision.data_cut > max(decision.due, decision.decided):
        yield EstimatedAfterwards()


def _held_equal(mart: pd.DataFrame, values: pd.Series, since: pd.Series) -> Difference:
    return difference(values, since, mart[Col.CLUSTER_KEY], _with_season(mart), CASE_MIX, as_first=True)


def _outcome_of(mart: pd.DataFrame, effect: Effect) -> tuple[pd.Series, float]:
    """What the effect is on, per incident, and what its unit makes of one."""
    known = OUTCOMES.get(effect.outcome)
    column = known.column_at(effect.horizon_days) if known else outcome_of_profile(effect.outcome)
    return number(mart, column), 100.0 if effect.unit is Unit.PER_100_CUSTOMERS else 1.0


def _with_season(mart: pd.DataFrame) -> pd.DataFrame:
    return mart.assign(season=mart[Col.OPENED_AT].dt.quarter)


def _scaled(found: Estimate, scale: float) -> Estimate:
    value, low, high = (None if x is None else scale * x for x in (found.value, found.low, found.high))
    return replace(found, value=value, low=low, high=high)
