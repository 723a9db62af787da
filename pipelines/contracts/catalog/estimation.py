"""How an effect was asked for: treatment and outcome, specification, estimator, contrast, population and errors."""

from enum import StrEnum
from typing import NewType

# Ids of the entries in :mod:`treatments` and :mod:`outcomes`, shipped or declared by a profile.
TreatmentId = NewType("TreatmentId", str)
OutcomeId = NewType("OutcomeId", str)


class Group(StrEnum):
    """Treatments that go together: asked of the same outcomes, their p-values judged together where they are alike.

    ``leading`` ones are asked of every outcome.
    """

    LEADING = "leading"
    PROCESS = "process"
    FORMS = "forms"
    ACTIONS = "actions"
    CONDUCT = "conduct"
    EXPERIMENT = "experiment"
    FAILURE = "failure"


class Spec(StrEnum):
    """What is held equal between the cases compared. ``adjusted`` is the one that headlines speak of."""

    RAW = "raw"
    ADJUSTED_TO_FAILURE = "adjusted_to_failure"
    ADJUSTED_TO_CHANNEL = "adjusted_to_channel"
    ADJUSTED_TO_PLACE = "adjusted_to_place"
    ADJUSTED_TO_CUSTOMER = "adjusted_to_customer"
    ACROSS_CIRCUMSTANCES = "across_circumstances"
    WITHIN_MONTHS = "within_months"
    WITHIN_FORTNIGHTS = "within_fortnights"
    ADJUSTED = "adjusted"
    BINNED = "binned"
    WITHOUT_THREATENED = "without_threatened"
    LANDMARK_AT_CAP = "landmark_at_cap"
    RESPONSE_WEIGHTED = "response_weighted"
    IMPUTED = "imputed"
    SHRUNKEN = "shrunken"
    AIPW = "aipw"
    STOPPING_POINT = "stopping_point"
    ALWAYS_VALID = "always_valid"
    TAKEN_UP = "taken_up"
    NONE = "none"


class Covariate(StrEnum):
    """A column of a design: what is held equal or carries the treatment; declared ``x_…`` columns stand beside it."""

    SEVERITY = "severity"
    LOSS_AMOUNT = "loss_amount"
    CATEGORY = "category"
    FAULT = "fault"
    DETECTED_BY = "detected_by"
    MASS_EVENT = "mass_event"
    DAYS_TO_DEPARTURE = "days_to_departure"
    CHANNEL = "channel"
    PUBLIC_COMPLAINT = "public_complaint"
    OPENED_AT_NIGHT = "opened_at_night"
    OPENED_ON_WEEKEND = "opened_on_weekend"
    OPENED_MONTH = "opened_month"
    OPENED_MONTH_SIN = "opened_month_sin"
    OPENED_MONTH_COS = "opened_month_cos"
    SITE_LOAD_24H = "site_load_24h"
    ARRIVALS_TODAY = "arrivals_today"
    ARRIVALS_YESTERDAY = "arrivals_yesterday"
    ARRIVALS_AT_SITE_TODAY = "arrivals_at_site_today"
    ARRIVALS_AT_SITE_YESTERDAY = "arrivals_at_site_yesterday"
    REGION = "region"
    BRAND = "brand"
    SITE_ID = "site_id"
    SEGMENT = "segment"
    LOYALTY_TIER = "loyalty_tier"
    TENURE_DAYS = "tenure_days"
    EARLIER_INCIDENTS = "earlier_incidents"
    DAYS_SINCE_EARLIER_INCIDENT = "days_since_earlier_incident"
    EARLIER_APOLOGIES = "earlier_apologies"
    EARLIER_SCORE = "earlier_score"
    ORDERS_365D = "orders_365d"
    EARLIER_SPEND_365D = "earlier_spend_365d"
    LOG_MINUTES = "log_minutes"
    UNANSWERED = "unanswered"
    THREAT = "threat"
    SHARE = "share"
    KIND = "kind"
    GIVEN = "given"
    GROUP = "group"
    PERIOD = "period"
    APOLOGY = "apology"
    EMPATHY = "empathy"
    ACCOUNTABILITY = "accountability"
    EXPLANATION = "explanation"
    COMMITMENT = "commitment"
    OLIVE_BRANCH = "olive_branch"
    REPAIR = "repair"


class Estimator(StrEnum):
    """How the number was computed."""

    G_COMPUTATION = "g_computation"
    LIN = "lin"
    DIFFERENCE_IN_MEANS = "difference_in_means"
    INSTRUMENTED = "instrumented"
    POOLED_CLOGLOG = "pooled_cloglog"
    AIPW = "aipw"
    NONE = "none"


class Estimand(StrEnum):
    """What kind of effect it is."""

    POLICY_SHIFT = "policy_shift"
    DOSE = "dose"
    FORM = "form"
    ACTION = "action"
    TWO_ARM = "two_arm"
    LANDMARK = "landmark"
    AS_ASSIGNED = "as_assigned"
    AS_TAKEN_UP = "as_taken_up"
    BY_DOSE = "by_dose"
    EFFECT_OF_FAILURE = "effect_of_failure"
    WON_BACK_SHARE = "won_back_share"
    CUMULATIVE_INCIDENCE = "cumulative_incidence"
    RESTRICTED_MEAN = "restricted_mean"
    SURFACE = "surface"
    STOPPING_POINT = "stopping_point"
    THRESHOLD = "threshold"
    POLICY_CHANGE = "policy_change"
    INSTRUMENT = "instrument"
    POLICY = "policy"


class ContrastKind(StrEnum):
    """What the two levels of an effect are levels of; the designs that are not built stand under their own name."""

    WITHIN = "within"
    SHARE = "share"
    KIND = "kind"
    YES_OR_NO = "yes_or_no"
    ARM = "arm"
    ANY_DOSE = "any_dose"
    ONE_MORE = "one_more"
    FAILURE = "failure"
    WON_BACK = "won_back"
    LANDMARK_24H = "landmark_24h"
    LANDMARK_72H = "landmark_72h"
    EXCHANGE = "exchange"
    TWO_ARM = "two_arm"
    STOPPING_POINT = "stopping_point"
    THRESHOLD = "threshold"
    POLICY_CHANGE = "policy_change"
    INSTRUMENT = "instrument"


class At(StrEnum):
    """Levels that are no number: what an effect goes from and to. Arms of an experiment are the company's own words."""

    TODAY = "today"
    NO_SHARE = "0"
    NO_FORM = "none"
    ANY = "any"
    NO = "no"
    YES = "yes"
    USUAL = "usual"
    OTHER = "other"
    LATER = "later"
    WITHIN_48H = "within_48h"
    SILENT = "silent"
    FAILED = "failed"
    NOT_RECOVERED = "not_recovered"
    RECOVERED = "recovered"
    NEVER_FAILED = "never_failed"
    NOT_FIXED = ""


class Baseline(StrEnum):
    """What an effect is compared with."""

    TODAYS_ANSWERING_TIMES = "todays_answering_times"
    NOTHING_GIVEN = "nothing_given"
    NOT_DONE = "not_done"
    WHAT_WAS_DONE = "what_was_done"
    LATE_ANSWERS = "late_answers"
    ANYTHING_ELSE = "anything_else"
    RESOLVED_LATER = "resolved_later"
    SILENCE_OF_TWO_DAYS = "silence_of_two_days"
    CUSTOMER_SPEAKING_FIRST = "customer_speaking_first"
    ANSWERS_IN_PUBLIC = "answers_in_public"
    USUAL_ARM = "usual_arm"
    NEVER_FAILED = "never_failed"


class SegmentFamily(StrEnum):
    """By what incidents are split to ask where an effect differs; a profile may cross two of them."""

    SEVERITY = "severity"
    VALUE = "value"
    CHANNEL = "channel"
    FAULT = "fault"
    REPEAT = "repeat"
    MASS = "mass"
    SITE = "site"
    EARLIER_APOLOGIES = "earlier_apologies"


class Cut(StrEnum):
    """Levels of the families that are cut from numbers; those of labels are the company's own."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    FIRST = "first"
    REPEAT = "repeat"
    SINGLE = "single"
    MASS = "mass"
    NONE = "none"
    ONE = "one"
    SEVERAL = "several"


def q_family(group: str, asked: str) -> str:
    """The effects whose p-values are judged together: ``actions:returned``, ``speed:severity*value``."""
    return f"{group}:{asked}"


class SeType(StrEnum):
    """Errors: leave one cluster out (CV3), two ways, by drawing lots again, as if cases were independent, or none."""

    CV3 = "cv3"
    CV3_TWO_WAY = "cv3_two_way"
    REDRAWN = "redrawn"
    INDEPENDENT = "independent"
    NONE = "none"


class Series(StrEnum):
    """What a curve draws: the level of the outcome, the gain against the base, or one of the named comparisons."""

    GAIN = "gain"
    LEVEL = "level"
    SURFACE = "surface"
    TODAY = "today"
    WITHIN = "within"


class Band(StrEnum):
    """Whether a curve's limits hold at each point or everywhere at once."""

    POINTWISE = "pointwise"
    SIMULTANEOUS = "simultaneous"


class Stage(StrEnum):
    """Whether a check looks at the data before adjustment or after it."""

    BEFORE = "before"
    AFTER = "after"


class AskedOf(StrEnum):
    """Which cases an effect was estimated on."""

    ALL = "all"
    ALL_ANSWERED = "all_answered"
    ANSWERED = "answered"
    COULD_BE_COMPENSATED = "could_be_compensated"
    COMPENSATED = "compensated"
    NOTICED_BY_OTHERS = "noticed_by_others"
    PUBLIC_COMPLAINTS = "public_complaints"
    REPAIRED = "repaired"
    AS_ASSIGNED = "as_assigned"
    OPEN_AT_LANDMARK = "open_at_landmark"
    FAILED_AND_NEVER_FAILED = "failed_and_never_failed"
