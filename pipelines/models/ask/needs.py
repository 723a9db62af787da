"""What an outcome or a treatment needs of the profile; the reason, in plain words, when it isn't there."""

from collections.abc import Callable

from pipelines.contracts.catalog.outcomes import Outcome
from pipelines.models.facts import Facts

_FOLLOWED = ("returned", "spend", "spend_without_voucher", "days_to_return", "held_booking_cancelled", "restored")
_WORDS = ("referrals", "negative_post", "positive_story")


def missing_for_outcome(facts: Facts, outcome: Outcome) -> str:
    """Why the outcome can't be known, or "" when it can."""
    if outcome.id in _FOLLOWED:
        return _missing_orders(facts, outcome)
    if outcome.id == "retained":
        return _missing_subscriptions(facts)
    if outcome.id in ("promoter", "review_stars", *_WORDS) and not facts.has("word_of_mouth"):
        return "The profile supplies no scores, reviews or posts. Add the word_of_mouth table."
    if outcome.id == "reopened" and not facts.has("incidents", "reopened_at"):
        return "The profile doesn't say which cases were reopened. Map reopened_at in incidents."
    return ""


def _missing_orders(facts: Facts, outcome: Outcome) -> str:
    if not facts.has("incidents", "customer_id"):
        return "Incidents name no customer, so nobody can be seen to return. Map customer_id in incidents."
    if facts.retention == "contractual":
        return "Customers here subscribe rather than order: see the outcome 'stayed' instead."
    if not facts.has("orders"):
        return (
            "There are no orders, so nobody can be seen to return. "
            "Add orders (customer_id, order_id, ordered_at, amount, currency)."
        )
    if facts.sampled_by != "customer":
        return (
            f"The export was drawn by {facts.sampled_by}, so repeat customers can't be seen in it. Draw customers and "
            'take all their orders, then set sampled_by = "customer".'
        )
    if outcome.id == "held_booking_cancelled" and not facts.has("orders", "service_date"):
        return (
            "Orders carry no service date, so bookings held at the failure can't be seen. Map service_date in orders."
        )
    if outcome.id == "restored" and not facts.has("word_of_mouth", "score"):
        return "No customer scores are supplied, so a restored bond can't be seen. Add scores to word_of_mouth."
    return ""


def _missing_subscriptions(facts: Facts) -> str:
    if not facts.has("incidents", "customer_id"):
        return "Incidents name no customer, so nobody can be seen to stay. Map customer_id in incidents."
    if not facts.has("subscriptions"):
        return (
            "There are no subscriptions, so nobody can be seen to stay. "
            "Add subscriptions (customer_id, active_from, active_until)."
        )
    return ""


def _missing_speed(facts: Facts) -> str:
    if facts.has("interactions", "contacted_at", "actor"):
        return ""
    return "The profile says neither who answered nor when. Add interactions (incident_id, contacted_at, actor)."


def _missing_share(facts: Facts) -> str:
    if not facts.has("compensations"):
        return (
            "The profile says nothing of what was given. Add compensations (incident_id, kind, face_amount, currency)."
        )
    if not facts.has("compensations", "face_amount"):
        return "Compensation comes without amounts. Map face_amount and currency in compensations."
    if not facts.has("incidents", "loss_amount"):
        return "The customer's loss isn't known, so no share of it can be. Map loss_amount and currency in incidents."
    return _missing_speed(facts)


def _missing_kind(facts: Facts) -> str:
    return (
        ""
        if facts.has("compensations")
        else "The profile says nothing of what was given. Add compensations (incident_id, kind)."
    )


def _missing_action(facts: Facts) -> str:
    if facts.has("interactions", "action"):
        return ""
    return (
        "The profile doesn't say what was done in a contact. "
        "Map action in interactions, or declare word lists that code messages."
    )


def _missing_flag(column: str) -> Callable[[Facts], str]:
    def missing(facts: Facts) -> str:
        return "" if facts.has("incidents", column) else f"The profile doesn't supply it. Map {column} in incidents."

    return missing


_TREATMENTS: dict[str, Callable[[Facts], str]] = {
    "speed": _missing_speed,
    "compensation": _missing_share,
    "compensation_kind": _missing_kind,
    "on_time": _missing_flag("responded_on_time"),
    "cash": _missing_kind,
    "apology": _missing_action,
    "empathy": _missing_action,
    "accountability": _missing_action,
    "explanation": _missing_action,
    "commitment": _missing_action,
    "olive_branch": _missing_kind,
    "repair": _missing_flag("fixed_for_customer"),
    "resolution": _missing_flag("resolved_at"),
    "silence": _missing_speed,
    "assignment": _missing_flag("assignment"),
}


def missing_for_treatment(facts: Facts, treatment: str) -> str:
    """Why the treatment can't be known, or "" when it can."""
    check = _TREATMENTS.get(treatment)
    return check(facts) if check else ""
