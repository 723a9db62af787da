"""Sentences on policies, offers, scenarios and choices, each from one row. Pure: text and numbers can't disagree.

The verb follows the grade: A acts, B is estimated to, C goes with, after adjustment, D concludes nothing. An interval
that holds zero says that it can't be told, whatever the grade.
"""

from collections.abc import Sequence
from typing import Any

from pipelines.contracts.numerals import local_decimal, local_money

Row = Any

_BRINGS = {"A": "brings {}", "B": "is estimated to bring {}", "C": "goes with {}, after adjustment"}
_NETS = {"A": "nets {}", "B": "is estimated to net {}", "C": "goes with {} net of its cost, after adjustment"}
_HEDGES = {"A": "", "B": ", by estimate", "C": ", after adjustment"}
_FORMS = {
    "cash": "cash", "future_credit": "future credit", "in_kind": "something in kind", "gesture": "a manager's call",
    "mixed": "several forms at once",
}  # fmt: skip
BELOW_STANDARD = "Below the company's own standard."
TESTABLE_WEEKS, YEAR_WEEKS = 104, 52
NOT_VALUED = "Not valued: halves of the incidents lead to other offers."
PLANS = {
    "best": "Giving only what pays back",
    "within_standard": "Giving only what pays back, within the company's own standard",
}


def policy_headline(row: Row, who: str = "customers") -> str:
    """The shortest true statement about a policy. ``who`` is the profile's word for customers."""
    if row["verdict"] == "not_estimable":
        return "Not known: what to give to whom"
    if row["verdict"] == "experiment":
        if not row["changed_share"]:
            return f"{plan_name(row)}: nothing better than today was found"
        found = "no conclusion" if row["grade"] == "D" else "not clearly better than today"
        then = "and too long to test here: change nothing yet" if too_long(row) else "so test before changing anything"
        return f"{plan_name(row)}: {found}, {then}"
    more = _BRINGS[row["grade"]].format(f"{_money(row['value'], row)} more per incident than today")
    return f"{plan_name(row)} {more} ({_limits(row, 'value')})"


def policy_sentence(row: Row, who: str = "customers") -> str:
    """The headline with what is spent, what happens to returns, how sure it is, and what would overturn it."""
    if row["verdict"] == "not_estimable":
        return f"{policy_headline(row, who)}. {row['reason'] or ''}".strip()
    caution = standard_caution(row)
    parts = [
        caution,
        f"{policy_headline(row, who)}.",
        _spending(row),
        _returns(row, who) if row["changed_share"] else "",
    ]
    parts += [(row["reason"] or "").removeprefix(caution).strip(), experiment_sentence(row), row["assumption"] or ""]
    return " ".join(part for part in parts if part)


def standard_caution(row: Row) -> str:
    """That a policy gives less than the company's own standard, and how often; "" where it doesn't."""
    reason = row["reason"] or ""
    return reason.partition(".")[0] + "." if reason.startswith(BELOW_STANDARD.rstrip(".")) else ""


def plan_name(row: Row) -> str:
    """What the policy is called: "Spending 50 % of today's money where it does most"."""
    if row["budget_ratio"] is None:
        return PLANS.get(row["policy"], str(row["policy"]))
    ratio = "today's money" if row["budget_ratio"] == 1 else f"{100 * row['budget_ratio']:.0f} % of today's money"
    return f"Spending {ratio} where it does most"


def experiment_sentence(row: Row) -> str:
    """The experiment that would settle it, from the row's own numbers; "" where none is asked for.

    Where incidents come too slowly for it, what would shorten it.
    """
    if row["test_per_arm"] is None:
        return ""
    points = local_decimal(row["test_points"], 1)
    sized = f"{local_decimal(row['test_per_arm'])} incidents each to see {points} per 100"
    if too_long(row):
        return (
            f"A test would take too long here: about {local_decimal(row['test_weeks'] / YEAR_WEEKS)} years, {sized}. A "
            "larger change in the offer, more sites or a coarser question would shorten it."
        )
    weeks = "" if row["test_weeks"] is None else f", {local_decimal(row['test_weeks'])} weeks of incidents"
    return (
        f"A test would settle it: draw by lot who gets these offers and who is treated as today "
        f"({row['test_unit']}), {sized}{weeks}."
    )


def too_long(row: Row) -> bool:
    """Whether a policy's test takes longer than any company would wait."""
    return row["test_weeks"] is not None and row["test_weeks"] > TESTABLE_WEEKS


def not_proposed(row: Row) -> str:
    """That what a plan would give isn't a proposal, as it isn't clearly worth it; "" where it is one."""
    if row["verdict"] != "experiment" or not row["changed_share"]:
        return ""
    found = "nothing can be concluded of it" if row["grade"] == "D" else "it isn't clearly better than today"
    if row["grade"] != "D" and row["value_low"] > 0:
        found = "clear by itself, but not in its turn or not at its full cost"
    return f"Not proposed: {found}. The table only shows what this plan would give."


def thrift_sentence(row: Row, who: str = "customers") -> str:
    """What a published budget below today's nets, what it falls short of, and what it does to returns; else ""."""
    ratio = row["budget_ratio"]
    if row["verdict"] != "published" or ratio is None or ratio >= 1 or not row["changed_share"]:
        return ""
    below = standard_caution(row).rstrip(".")
    within = f", {below[0].lower()}{below[1:]}" if below else ""
    saved = f"Of that, {_money(row['cost_today'] - row['cost'], row)} is money not given (grade {row['grade']})."
    return f"{policy_headline(row, who)}{within}. {saved} {_returns(row, who)}".strip()


def next_return_sentence(row: Row) -> str:
    """What the next 1 of money returns: the marginal return towards the next larger budget."""
    if row["next_return"] is None:
        return ""
    if row["grade"] == "D":
        return "No conclusion on what the next 1 returns."
    if row["next_return_low"] <= 1.0 <= row["next_return_high"]:
        between = _between(row, "next_return", 2)
        return f"It can't be told whether the next 1 spent comes back: it returns between {between}."
    limits, pays = f"({_limits(row, 'next_return')})", row["next_return_low"] > 1.0
    size = f"{local_decimal(row['next_return'], 2)} {limits}"
    if row["grade"] == "C":
        margin = f"{local_decimal(row['next_return'], 2)} of margin, after adjustment {limits}"
        return f"The next 1 spent goes with {margin}: {'more' if pays else 'less'} than was spent."
    if row["grade"] == "B":
        return f"The next 1 spent is estimated {'to' if pays else 'not to'} come back: {size}."
    back = "comes back" if pays else "doesn't come back"
    return f"The next 1 spent {back}: it returns {size}."


def offer_phrase(row: Row) -> str:
    """What one segment is offered: "nothing", "as today", "25 % of the loss"."""
    if row["share"] is None:
        return "as today"
    return "nothing" if row["share"] == 0 else f"{100 * row['share']:.0f} % of the loss"


def scenario_sentence(found: Row, who: str = "customers") -> str:
    """A scenario's answer (``dataclasses.asdict``) with its interval, its money, what is held and what it lacks."""
    if found["gain"] is None:
        return str(found["reason"])
    if found["low"] == found["high"] == 0:
        return "Nothing is changed: set a promise or an offer, and for how many."
    if found["grade"] == "D":
        text = f"No conclusion, {found['held']}: keep the current standard and test."
    elif found["low"] <= 0 <= found["high"]:
        low, high = local_decimal(-found["low"], 1), local_decimal(found["high"], 1)
        text = f"It can't be told, {found['held']}: between {low} fewer and {high} more returning {who} per 100."
    else:
        low, high = sorted((abs(found["low"]), abs(found["high"])))
        size = f"{local_decimal(abs(found['gain']), 1)} {_direction(found['gain'])} returning {who} per 100"
        limits = f"({local_decimal(low, 1)} to {local_decimal(high, 1)})"
        text = f"With {found['held']}, this {_BRINGS[found['grade']].format(size)} {limits}."
    money = f"Net of its cost: {_money(found['value'], found)} per incident ({_limits(found, 'value')})."
    return " ".join(part for part in (text, "" if found["grade"] == "D" else money, str(found["reason"])) if part)


def choice_sentence(row: Row) -> str:
    """The answer of one row of the part "choice"."""
    if row["estimate"] is None:
        return str(row["reason"] or "")
    reason = f" {row['reason']}" if row["reason"] else ""
    if row["measure"] == "faster_or_more":
        return "No conclusion. Keep the current standard and test." if row["grade"] == "D" else _faster_or_more(row)
    if row["grade"] == "D":
        return f"{_asked(row)}: no conclusion. Keep the current standard and test."
    span = f"{_money(row['estimate'], row)} per incident"
    limits = f"({_bounds(row)})"
    if row["measure"] == "best_form":
        most = _NETS[row["grade"]].format("most")
        return f"Among the forms judged, {form_name(row['level'])} {most}: {span} {limits}.{reason}"
    if row["ci_low"] <= 0 <= row["ci_high"]:
        return f"{_asked(row)}: it can't be told whether it pays, {span} net of its cost {limits}.{reason}"
    return f"{_asked(row)} {_NETS[row['grade']].format(span)} {limits}.{reason}"


def _faster_or_more(row: Row) -> str:
    """Which of the two nets more, by how much; the row's numbers are the first less the second."""
    if not row["level"]:
        between = f"between {_money(row['ci_low'], row)} and {_money(row['ci_high'], row)}"
        return f"{row['reason'] or ''} The difference lies {between} per incident in favour of faster.".strip()
    faster = row["level"] == "faster"
    one, other = ("Being faster", "giving more") if faster else ("Giving more", "being faster")
    low, high = sorted((abs(row["ci_low"]), abs(row["ci_high"])))
    size = f"{_money(abs(row['estimate']), row)} more per incident than {other}"
    reason = f" {row['reason']}" if row["reason"] else ""
    limits = f"({local_decimal(low, 2)} to {local_decimal(high, 2)})"
    return f"{one} {_NETS[row['grade']].format(size)} {limits}, grade {row['grade']}.{reason}"


def forms_at_a_loss(rows: Sequence[Row]) -> str:
    """Which forms of compensation clearly don't earn their cost, from rows ``form``; "" where none does.

    A form of grade D, and one whose interval holds zero, is no clear loss.
    """
    judged = [r for r in rows if r["estimate"] is not None and r["grade"] != "D"]
    losses = sorted((r for r in judged if r["ci_high"] < 0), key=lambda r: float(r["estimate"]))
    if not losses:
        return ""
    hedge = _HEDGES[max(r["grade"] for r in losses)]
    first = "None of the forms judged earns its cost" if len(losses) == len(judged) else "Some don't earn their cost"
    named = ", ".join(f"{form_name(r['level'])} {_money(r['estimate'], r)} ({_bounds(r)})" for r in losses)
    worst = len(losses) > 1 and all(losses[0]["ci_high"] < other["ci_low"] for other in losses[1:])
    most = f" {_capital(form_name(losses[0]['level']))} loses most." if worst else ""
    left = [form_name(r["level"]) for r in rows if r not in judged]
    unjudged = f" Not judged: {', '.join(left)}." if left else ""
    return f"{first}{hedge}; net per incident, against giving nothing: {named}.{most}{unjudged}"


def form_name(kind: str) -> str:
    """A form of compensation in words."""
    return _FORMS.get(kind, kind)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _asked(row: Row) -> str:
    """What a row of choices is about."""
    if row["measure"] == "faster":
        return "Answering everyone within an hour"
    if row["measure"] == "more":
        return f"Giving everyone {100 * float(row['level']):.0f} % of the loss"
    return f"Giving {form_name(row['level'])} rather than nothing"


def _spending(row: Row) -> str:
    less = row["cost_today"] - row["cost"]
    change = "less" if less > 0 else "more"
    if abs(less) < 0.005:
        return f"It spends what is spent today: {_money(row['cost'], row)} per incident."
    return f"It spends {_money(abs(less), row)} {change} per incident: {_money(row['cost'], row)}."


def _returns(row: Row, who: str) -> str:
    if row["grade"] == "D":
        return ""
    if row["gain_low"] <= 0 <= row["gain_high"]:
        return f"What it does to returns can't be told: between {_between(row, 'gain', 1)} {who} per 100."
    size = f"{local_decimal(abs(row['gain']), 1)} {_direction(row['gain'])} returning {who} per 100"
    low, high = sorted((abs(row["gain_low"]), abs(row["gain_high"])))
    return f"It {_BRINGS[row['grade']].format(size)} ({local_decimal(low, 1)} to {local_decimal(high, 1)})."


def _direction(gain: float) -> str:
    return "more" if gain > 0 else "fewer"


def _between(row: Row, name: str, digits: int) -> str:
    return f"{local_decimal(row[f'{name}_low'], digits)} and {local_decimal(row[f'{name}_high'], digits)}"


def _limits(row: Row, name: str) -> str:
    return f"{local_decimal(row[f'{name}_low'], 2)} to {local_decimal(row[f'{name}_high'], 2)}"


def _bounds(row: Row) -> str:
    return f"{local_decimal(row['ci_low'], 2)} to {local_decimal(row['ci_high'], 2)}"


def _money(value: float, row: Row) -> str:
    currency = str(row["unit"] or "").split(" ")[0]
    return local_money(f"{value:,.2f}", "" if currency == "per" else currency)
