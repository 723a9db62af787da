"""How offers are planned, tested and tried out: plans, arms and units of tests, and what scenarios hold."""

from enum import StrEnum


class ReviewSide(StrEnum):
    """The incidents of the year before a decision, and those since it was due."""

    BEFORE = "before"
    SINCE = "since"


class Winner(StrEnum):
    """Where the next sum goes: to people, so that answers come faster, or to larger offers."""

    FASTER = "faster"
    MORE = "more"


class Plan(StrEnum):
    """How offers are chosen: every step pays back, nor ever below the company's standard, or within a budget.

    A budget is named by its multiple of today's cost.
    """

    BEST = "best"
    WITHIN_STANDARD = "within_standard"
    BUDGET_25 = "0.25"
    BUDGET_50 = "0.5"
    BUDGET_75 = "0.75"
    BUDGET_100 = "1"
    BUDGET_125 = "1.25"
    BUDGET_150 = "1.5"
    BUDGET_200 = "2"

    @property
    def budget_ratio(self) -> float | None:
        """The budget as a multiple of today's cost; None where every step must pay back."""
        return None if self in (Plan.BEST, Plan.WITHIN_STANDARD) else float(self.value)

    @property
    def keeps_standard(self) -> bool:
        """Nothing below the company's own standard, nor below today where practice falls short of it."""
        return self is Plan.WITHIN_STANDARD


class TrialArms(StrEnum):
    """What is drawn by lot in the test of a policy."""

    AS_TODAY_AGAINST_OFFERS = "as_today_against_offers"


class TrialUnit(StrEnum):
    """What is drawn as one in the test of a policy."""

    CUSTOMER_OR_EVENT = "customer_or_event"


class Held(StrEnum):
    """What a scenario keeps as it is today."""

    EVERYTHING = "everything"
    COMPENSATION = "compensation"
    SPEED = "speed"
    NOTHING = "nothing"
    COMPARED = "compared"
