"""Sentences on the next sum of money a year, people or offers, each from one answer (``dataclasses.asdict``).

The verb follows the grade, as in :mod:`pipelines.contracts.policy_wording`.
"""

from math import isinf
from typing import Any

from pipelines.contracts.numerals import local_money

Row = Any

_HEDGES = {"A": "", "B": ", by estimate", "C": ", after adjustment"}
_NETS = {"A": "nets {}", "B": "is estimated to net {}", "C": "goes with {}, net of cost and after adjustment"}


def sum_headline(found: Row) -> str:
    """Where the next sum goes, that neither is shown to pay, or that it can't be told."""
    if found["winner"] == "" or found["grade"] == "D":
        return "People or offers? Can't be told yet"
    one, other = ("people", "larger offers") if found["winner"] == "faster" else ("larger offers", "people")
    if _neither_pays(found):
        return f"Not shown to pay either way; of the two, {one} net more{_HEDGES[found['grade']]}"
    return f"{one.capitalize()} rather than {other}{_HEDGES[found['grade']]}"


def sum_sentence(found: Row) -> str:
    """The answer with its interval; else why there is none."""
    if found["grade"] == "D" or found["more"] is None:
        return str(found["reason"])
    if found["price"] is None:
        ahead = f"Even if they cost nothing, {_offering(found).lower()} {_NETS[found['grade']].format('more')}."
        return f"{found['reason']} {ahead}" if found["winner"] == "more" else str(found["reason"])
    between = f"{_money(found['net']['low'], found)} and {_money(found['net']['high'], found)} a year"
    if found["winner"] == "":
        return f"{found['reason']} The difference lies between {between} in favour of people."
    one, other = (_answering(found), _offering(found).lower())
    if found["winner"] == "more":
        one, other = _offering(found), _answering(found).lower()
    size = f"{_money(abs(found['net']['value']), found)} a year more than {other}"
    low, high = sorted((abs(found["net"]["low"]), abs(found["net"]["high"])))
    return f"{one} {_NETS[found['grade']].format(size)} ({_number(low)} to {_number(high)})."


def break_even_sentence(found: Row) -> str:
    """The price of an hour sooner below which people win, with its limits; "" where there is no conclusion.

    Beside it the declared price, where one is.
    """
    if found["break_even"] is None or found["grade"] == "D":
        return ""
    declared = "" if found["price"] is None else f" An hour sooner is declared to cost {_price(found['price'], found)}."
    return _turning(found) + declared


def _turning(found: Row) -> str:
    even = found["break_even"]
    if even["high"] <= 0:
        return f"Larger offers net more whatever an hour sooner costs{_HEDGES[found['grade']]}."
    if isinf(even["low"]):
        return f"People net more whatever an hour sooner costs{_HEDGES[found['grade']]}."
    if even["low"] <= 0 and isinf(even["high"]):
        return "At no price of an hour sooner can it be told which of the two nets more."
    parts = []
    if even["low"] > 0:
        parts.append(f"people clearly net more while an hour sooner costs less than {_price(even['low'], found)}")
    if not isinf(even["high"]):
        parts.append(f"offers clearly net more once it costs over {_price(even['high'], found)}")
    text = ", ".join(parts)
    middle = f" (break-even {_price(even['price'], found)})" if even["price"] > 0 and not isinf(even["price"]) else ""
    return f"{text[0].upper()}{text[1:]}{middle}{_HEDGES[found['grade']]}."


def way_name(way: Row) -> str:
    """What is done: "Answered within 4 hours" or "Given 50 % of the loss"."""
    if way["minutes"] is not None:
        return f"Answered within {_within(way['minutes'])}"
    return f"Given {100 * way['share']:.0f} % of the loss"


def _within(minutes: float) -> str:
    if minutes < 60:
        return f"{minutes:.0f} minutes"
    return "an hour" if minutes == 60 else "a day" if minutes == 1440 else f"{minutes / 60:g} hours"


def _answering(found: Row) -> str:
    return f"Answering {_so_many(found['faster'])} within {_within(found['faster']['minutes'])}"


def _offering(found: Row) -> str:
    return f"Giving {100 * found['more']['share']:.0f} % of the loss to {_so_many(found['more'])}"


def _so_many(way: Row) -> str:
    """How many the sum reaches: "everyone", "37 of 100"."""
    of_100 = 100 * way["reached"]
    return "everyone" if of_100 >= 99.95 else f"{of_100:.{0 if of_100 >= 10 else 1}f} of 100"


def _neither_pays(found: Row) -> bool:
    told = [found[way]["net"] for way in ("faster", "more") if found[way] is not None]
    return all(net is None or net["low"] <= 0 for net in told)


def _price(value: float, found: Row) -> str:
    return local_money(f"{value:,.2f}", found["unit"])


def _money(value: float, found: Row) -> str:
    return local_money(_rounded(value), found["unit"])


def _number(value: float) -> str:
    return local_money(_rounded(value), "")


def _rounded(value: float) -> str:
    """Whole units, three digits of meaning where the sum is large."""
    return f"{round(value, -3) if abs(value) >= 10_000 else value:,.0f}"
