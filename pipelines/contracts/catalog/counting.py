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
    NOT_SHOWN = "not_shown"
    PAYS = "pays"
    PARADOX = "paradox"
    MORE_THAN_ALL = "more_than_all"
    NOT_ALL = "not_all"
    CANNOT_SAY = "cannot_say"
    AS_EXPECTED = "as_expected"
    LESS_THAN_EXPECTED = "less_than_expected"
    MORE_THAN_EXPECTED = "more_than_expected"


class Dose(StrEnum):
    """By what the customers of one mass incident are told apart: how much they got, or how soon they were answered."""

    SHARE_GIVEN = "share_given"
    HOURS_TO_CONTACT = "hours_to_contact"


class DoseStep(StrEnum):
    """Steps of a dose: shares of the loss given, and hours to the first answer."""

    NOTHING = "nothing"
    BELOW_25 = "below_25"
    FROM_25_TO_50 = "from_25_to_50"
    FROM_50_TO_100 = "from_50_to_100"
    FROM_100 = "from_100"
    WITHIN_1_HOUR = "within_1_hour"
    FROM_1_TO_4_HOURS = "from_1_to_4_hours"
    FROM_4_TO_24_HOURS = "from_4_to_24_hours"
    LATER_OR_NEVER = "later_or_never"


class Every(StrEnum):
    """How long one step of a series is. Weeks and four weeks are counted back from the data cut."""

    WEEK = "week"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"
    QUARTER = "quarter"


class NeededFor(StrEnum):
    """Why somebody should turn to a case.

    ``silent``: open, and no person has answered for a week. ``at_risk``: open, and past its promise, or the customer
    threatens to leave, or a promise to them was broken. ``not_won_back``: closed, and the customer hasn't come back.
    """

    SILENT = "silent"
    AT_RISK = "at_risk"
    NOT_WON_BACK = "not_won_back"


class PromiseSide(StrEnum):
    """What is held against what: promises kept or broken against none, and against each other."""

    KEPT = "kept"
    BROKEN = "broken"
    KEPT_AGAINST_BROKEN = "kept_against_broken"


class FixSide(StrEnum):
    """The time before a fix was deployed, and after it."""

    BEFORE = "before"
    AFTER = "after"


class Waited(StrEnum):
    """Which of those who wait: the middle one, or the one who waits longest."""

    MEDIAN = "median"
    LONGEST = "longest"


class ReturnStep(StrEnum):
    """Whose return rate it is, by the steps that lead there: each starts from the one before its last slash."""

    FOLLOWED = "followed"
    ANSWERED = "followed/answered"
    PRICED = "followed/answered/priced"
    WINDOW = "followed/window"
    ON_FILE = "on_file"

    @property
    def before(self) -> str:
        """The step it starts from; "" for all incidents."""
        return self.value.rpartition("/")[0]


class WonBack(StrEnum):
    """What says that a customer is not won back."""

    NO = "no"
    NO_ORDER_YET = "no_order_yet"
    NOT_KNOWN = "not_known"
