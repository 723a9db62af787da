"""Forms in which something is given; kinds, as exports name them, stand in :mod:`pipelines.contracts.vocabulary`."""

from enum import StrEnum


class Form(StrEnum):
    """What kinds of compensation have in common; ``mixed``: several at once."""

    CASH = "cash"
    FUTURE_CREDIT = "future_credit"
    IN_KIND = "in_kind"
    GESTURE = "gesture"
    MIXED = "mixed"
