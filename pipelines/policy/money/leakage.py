"""Compensation that no estimate shows to add anything: by severity, and beyond the share where more stops adding.

The gain is the published one of giving the usual share against nothing; its money is what a returning customer earned.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.mart import is_true, missing, missing_return, number, return_column, return_outcome
from pipelines.policy.money.cost import assumed_of_credit, incident_costs, unit_cost
from pipelines.policy.money.margin import margin_of_returner, missing_margin
from pipelines.policy.money.margin_before_vouchers import GROSS, before_vouchers
from pipelines.policy.money.worth_of_effects import missing_costs
from pipelines.policy.plans.population import losses_of
from pipelines.policy.rows import NO_CONCLUSION, Row, decision_row, refused

PART = "front_line"
SPENT, UNSHOWN, BELOW, BEYOND = (
    "compensation_spent", "spent_without_shown_gain", "spent_below_its_cost", "spent_beyond_the_stopping_point"
)  # fmt: skip
GIVEN = "compensation given by the data cut, what wasn't redeemed left out"
UNMEASURED = "An unmeasured difference between cases given more and less would overturn it."
WORTH = (
    "A customer won back earns what those who came back have earned so far; later years and what is said don't count. "
    + UNMEASURED
)
NO_CELL = "No severity has enough cases for an effect of its own on coming back."
OWN_CELL = "This severity has too few cases for an effect of its own on coming back."
BETWEEN = "Its gain is shown, but its interval holds what it costs: it may earn more or less than that."
NEAR_SHARE = 0.125
TOO_FAR = f"No effect was estimated within {NEAR_SHARE:g} of the usual share of the loss here, so its gain isn't known."
LEFT_OUT = "Severities without an effect near their usual share of the loss are left out."
NOBODY = "Nobody came back, so what one is worth isn't known."
NONE_SO = "No severity's spend stands there."


@dataclass(frozen=True)
class Cell:
    """One severity: what was spent there, what the usual share costs per incident, and its published gain.

    Without an ``effect`` near the usual share, ``reason`` says why.
    """

    severity: str
    spent: float
    n: int
    cost: float
    effect: Row | None
    reason: str = ""


def leakage_rows(mart: pd.DataFrame, effects: Sequence[Row], company: Company) -> list[Row]:
    """Money spent per severity and where it stands; the sums without shown gain, below cost, and beyond the stop.

    ``standing``: below_cost (even the upper limit earns less than it costs), not_shown (the interval holds no gain, or
    no conclusion), pays (the lower limit earns more than it costs) or cannot_say (between, or no effect near the usual
    share). ``observed``: share of all spent.
    """
    unit = company.currency
    reason = missing_costs(company) or missing(company, "compensation") or missing_return(company)
    if reason:
        return [refused(PART, m, reason, population=GIVEN, unit=unit) for m in (SPENT, UNSHOWN, BELOW, BEYOND)]
    costs = incident_costs(mart, company)["cost"]
    given = is_true(mart, Col.COMPENSATION_GIVEN) & costs.notna()
    beyond = _beyond(mart, effects, costs, company)
    return [*_by_severity(mart, effects, costs.where(given), company), beyond]


def _by_severity(mart: pd.DataFrame, effects: Sequence[Row], costs: pd.Series, company: Company) -> Iterator[Row]:
    total = float(costs.sum())
    cells = _cells(mart, effects, costs, company)
    days = main_horizon(company.facts)
    worth = margin_of_returner(before_vouchers(mart, days), GROSS, days, company)
    standings = {c.severity: standing(c, worth) for c in cells}
    assumed = f"{WORTH} {assumed_of_credit(mart, company)}".strip()
    common = {"population": GIVEN, "unit": company.currency, "verdict": "counted", "assumption": assumed}
    for c in cells:
        effect = c.effect or {}
        yield decision_row(
            PART, SPENT, segment=f"severity={c.severity}", level=str(effect.get("level_to", "")), estimate=c.spent,
            n=c.n, observed=c.spent / total if total else None, standing=standings[c.severity],
            effect_id=effect.get("effect_id"), grade=effect.get("grade"),
            reason=_why(c, standings[c.severity], worth, company) or None, **common,
        )  # fmt: skip
    for measure, counted in {UNSHOWN: ("not_shown", "below_cost"), BELOW: ("below_cost",)}.items():
        if reason := _unknown_sum(measure, cells, worth, company):
            yield refused(PART, measure, reason, population=GIVEN, unit=company.currency)
            continue
        chosen = [c for c in cells if standings[c.severity] in counted]
        spent = sum(c.spent for c in chosen)
        reasons = ["" if chosen else NONE_SO, LEFT_OUT if any(c.reason for c in cells) else ""]
        yield decision_row(
            PART, measure, estimate=spent, n=sum(c.n for c in chosen) if chosen else None,
            observed=spent / total if total else None, reason=" ".join(r for r in reasons if r) or None, **common,
        )  # fmt: skip


def _why(cell: Cell, stands: str | None, worth: float | None, company: Company) -> str:
    """Why it can't be told what the cell's money showed, or ""."""
    if cell.effect is None:
        return OWN_CELL if cell.reason == NO_CELL else cell.reason
    if stands == "cannot_say":
        return (missing_margin(company) or NOBODY) if worth is None else BETWEEN
    return NO_CONCLUSION if cell.effect["grade"] == "D" else ""


def _unknown_sum(measure: str, cells: Sequence[Cell], worth: float | None, company: Company) -> str:
    """Why a sum over severities can't be told, or ""."""
    if not any(c.effect for c in cells):
        return TOO_FAR if any(c.reason == TOO_FAR for c in cells) else NO_CELL
    return missing_margin(company) or NOBODY if measure == BELOW and worth is None else ""


def _cells(mart: pd.DataFrame, effects: Sequence[Row], costs: pd.Series, company: Company) -> list[Cell]:
    price = unit_cost(mart, company).value or 0.0
    column = return_column(company, main_horizon(company.facts))
    found = []
    for severity in sorted(mart[Col.SEVERITY].dropna().unique()):
        inside = mart[Col.SEVERITY] == severity
        spent, n = float(costs[inside].sum()), int(costs[inside].count())
        usual = number(mart, Col.COMPENSATION_SHARE)[inside & costs.notna()].mean()
        own = _effects(effects, severity, company)
        effect = _nearest(own, usual)
        if effect is None:
            found.append(Cell(severity, spent, n, 0.0, None, TOO_FAR if own else NO_CELL))
            continue
        losses = losses_of(mart, effect["population"], column, company.facts)
        loss = float(losses[inside[losses.index]].mean())
        found.append(Cell(severity, spent, n, price * loss * float(effect["level_to"]), effect))
    return found


def _effects(effects: Sequence[Row], severity: str, company: Company) -> list[Row]:
    """The severity's gains in coming back, by share of the loss given."""
    wanted = {"treatment": "compensation", "outcome": return_outcome(company), "segment": f"severity={severity}",
              "horizon_days": main_horizon(company.facts), "verdict": "estimated"}  # fmt: skip
    return [r for r in effects if all(r[k] == v for k, v in wanted.items()) and r["spec"] in ("shrunken", "adjusted")]


def _nearest(own: Sequence[Row], usual: float) -> Row | None:
    """The gain at the share nearest to the usual one that allows a conclusion, shrunken where it was."""
    near = [r for r in own if abs(float(r["level_to"]) - usual) <= NEAR_SHARE]
    rank = lambda r: (r["grade"] == "D", abs(float(r["level_to"]) - usual), r["spec"] == "adjusted")  # noqa: E731
    return min(near, default=None, key=rank)


def standing(cell: Cell, worth: float | None) -> str | None:
    """Where what the cell's usual share brings lies against what it costs."""
    if cell.effect is None:
        return "cannot_say" if cell.reason == TOO_FAR else None
    low, high = cell.effect["ci_low"], cell.effect["ci_high"]
    if worth is not None and cell.effect["grade"] != "D" and worth * high / 100.0 < cell.cost:
        return "below_cost"
    if low <= 0 or cell.effect["grade"] == "D":
        return "not_shown"
    return "pays" if worth is not None and worth * low / 100.0 > cell.cost else "cannot_say"


def _beyond(mart: pd.DataFrame, effects: Sequence[Row], costs: pd.Series, company: Company) -> Row:
    """What was paid above the share of the loss from which more adds nearly nothing, with that share's limits."""
    where = {"population": f"{GIVEN}, losses known", "unit": company.currency}
    wanted = {"treatment": "compensation", "spec": "stopping_point", "segment": "", "outcome": return_outcome(company),
              "horizon_days": main_horizon(company.facts)}  # fmt: skip
    stop = next((r for r in effects if all(r[k] == v for k, v in wanted.items())), None)
    if stop is None or stop["estimate"] is None:
        return refused(PART, BEYOND, (stop or {}).get("reason") or "No stopping point was estimated.", **where)
    share = number(mart, Col.COMPENSATION_SHARE)
    known = (share > 0) & costs.notna()
    paid = [
        float((costs * (1 - at / share).clip(lower=0.0))[known].sum())
        for at in (stop["estimate"], stop["ci_high"], stop["ci_low"])
    ]
    total = float(costs[known].sum())
    return decision_row(
        PART, BEYOND, level=f"{stop['estimate']:.2f}", estimate=paid[0], ci_low=paid[1], ci_high=paid[2],
        n=int(known.sum()), observed=paid[0] / total if total else None, effect_id=stop["effect_id"],
        grade=stop["grade"], assumption=UNMEASURED, reason=stop["reason"] or None, **where,
    )  # fmt: skip
