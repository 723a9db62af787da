"""What becomes of a row of an export: it came in, it was kept, or it was set aside for one reason."""

from enum import StrEnum


class RowReason(StrEnum):
    """``rows_in`` and ``kept`` are the two sides of the balance; every other is why a row was set aside.

    The column that a reason speaks of stands beside it.
    """

    ROWS_IN = "rows_in"
    KEPT = "kept"
    # The profile's SQL passes it on to no table: left out, or folded into another row.
    NOT_PASSED_ON = "not_passed_on"
    # The line can't be read.
    WRONG_NUMBER_OF_FIELDS = "wrong_number_of_fields"
    STRAY_QUOTE = "stray_quote"
    UNCLOSED_QUOTE = "unclosed_quote"
    NUL_BYTE = "nul_byte"
    NOT_UTF8 = "not_utf8"
    # The text isn't what its column holds.
    MISSING = "missing"
    NOT_A_TIME = "not_a_time"
    NOT_A_DATE = "not_a_date"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_ALLOWED = "not_allowed"
    # It can't be meant.
    NOT_FINITE = "not_finite"
    BELOW_0 = "below_0"
    ABOVE_1 = "above_1"
    NOT_PLAUSIBLE = "not_plausible"
    TOO_LONG = "too_long"
    SKIPPED_HOUR = "skipped_hour"
    REPEATED = "repeated"
    AFTER_THE_DATA_CUT = "after_the_data_cut"
    # It can't be true beside other rows.
    NO_SUCH_INCIDENT = "no_such_incident"
    ANSWERED_BEFORE_OPENING = "answered_before_opening"
    FOLLOWED_UNTIL_BEFORE_OPENING = "followed_until_before_opening"
    OFF_THE_NPS_SCALE = "off_the_nps_scale"
    OFF_THE_STARS_SCALE = "off_the_stars_scale"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    # Money that can't be converted.
    NO_CURRENCY = "no_currency"
    NOT_A_CURRENCY_CODE = "not_a_currency_code"
    TOO_LARGE = "too_large"
