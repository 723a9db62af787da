"""One honest sentence from one effect row. Pure: text, number and grade come from the same row, so they can't disagree.

The verb follows the grade and nothing else; an interval that holds zero says "cannot say" whatever the grade.
"""

from typing import Any

from pipelines.contracts.catalog.outcomes import OUTCOMES, TREATMENTS
from pipelines.contracts.findings import GRADE_MEANING
from pipelines.contracts.numerals import local_decimal, local_number
from pipelines.contracts.paradox import won_back_headline
from pipelines.contracts.policy_wording import form_name

Row = Any

PER_100 = "per 100 customers"
SMALLEST_TESTED_POINTS = 2.0
MOST_DIGITS = 3

_DURATIONS = {"15": "15 minutes", "60": "an hour", "240": "4 hours", "1440": "a day", "4320": "3 days"}
_DONE = {
    "on_time": "Answering on time",
    "cash": "Giving money back rather than anything else",
    "apology": "Apologising",
    "empathy": "Showing empathy",
    "accountability": "Owning the fault",
    "explanation": "Explaining what happened",
    "commitment": "Committing to improve",
    "olive_branch": "Offering something beyond words",
    "repair": "Repairing it for this customer",
    "resolution": "Resolving open cases within two more days",
    "failure": "The failure itself",
}
_FAILURE = {
    "recovered": "A failure that was answered, and put right or compensated",
    "not_recovered": "A failure left unanswered, or neither put right nor compensated",
}
_VERB = {
    "A": "{what} causes {change}",
    "B": "{what} is estimated to mean {change}",
    "C": "{what} goes with {change}, after adjustment",
}
_CAVEAT = {
    "A": "Who got it was drawn by lot, so this is cause and effect.",
    "B": "This assumes no unmeasured difference between the cases compared.",
    "C": "This is an association after adjustment: something else may lie behind it.",
    "D": "Keep the current standard and test.",
}


def headline(row: Row, who: str = "customers", currency: str = "") -> str:
    """The shortest true statement: what, how much, between which limits. ``who`` is the profile's customers_word."""
    if row["estimate"] is None:
        return f"Not known: {what_is_done(row, lower=True)}"
    if row["spec"] == "raw":
        return f"Unadjusted, not an effect: {change(row, who, currency)} ({limits(row)})"
    if row["grade"] not in _VERB:
        return f"No conclusion yet on {what_is_done(row, lower=True)}"
    if row["estimand"] == "won_back_share":
        return won_back_headline(row, who)
    if row["ci_low"] <= 0 <= row["ci_high"]:
        return f"We cannot say yet what {what_is_done(row, lower=True)} changes: {limits_in_words(row, who, currency)}"
    claim = _VERB[row["grade"]].format(what=what_is_done(row), change=change(row, who, currency))
    return f"{claim} ({limits(row)})"


def sentence(row: Row, who: str = "customers", currency: str = "") -> str:
    """The headline with its baseline, what it assumes, and what weakens it; for a missing estimate its reason."""
    if row["estimate"] is None:
        return f"{headline(row, who)}. {row['reason'] or ''}".strip()
    parts = [f"{headline(row, who, currency)}.", _against(row, who), _CAVEAT.get(row["grade"] or "", "")]
    if row["grade"] == "D":
        parts.append(experiment(row))
    return " ".join(part for part in (*parts, row["reason"] or "") if part)


def beside(row: Row, who: str = "customers") -> str:
    """What stands below headline and badge: the baseline, what weakens it, and without a conclusion the experiment."""
    test = experiment(row) if row["grade"] == "D" else ""
    return " ".join(part for part in (_against(row, who), row["reason"] or "", test) if part)


def badge(row: Row) -> str:
    """What the grade means, in plain words."""
    return GRADE_MEANING[row["grade"] or "none"]


def definition(row: Row, who: str = "customers") -> str:
    """What exactly the number is, for the hover beside it."""
    outcome = OUTCOMES[row["outcome"]].label.lower() if row["outcome"] in OUTCOMES else row["outcome"]
    scale = f"per 100 {who}" if row["unit"] == PER_100 else row["unit"]
    population = str(POPULATIONS.get(row["population"], row["population"]))
    return (
        f"{what_is_done(row)}, against {row['baseline'] or 'nothing done'}: "
        f"change in '{outcome}'{_horizon(row)}, {scale}. "
        f"{population[:1].upper()}{population[1:]}. In brackets the 95 % interval."
    )


POPULATIONS = {
    "all": "all incidents with full follow-up, cases too young to be judged left out",
    "all_answered": "incidents that a person answered, with full follow-up; too few went unanswered to be judged",
    "answered": "incidents that a person answered; nobody else could receive anything",
    "could_be_compensated": "incidents that a person answered, of kinds in which something is given at times",
    "compensated": "incidents in which something was given",
    "as_assigned": "incidents drawn for the experiment, as assigned",
    "open_at_landmark": "cases still open at that time",
    "failed_and_never_failed": (
        "customers with an incident, against comparable purchases of customers whom nothing had failed until then"
    ),
}


def what_is_done(row: Row, *, lower: bool = False) -> str:
    """The treatment as a phrase that can start a sentence: "Answering everyone within an hour"."""
    text = _phrase(row)
    segment = f" ({row['segment'].replace(';', ', ').replace('=', ': ').replace('_', ' ')})" if row["segment"] else ""
    return (text[0].lower() + text[1:] if lower else text) + segment


def _phrase(row: Row) -> str:
    treatment, to, base = row["treatment"], str(row["level_to"]), str(row["level_from"])
    if treatment == "speed":
        return f"Answering everyone within {_DURATIONS.get(to, to + ' minutes')}"
    if treatment == "compensation" and to == "any":
        return "Giving everyone something"
    if treatment == "compensation":
        return f"Giving {float(to) * 100:.0f} % of the loss rather than {_share(base)}"
    if treatment == "compensation_kind":
        return f"Compensating with {form_name(to)} rather than {'nothing' if base == 'none' else form_name(base)}"
    if treatment == "assignment":
        return f"Being assigned to '{to.replace('_', ' ')}' rather than '{base.replace('_', ' ')}'"
    if treatment == "failure":
        return _FAILURE.get(to, _DONE[treatment])
    if treatment == "silence":
        return f"Never leaving an open case silent for {to} hours"
    known = TREATMENTS[treatment].label if treatment in TREATMENTS else treatment
    return _DONE.get(treatment, known)


def _share(level: str) -> str:
    return "nothing" if float(level) == 0 else f"{float(level) * 100:.0f} %"


def change(row: Row, who: str = "customers", currency: str = "") -> str:
    """The estimate with direction and unit: "3 more returning guests per 100"."""
    more = "more" if row["estimate"] >= 0 else "fewer" if row["unit"] in (PER_100, "days") else "less"
    return f"{_money(row, currency)}{number(abs(row['estimate']), row)} {more} {noun(row, who)}"


def limits(row: Row) -> str:
    """The interval in the direction of the estimate: "1 to 5"."""
    low, high = sorted((row["ci_low"], row["ci_high"]))
    if row["estimate"] < 0:
        low, high = -high, -low
    return f"{number(low, row)} to {number(high, row)}"


def limits_in_words(row: Row, who: str = "customers", currency: str = "") -> str:
    """An interval that holds zero: "between 2 fewer and 4 more returning guests per 100"."""
    less = "fewer" if row["unit"] == PER_100 else "less"
    low, high = number(-row["ci_low"], row), number(row["ci_high"], row)
    return f"between {_money(row, currency)}{low} {less} and {high} more {noun(row, who)}"


def digits(row: Row) -> int:
    """Decimals that the error allows: none from one point of error on, else one, else two.

    An interval that leaves out zero never rounds to one that reaches it: up to ``MOST_DIGITS`` are added for that.
    """
    error = row["std_error"] or 0.0
    allowed = 0 if error >= 1.0 else 1 if error >= 0.1 else 2
    low, high = row.get("ci_low"), row.get("ci_high")
    if low is None or high is None or low <= 0 <= high:
        return allowed
    nearest = min(abs(low), abs(high))
    return next((n for n in range(allowed, MOST_DIGITS) if round(nearest, n)), MOST_DIGITS)


def number(value: float, row: Row) -> str:
    """A value of the row as text, rounded as its error allows, with a true minus and never a negative zero."""
    return local_decimal(value, digits(row))


def _money(row: Row, currency: str) -> str:
    outcome = OUTCOMES.get(row["outcome"])
    return f"{currency} " if currency and outcome is not None and outcome.kind == "amount" else ""


def noun(row: Row, who: str = "customers") -> str:
    """What the outcome counts, with its scale and horizon: "returning guests per 100 within a year"."""
    outcome = OUTCOMES.get(row["outcome"])
    if row["outcome"] == "days_to_return":
        return f"returning {who} per 100{_horizon(row)}" if row["unit"] == PER_100 else f"days until {who} return"
    words = (outcome.per_100 if outcome else row["outcome"].replace("_", " ")).replace("customers", who)
    if row["unit"] == PER_100:
        return f"{words} per 100{_horizon(row)}"
    if outcome is not None and outcome.kind == "amount":
        return f"{words.removeprefix('of ')} per {who.removesuffix('s')}{_horizon(row)}"
    return f"{words}{_horizon(row)}"


def _horizon(row: Row) -> str:
    days = row["horizon_days"]
    return "" if days is None else " within a year" if days == 365 else f" within {days} days"


def _against(row: Row, who: str) -> str:
    if row["baseline_estimate"] is None or not row["baseline"] or row["unit"] != PER_100:
        return ""
    return f"With {row['baseline']}: {number(row['baseline_estimate'], row)} {noun(row, who)}."


def experiment(row: Row) -> str:
    """The experiment that would settle it: incidents per arm for 80 % power, from the row's baseline and clustering.

    Two-sided 5 % test of two shares; the effect to find is the estimate, but at least two points.
    """
    base = row["baseline_estimate"]
    if row["unit"] != PER_100 or base is None or not 0 < base < 100:
        return "A test would settle it."
    points = max(abs(row["estimate"]), SMALLEST_TESTED_POINTS)
    inflation = row["n_incidents"] / row["effective_incidents"] if row["effective_incidents"] else 1.0
    arm = 2 * (1.96 + 0.84) ** 2 * base * (100 - base) / points**2 * inflation
    size = local_number(f"{round(arm, -2):,.0f}")
    return f"A test would settle it: about {size} incidents per arm to see {number(points, row)} per 100."
