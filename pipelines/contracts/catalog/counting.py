"""How a counted number was counted: what it is part of, when it was known, and where it stands."""

from enum import StrEnum


class Topic(StrEnum):
    """What a counted number is part of."""

    DESCRIPTIVE = "descriptive"
    FUNNEL = "funnel"
    RETURNS = "returns"
    SILENCE = "silence"
    STANDARDS = "standards"
    LEARNING = "learning"
    WORD_OF_MOUTH = "word_of_mouth"
    MONEY = "money"
    FRONT_LINE = "front_line"
    FORMS = "forms"


class Clock(StrEnum):
    """``known_now`` at the data cut, or ``matured``: told of a cohort whose horizon has passed."""

    KNOWN_NOW = "known_now"
    MATURED = "matured"


class Standing(StrEnum):
    """Where a number lies beside its target, its expectation, its cost or those who never failed."""

    ABOVE = "above"
    BELOW = "below"
    UNCLEAR = "unclear"
    BELOW_COST = "below_cost"
    PARADOX = "paradox"
    MORE_THAN_ALL = "more_than_all"
    NOT_ALL = "not_all"
    CANNOT_SAY = "cannot_say"
    AS_EXPECTED = "as_expected"
    LESS_THAN_EXPECTED = "less_than_expected"
    MORE_THAN_EXPECTED = "more_than_expected"
