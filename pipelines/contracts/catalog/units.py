"""What numbers are counted in. Sums are in the reporting currency, which stands in the manifest alone."""

from enum import StrEnum


class Unit(StrEnum):
    """The unit of an estimate and its limits. Shares run from 0 to 1; ``per_100…`` are points per 100.

    ``money…`` and ``margin…`` are sums in the reporting currency; ``own``: of an outcome that the company declared, in
    the unit it declared. ``per_standard_deviation``: points per 100 customers when what is done grows by that much.
    """

    MONEY = "money"
    MONEY_PER_CUSTOMER = "money_per_customer"
    MONEY_PER_INCIDENT = "money_per_incident"
    MONEY_PER_WEEK = "money_per_week"
    MONEY_SPENT_THE_YEAR_BEFORE = "money_spent_the_year_before"
    MARGIN_PER_INCIDENT = "margin_per_incident"
    MARGIN_PER_HOUR_AND_INCIDENT = "margin_per_hour_and_incident"
    MARGIN_PER_DAY_AND_CASE = "margin_per_day_and_case"
    MARGIN_PER_YEAR = "margin_per_year"
    PER_CUSTOMER = "per_customer"
    PER_100 = "per_100"
    PER_100_CUSTOMERS = "per_100_customers"
    PER_STANDARD_DEVIATION = "per_standard_deviation"
    PROMOTERS_LESS_DETRACTORS = "promoters_less_detractors"
    SHARE = "share"
    SHARE_OF_CLOSED_CASES = "share_of_closed_cases"
    SHARE_OF_CUSTOMERS = "share_of_customers"
    SHARE_OF_INCIDENTS = "share_of_incidents"
    SHARE_OF_ROWS = "share_of_rows"
    SHARE_OF_STAFF = "share_of_staff"
    SHARE_OF_THE_EFFECT = "share_of_the_effect"
    SHARE_OF_THE_ESTIMATE_LEFT = "share_of_the_estimate_left"
    SHARE_OF_THE_LOSS = "share_of_the_loss"
    SHARE_OF_THE_VARIANCE = "share_of_the_variance"
    SHARE_OF_THE_WEIGHTED_CASES = "share_of_the_weighted_cases"
    SHARE_OF_WHAT_WAS_GIVEN = "share_of_what_was_given"
    SHARE_OF_THOSE_ASKED = "share_of_those_asked"
    SHARE_MOVED_OUTSIDE = "share_moved_outside"
    DIFFERENCE_IN_SHARE = "difference_in_share"
    RATIO = "ratio"
    RISK_RATIO = "risk_ratio"
    CHANCE = "chance"
    P_VALUE = "p_value"
    PARTIAL_R2 = "partial_r2"
    DEGREES_OF_FREEDOM = "degrees_of_freedom"
    STANDARD_DEVIATIONS = "standard_deviations"
    STANDARD_ERRORS = "standard_errors"
    STANDARDISED_DIFFERENCE = "standardised_difference"
    MINUTES = "minutes"
    HOURS = "hours"
    HOURS_PER_INCIDENT = "hours_per_incident"
    DAYS = "days"
    MONTHS = "months"
    STARS = "stars"
    CASES = "cases"
    CUSTOMERS = "customers"
    DECISIONS = "decisions"
    EVENTS = "events"
    INCIDENTS = "incidents"
    INCIDENTS_A_YEAR = "incidents_a_year"
    LEVELS = "levels"
    ROWS = "rows"
    BAD_STORIES_PER_WEEK = "bad_stories_per_week"
    OCCASIONS_PER_10000_UNITS = "occasions_per_10000_units"
    PEOPLE_REACHED_PER_STORY = "people_reached_per_story"
    OWN = "own"

    @property
    def is_money(self) -> bool:
        """Whether it is a sum in the reporting currency."""
        return self.value.startswith(("money", "margin"))

    @property
    def is_share(self) -> bool:
        """Whether it runs from 0 to 1."""
        return self.value.startswith("share")
