"""The words that canonical columns may hold, where only some make sense."""

from enum import StrEnum

ACTORS = ("agent", "bot", "customer")
ACTIONS = (
    "acknowledge", "apologise", "empathise", "own", "explain", "commit", "update", "offer", "resolve", "escalate",
)  # fmt: skip
COMPENSATION_KINDS = (
    "refund", "credit", "points", "voucher", "gift_card", "upgrade", "free_item", "discount", "gesture",
    "monetary_unspecified", "non_monetary",
)  # fmt: skip
CASH_KINDS = ("refund", "discount", "monetary_unspecified")
FUTURE_CREDIT_KINDS = ("credit", "points", "voucher", "gift_card")
IN_KIND_KINDS = ("upgrade", "free_item", "non_monetary")
GESTURE_KINDS = ("gesture",)
FORMS = {"cash": CASH_KINDS, "future_credit": FUTURE_CREDIT_KINDS, "in_kind": IN_KIND_KINDS, "gesture": GESTURE_KINDS}
UNSPECIFIED_KINDS = ("monetary_unspecified", "non_monetary")
FAULTS = ("company", "customer", "third_party", "unclear")


class DetectedBy(StrEnum):
    """Who noticed a failure first."""

    CUSTOMER = "customer"
    COMPANY = "company"
    THIRD_PARTY = "third_party"


DETECTED_BY = tuple(DetectedBy)
WORD_OF_MOUTH_KINDS = ("nps", "csat", "review", "referral", "post")
SENTIMENTS = ("positive", "neutral", "negative")
