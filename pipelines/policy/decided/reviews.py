"""What became of past decisions: incidents since against the year before, their case mix and season held equal."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.decided import CHANCE, CHANGE, PRACTICE, Decision
from pipelines.contracts.mart import Col, outcome_of_profile
from pipelines.models.ask.compensation import COULD_BE
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import Estimate, mean, share
from pipelines.policy.counted.stratified import Difference, difference
from pipelines.policy.decided.carried_out import Effect, expected_of, practice, standing
from pipelines.policy.mart import number
from pipelines.policy.plans.population import population_of
from pipelines.policy.rows import Row, decision_row, numbers, refused

PART = "decided"
BEFORE_DAYS = 365
CASE_MIX = ("season", Col.SEVERITY, Col.CHANNEL)
ASSUMPTION = "Nothing but the decision changed between the year before it and the time since."
NOTHING_RECORDED = "No decision is remembered. Record one with `amends decide`, or on the page that shows the effect."
NO_GAIN = "No effect was named when it was decided, so there is no expected gain to hold it against."
SEEN_BEFORE = "The expected gain was itself estimated on data from after the decision."
SAME_COLUMN = {"severity": Col.SEVERITY, "channel": Col.CHANNEL, "fault": Col.FAULT, "site": Col.SITE_ID}


@dataclass(frozen=True)
class Sides:
    """Flags of incidents: 1 since the decision was due, 0 in the year before it was taken; missing elsewhere."""

    since: pd.Series
    period: str
    year_before: str


def decided_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Per decision: was it carried out, the outcome before and since, and its change against what was expected.

    Grain: one row per decision (``segment`` "decision=<sequence of the journal>") and measure.
    """
    if not company.decisions:
        return [refused(PART, CHANGE, NOTHING_RECORDED, population="decisions", unit="decisions")]
    return [row for decision in company.decisions for row in _rows(mart, decision, company)]


def _rows(mart: pd.DataFrame, decision: Decision, company: Company) -> Iterator[Row]:
    where: Row = {"segment": decision.segment}
    effect = decision.effect
    if effect is None:
        yield refused(PART, CHANGE, NO_GAIN, population="incidents since the decision", unit="outcome", **where)
        return
    where |= {"level": str(effect["level_to"]), "effect_id": effect["effect_id"]}
    chosen = _population(mart, effect, company)
    sides = _sides(mart, decision, company)
    if chosen is None or sides is None:
        reason = "The cases it was decided for can't be told apart any more." if chosen is None else _waits(decision)
        yield refused(PART, CHANGE, reason, population=_spoken(effect), unit=effect["unit"], **where)
        return
    yield _practice(mart[chosen], effect, sides, where)
    yield from _outcome(mart[chosen], decision, sides, company, where)


def _waits(decision: Decision) -> str:
    return f"Cannot say yet: matures on {decision.matures_on.isoformat()}."


def _sides(mart: pd.DataFrame, decision: Decision, company: Company) -> Sides | None:
    """Incidents since the due day, and of the year before the decision; ``None`` before the due day."""
    due = pd.Timestamp(max(decision.due, decision.decided), tz="UTC")
    if due >= company.cut:
        return None
    start = pd.Timestamp(decision.decided, tz="UTC")
    opened = mart[Col.OPENED_AT]
    before = (opened >= start - pd.Timedelta(days=BEFORE_DAYS)) & (opened < start)
    since = (opened >= due).astype("float64").where(before | (opened >= due))
    first, last = start - pd.Timedelta(days=BEFORE_DAYS), start - pd.Timedelta(days=1)
    return Sides(
        since,
        period=f"{due.date().isoformat()}/{company.data_cut.isoformat()}",
        year_before=f"{first.date().isoformat()}/{last.date().isoformat()}",
    )


def _population(mart: pd.DataFrame, effect: Effect, company: Company) -> pd.Series | None:
    """The cases the effect was about; ``None`` where the mart doesn't tell them."""
    chosen = population_of(mart, effect["population"], company.facts)
    if effect["population"] == COULD_BE and effect["treatment"] != "compensation":
        return None
    for part in filter(None, str(effect["segment"] or "").split(";")):
        family, _, label = part.partition("=")
        if chosen is not None and family in SAME_COLUMN:
            chosen = chosen & (mart[SAME_COLUMN[family]] == label)
        elif chosen is not None and family == "mass":
            chosen = chosen & ((number(mart, Col.MASS_EVENT) == 1) == (label == "mass"))
        else:
            return None
    return chosen


def _spoken(effect: Effect) -> str:
    segment = f", {effect['segment']}" if effect["segment"] else ""
    return f"{effect['population']}{segment}"


def _practice(mart: pd.DataFrame, effect: Effect, sides: Sides, where: Row) -> Row:
    """How much more often what was decided is done: the first thing to know, long before outcomes mature."""
    done, unit = practice(mart, effect)
    found = _held_equal(mart, done, sides.since[mart.index])
    common = where | {"population": f"{_spoken(effect)}, since the due day against the year before", "unit": unit,
                      "period": sides.period, "clock": "known_now", "assumption": ASSUMPTION}  # fmt: skip
    return decision_row(PART, PRACTICE, **common, **_numbers(found))


def _outcome(mart: pd.DataFrame, decision: Decision, sides: Sides, company: Company, where: Row) -> Iterator[Row]:
    effect = decision.effect or {}
    outcome, scale, unit = _outcome_of(mart, effect)
    where = where | {"within_days": float(decision.follow_up_days), "clock": "matured", "period": sides.period}
    population = f"{_spoken(effect)}, with full follow-up"
    since = sides.since[mart.index]
    for level, side, period in (("before", 0.0, sides.year_before), ("since", 1.0, sides.period)):
        chosen = since == side
        summary = share if scale == 100.0 and outcome.dropna().isin([0.0, 1.0]).all() else mean
        found = _scaled(summary(outcome[chosen], mart[Col.CLUSTER_KEY][chosen]), scale)
        yield decision_row(PART, "outcome", population=population, unit=unit,
                           **where | {"level": level, "period": period}, **numbers(found))  # fmt: skip
    common = where | {"population": population, "unit": unit}
    if company.data_cut < decision.matures_on:
        yield refused(PART, CHANGE, _waits(decision), expected=effect["estimate"], **common)
        return
    yield _judged(mart, scale * outcome, effect, sides, decision, common)


def _judged(
    mart: pd.DataFrame, outcome: pd.Series, effect: Effect, sides: Sides, decision: Decision, common: Row
) -> Row:
    """The change of an outcome and where it stands; no standing where it allows no conclusion (grade D)."""
    since = sides.since[mart.index]
    found = _held_equal(mart, outcome, since)
    if found.value is None:
        return decision_row(PART, CHANGE, assumption=ASSUMPTION, **common, **_numbers(found))
    row = _numbers(found)
    done = practice(mart, effect)[0].where(outcome.notna())
    expected = expected_of(effect, _held_equal(mart, done, since), float(done[since == 1].mean()))
    if row["grade"] != "D":
        row["standing"] = standing(found, effect, expected)
    early = SEEN_BEFORE if decision.data_cut > max(decision.due, decision.decided) else ""
    chance = CHANCE if row.get("standing") == "cannot_say" and expected.value is not None else ""
    reasons = (row["reason"], chance, expected.reason, early)
    row |= {"expected": expected.value, "reason": " ".join(r for r in reasons if r) or None}
    return decision_row(PART, CHANGE, assumption=ASSUMPTION, **common | row)


def _held_equal(mart: pd.DataFrame, values: pd.Series, since: pd.Series) -> Difference:
    return difference(values, since, mart[Col.CLUSTER_KEY], _with_season(mart), CASE_MIX, as_first=True)


def _outcome_of(mart: pd.DataFrame, effect: Effect) -> tuple[pd.Series, float, str]:
    known = OUTCOMES.get(effect["outcome"])
    column = known.column_at(effect["horizon_days"]) if known else outcome_of_profile(effect["outcome"])
    return number(mart, column), 100.0 if effect["unit"] == "per 100 customers" else 1.0, effect["unit"]


def _with_season(mart: pd.DataFrame) -> pd.DataFrame:
    return mart.assign(season=mart[Col.OPENED_AT].dt.quarter)


def _scaled(found: Estimate, scale: float) -> Estimate:
    value, low, high = (None if x is None else scale * x for x in (found.value, found.low, found.high))
    return Estimate(value, low, high, found.n, found.reason)


def _numbers(found: Difference) -> Row:
    """The columns of a comparison, ``n`` being the incidents since."""
    return found.columns() | {"n": found.n_with}
