"""The marts: one row per valid incident, and one per moment at which nothing had failed the customer.

Each column has a *stage*, the moment from which its value can be known. Everything up to ``opening`` is fixed before
the first contact and may be adjusted for; anything later is a bad control for the effect of speed.

Null is "not known", never "no": a column is null for everyone when the profile doesn't supply what it is made of. A
table that is supplied and holds nothing of an incident says no (nothing given, nobody answered). Flags of what a person
said or did (apology … escalated) are true when recorded; false when nobody answered, or when the answers carry actions
and not this one; null when the answers carry no action at all, or when the export never records this action. Outcomes
within a number of days include the last one, exclude the moment of opening, and are null without full follow-up at the
data cut; those of orders are null for customers who aren't on file. Times are compared in whole seconds. Amounts are in
reporting currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NewType, TypeAlias

from pipelines.contracts.types import FLAG, MONEY, REAL, TEXT, TIME, WHOLE, ColumnType

WORD_OF_MOUTH_WINDOW_DAYS = 90
SILENCE_LANDMARK_HOURS = 72


class Stage(StrEnum):
    """From when a column's value can be known."""

    KEY = "key"
    HISTORY = "history"
    OPENING = "opening"
    CONTACT = "contact"
    RECOVERY = "recovery"
    OUTCOME = "outcome"


class Col(StrEnum):
    """Columns by name, with type and stage; the comment says what a column holds, with its unit."""

    type: ColumnType
    stage: Stage

    def __new__(cls, name: str, type_: ColumnType, stage: Stage) -> "Col":
        """A member that is its column's name."""
        column = str.__new__(cls, name)
        column._value_ = name
        column.type, column.stage = type_, stage
        return column

    INCIDENT_ID = "incident_id", TEXT, Stage.KEY  # the incident, as the company knows it
    CUSTOMER_KEY = "customer_key", TEXT, Stage.KEY  # keyed hash of the customer; null when the export names none
    # in customers, or had ordered by opening; else returns are unknown
    CUSTOMER_ON_FILE = "customer_on_file", FLAG, Stage.KEY
    # what shares shocks: the declared cluster, else mass event, else customer, else incident
    CLUSTER_KEY = "cluster_key", TEXT, Stage.KEY
    EVENT_ID = "event_id", TEXT, Stage.KEY  # the mass event this incident belongs to
    OPENED_AT = "opened_at", TIME, Stage.KEY  # when the customer's clock starts
    # the moment: a purchase moved by the usual time to an incident, or as declared
    INDEX_AT = "index_at", TIME, Stage.KEY
    FOLLOW_UP_DAYS = "follow_up_days", REAL, Stage.KEY  # days from opening to the data cut

    # purchases in the 365 days before opening (above 0, not cancelled, no replacements)
    ORDERS_365D = "orders_365d", WHOLE, Stage.HISTORY
    EARLIER_SPEND_365D = "earlier_spend_365d", MONEY, Stage.HISTORY  # spend on them, reporting currency
    TENURE_DAYS = "tenure_days", REAL, Stage.HISTORY  # days from joining (else the first purchase) to opening
    EARLIER_INCIDENTS = "earlier_incidents", WHOLE, Stage.HISTORY  # incidents of the same customer before this one
    # days since the customer's previous incident opened
    DAYS_SINCE_EARLIER_INCIDENT = "days_since_earlier_incident", REAL, Stage.HISTORY
    # apologies by a person received before opening, in earlier incidents
    EARLIER_APOLOGIES = "earlier_apologies", WHOLE, Stage.HISTORY
    # the customer's last score before opening: nps, or csat where the export holds no nps
    EARLIER_SCORE = "earlier_score", REAL, Stage.HISTORY
    SITE_LOAD_24H = "site_load_24h", WHOLE, Stage.HISTORY  # incidents opened at the same site in the 24 hours before

    # hours from the failure to opening; null where the failure is dated after it
    HOURS_TO_RAISE = "hours_to_raise", REAL, Stage.OPENING
    OPENED_MONTH = "opened_month", TEXT, Stage.OPENING  # calendar month of opening, YYYY-MM
    # calendar day of opening in the profile's time zone, as days since 1 January 1970
    OPENED_DAY = "opened_day", WHOLE, Stage.OPENING
    # hour of the day of opening in the profile's time zone; null where exports hold days only
    OPENED_HOUR = "opened_hour", WHOLE, Stage.OPENING
    # opened between 22:00 and 07:00 in the profile's time zone
    OPENED_AT_NIGHT = "opened_at_night", FLAG, Stage.OPENING
    # opened on a Saturday or Sunday in the profile's time zone
    OPENED_ON_WEEKEND = "opened_on_weekend", FLAG, Stage.OPENING
    DETECTED_BY = "detected_by", TEXT, Stage.OPENING  # who noticed the failure first
    CHANNEL = "channel", TEXT, Stage.OPENING  # where the customer raised it
    CATEGORY = "category", TEXT, Stage.OPENING  # type of failure
    ROOT_CAUSE = "root_cause", TEXT, Stage.OPENING  # cause named by the company
    SEVERITY = "severity", TEXT, Stage.OPENING  # declared severity
    SEVERITY_RANK = "severity_rank", WHOLE, Stage.OPENING  # position of the severity in the profile's order, 1 = least
    LOSS_AMOUNT = "loss_amount", MONEY, Stage.OPENING  # what the customer lost, reporting currency
    FAULT = "fault", TEXT, Stage.OPENING  # whose fault the failure was
    SITE_ID = "site_id", TEXT, Stage.OPENING  # hotel, ship, shop or branch
    BRAND = "brand", TEXT, Stage.OPENING  # brand
    REGION = "region", TEXT, Stage.OPENING  # region
    SEGMENT = "segment", TEXT, Stage.OPENING  # customer segment
    LOYALTY_TIER = "loyalty_tier", TEXT, Stage.OPENING  # loyalty tier
    # opened between the start and the end of the stay, trip or service
    RAISED_DURING_SERVICE = "raised_during_service", FLAG, Stage.OPENING
    # days from opening to the end of the service; negative once it is over
    DAYS_TO_DEPARTURE = "days_to_departure", REAL, Stage.OPENING
    PUBLIC_COMPLAINT = "public_complaint", FLAG, Stage.OPENING  # the customer complained in public
    MASS_EVENT = "mass_event", FLAG, Stage.OPENING  # part of an event that hit several customers
    EVENT_SIZE = "event_size", WHOLE, Stage.OPENING  # incidents in the same event
    # minutes to first contact that the company's own standard promises
    STANDARD_MINUTES = "standard_minutes", REAL, Stage.OPENING
    STANDARD_OFFER_KIND = "standard_offer_kind", TEXT, Stage.OPENING  # what the standard offers
    # what the standard offers as a share of the loss
    STANDARD_OFFER_SHARE = "standard_offer_share", REAL, Stage.OPENING
    STANDARD_APPROVER = "standard_approver", TEXT, Stage.OPENING  # who approves what the standard offers
    ASSIGNMENT = "assignment", TEXT, Stage.OPENING  # arm of a declared experiment

    # answered (within the cap), unanswered (at the cap), open (neither: too young)
    RESPONSE_STATUS = "response_status", TEXT, Stage.CONTACT
    FIRST_CONTACT_MINUTES = "first_contact_minutes", REAL, Stage.CONTACT  # minutes to the first human contact, uncapped
    FIRST_BOT_MINUTES = "first_bot_minutes", REAL, Stage.CONTACT  # minutes to the first bot reply
    # minutes to the first human contact that explains, offers or resolves
    FIRST_SUBSTANCE_MINUTES = "first_substance_minutes", REAL, Stage.CONTACT
    # minutes by which the company spoke first; 0: it didn't
    PROACTIVE_NOTICE_MINUTES = "proactive_notice_minutes", REAL, Stage.CONTACT
    # keyed hash of who made the first human contact; null without one, and where contacts name no agent
    FIRST_AGENT = "first_agent", TEXT, Stage.CONTACT
    FIRST_CONTACT_AT = "first_contact_at", TIME, Stage.CONTACT  # time of the first human contact
    RESPONDED_ON_TIME = "responded_on_time", FLAG, Stage.CONTACT  # the company's own on-time flag
    STANDARD_MET = "standard_met", FLAG, Stage.CONTACT  # first contact within the promised minutes

    COMPANY_CONTACTS = "company_contacts", WHOLE, Stage.RECOVERY  # human contacts by the company, one per moment
    # longest wait for a human contact until resolved (else closed, else cut)
    LONGEST_SILENCE_HOURS = "longest_silence_hours", REAL, Stage.RECOVERY
    # the case was still open at the data cut, so the gap may still grow
    SILENCE_CENSORED = "silence_censored", FLAG, Stage.RECOVERY
    # longest wait from the first contact to 72 h after opening; cases open then
    LANDMARK_SILENCE_HOURS = "landmark_silence_hours", REAL, Stage.RECOVERY
    CLOSED = "closed", FLAG, Stage.RECOVERY  # resolved or closed by the data cut
    CLOSED_HOURS = "closed_hours", REAL, Stage.RECOVERY  # hours from opening until resolved, else closed
    # hours from opening to resolution (recorded, else the first contact that resolves)
    RESOLVED_HOURS = "resolved_hours", REAL, Stage.RECOVERY
    # resolved with exactly one human contact; null while open after at most one
    RESOLVED_AT_FIRST_CONTACT = "resolved_at_first_contact", FLAG, Stage.RECOVERY
    CLOSED_WITHOUT_CONTACT = "closed_without_contact", FLAG, Stage.RECOVERY  # closed though no person had answered
    ESCALATED = "escalated", FLAG, Stage.RECOVERY  # passed up
    HANDOFFS = "handoffs", WHOLE, Stage.RECOVERY  # agents after the first; at least, where contacts name no agent
    THREATENED = "threatened", FLAG, Stage.RECOVERY  # the customer threatened to leave
    # the threat came before the first human contact
    THREATENED_BEFORE_CONTACT = "threatened_before_contact", FLAG, Stage.RECOVERY
    REOPENED = "reopened", FLAG, Stage.RECOVERY  # reopened after closing
    APOLOGY_GIVEN = "apology_given", FLAG, Stage.RECOVERY  # a person apologised
    APOLOGY_PERSONAL = "apology_personal", FLAG, Stage.RECOVERY  # a person's apology that was not a template
    # the apology came before any threat, escalation or public post
    APOLOGY_BEFORE_DEMAND = "apology_before_demand", FLAG, Stage.RECOVERY
    EMPATHY_SHOWN = "empathy_shown", FLAG, Stage.RECOVERY  # empathy was shown
    ACCOUNTABILITY_ACCEPTED = "accountability_accepted", FLAG, Stage.RECOVERY  # the company owned the fault
    EXPLANATION_GIVEN = "explanation_given", FLAG, Stage.RECOVERY  # an explanation was given
    COMMITMENT_MADE = "commitment_made", FLAG, Stage.RECOVERY  # a commitment to improve was made, or a promise recorded
    PROMISES_MADE = "promises_made", WHOLE, Stage.RECOVERY  # promises recorded
    # every promise due by the data cut was kept by its due time; null when none was due
    COMMITMENT_KEPT = "commitment_kept", FLAG, Stage.RECOVERY
    # when that was settled: the first broken promise's due time, else the last one's
    PROMISE_DUE_AT = "promise_due_at", TIME, Stage.RECOVERY
    OLIVE_BRANCH = "olive_branch", FLAG, Stage.RECOVERY  # something was offered or given beyond words
    WORDS_ONLY = "words_only", FLAG, Stage.RECOVERY  # answered, but nothing fixed and nothing given
    FIXED_FOR_CUSTOMER = "fixed_for_customer", FLAG, Stage.RECOVERY  # repaired for this customer
    FIXED_BEFORE_DEPARTURE = "fixed_before_departure", FLAG, Stage.RECOVERY  # repaired before the service ended
    FIX_COMMUNICATED = "fix_communicated", FLAG, Stage.RECOVERY  # the customer was told of the repair
    # a public complaint answered outside the public thread; null for others
    MOVED_TO_PRIVATE = "moved_to_private", FLAG, Stage.RECOVERY
    COMPANY_PUBLICISED = "company_publicised", FLAG, Stage.RECOVERY  # the company publicised its own recovery
    COMPENSATION_GIVEN = "compensation_given", FLAG, Stage.RECOVERY  # anything was given, gestures included
    # face value of all payouts, reporting currency; null if one has none
    COMPENSATION_AMOUNT = "compensation_amount", MONEY, Stage.RECOVERY
    COMPENSATION_SHARE = "compensation_share", REAL, Stage.RECOVERY  # compensation_amount ÷ loss_amount
    # none, cash, future_credit, in_kind, gesture or mixed (several of these)
    COMPENSATION_KIND = "compensation_kind", TEXT, Stage.RECOVERY
    CASH_SHARE = "cash_share", REAL, Stage.RECOVERY  # share of the face value in cash
    FUTURE_CREDIT_SHARE = "future_credit_share", REAL, Stage.RECOVERY  # share of the face value in future credit
    IN_KIND_SHARE = "in_kind_share", REAL, Stage.RECOVERY  # share of the face value in kind
    GESTURE = "gesture", FLAG, Stage.RECOVERY  # a note, a call or another gesture
    # days from opening to the first payout; negative when it came before
    DAYS_TO_PAY = "days_to_pay", REAL, Stage.RECOVERY
    COMPENSATED_AT = "compensated_at", TIME, Stage.RECOVERY  # time of the first payout
    REDEEMED = "redeemed", FLAG, Stage.RECOVERY  # any future credit was redeemed; null when none was given
    # what each giver gave to this incident in all lies within their limit
    WITHIN_AUTHORITY = "within_authority", FLAG, Stage.RECOVERY
    CAUSE_REVIEWED = "cause_reviewed", FLAG, Stage.RECOVERY  # the root cause was reviewed
    CAUSE_REVIEW_DAYS = "cause_review_days", REAL, Stage.RECOVERY  # days from opening to the review of the cause
    # opened after a fix of the same root cause was deployed
    OPENED_AFTER_FIX = "opened_after_fix", FLAG, Stage.RECOVERY

    # days to the first new purchase; null when none by the data cut
    DAYS_TO_RETURN = "days_to_return", REAL, Stage.OUTCOME
    # the first new order came before the first human contact
    RETURNED_BEFORE_CONTACT = "returned_before_contact", FLAG, Stage.OUTCOME
    HELD_BOOKING = "held_booking", FLAG, Stage.OUTCOME  # a booking ordered before opening was to be used after it
    # one of those to be used by the data cut was cancelled; null without one
    HELD_BOOKING_CANCELLED = "held_booking_cancelled", FLAG, Stage.OUTCOME
    # days to the end of the subscription active at opening; null while active
    DAYS_TO_CHURN = "days_to_churn", REAL, Stage.OUTCOME
    SURVEY_ANSWERED = "survey_answered", FLAG, Stage.OUTCOME  # any nps or csat score within 90 days
    NPS_SCORE = "nps_score", REAL, Stage.OUTCOME  # first nps score within 90 days, 0–10
    PROMOTER = "promoter", FLAG, Stage.OUTCOME  # nps score of 9 or 10; null without a score
    REVIEW_STARS = "review_stars", REAL, Stage.OUTCOME  # first review within 90 days, 1–5; null without one
    REFERRALS = "referrals", WHOLE, Stage.OUTCOME  # referrals within 90 days
    # a negative post or review within 90 days (a review without sentiment: 1–2 stars)
    NEGATIVE_POST = "negative_post", FLAG, Stage.OUTCOME
    # a positive post or review within 90 days (a review without sentiment: 4–5 stars)
    POSITIVE_STORY = "positive_story", FLAG, Stage.OUTCOME
    PRAISES_STAFF = "praises_staff", FLAG, Stage.OUTCOME  # a post or review that praises staff within 90 days
    SHOWS_PICTURES = "shows_pictures", FLAG, Stage.OUTCOME  # a post or review with pictures or film within 90 days
    REACH = "reach", WHOLE, Stage.OUTCOME  # summed reach of posts and reviews within 90 days
    # a later score as high as before (else as never-failed peers') and a new purchase
    RESTORED = "restored", FLAG, Stage.OUTCOME


class HorizonCol(StrEnum):
    """Outcome columns that exist once per horizon, their name with ``{h}`` where the days go."""

    type: ColumnType

    def __new__(cls, name: str, type_: ColumnType) -> "HorizonCol":
        """A member that is its columns' name, with ``{h}`` where the days go."""
        column = str.__new__(cls, name)
        column._value_ = name
        column.type = type_
        return column

    FOLLOWED = "followed_{h}d", FLAG  # the days had passed at the data cut
    RETURNED = "returned_within_{h}d", FLAG  # a new order within the days from opening
    RETURNED_WITHOUT_VOUCHER = "returned_without_voucher_{h}d", FLAG  # … on which no voucher was used
    SPEND = "spend_{h}d", MONEY  # zeros included
    SPEND_WITHOUT_VOUCHER = "spend_without_voucher_{h}d", MONEY  # spend net of vouchers
    MARGIN = "margin_{h}d", MONEY  # of the orders within the days, less their vouchers, zeros included
    RETAINED = "retained_{h}d", FLAG  # subscription still active that many days after opening

    def at(self, days: int) -> "Named":
        """The column of one horizon."""
        return Named(self.value.format(h=days))


# The name of a column that holds a horizon or a word of the profile.
Named = NewType("Named", str)
ColumnName: TypeAlias = Col | Named


def outcome_of_profile(name: str) -> Named:
    """The column of an outcome that the profile declares."""
    return Named(f"outcome_{name}")


@dataclass(frozen=True)
class MartColumn:
    """One column of a mart: its type, and the stage at which it is known."""

    name: ColumnName
    type: ColumnType
    stage: Stage


def _columns(names: Sequence[Col]) -> tuple[MartColumn, ...]:
    return tuple(MartColumn(name, name.type, name.stage) for name in names)


def of_stage(*stages: Stage) -> tuple[Col, ...]:
    """Columns of the incident mart that are known from these stages on, in order."""
    return tuple(c for c in Col if c.stage in stages and c is not Col.INDEX_AT)


def horizon_columns(horizons_days: Sequence[int]) -> tuple[MartColumn, ...]:
    """Outcome columns of each horizon in turn."""
    return tuple(MartColumn(c.at(h), c.type, Stage.OUTCOME) for h in horizons_days for c in HorizonCol)


def incident_columns(
    horizons_days: Sequence[int],
    covariates: Sequence[tuple[str, Literal["number", "label"]]] = (),
    declared_outcomes: Sequence[str] = (),
) -> tuple[MartColumn, ...]:
    """Every column of ``incident_mart``, in order. Grain: one row per valid incident."""
    return (
        *_columns(of_stage(Stage.KEY, Stage.HISTORY, Stage.OPENING)),
        *_own(covariates),
        *_columns(of_stage(Stage.CONTACT, Stage.RECOVERY, Stage.OUTCOME)),
        *horizon_columns(horizons_days),
        *(MartColumn(outcome_of_profile(name), REAL, Stage.OUTCOME) for name in declared_outcomes),
    )


def _own(covariates: Sequence[tuple[str, Literal["number", "label"]]]) -> tuple[MartColumn, ...]:
    return tuple(
        MartColumn(Named(name), REAL if kind == "number" else TEXT, Stage.OPENING) for name, kind in covariates
    )


_BASELINE = (
    Col.CUSTOMER_KEY, Col.INDEX_AT, Col.FOLLOW_UP_DAYS,
    Col.ORDERS_365D, Col.EARLIER_SPEND_365D, Col.TENURE_DAYS, Col.EARLIER_SCORE,
    Col.OPENED_MONTH, Col.SITE_ID, Col.BRAND, Col.REGION, Col.SEGMENT, Col.LOYALTY_TIER,
    Col.DAYS_TO_RETURN, Col.SURVEY_ANSWERED, Col.NPS_SCORE, Col.PROMOTER, Col.REVIEW_STARS, Col.REFERRALS,
    Col.NEGATIVE_POST, Col.POSITIVE_STORY, Col.PRAISES_STAFF, Col.REACH,
)  # fmt: skip


def baseline_columns(
    horizons_days: Sequence[int],
    covariates: Sequence[tuple[str, Literal["number", "label"]]] = (),
    declared_outcomes: Sequence[str] = (),
) -> tuple[MartColumn, ...]:
    """Every column of ``baseline_mart``. Grain: customer and moment that corresponds to an incident's opening.

    Nothing had failed the customer until that moment: "never failed" is what was known then, not what came later.
    """
    return (
        *_columns(_BASELINE),
        *_own(covariates),
        *horizon_columns(horizons_days),
        *(MartColumn(outcome_of_profile(name), REAL, Stage.OUTCOME) for name in declared_outcomes),
    )
