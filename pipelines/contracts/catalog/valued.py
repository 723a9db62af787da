"""What is valued in money, compared with never failing, and reviewed of decisions: ids of those tables' measures."""

from enum import StrEnum


class Worth(StrEnum):
    """Measures of the table ``valuations``."""

    COST_OF_DELAY = "cost_of_delay"
    COST_OF_ONE_HOUR_OF_DELAY = "cost_of_one_hour_of_delay"
    COST_OF_DELAY_A_YEAR = "cost_of_delay_a_year"
    COST_OF_PROMISE = "cost_of_promise"
    COST_OF_A_DAY_OF_SILENCE = "cost_of_a_day_of_silence"
    MARGIN_OF_RETURNING_CUSTOMER = "margin_of_returning_customer"
    MARGIN_PER_INCIDENT = "margin_per_incident"
    MARGIN_PER_1_OF_COMPENSATION = "margin_per_1_of_compensation"
    MARGIN_PER_1_OF_RECOVERY = "margin_per_1_of_recovery"
    MARGIN_PER_1_OF_SPEED = "margin_per_1_of_speed"
    MARGINAL_MARGIN_PER_1_OF_COMPENSATION = "marginal_margin_per_1_of_compensation"
    COMPENSATION_SPENT = "compensation_spent"
    SPENT_WITHOUT_SHOWN_GAIN = "spent_without_shown_gain"
    SPENT_BELOW_ITS_COST = "spent_below_its_cost"
    SPENT_BEYOND_THE_STOPPING_POINT = "spent_beyond_the_stopping_point"
    FASTER = "faster"
    MORE = "more"
    FASTER_OR_MORE = "faster_or_more"
    FORM = "form"
    BEST_FORM = "best_form"


class NeverFailing(StrEnum):
    """Measures of recovered and unrecovered customers beside customers who never failed."""

    WON_BACK_SHARE = "won_back_share"
    RECOVERED_AGAINST_NEVER_FAILED = "recovered_against_never_failed"
    UNRECOVERED_AGAINST_NEVER_FAILED = "unrecovered_against_never_failed"


class Reviewed(StrEnum):
    """Measures of the table ``decision_reviews``."""

    CHANGE_SINCE = "change_since"
    PRACTICE_CHANGE = "practice_change"
    OUTCOME = "outcome"


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
