"""What recovering customers brings for what it costs: handling, speed, all of it, and the next step."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pandas as pd
from scipy import stats

from pipelines.contracts.mart import SILENCE_LANDMARK_HOURS, Col
from pipelines.models.ask.landmark import LANDMARK_HOURS, SILENT_HOURS
from pipelines.models.ask.plan import main_horizon
from pipelines.models.question import FEWEST_ROWS
from pipelines.policy.company import Company
from pipelines.policy.counted.shares import mean
from pipelines.policy.mart import is_true, missing, missing_return, number, return_column, return_outcome
from pipelines.policy.money.cost import assumed_of_credit, incident_costs, unit_cost
from pipelines.policy.money.margin import Spend, earned_share, margin_of_returner, missing_margin
from pipelines.policy.money.margin_before_vouchers import GROSS, before_vouchers
from pipelines.policy.money.worth_of_effects import (
    NO_LOSS,
    PART,
    UNMEASURED,
    headline_effects,
    mean_loss,
    missing_costs,
    scaled,
    waits_beyond,
)
from pipelines.policy.rows import Row, decision_row, numbers, refused

HANDLING, PROMISE, PER_SPEED = "handling_cost", "cost_of_promise", "margin_per_1_of_speed"
ROI, NEXT, SILENCE = "margin_per_1_of_recovery", "marginal_margin_per_1_of_compensation", "cost_of_a_day_of_silence"
NO_HANDLING = "What a contact costs isn't declared. Set handling_cost_per_contact in [profile]."
NO_SPEED_COST = "What answering sooner costs isn't declared. Set speed_cost_per_hour in [profile]."
NO_RECOVERY = "Nobody can be compared with customers who never failed. Add the orders of all customers."
COSTS_FIXED = "Recovering one more customer costs what recovering one has cost so far."
SPREAD = "Silent cases waited {hours:.0f} hours longer than the others; their cost is spread evenly over these days."
LIMITS = "What limits it:"
APART = "The interval takes both effects as independent, though they rest partly on the same cases."
NO_WAITS = "How much longer silent cases waited isn't known: too few of either kind are old enough and still open."


def recovery_rows(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> list[Row]:
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


def _handling(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    where = {"population": "incidents whose contacts are recorded", "unit": f"{company.currency} per incident".strip()}
    reason = missing(company, "speed") or ("" if company.handling_cost_per_contact is not None else NO_HANDLING)
    if reason:
        yield refused(PART, HANDLING, reason, **where)
        return
    cost = number(mart, Col.COMPANY_CONTACTS) * (company.handling_cost_per_contact or 0.0)
    levels = sorted(mart[Col.SEVERITY].dropna().unique())
    for segment, chosen in [("", cost.notna()), *((f"severity={x}", mart[Col.SEVERITY] == x) for x in levels)]:
        yield decision_row(
            PART, HANDLING, segment=segment, **where, **numbers(mean(cost[chosen], mart[Col.CLUSTER_KEY][chosen]))
        )


def _speed(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Iterator[Row]:
    """Per promise: hours it takes away at the declared cost of an hour, and the margin won per 1 of that."""
    days = main_horizon(company.facts)
    units = {PROMISE: f"{company.currency} per incident".strip(), PER_SPEED: "ratio"}
    ladder = headline_effects(effects, "speed", spend.outcome, days)
    declared = company.speed_cost_per_hour
    reason = missing(company, "speed") or missing_margin(company) or ("" if declared is not None else NO_SPEED_COST)
    if reason or not ladder:
        reason = reason or "No effect of speed on spend was estimated."
        yield from (refused(PART, m, reason, unit=unit, population="all") for m, unit in units.items())
        return
    followed = mart[number(mart, spend.column(days)).notna()]
    earned = earned_share(mart, spend, days, company)
    for effect in ladder:
        common = {"level": str(effect["level_to"]), "population": effect["population"]}
        hours = waits_beyond(followed, float(effect["level_to"]), company.facts.response_cap_minutes)
        found = mean(hours * (declared or 0.0), followed[Col.CLUSTER_KEY][hours.index])
        yield decision_row(PART, PROMISE, unit=units[PROMISE], **common, **numbers(found))
        if not found.value:
            yield refused(PART, PER_SPEED, "Keeping the promise costs nothing here.", unit="ratio", **common)
            continue
        row = scaled(effect, earned / found.value)
        yield decision_row(PART, PER_SPEED, unit="ratio", assumption=UNMEASURED, **common, **row)


def _whole_recovery(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Row:
    """Margin that recovered customers bring above unrecovered ones, per 1 that recovering them has cost."""
    days = main_horizon(company.facts)
    where = {
        "population": "recovered incidents, against the same unrecovered",
        "unit": "ratio",
        "within_days": float(days),
    }
    failed = {row["level_to"]: row for row in headline_effects(effects, "failure", spend.outcome, days)
              if row["estimand"] == "effect_of_failure"}  # fmt: skip
    pair = [failed.get(level) for level in ("recovered", "not_recovered")]
    reason = missing_margin(company) or missing_costs(company) or next(
        (r["reason"] for r in pair if r and r["estimate"] is None), "" if all(pair) else NO_RECOVERY
    )  # fmt: skip
    cost, spoken = _cost_of_recovering(mart, company) if not reason else (0.0, "")
    if reason or not cost > 0 or pair[0] is None or pair[1] is None:
        return refused(PART, ROI, reason or "Recovering has cost nothing so far.", **where)
    gain = _gap(pair[0], pair[1])
    row = scaled(gain, earned_share(mart, spend, days, company) / cost)
    values = where | row | {"reason": f"{spoken} {row['reason'] or ''}".strip()}
    assumed = f"{COSTS_FIXED} {assumed_of_credit(mart, company)}".strip()
    return decision_row(PART, ROI, assumption=assumed, **values)


def _cost_of_recovering(mart: pd.DataFrame, company: Company) -> tuple[float, str]:
    """Mean cost of compensation, and of contacts where that is declared, per recovered incident; what it counts."""
    helped = is_true(mart, Col.FIXED_FOR_CUSTOMER) | is_true(mart, Col.COMPENSATION_GIVEN)
    recovered = helped & (mart[Col.RESPONSE_STATUS] == "answered")
    cost = incident_costs(mart, company)["cost_expected"]
    if company.handling_cost_per_contact is not None:
        cost = cost + number(mart, Col.COMPANY_CONTACTS) * company.handling_cost_per_contact
        return float(cost[recovered].mean()), "Counts compensation and contacts, not repairs."
    return float(cost[recovered].mean()), "Counts compensation alone: " + NO_HANDLING


def _gap(one: Row, other: Row) -> Row:
    """One effect less another, their errors taken as independent, with a t interval at the fewer degrees of freedom."""
    value = one["estimate"] - other["estimate"]
    error = ((one["std_error"] or 0.0) ** 2 + (other["std_error"] or 0.0) ** 2) ** 0.5
    df = max(1.0, min(float(row["df"] or 1.0) for row in (one, other)))
    half = float(stats.t.ppf(0.975, df)) * error
    reason = " ".join(filter(None, (_both(one["reason"] or "", other["reason"] or ""), APART)))
    return one | {"estimate": value, "ci_low": value - half, "ci_high": value + half, "reason": reason,
                  "grade": max(one["grade"] or "D", other["grade"] or "D")}  # fmt: skip


def _both(one: str, other: str) -> str:
    """What weakens either of two effects, each said once and all limits in one sentence."""
    texts, limits = [text.partition(LIMITS) for text in (one, other)], dict[str, None]()
    for _, _, named in texts:
        limits |= dict.fromkeys(filter(None, named.strip().removesuffix(".").split("; ")))
    said = [*dict.fromkeys(filter(None, (before.strip() for before, _, _ in texts)))]
    return " ".join([*said, f"{LIMITS} {'; '.join(limits)}."] if limits else said)


def _next_steps(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Iterator[Row]:
    """From each share of the loss to the next: margin gained per 1 more of cost."""
    days = main_horizon(company.facts)
    ladder = [r for r in headline_effects(effects, "compensation", spend.outcome, days) if r["estimate"] is not None]
    ladder.sort(key=lambda row: float(row["level_to"]))
    reason = missing_margin(company) or missing(company, "compensation") or missing_costs(company)
    if reason or len(ladder) < 2:
        reason = reason or "Fewer than two shares of the loss have an effect on spend."
        yield refused(PART, NEXT, reason, unit="ratio", population="answered")
        return
    earned, price = earned_share(mart, spend, days, company), unit_cost(mart, company)
    for lower, upper in pairwise(ladder):
        cost = (price.value or 0.0) * mean_loss(mart, upper, spend, company)
        cost *= float(upper["level_to"]) - float(lower["level_to"])
        common = {
            "level": f"{lower['level_to']}-{upper['level_to']}",
            "population": upper["population"],
            "unit": "ratio",
        }
        if not cost > 0:
            yield refused(PART, NEXT, price.reason or NO_LOSS, **common)
            continue
        assumed = f"{UNMEASURED} {price.assumption}".strip()
        yield decision_row(PART, NEXT, assumption=assumed, **common, **scaled(_gap(upper, lower), earned / cost))


def _silence(mart: pd.DataFrame, effects: Sequence[Row], spend: Spend, company: Company) -> Iterator[Row]:
    """Margin lost per day that a silence lasts, from the effect of ending it on returning."""
    days = main_horizon(company.facts)
    where = {"population": "cases still open", "unit": f"{company.currency} margin per day and case".strip()}
    asked = headline_effects(effects, "silence", return_outcome(company), days)
    usable = [row for row in asked if row["estimate"] is not None]
    hours = silent_hours(mart, company) if usable else None
    reason = missing_return(company) or missing_margin(company) or ("" if usable else _why(asked))
    worth = margin_of_returner(mart, spend, days, company) if not reason else None
    if worth is None or hours is None:
        nobody = NO_WAITS if worth is not None else "Nobody came back, so what one is worth isn't known."
        yield refused(PART, SILENCE, reason or nobody, **where)
        return
    for effect in usable:
        row = scaled(effect, worth / 100.0 * 24.0 / hours)
        row["reason"] = " ".join(r for r in (SPREAD.format(hours=hours), row["reason"]) if r)
        yield decision_row(PART, SILENCE, level=str(effect["level_to"]), assumption=UNMEASURED, **where, **row)


def silent_hours(mart: pd.DataFrame, company: Company) -> float | None:
    """How much longer cases silent for two days waited than the others compared with them; ``None`` if too few."""
    hours = number(mart, Col.LANDMARK_SILENCE_HOURS)
    answered = number(mart, Col.FIRST_CONTACT_MINUTES) <= LANDMARK_HOURS * 60.0
    gone = number(mart, Col.DAYS_TO_RETURN) <= SILENCE_LANDMARK_HOURS / 24.0
    known = number(mart, return_column(company, main_horizon(company.facts))).notna()
    compared = hours[answered & ~gone & known].dropna()
    silent = compared >= SILENT_HOURS
    if min(int(silent.sum()), int((~silent).sum())) < FEWEST_ROWS:
        return None
    return float(compared[silent].mean() - compared[~silent].mean())


def _why(asked: Sequence[Row]) -> str:
    return next((row["reason"] for row in asked if row["reason"]), "No effect of silence on returning was estimated.")
