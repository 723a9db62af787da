"""What is given: kinds, as exports name them, and forms that have something in common."""

from enum import StrEnum


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
