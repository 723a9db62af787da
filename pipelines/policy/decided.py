"""What became of past decisions: incidents since against the year before, their case mix and season held equal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipelines.contracts.catalog import OUTCOMES, TREATMENTS
from pipelines.contracts.decided import CHANGE, PRACTICE, Decision
from pipelines.policy.adjusted import Difference, difference
from pipelines.policy.company import Company
from pipelines.policy.expected import Z95
from pipelines.policy.mart import number
from pipelines.policy.rows import Row, decision_row, numbers, refused
from pipelines.policy.share import Estimate, mean, share

Effect = Mapping[str, Any]

PART = "decided"
BEFORE_DAYS = 365
CASE_MIX = ("season", "severity", "channel")
ASSUMPTION = "Nothing but the decision changed between the year before it and the time since."
NOTHING_RECORDED = "No decision is remembered. Record one with `amends decide`, or on the page that shows the effect."
NO_GAIN = "No effect was named when it was decided, so there is no expected gain to hold it against."
SEEN_BEFORE = "The expected gain was itself estimated on data from after the decision."
SAME_COLUMN = {"severity": "severity", "channel": "channel", "fault": "fault", "site": "site_id"}


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
    where: Row = {"segment": decision.segment, "owner": decision.owner}
    effect = decision.effect
    if effect is None:
        yield refused(PART, CHANGE, NO_GAIN, population="incidents since the decision", unit="outcome", **where)
        return
    where |= {"level": str(effect["level_to"]), "effect_id": effect["effect_id"]}
    chosen = _population(mart, effect)
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
    opened = mart["opened_at"]
    before = (opened >= start - pd.Timedelta(days=BEFORE_DAYS)) & (opened < start)
    since = (opened >= due).astype("float64").where(before | (opened >= due))
    first, last = start - pd.Timedelta(days=BEFORE_DAYS), start - pd.Timedelta(days=1)
    return Sides(
        since,
        period=f"{due.date().isoformat()}/{company.data_cut.isoformat()}",
        year_before=f"{first.date().isoformat()}/{last.date().isoformat()}",
    )


def _population(mart: pd.DataFrame, effect: Effect) -> pd.Series | None:
    """The cases the effect was about, as far as the mart still tells them."""
    everyone = pd.Series(True, index=mart.index)
    whole = {"answered": mart["response_status"] == "answered", "compensated": number(mart, "compensation_given") == 1}
    chosen = whole.get(effect["population"], everyone)
    for part in filter(None, str(effect["segment"] or "").split(";")):
        family, _, label = part.partition("=")
        if family in SAME_COLUMN:
            chosen = chosen & (mart[SAME_COLUMN[family]] == label)
        elif family == "mass":
            chosen = chosen & ((number(mart, "mass_event") == 1) == (label == "mass"))
        else:
            return None
    return chosen


def _spoken(effect: Effect) -> str:
    segment = f", {effect['segment']}" if effect["segment"] else ""
    return f"{effect['population']}{segment}"


def _practice(mart: pd.DataFrame, effect: Effect, sides: Sides, where: Row) -> Row:
    """How much more often what was decided is done: the first thing to know, long before outcomes mature."""
    done, unit = practice(mart, effect)
    found = difference(done, sides.since[mart.index], mart["cluster_key"], _with_season(mart), CASE_MIX, as_first=True)
    common = where | {"population": f"{_spoken(effect)}, since the due day against the year before", "unit": unit,
                      "period": sides.period, "clock": "known_now", "assumption": ASSUMPTION}  # fmt: skip
    return decision_row(PART, PRACTICE, observed=found.plain, **common, **_numbers(found))


def practice(mart: pd.DataFrame, effect: Effect) -> tuple[pd.Series, str]:
    """What the effect's treatment asks to be done, per incident, and its unit."""
    treatment, level, kind = effect["treatment"], effect["level_to"], mart["compensation_kind"]
    if treatment == "speed":
        minutes = float(level)
        known = mart["response_status"].notna() & (mart["follow_up_days"] * 1440.0 >= minutes)
        within = (number(mart, "first_contact_minutes") <= minutes).astype("float64")
        return within.where(known), "share of incidents"
    if treatment == "compensation":
        return number(mart, "compensation_share"), "share of the loss"
    if treatment in ("cash", "compensation_kind"):
        wanted = "cash" if treatment == "cash" else level
        return (kind == wanted).astype("float64").where(kind.notna()), "share of incidents"
    if treatment == "assignment":
        return (mart["assignment"] == level).astype("float64").where(mart["assignment"].notna()), "share of incidents"
    return number(mart, TREATMENTS[treatment].column), "hours" if treatment == "resolution" else "share of incidents"


def _outcome(mart: pd.DataFrame, decision: Decision, sides: Sides, company: Company, where: Row) -> Iterator[Row]:
    effect = decision.effect or {}
    outcome, scale, unit = _outcome_of(mart, effect)
    where = where | {"within_days": float(decision.follow_up_days), "clock": "matured", "period": sides.period}
    population = f"{_spoken(effect)}, with full follow-up"
    since = sides.since[mart.index]
    for level, side, period in (("before", 0.0, sides.year_before), ("since", 1.0, sides.period)):
        chosen = since == side
        summary = share if scale == 100.0 and outcome.dropna().isin([0.0, 1.0]).all() else mean
        found = _scaled(summary(outcome[chosen], mart["cluster_key"][chosen]), scale)
        yield decision_row(PART, "outcome", population=population, unit=unit,
                           **where | {"level": level, "period": period}, **numbers(found))  # fmt: skip
    common = where | {"population": population, "unit": unit, "expected": effect["estimate"]}
    if company.data_cut < decision.matures_on:
        yield refused(PART, CHANGE, _waits(decision), **common)
        return
    gap = difference(scale * outcome, since, mart["cluster_key"], _with_season(mart), CASE_MIX, as_first=True)
    yield _judged(gap, effect, decision, company, common)


def _judged(found: Difference, effect: Effect, decision: Decision, company: Company, common: Row) -> Row:
    row = _numbers(found)
    if found.value is not None:
        early = [SEEN_BEFORE] if decision.data_cut > max(decision.due, decision.decided) else []
        row |= {"standing": standing(found, effect), "grade": "C", "reason": " ".join(early) or None}
    return decision_row(PART, CHANGE, observed=found.plain, assumption=ASSUMPTION, **common, **row)


def standing(found: Difference, effect: Effect) -> str:
    """Where what happened lies against what was expected, both with their errors; a loss of a bad outcome is a gain."""
    better = 1.0 if effect["estimate"] >= 0 else -1.0
    value, error = better * (found.value or 0.0), (found.error**2 + (effect["std_error"] or 0.0) ** 2) ** 0.5
    gap = value - better * effect["estimate"]
    if gap + Z95 * error < 0:
        return "less_than_expected"
    clear = (found.low or 0.0) > 0 if better > 0 else (found.high or 0.0) < 0
    if not clear:
        return "cannot_say"
    return "more_than_expected" if gap - Z95 * error > 0 else "as_expected"


def _outcome_of(mart: pd.DataFrame, effect: Effect) -> tuple[pd.Series, float, str]:
    known = OUTCOMES.get(effect["outcome"])
    column = known.column.format(h=effect["horizon_days"]) if known else f"outcome_{effect['outcome']}"
    return number(mart, column), 100.0 if effect["unit"] == "per 100 customers" else 1.0, effect["unit"]


def _with_season(mart: pd.DataFrame) -> pd.DataFrame:
    return mart.assign(season=mart["opened_at"].dt.quarter)


def _scaled(found: Estimate, scale: float) -> Estimate:
    value, low, high = (None if x is None else scale * x for x in (found.value, found.low, found.high))
    return Estimate(value, low, high, found.n, found.reason)


def _numbers(found: Difference) -> Row:
    if found.value is None:
        return {"n": found.n_with, "verdict": "not_estimable", "reason": found.reason}
    return {"estimate": found.value, "ci_low": found.low, "ci_high": found.high, "n": found.n_with}
