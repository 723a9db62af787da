"""What a company declares of its data, where only some answers make sense."""

from enum import StrEnum

# How numbers, money and days can be written. Unicode's CLDR knows what each locale means (:mod:`words.conventions`);
# data files always keep the point and ISO days.
DEFAULT_LOCALE = "en"
LOCALES = ("en", "en-US", "de", "de-CH", "fr", "es", "it", "nl", "pl", "pt", "pt-BR", "sv", "ja", "ko")


class Retention(StrEnum):
    """What coming back is: the next order, a subscription that runs on, a flag of the company's own, or nothing."""

    TRANSACTIONAL = "transactional"
    CONTRACTUAL = "contractual"
    FLAG = "flag"
    NONE = "none"


class SampledBy(StrEnum):
    """What an export was drawn by; only whole customers show who comes back."""

    CUSTOMER = "customer"
    ORDER = "order"
    INCIDENT = "incident"


class BlankAnswer(StrEnum):
    """What a closed case without a recorded answer is."""

    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"


class AnswersRecorded(StrEnum):
    """Which answers to a case the export holds: all of them, or the first alone."""

    ALL = "all"
    FIRST = "first"


class Drawn(StrEnum):
    """What lots were drawn for: nothing, or the arms of a declared experiment."""

    NOTHING = ""
    ASSIGNMENT = "assignment"


class DrawnBy(StrEnum):
    """What went into one arm as a whole."""

    INCIDENT = "incident"
    CUSTOMER = "customer"
    SITE = "site"


class Asked(StrEnum):
    """What an export may leave open, worst consequence first; somebody has to say it before it is told."""

    WHICH_FILE = "which_file"
    WHICH_COLUMN = "which_column"
    DAY_OR_MONTH = "day_or_month"
    DECIMAL_SIGN = "decimal_sign"
    HUNDREDTHS = "hundredths"
    ORDER_STATES = "order_states"
    ZONE = "zone"
    DURATION_UNIT = "duration_unit"
