"""Closed sets that the story turns on: arrays hold their index, files their label."""

from enum import IntEnum


class Code(IntEnum):
    """An index; its label is its name in small letters."""

    @property
    def label(self) -> str:
        """As written in the tables."""
        return self.name.lower()

    @classmethod
    def labels(cls) -> tuple[str, ...]:
        """All labels, by index."""
        return tuple(code.label for code in cls)


class Line(Code):
    """Line of business."""

    HOTEL = 0
    CRUISE = 1


class Severity(Code):
    """How grave a failure is."""

    NUISANCE = 0
    DISRUPTION = 1
    STAY_SPOILED = 2
    SAFETY_OR_CANCELLED = 3


class Tier(Code):
    """Standing in the loyalty programme."""

    NONE = 0
    SILVER = 1
    GOLD = 2
    PLATINUM = 3


class Segment(Code):
    """Whom a guest travels as."""

    LEISURE = 0
    FAMILY = 1
    BUSINESS = 2
    GROUP = 3


class Fault(Code):
    """Whose fault a failure was."""

    COMPANY = 0
    CUSTOMER = 1
    THIRD_PARTY = 2
    UNCLEAR = 3


class Noticed(Code):
    """Who noticed a failure first."""

    CUSTOMER = 0
    COMPANY = 1
    THIRD_PARTY = 2


class Arm(Code):
    """Arm of the credit experiment; −1 in an array is outside of it."""

    USUAL = 0
    CREDIT_OFFER = 1


class Form(Code):
    """What is given to make a failure good."""

    REFUND = 0
    FREE_ITEM = 1
    POINTS = 2
    UPGRADE = 3
    CREDIT = 4
    GIFT_CARD = 5
    GESTURE = 6


class Actor(Code):
    """Who spoke in a contact."""

    AGENT = 0
    BOT = 1
    CUSTOMER = 2


class Action(Code):
    """What was done in a contact."""

    ACKNOWLEDGE = 0
    APOLOGISE = 1
    EMPATHISE = 2
    OWN = 3
    EXPLAIN = 4
    COMMIT = 5
    OFFER = 6
    RESOLVE = 7
    UPDATE = 8
    ESCALATE = 9


class Role(Code):
    """Who may give how much, the least first."""

    DESK = 0
    SHIP_SERVICES = 1
    DUTY_MANAGER = 2
    GENERAL_MANAGER = 3
    HEAD_OFFICE = 4


class Voice(Code):
    """How guests speak of a stay afterwards."""

    NPS = 0
    REVIEW = 1
    REFERRAL = 2
    POST = 3


class Sentiment(Code):
    """How a review or post sounds."""

    NEGATIVE = 0
    NEUTRAL = 1
    POSITIVE = 2
