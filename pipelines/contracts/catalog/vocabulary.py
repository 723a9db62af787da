"""The words that canonical columns may hold, where only some make sense, and the sets that derive from them."""

from collections.abc import Mapping
from enum import StrEnum


class Actor(StrEnum):
    """Who speaks in a contact."""

    AGENT = "agent"
    BOT = "bot"
    CUSTOMER = "customer"


class Action(StrEnum):
    """What the company does in a contact."""

    ACKNOWLEDGE = "acknowledge"
    APOLOGISE = "apologise"
    EMPATHISE = "empathise"
    OWN = "own"
    EXPLAIN = "explain"
    COMMIT = "commit"
    UPDATE = "update"
    OFFER = "offer"
    RESOLVE = "resolve"
    ESCALATE = "escalate"


class AtFault(StrEnum):
    """Whose fault a failure was."""

    COMPANY = "company"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"
    UNCLEAR = "unclear"


class DetectedBy(StrEnum):
    """Who noticed a failure first."""

    CUSTOMER = "customer"
    COMPANY = "company"
    THIRD_PARTY = "third_party"


class Voice(StrEnum):
    """How customers speak of what happened."""

    NPS = "nps"
    CSAT = "csat"
    REVIEW = "review"
    REFERRAL = "referral"
    POST = "post"


class Sentiment(StrEnum):
    """How a post or review is meant."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Form(StrEnum):
    """What kinds of compensation have in common; ``mixed``: several at once."""

    CASH = "cash"
    FUTURE_CREDIT = "future_credit"
    IN_KIND = "in_kind"
    GESTURE = "gesture"
    MIXED = "mixed"


class OneKind(StrEnum):
    """A kind of compensation, as given to one case."""

    REFUND = "refund"
    CREDIT = "credit"
    POINTS = "points"
    VOUCHER = "voucher"
    GIFT_CARD = "gift_card"
    UPGRADE = "upgrade"
    FREE_ITEM = "free_item"
    DISCOUNT = "discount"
    GESTURE = "gesture"
    MONETARY_UNSPECIFIED = "monetary_unspecified"
    NON_MONETARY = "non_monetary"


class ResponseStatus(StrEnum):
    """Whether a person answered; ``open``: nobody yet, and there is still time."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    OPEN = "open"


def labels(allowed: type[StrEnum]) -> tuple[str, ...]:
    """The members of a closed set as exports write them."""
    return tuple(member.value for member in allowed)


ACTIONS = labels(Action)
COMPENSATION_KINDS = labels(OneKind)
_CASH = (OneKind.REFUND, OneKind.DISCOUNT, OneKind.MONETARY_UNSPECIFIED)
_FUTURE_CREDIT = (OneKind.CREDIT, OneKind.POINTS, OneKind.VOUCHER, OneKind.GIFT_CARD)
_IN_KIND = (OneKind.UPGRADE, OneKind.FREE_ITEM, OneKind.NON_MONETARY)
# What a form may be given as.
FORMS: Mapping[str, tuple[str, ...]] = {
    Form.CASH: tuple(kind.value for kind in _CASH),
    Form.FUTURE_CREDIT: tuple(kind.value for kind in _FUTURE_CREDIT),
    Form.IN_KIND: tuple(kind.value for kind in _IN_KIND),
    Form.GESTURE: (OneKind.GESTURE.value,),
}
FUTURE_CREDIT_KINDS, GESTURE_KINDS = FORMS[Form.FUTURE_CREDIT], FORMS[Form.GESTURE]
# Kinds that don't say what was given.
UNSPECIFIED_KINDS = (OneKind.MONETARY_UNSPECIFIED.value, OneKind.NON_MONETARY.value)
