"""A case closed but not won back: what its standard promises, what to do next. Pure: a row of the mart in, words out.

The page and the list that goes to the front line use the same words for the same case.
"""

from typing import Any

from pipelines.contracts.numerals import local_number

Row = Any

# Published for the page: the most valuable cases first. The list written by `amends worklist` holds them all.
MOST_CASES = 5000
# An open case that no person has answered for so long lies silent.
SILENT_DAYS = 7.0
NEEDED = (
    "severity", "standard_minutes", "standard_met", "standard_offer_kind", "standard_offer_share", "standard_approver",
    "loss_amount", "response_status", "first_contact_minutes", "fixed_for_customer", "compensation_given",
    "compensation_amount", "apology_given", "days_to_departure", "follow_up_days",
)  # fmt: skip
_KINDS = {
    "refund": "money back", "credit": "credit", "points": "points", "voucher": "a voucher", "gift_card": "a gift card",
    "upgrade": "an upgrade", "free_item": "something for free", "discount": "a discount", "gesture": "a gesture",
    "monetary_unspecified": "money", "non_monetary": "something in kind",
}  # fmt: skip


def won_back(case: Row) -> str:
    """What says that the customer is not won back."""
    if case["restored"] is False:
        return "no"
    return "no new order yet" if case["customer_on_file"] else "not known"


def standard_offer(case: Row, currency: str) -> str:
    """What the recovery standard promises this case, or "" where none applies."""
    kind, share = case["standard_offer_kind"], _number(case["standard_offer_share"])
    if not kind:
        return ""
    words = _KINDS.get(kind, str(kind).replace("_", " "))
    if not share:
        return words
    return f"{words} worth {_amount(share, case, currency)}"


def next_step(case: Row, currency: str) -> str:
    """The first thing the standard asks for that the records don't show; then a call by whoever approves the offer."""
    answered = case["response_status"] == "answered" or _number(case["first_contact_minutes"]) is not None
    if case["response_status"] is not None and not answered:
        return "Answer: no person has"
    if case["fixed_for_customer"] is False and not _over(case):
        return "Repair it for this customer"
    owed = _owed(case, currency)
    if owed:
        approver = (
            f", approved by {str(case['standard_approver']).replace('_', ' ')}" if case["standard_approver"] else ""
        )
        return f"Give {owed}{approver}"
    if case["apology_given"] is False:
        return "Apologise in person"
    if _number(case["standard_minutes"]) is None and not case["standard_offer_kind"]:
        why = "no standard covers this case" if case["severity"] else "its severity isn't recorded"
        return f"Decide what to offer: {why}"
    late = "answered late, and " if case["standard_met"] is False else ""
    return f"Call in person: {late}nothing the standard asks for is left to do"


def _over(case: Row) -> bool:
    """Whether the stay, trip or service had ended by the data cut, so that nothing in it can be repaired any more."""
    ends, known = _number(case["days_to_departure"]), _number(case["follow_up_days"])
    return ends is not None and known is not None and ends <= known


def _owed(case: Row, currency: str) -> str:
    """What of the standard's offer was not given, in words; "" when all was, or nobody can tell."""
    if not case["standard_offer_kind"] or case["compensation_given"] is None:
        return ""
    if not case["compensation_given"]:
        return standard_offer(case, currency)
    share, loss = _number(case["standard_offer_share"]), _number(case["loss_amount"])
    given = _number(case["compensation_amount"])
    if not share or loss is None or given is None:
        return ""
    left = share * loss - given
    if left < 0.01 * loss:
        return ""
    return f"{currency} {local_number(f'{left:,.2f}')} more, to reach the standard's {100 * share:.0f} % of the loss"


def _amount(share: float, case: Row, currency: str) -> str:
    loss = _number(case["loss_amount"])
    held = "" if loss is None else f" ({currency} {local_number(f'{share * loss:,.2f}')})"
    return f"{100 * share:.0f} % of the loss{held}"


def _number(value: Any) -> float | None:
    """A float, or ``None`` for what is missing in any of its forms."""
    return None if value is None or value != value else float(value)
