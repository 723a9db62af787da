"""Closed sets that the story turns on: arrays hold their index, files their label."""

from enum import IntEnum, StrEnum

from pipelines.contracts.catalog import vocabulary


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


class Recorded(Code):
    """An index in the order of its members; its label is the contract's code."""

    code: str

    def __new__(cls, code: StrEnum) -> "Recorded":
        """The next index, by the code that a canonical column holds."""
        index = int.__new__(cls, len(cls.__members__))
        index._value_, index.code = len(cls.__members__), code.value
        return index

    @property
    def label(self) -> str:
        """As written in the tables."""
        return self.code


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


class Fault(Recorded):
    """Whose fault a failure was."""

    COMPANY = vocabulary.AtFault.COMPANY
    CUSTOMER = vocabulary.AtFault.CUSTOMER
    THIRD_PARTY = vocabulary.AtFault.THIRD_PARTY
    UNCLEAR = vocabulary.AtFault.UNCLEAR


class Noticed(Recorded):
    """Who noticed a failure first."""

    CUSTOMER = vocabulary.DetectedBy.CUSTOMER
    COMPANY = vocabulary.DetectedBy.COMPANY
    THIRD_PARTY = vocabulary.DetectedBy.THIRD_PARTY


class Arm(Code):
    """Arm of the credit experiment; −1 in an array is outside of it."""

    USUAL = 0
    CREDIT_OFFER = 1


class Form(Recorded):
    """What is given to make a failure good."""

    REFUND = vocabulary.OneKind.REFUND
    FREE_ITEM = vocabulary.OneKind.FREE_ITEM
    POINTS = vocabulary.OneKind.POINTS
    UPGRADE = vocabulary.OneKind.UPGRADE
    CREDIT = vocabulary.OneKind.CREDIT
    GIFT_CARD = vocabulary.OneKind.GIFT_CARD
    GESTURE = vocabulary.OneKind.GESTURE


class Actor(Recorded):
    """Who spoke in a contact."""

    AGENT = vocabulary.Actor.AGENT
    BOT = vocabulary.Actor.BOT
    CUSTOMER = vocabulary.Actor.CUSTOMER


class Action(Recorded):
    """What was done in a contact."""

    ACKNOWLEDGE = vocabulary.Action.ACKNOWLEDGE
    APOLOGISE = vocabulary.Action.APOLOGISE
    EMPATHISE = vocabulary.Action.EMPATHISE
    OWN = vocabulary.Action.OWN
    EXPLAIN = vocabulary.Action.EXPLAIN
    COMMIT = vocabulary.Action.COMMIT
    OFFER = vocabulary.Action.OFFER
    RESOLVE = vocabulary.Action.RESOLVE
    UPDATE = vocabulary.Action.UPDATE
    ESCALATE = vocabulary.Action.ESCALATE


class Role(Code):
    """Who may give how much, the least first."""

    DESK = 0
    SHIP_SERVICES = 1
    DUTY_MANAGER = 2
    GENERAL_MANAGER = 3
    HEAD_OFFICE = 4


class Voice(Recorded):
    """How guests speak of a stay afterwards."""

    NPS = vocabulary.Voice.NPS
    REVIEW = vocabulary.Voice.REVIEW
    REFERRAL = vocabulary.Voice.REFERRAL
    POST = vocabulary.Voice.POST


class Sentiment(Recorded):
    """How a review or post sounds."""

    NEGATIVE = vocabulary.Sentiment.NEGATIVE
    NEUTRAL = vocabulary.Sentiment.NEUTRAL
    POSITIVE = vocabulary.Sentiment.POSITIVE
