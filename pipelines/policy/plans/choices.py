"""Two questions of every Monday: if only one, faster or more? And in which form: cash, credit, in kind, or a call?"""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from pipelines.contracts.answers import Answer
from pipelines.contracts.mart import Col
from pipelines.contracts.policy_wording import form_name
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.mart import missing, number, return_outcome
from pipelines.policy.money.cost import assumed_of_credit, incident_costs
from pipelines.policy.money.margin import margin_of_returner, missing_margin
from pipelines.policy.money.margin_before_vouchers import GROSS, before_vouchers
from pipelines.policy.money.worth_of_effects import missing_costs
from pipelines.policy.plans.next_sum import FASTER, MORE, told_best
from pipelines.policy.plans.scenario import answer, compare, factors_of
from pipelines.policy.plans.scenario_cells import FREE_SPEED
from pipelines.policy.rows import NO_CONCLUSION, Row, decision_row, refused

PART = "choice"
FASTER_OR_MORE = "faster_or_more"
FORM, BEST_FORM = "form", "best_form"
UNDECIDED = "Can't be told: the interval of the difference holds zero. Keep the current standard and test both."
UNPRICED = (
    "Can't be told: the larger offer doesn't clearly net more even than a promise that costs nothing. "
    "Say what an hour sooner costs: set speed_cost_per_hour in [profile]."
)
NOT_BY_ITSELF = "Against today it isn't shown to pay."
UNSUPPORTED = "Can't be told: too few incidents of any segment were treated both ways."
FORMS_OVERLAP = "Can't be told: the intervals of the forms overlap. Keep the current standard and test the two best."
NOTHING_PAYS = "None of the forms judged earns its cost: each clearly nets less than giving nothing."
NOTHING_WINS = "Can't be told: no form clearly nets more than giving nothing. Keep the current standard and test."
ONE_FORM = "Can't be told: only one form can be judged. Keep the current standard and test it against another."
FORM_ASSUMPTION = (
    "An unmeasured difference between customers given one form and another would overturn it. "
    "Each form costs its usual share of the mean loss."
)


def faster_or_more(cells: Sequence[Row], factor_rows: Sequence[Row], company: Company) -> Iterator[Row]:
    """Net money per incident of a promise, of a larger offer, and of the first over the second.

    The two that the next sum is weighed between, over the segments in which both are supported.
    """
    unit = f"{company.currency} per incident".strip()
    if all(cell["verdict"] != "estimated" for cell in cells):
        yield refused(PART, FASTER_OR_MORE, cells[0]["reason"], unit=unit, population=cells[0]["population"])
        return
    common = {"unit": unit, "population": cells[0]["population"], "assumption": cells[0]["assumption"],
              "within_days": float(cells[0]["horizon_days"])}  # fmt: skip
    pair = told_best(cells)
    if pair is None:
        yield refused(PART, FASTER_OR_MORE, UNSUPPORTED, **common)
        return
    factors, (sooner, larger) = factors_of(factor_rows, len(cells)), pair
    priced = company.speed_cost_per_hour is not None
    alone = {FASTER: answer(cells, factors, sooner), MORE: answer(cells, factors, larger)}
    yield _net(FASTER, f"{sooner.minutes:g}", alone[FASTER], "" if priced else FREE_SPEED, common)
    yield _net(MORE, f"{larger.share:g}", alone[MORE], "", common)
    yield _decided(compare(cells, factors, sooner, larger), alone, priced, common)


def _net(measure: str, level: str, found: Answer, caution: str, common: Row) -> Row:
    if found.value is None:
        return refused(PART, measure, UNSUPPORTED, level=level, n=found.n, **common)
    reasons = [found.reason, NO_CONCLUSION if found.grade == "D" else "", caution]
    return decision_row(
        PART, measure, level=level, estimate=found.value, ci_low=found.value_low, ci_high=found.value_high, n=found.n,
        grade=found.grade, reason=" ".join(r for r in reasons if r) or None, **common,
    )  # fmt: skip


def _decided(found: Answer, alone: Mapping[str, Answer], priced: bool, common: Row) -> Row:
    """``level``: faster or more; empty where it can't be told. ``alone``: what each of them brings against today.

    Without a cost of speed only ``more`` can be told: it wins although the promise counts as free.
    """
    if found.value is None or found.value_low is None or found.value_high is None:
        return refused(PART, FASTER_OR_MORE, UNSUPPORTED, n=found.n, **common)
    if not priced and not (found.grade != "D" and found.value_high < 0):
        reason = NO_CONCLUSION if found.grade == "D" else UNPRICED
        return refused(PART, FASTER_OR_MORE, reason, n=found.n, grade=found.grade, **common)
    clear = found.grade != "D" and not found.value_low <= 0.0 <= found.value_high
    level = (FASTER if found.value > 0 else MORE) if clear else ""
    pays = bool(level) and (alone[level].value_low or 0.0) > 0
    why = NO_CONCLUSION if found.grade == "D" else UNDECIDED if not clear else None if pays else NOT_BY_ITSELF
    return decision_row(
        PART, FASTER_OR_MORE, level=level, estimate=found.value, ci_low=found.value_low, ci_high=found.value_high,
        n=found.n, grade=found.grade, reason=why,
        **common,
    )  # fmt: skip


def form_rows(mart: pd.DataFrame, effects: Sequence[Row], company: Company) -> list[Row]:
    """Each form's margin per incident net of what it costs, and the one that is clearly best, if one is."""
    unit, days = f"{company.currency} per incident".strip(), main_horizon(company.facts)
    where = {"unit": unit, "population": "answered", "within_days": float(days)}
    reason = missing_margin(company) or missing(company, "compensation_kind") or missing_costs(company)
    chosen = [] if reason else _effects_of_forms(effects, company, days)
    if reason or not chosen:
        return [refused(PART, BEST_FORM, reason or "No effect of a form of compensation was estimated.", **where)]
    margin = margin_of_returner(before_vouchers(mart, days), GROSS, days, company, _answered(mart))
    costs = _costs(mart, company)
    where |= {"assumption": f"{FORM_ASSUMPTION} {assumed_of_credit(mart, company)}".strip()}
    rows = [_form(row, margin, costs.get(str(row["level_to"])), where) for row in chosen]
    return [*rows, _best(rows, where)]


def _answered(mart: pd.DataFrame) -> pd.Series:
    return pd.Series(mart[Col.RESPONSE_STATUS] == "answered")


def _effects_of_forms(effects: Sequence[Row], company: Company, days: int) -> list[Row]:
    wanted = {
        "treatment": "compensation_kind", "outcome": return_outcome(company), "horizon_days": days, "segment": "",
        "spec": "adjusted", "level_from": "none",
    }  # fmt: skip
    return [row for row in effects if all(row[name] == value for name, value in wanted.items())]


def _costs(mart: pd.DataFrame, company: Company) -> dict[str, float]:
    """Cost of each form per answered incident: its usual share of the loss, taken of everybody's mean loss.

    Credit costs what is usually redeemed of it in the end.
    """
    cost, loss = incident_costs(mart, company)["cost_expected"], number(mart, Col.LOSS_AMOUNT)
    kind = mart[Col.COMPENSATION_KIND].astype("object")
    known = cost.notna() & (loss > 0) & kind.notna() & _answered(mart)
    sums = pd.DataFrame({"cost": cost, "loss": loss})[known].groupby(kind[known]).sum()
    mean_loss = float(loss[known].mean())
    return {str(name): float(row["cost"] / row["loss"]) * mean_loss for name, row in sums.iterrows()}


def _form(effect: Row, margin: float | None, cost: float | None, where: Row) -> Row:
    common = where | {"level": str(effect["level_to"]), "effect_id": effect["effect_id"], "n": effect["n_incidents"]}
    if effect["estimate"] is None or cost is None or margin is None:
        reason = effect["reason"] or "What this form costs, or what a returning customer is worth, isn't known."
        return refused(PART, FORM, reason, **common)
    low, point, high = (margin * effect[c] / 100.0 - cost for c in ("ci_low", "estimate", "ci_high"))
    reasons = [effect["reason"] or "", NO_CONCLUSION if effect["grade"] == "D" else ""]
    return decision_row(
        PART, FORM, estimate=point, ci_low=low, ci_high=high, grade=effect["grade"],
        reason=" ".join(r for r in reasons if r) or None, **common,
    )  # fmt: skip


def _best(rows: Sequence[Row], where: Row) -> Row:
    """The form whose interval lies above all others' and above giving nothing; grade D doesn't compete."""
    judged = sorted((r for r in rows if r["estimate"] is not None and r["grade"] != "D"), key=lambda r: -r["estimate"])
    if not judged:
        return refused(PART, BEST_FORM, NO_CONCLUSION, **where)
    unjudged = [form_name(r["level"]) for r in rows if r not in judged]
    left_out = f"Not judged: {', '.join(unjudged)}." if unjudged else ""
    if reason := _no_winner(judged):
        reason = f"{reason} {left_out}".strip()
        return refused(PART, BEST_FORM, reason, grade=max(r["grade"] for r in judged), **where)
    kept = {name: judged[0][name] for name in ("level", "estimate", "ci_low", "ci_high", "n", "grade", "effect_id")}
    return decision_row(PART, BEST_FORM, reason=left_out or None, **kept, **where)


def _no_winner(judged: Sequence[Row]) -> str:
    """Why none of the forms, the best first, is clearly best; "" where one is."""
    first, *others = judged
    if not first["ci_low"] > 0:
        return NOTHING_PAYS if all(r["ci_high"] < 0 for r in judged) else NOTHING_WINS
    if not others:
        return ONE_FORM
    return FORMS_OVERLAP if any(first["ci_low"] <= other["ci_high"] for other in others) else ""
