"""Everything that is counted: one entry each, from which labels, targets and the lists of pages derive.

A measure stands in one table, in one unit. Its words: ``measure.<id>``, and ``measure.<id>.defined`` what it counts.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NewType, TypeAlias

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col, HorizonCol, Named, outcome_of_profile

UP: Final = True
DOWN: Final = False
EITHER: Final = None
TARGET: Final = True
SHARE: Final = Unit.SHARE_OF_INCIDENTS
CLOSED: Final = Unit.SHARE_OF_CLOSED_CASES


class Measure(StrEnum):
    """Measures by id. ``higher_is_better`` is None where neither way is good by itself.

    ``column``: the mart's, whose mean it is. ``topic``: where it leads; broken down by label and month it stands under
    ``descriptive``. ``may_be_target``: a company may set a target for it.
    """

    unit: Unit
    topic: Topic
    higher_is_better: bool | None
    column: Col | None
    may_be_target: bool

    def __new__(
        cls,
        id_: str,
        unit: Unit,
        topic: Topic,
        higher_is_better: bool | None = EITHER,
        column: Col | None = None,
        may_be_target: bool = False,
    ) -> "Measure":
        """A member that is its id."""
        measure = str.__new__(cls, id_)
        measure._value_ = id_
        measure.unit, measure.topic, measure.higher_is_better = unit, topic, higher_is_better
        measure.column, measure.may_be_target = column, may_be_target
        return measure

    # What was done, and how soon.
    ANSWERED_SHARE = "answered_share", SHARE, Topic.DESCRIPTIVE, UP
    MEDIAN_FIRST_CONTACT_HOURS = "median_first_contact_hours", Unit.HOURS, Topic.DESCRIPTIVE, DOWN
    MEDIAN_FIRST_CONTACT_HOURS_ANSWERED = "median_first_contact_hours_answered", Unit.HOURS, Topic.DESCRIPTIVE, DOWN
    STANDARD_MET = "standard_met", SHARE, Topic.STANDARDS, UP, Col.STANDARD_MET, TARGET
    RESPONDED_ON_TIME = "responded_on_time", SHARE, Topic.DESCRIPTIVE, UP, Col.RESPONDED_ON_TIME
    CLOSED_WITHOUT_CONTACT = "closed_without_contact", SHARE, Topic.DESCRIPTIVE, DOWN, Col.CLOSED_WITHOUT_CONTACT
    RESOLVED_AT_FIRST_CONTACT = (
        "resolved_at_first_contact",
        SHARE,
        Topic.FRONT_LINE,
        UP,
        Col.RESOLVED_AT_FIRST_CONTACT,
        TARGET,
    )
    ESCALATED = "escalated", SHARE, Topic.FRONT_LINE, DOWN, Col.ESCALATED, TARGET
    MAY_FIX_ON_THE_SPOT = "may_fix_on_the_spot", Unit.SHARE_OF_STAFF, Topic.FRONT_LINE, UP
    HANDED_ON = "handed_on", SHARE, Topic.FRONT_LINE, DOWN, None, TARGET
    TOLD_FIRST = "told_first", SHARE, Topic.DESCRIPTIVE, UP
    MINUTES_TOLD_FIRST = "minutes_told_first", Unit.MINUTES, Topic.DESCRIPTIVE, UP
    FIRST_BOT_MINUTES = "first_bot_minutes", Unit.MINUTES, Topic.DESCRIPTIVE, DOWN, Col.FIRST_BOT_MINUTES
    FIRST_SUBSTANCE_MINUTES = (
        "first_substance_minutes",
        Unit.MINUTES,
        Topic.DESCRIPTIVE,
        DOWN,
        Col.FIRST_SUBSTANCE_MINUTES,
    )
    THREATENED = "threatened", SHARE, Topic.DESCRIPTIVE, DOWN, Col.THREATENED
    REOPENED = "reopened", SHARE, Topic.DESCRIPTIVE, DOWN, Col.REOPENED
    WORDS_ONLY = "words_only", SHARE, Topic.DESCRIPTIVE, DOWN
    APOLOGY_GIVEN = "apology_given", SHARE, Topic.DESCRIPTIVE, UP, Col.APOLOGY_GIVEN
    APOLOGY_PERSONAL = "apology_personal", SHARE, Topic.DESCRIPTIVE, UP, Col.APOLOGY_PERSONAL
    APOLOGY_BEFORE_DEMAND = "apology_before_demand", SHARE, Topic.DESCRIPTIVE, UP, Col.APOLOGY_BEFORE_DEMAND
    EMPATHY_SHOWN = "empathy_shown", SHARE, Topic.DESCRIPTIVE, UP, Col.EMPATHY_SHOWN
    ACCOUNTABILITY_ACCEPTED = "accountability_accepted", SHARE, Topic.DESCRIPTIVE, UP, Col.ACCOUNTABILITY_ACCEPTED
    EXPLANATION_GIVEN = "explanation_given", SHARE, Topic.DESCRIPTIVE, UP, Col.EXPLANATION_GIVEN
    COMMITMENT_MADE = "commitment_made", SHARE, Topic.DESCRIPTIVE, UP, Col.COMMITMENT_MADE
    COMMITMENT_KEPT = "commitment_kept", SHARE, Topic.STANDARDS, UP, Col.COMMITMENT_KEPT, TARGET
    OLIVE_BRANCH = "olive_branch", SHARE, Topic.DESCRIPTIVE, UP, Col.OLIVE_BRANCH
    FIXED_FOR_CUSTOMER = "fixed_for_customer", SHARE, Topic.DESCRIPTIVE, UP, Col.FIXED_FOR_CUSTOMER
    FIX_COMMUNICATED = "fix_communicated", SHARE, Topic.DESCRIPTIVE, UP, Col.FIX_COMMUNICATED
    FIXED_BEFORE_DEPARTURE = "fixed_before_departure", SHARE, Topic.STANDARDS, UP, Col.FIXED_BEFORE_DEPARTURE, TARGET
    WITHIN_AUTHORITY = "within_authority", SHARE, Topic.STANDARDS, UP, Col.WITHIN_AUTHORITY, TARGET
    COMPENSATION_GIVEN = "compensation_given", SHARE, Topic.DESCRIPTIVE, EITHER, Col.COMPENSATION_GIVEN
    REDEEMED = "redeemed", SHARE, Topic.DESCRIPTIVE, EITHER, Col.REDEEMED
    CAUSE_REVIEWED = "cause_reviewed", SHARE, Topic.DESCRIPTIVE, UP, Col.CAUSE_REVIEWED
    CAUSE_REVIEW_DAYS = "cause_review_days", Unit.DAYS, Topic.DESCRIPTIVE, DOWN, Col.CAUSE_REVIEW_DAYS
    OPENED_AFTER_FIX = "opened_after_fix", SHARE, Topic.DESCRIPTIVE, DOWN, Col.OPENED_AFTER_FIX
    HOURS_TO_RAISE = "hours_to_raise", Unit.HOURS, Topic.DESCRIPTIVE, EITHER, Col.HOURS_TO_RAISE
    RAISED_DURING_SERVICE = "raised_during_service", SHARE, Topic.DESCRIPTIVE, UP, Col.RAISED_DURING_SERVICE
    PUBLIC_COMPLAINT = "public_complaint", SHARE, Topic.DESCRIPTIVE, DOWN, Col.PUBLIC_COMPLAINT
    MOVED_TO_PRIVATE = "moved_to_private", SHARE, Topic.DESCRIPTIVE, UP, Col.MOVED_TO_PRIVATE
    COMPANY_PUBLICISED = "company_publicised", SHARE, Topic.DESCRIPTIVE, DOWN, Col.COMPANY_PUBLICISED
    COMPENSATION_AMOUNT = (
        "compensation_amount",
        Unit.MONEY_PER_INCIDENT,
        Topic.DESCRIPTIVE,
        EITHER,
        Col.COMPENSATION_AMOUNT,
    )
    COMPENSATION_SHARE = "compensation_share", Unit.SHARE_OF_THE_LOSS, Topic.DESCRIPTIVE, EITHER, Col.COMPENSATION_SHARE
    GESTURE = "gesture", SHARE, Topic.DESCRIPTIVE, EITHER, Col.GESTURE
    CASH_SHARE = "cash_share", Unit.SHARE_OF_WHAT_WAS_GIVEN, Topic.DESCRIPTIVE, EITHER, Col.CASH_SHARE
    FUTURE_CREDIT_SHARE = (
        "future_credit_share",
        Unit.SHARE_OF_WHAT_WAS_GIVEN,
        Topic.DESCRIPTIVE,
        EITHER,
        Col.FUTURE_CREDIT_SHARE,
    )
    IN_KIND_SHARE = "in_kind_share", Unit.SHARE_OF_WHAT_WAS_GIVEN, Topic.DESCRIPTIVE, EITHER, Col.IN_KIND_SHARE
    DAYS_TO_PAY = "days_to_pay", Unit.DAYS, Topic.DESCRIPTIVE, DOWN, Col.DAYS_TO_PAY
    LOSS_AMOUNT = "loss_amount", Unit.MONEY_PER_INCIDENT, Topic.DESCRIPTIVE, DOWN, Col.LOSS_AMOUNT

    # What became of the customer.
    HELD_BOOKING_CANCELLED = "held_booking_cancelled", SHARE, Topic.DESCRIPTIVE, DOWN, Col.HELD_BOOKING_CANCELLED
    DAYS_TO_CHURN = "days_to_churn", Unit.DAYS, Topic.DESCRIPTIVE, UP, Col.DAYS_TO_CHURN
    SURVEY_ANSWERED = "survey_answered", SHARE, Topic.DESCRIPTIVE, UP, Col.SURVEY_ANSWERED
    PROMOTER = "promoter", SHARE, Topic.DESCRIPTIVE, UP, Col.PROMOTER
    REVIEW_STARS = "review_stars", Unit.STARS, Topic.DESCRIPTIVE, UP, Col.REVIEW_STARS
    REFERRALS = "referrals", Unit.PER_CUSTOMER, Topic.DESCRIPTIVE, UP, Col.REFERRALS
    NEGATIVE_POST = "negative_post", SHARE, Topic.DESCRIPTIVE, DOWN, Col.NEGATIVE_POST
    POSITIVE_STORY = "positive_story", SHARE, Topic.DESCRIPTIVE, UP, Col.POSITIVE_STORY
    PRAISES_STAFF = "praises_staff", SHARE, Topic.DESCRIPTIVE, UP, Col.PRAISES_STAFF
    SHOWS_PICTURES = "shows_pictures", SHARE, Topic.DESCRIPTIVE, EITHER, Col.SHOWS_PICTURES
    RESTORED = "restored", SHARE, Topic.DESCRIPTIVE, UP, Col.RESTORED, TARGET

    # From the failure to the promoter.
    CONTACTED = "contacted", SHARE, Topic.FUNNEL, UP
    FIXED = "fixed", SHARE, Topic.FUNNEL, UP
    COMPENSATED = "compensated", SHARE, Topic.FUNNEL
    RETURNED = "returned", SHARE, Topic.FUNNEL, UP
    RETAINED = "retained", SHARE, Topic.FUNNEL, UP
    RETURN_RATE = "return_rate", SHARE, Topic.RETURNS, UP
    LEFT_OUT = "left_out", Unit.INCIDENTS, Topic.RETURNS

    # Silence.
    UNDER_THE_RUG = "under_the_rug", SHARE, Topic.SILENCE, DOWN, None, TARGET
    SILENT_OVER_24_HOURS = "silent_over_24_hours", SHARE, Topic.STANDARDS, DOWN, None, TARGET
    SILENT_BEYOND_PROMISE = "silent_beyond_promise", SHARE, Topic.SILENCE, DOWN
    SILENT_HOURS_ABOVE_PROMISE = "silent_hours_above_promise", Unit.HOURS_PER_INCIDENT, Topic.SILENCE, DOWN
    SILENT_FOR_A_WEEK_NOW = "silent_for_a_week_now", Unit.CASES, Topic.SILENCE, DOWN, None, TARGET
    NEWLY_SILENT = "newly_silent", Unit.CASES, Topic.SILENCE, DOWN, None, TARGET
    DAYS_SILENT_NOW = "days_silent_now", Unit.DAYS, Topic.SILENCE, DOWN
    CLOSED_UNHEARD = "closed_unheard", Unit.CASES, Topic.SILENCE, DOWN
    CLOSED_NOT_RESTORED = "closed_not_restored", Unit.CASES, Topic.SILENCE, DOWN, None, TARGET
    CLOSED_KNOWN_NOT_RESTORED = "closed_known_not_restored", Unit.CASES, Topic.SILENCE, DOWN
    CLOSED_WITHOUT_NEW_ORDER = "closed_without_new_order", Unit.CASES, Topic.SILENCE, DOWN
    CLOSED_RETURN_UNKNOWN = "closed_return_unknown", Unit.CASES, Topic.SILENCE, DOWN
    CLOSED_NO_ORDER_HORIZON_PAST = "closed_no_order_horizon_past", Unit.CASES, Topic.SILENCE, DOWN
    CLOSED_NO_ORDER_HORIZON_OPEN = "closed_no_order_horizon_open", Unit.CASES, Topic.SILENCE
    CLOSED_RESTORED = "closed_restored", Unit.CASES, Topic.SILENCE, UP
    CLOSED_ORDERED_AGAIN = "closed_ordered_again", Unit.CASES, Topic.SILENCE, UP
    CLOSED_NOT_RESTORED_SHARE = "closed_not_restored_share", CLOSED, Topic.SILENCE, DOWN
    CLOSED_KNOWN_NOT_RESTORED_SHARE = "closed_known_not_restored_share", CLOSED, Topic.SILENCE, DOWN
    CLOSED_WITHOUT_NEW_ORDER_SHARE = "closed_without_new_order_share", CLOSED, Topic.SILENCE, DOWN
    CLOSED_RETURN_UNKNOWN_SHARE = "closed_return_unknown_share", CLOSED, Topic.SILENCE, DOWN
    CLOSED_NO_ORDER_HORIZON_PAST_SHARE = "closed_no_order_horizon_past_share", CLOSED, Topic.SILENCE, DOWN
    CLOSED_NO_ORDER_HORIZON_OPEN_SHARE = "closed_no_order_horizon_open_share", CLOSED, Topic.SILENCE
    CLOSED_RESTORED_SHARE = "closed_restored_share", CLOSED, Topic.SILENCE, UP
    CLOSED_ORDERED_AGAIN_SHARE = "closed_ordered_again_share", CLOSED, Topic.SILENCE, UP
    VALUE_AT_STAKE = "value_at_stake", Unit.MONEY_SPENT_THE_YEAR_BEFORE, Topic.SILENCE, DOWN

    # Promises kept, failures come back.
    PROMISES_BROKEN = "promises_broken", Unit.INCIDENTS, Topic.STANDARDS, DOWN, None, TARGET
    COMMITMENTS_KEPT = "commitments_kept", Unit.INCIDENTS, Topic.LEARNING, UP
    COMMITMENTS_BROKEN = "commitments_broken", Unit.INCIDENTS, Topic.LEARNING, DOWN
    OCCASIONS_PER_10000_UNITS = "occasions_per_10000_units", Unit.OCCASIONS_PER_10000_UNITS, Topic.LEARNING, DOWN

    # What is told.
    NET_WORD_OF_MOUTH = "net_word_of_mouth", Unit.PER_100, Topic.WORD_OF_MOUTH, UP
    CAPPED_REACH_OF_BAD_STORIES = (
        "capped_reach_of_bad_stories",
        Unit.PEOPLE_REACHED_PER_STORY,
        Topic.WORD_OF_MOUTH,
        DOWN,
    )
    CAPPED_REACH_OF_GOOD_STORIES = (
        "capped_reach_of_good_stories",
        Unit.PEOPLE_REACHED_PER_STORY,
        Topic.WORD_OF_MOUTH,
        UP,
    )
    NET_PROMOTER_SCORE = "net_promoter_score", Unit.PROMOTERS_LESS_DETRACTORS, Topic.WORD_OF_MOUTH, UP

    # Money.
    COMPENSATION_GIVEN_OUT = "compensation_given_out", Unit.MONEY_PER_WEEK, Topic.MONEY, DOWN, None, TARGET
    COMPENSATION_COST = "compensation_cost", Unit.MONEY_PER_INCIDENT, Topic.MONEY, DOWN, None, TARGET
    COMPENSATION_COST_IF_ALL_REDEEMED = "compensation_cost_if_all_redeemed", Unit.MONEY_PER_INCIDENT, Topic.MONEY, DOWN
    HANDLING_COST = "handling_cost", Unit.MONEY_PER_INCIDENT, Topic.MONEY, DOWN
    VOUCHER_FUNDED_SPEND = "voucher_funded_spend", Unit.MONEY_PER_INCIDENT, Topic.MONEY
    BOOKING_HELD_AT_FAILURE = "booking_held_at_failure", SHARE, Topic.MONEY
    INCIDENTS_ON_FILE_A_YEAR = "incidents_on_file_a_year", Unit.INCIDENTS_A_YEAR, Topic.MONEY
    INCIDENTS_A_YEAR = "incidents_a_year", Unit.INCIDENTS_A_YEAR, Topic.FORMS
    KIND_GIVEN = "kind_given", Unit.INCIDENTS, Topic.FORMS


class MeasureFamily(StrEnum):
    """Measures that exist once per number of minutes or days: their id with ``{n}`` for the number."""

    unit: Unit
    topic: Topic
    higher_is_better: bool | None
    may_be_target: bool

    def __new__(
        cls, id_: str, unit: Unit, topic: Topic, higher_is_better: bool | None, may_be_target: bool = False
    ) -> "MeasureFamily":
        """A member that is its ids' pattern."""
        family = str.__new__(cls, id_)
        family._value_ = id_
        family.unit, family.topic, family.higher_is_better = unit, topic, higher_is_better
        family.may_be_target = may_be_target
        return family

    ANSWERED_WITHIN = "answered_within_{n}_minutes", SHARE, Topic.STANDARDS, UP, TARGET
    RETURNED_WITHIN = "returned_within_{n}d", SHARE, Topic.DESCRIPTIVE, UP, TARGET
    RETAINED_FOR = "retained_{n}d", SHARE, Topic.DESCRIPTIVE, UP, TARGET
    SPEND = "spend_{n}d", Unit.MONEY_PER_CUSTOMER, Topic.DESCRIPTIVE, UP

    def at(self, number: int) -> "MeasureName":
        """The measure of one number."""
        return MeasureName(self.value.format(n=number))

    def number_in(self, measure: str) -> int | None:
        """The number in an id of this family; None for other ids."""
        head, tail = self.value.split("{n}")
        number = measure.removeprefix(head).removesuffix(tail)
        return int(number) if number.isdigit() and self.at(int(number)) == measure else None


# The id of a measure that holds a number, an outcome of the company's own, or steps taken together.
MeasureName = NewType("MeasureName", str)
MeasureId: TypeAlias = Measure | MeasureName

MEASURES: Final = {str(measure): measure for measure in Measure}
# Once per horizon: the mart's column, whose mean it is.
BY_HORIZON: Final = {
    MeasureFamily.RETURNED_WITHIN: HorizonCol.RETURNED,
    MeasureFamily.SPEND: HorizonCol.SPEND,
    MeasureFamily.RETAINED_FOR: HorizonCol.RETAINED,
}
_AND = "_and_"


def answered_within(minutes: int) -> MeasureName:
    """Answered by a person within so many minutes."""
    return MeasureFamily.ANSWERED_WITHIN.at(minutes)


def of_outcome(name: str) -> tuple[MeasureName, Named]:
    """The measure of an outcome that a company declares, and its column of the mart."""
    column = outcome_of_profile(name)
    return MeasureName(column), column


def together(steps: Sequence[Measure]) -> MeasureId:
    """The measure of having reached every one of these steps."""
    return MeasureName(_AND.join(steps)) if len(steps) > 1 else steps[0]


def steps_of(measure: str) -> tuple[Measure, ...]:
    """The steps that a measure of the funnel takes together."""
    return tuple(MEASURES[step] for step in measure.split(_AND))


def entry(measure: str) -> Measure | MeasureFamily | None:
    """What the catalogue holds of an id; None for an outcome of the company's own and for steps taken together."""
    families = (family for family in MeasureFamily if family.number_in(measure) is not None)
    return MEASURES.get(measure) or next(families, None)


class Change(StrEnum):
    """What two groups of cases, or two times, are compared in."""

    SETTLED_AND_RETURNED = "resolved_at_first_contact_effect_on_return"
    SETTLED_WHERE_STAFF_MAY_FIX = "resolved_at_first_contact_where_staff_may_fix"
    PROMISED_AND_RETURNED = "commitment_effect_on_return"
    RATE_AFTER_FIX = "rate_ratio_after_fix"
    RATE_AFTER_FIX_AGAINST_OTHERS = "rate_ratio_after_fix_against_other_causes"
    RATE_AGAINST_YEAR_BEFORE = "rate_against_the_year_before"


class OfEvent(StrEnum):
    """What is counted of mass incidents, and of posts by week; customers who came back by the id of that outcome."""

    INCIDENTS = "incidents"
    CUSTOMERS_HIT = "customers_hit"
    SMALLER_EVENTS = "smaller_events"
    CONTACTED = "contacted"
    COMPENSATED = "compensated"
    RETURNED = "returned"
    RETAINED = "retained"
    RETURNED_WITHOUT_VOUCHER = "returned_without_voucher"
    NEGATIVE_POST = "negative_post"
    POSITIVE_STORY = "positive_story"
    PROMOTER = "promoter"
    RETURNED_BY_SHARE_GIVEN = "returned_by_share_given"
    RETURNED_BY_HOURS_TO_CONTACT = "returned_by_hours_to_contact"
    GAIN_BY_SHARE_GIVEN = "gain_by_share_given"
    GAIN_BY_HOURS_TO_CONTACT = "gain_by_hours_to_contact"
    BAD_POSTS_PER_WEEK = "negative_posts_per_week"
    BAD_POSTS_AROUND_EVENT = "negative_posts_around_event"


class Worth(StrEnum):
    """What effects, offers and spending come to in money, each in one unit."""

    unit: Unit

    def __new__(cls, id_: str, unit: Unit) -> "Worth":
        """A member that is its id."""
        worth = str.__new__(cls, id_)
        worth._value_, worth.unit = id_, unit
        return worth

    COST_OF_DELAY = "cost_of_delay", Unit.MARGIN_PER_INCIDENT
    COST_OF_ONE_HOUR_OF_DELAY = "cost_of_one_hour_of_delay", Unit.MARGIN_PER_HOUR_AND_INCIDENT
    COST_OF_DELAY_A_YEAR = "cost_of_delay_a_year", Unit.MARGIN_PER_YEAR
    COST_OF_PROMISE = "cost_of_promise", Unit.MONEY_PER_INCIDENT
    COST_OF_A_DAY_OF_SILENCE = "cost_of_a_day_of_silence", Unit.MARGIN_PER_DAY_AND_CASE
    MARGIN_OF_RETURNING_CUSTOMER = "margin_of_returning_customer", Unit.MARGIN_PER_INCIDENT
    MARGIN_PER_INCIDENT = "margin_per_incident", Unit.MARGIN_PER_INCIDENT
    MARGIN_PER_1_OF_COMPENSATION = "margin_per_1_of_compensation", Unit.RATIO
    MARGIN_PER_1_OF_RECOVERY = "margin_per_1_of_recovery", Unit.RATIO
    MARGIN_PER_1_OF_SPEED = "margin_per_1_of_speed", Unit.RATIO
    MARGINAL_MARGIN_PER_1_OF_COMPENSATION = "marginal_margin_per_1_of_compensation", Unit.RATIO
    COMPENSATION_SPENT = "compensation_spent", Unit.MONEY
    SPENT_WITHOUT_SHOWN_GAIN = "spent_without_shown_gain", Unit.MONEY
    SPENT_BELOW_ITS_COST = "spent_below_its_cost", Unit.MONEY
    SPENT_BEYOND_THE_STOPPING_POINT = "spent_beyond_the_stopping_point", Unit.MONEY
    FASTER = "faster", Unit.MONEY_PER_INCIDENT
    MORE = "more", Unit.MONEY_PER_INCIDENT
    FASTER_OR_MORE = "faster_or_more", Unit.MONEY_PER_INCIDENT
    FORM = "form", Unit.MONEY_PER_INCIDENT
    BEST_FORM = "best_form", Unit.MONEY_PER_INCIDENT


class NeverFailing(StrEnum):
    """Recovered and unrecovered customers beside customers whom nothing failed."""

    WON_BACK_SHARE = "won_back_share"
    RECOVERED_AGAINST_NEVER_FAILED = "recovered_against_never_failed"
    UNRECOVERED_AGAINST_NEVER_FAILED = "unrecovered_against_never_failed"


class Reviewed(StrEnum):
    """What is looked at of a remembered decision: what changed, whether it was done, the outcome on either side."""

    CHANGE_SINCE = "change_since"
    PRACTICE_CHANGE = "practice_change"
    OUTCOME = "outcome"
