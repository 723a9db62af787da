"""The marts: one row per valid incident, and one per moment at which nothing had failed the customer.

Each column has a *stage*, the moment from which its value can be known. Everything up to ``opening`` is fixed before
the first contact and may be adjusted for; anything later is a bad control for the effect of speed.

Null is "not known", never "no": a column is null for everyone when the profile doesn't supply what it is made of. A
table that is supplied and holds nothing of an incident says no (nothing given, nobody answered). Flags of what a person
said or did (apology … escalated) are true when recorded; false when nobody answered, or when the answers carry actions
and not this one; null when the answers carry no action at all, or when the export never records this action. Outcomes
within a number of days include the last one, exclude the moment of opening, and are null without full follow-up at the
data cut; those of orders are null for customers who aren't on file. Times are compared in whole seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.contracts.types import FLAG, MONEY, REAL, TEXT, TIME, WHOLE, ColumnType

Stage = Literal["key", "history", "opening", "contact", "recovery", "outcome"]


@dataclass(frozen=True)
class MartColumn:
    """One column of a mart: its type, the stage at which it is known, and what it means (with its unit)."""

    name: str
    type: ColumnType
    stage: Stage
    meaning: str


def _columns(stage: Stage, *rows: tuple[str, ColumnType, str]) -> tuple[MartColumn, ...]:
    return tuple(MartColumn(name, type_, stage, meaning) for name, type_, meaning in rows)


KEYS = _columns(
    "key",
    ("incident_id", TEXT, "the incident, as the company knows it"),
    ("customer_key", TEXT, "keyed hash of the customer; null when the export names none"),
    ("customer_on_file", FLAG, "in customers, or had ordered by opening; else returns are unknown"),
    ("cluster_key", TEXT, "what shares shocks: the declared cluster, else mass event, else customer, else incident"),
    ("event_id", TEXT, "the mass event this incident belongs to"),
    ("opened_at", TIME, "when the customer's clock starts"),
    ("follow_up_days", REAL, "days from opening to the data cut"),
)  # fmt: skip

HISTORY = _columns(
    "history",
    ("orders_365d", WHOLE, "purchases in the 365 days before opening (above 0, not cancelled, no replacements)"),
    ("earlier_spend_365d", MONEY, "spend on them, reporting currency"),
    ("tenure_days", REAL, "days from joining (else the first purchase) to opening"),
    ("earlier_incidents", WHOLE, "incidents of the same customer before this one"),
    ("days_since_earlier_incident", REAL, "days since the customer's previous incident opened"),
    ("earlier_apologies", WHOLE, "apologies by a person received before opening, in earlier incidents"),
    ("earlier_score", REAL, "the customer's last score before opening: nps, or csat where the export holds no nps"),
    ("site_load_24h", WHOLE, "incidents opened at the same site in the 24 hours before"),
)  # fmt: skip

OPENING = _columns(
    "opening",
    ("occurred_at", TIME, "when the failure happened"),
    ("opened_month", TEXT, "calendar month of opening, YYYY-MM"),
    ("opened_hour", WHOLE, "hour of the day of opening in the profile's time zone; null where exports hold days only"),
    ("opened_at_night", FLAG, "opened between 22:00 and 07:00 in the profile's time zone"),
    ("opened_on_weekend", FLAG, "opened on a Saturday or Sunday in the profile's time zone"),
    ("detected_by", TEXT, "who noticed the failure first"),
    ("channel", TEXT, "where the customer raised it"),
    ("category", TEXT, "type of failure"),
    ("root_cause", TEXT, "cause named by the company"),
    ("severity", TEXT, "declared severity"),
    ("severity_rank", WHOLE, "position of the severity in the profile's order, 1 = least"),
    ("loss_amount", MONEY, "what the customer lost, reporting currency"),
    ("fault", TEXT, "whose fault the failure was"),
    ("site_id", TEXT, "hotel, ship, shop or branch"),
    ("brand", TEXT, "brand"),
    ("region", TEXT, "region"),
    ("segment", TEXT, "customer segment"),
    ("loyalty_tier", TEXT, "loyalty tier"),
    ("service_start", TIME, "start of the stay, trip or service"),
    ("service_end", TIME, "end of the stay, trip or service"),
    ("days_to_departure", REAL, "days from opening to the end of the service; negative once it is over"),
    ("public_complaint", FLAG, "the customer complained in public"),
    ("mass_event", FLAG, "part of an event that hit several customers"),
    ("event_size", WHOLE, "incidents in the same event"),
    ("standard_minutes", REAL, "minutes to first contact that the company's own standard promises"),
    ("standard_offer_kind", TEXT, "what the standard offers"),
    ("standard_offer_share", REAL, "what the standard offers as a share of the loss"),
    ("standard_approver", TEXT, "who approves what the standard offers"),
    ("assignment", TEXT, "arm of a declared experiment"),
)  # fmt: skip

CONTACT = _columns(
    "contact",
    ("response_status", TEXT, "answered (within the cap), unanswered (at the cap), open (neither: too young)"),
    ("first_contact_minutes", REAL, "minutes to the first human contact, uncapped"),
    ("first_bot_minutes", REAL, "minutes to the first bot reply"),
    ("first_substance_minutes", REAL, "minutes to the first human contact that explains, offers or resolves"),
    ("proactive_notice_minutes", REAL, "minutes by which the company spoke first; 0: it didn't"),
    ("first_contact_at", TIME, "time of the first human contact"),
    ("responded_on_time", FLAG, "the company's own on-time flag"),
    ("standard_met", FLAG, "first contact within the promised minutes"),
)  # fmt: skip

RECOVERY = _columns(
    "recovery",
    ("company_contacts", WHOLE, "human contacts by the company, one per moment"),
    ("longest_silence_hours", REAL, "longest wait for a human contact until resolved (else closed, else cut)"),
    ("silence_censored", FLAG, "the case was still open at the data cut, so the gap may still grow"),
    ("landmark_silence_hours", REAL, "longest wait from the first contact to 72 h after opening; cases open then"),
    ("closed", FLAG, "resolved or closed by the data cut"),
    ("closed_hours", REAL, "hours from opening until resolved, else closed"),
    ("resolved_hours", REAL, "hours from opening to resolution (recorded, else the first contact that resolves)"),
    ("resolved_at_first_contact", FLAG, "resolved with exactly one human contact; null while open after at most one"),
    ("closed_without_contact", FLAG, "closed though no person had answered"),
    ("escalated", FLAG, "passed up"),
    ("handoffs", WHOLE, "agents after the first; at least, where contacts name no agent"),
    ("threatened", FLAG, "the customer threatened to leave"),
    ("threatened_before_contact", FLAG, "the threat came before the first human contact"),
    ("reopened", FLAG, "reopened after closing"),
    ("apology_given", FLAG, "a person apologised"),
    ("apology_personal", FLAG, "a person's apology that was not a template"),
    ("apology_before_demand", FLAG, "the apology came before any threat, escalation or public post"),
    ("empathy_shown", FLAG, "empathy was shown"),
    ("accountability_accepted", FLAG, "the company owned the fault"),
    ("explanation_given", FLAG, "an explanation was given"),
    ("commitment_made", FLAG, "a commitment to improve was made, or a promise recorded"),
    ("promises_made", WHOLE, "promises recorded"),
    ("commitment_kept", FLAG, "every promise due by the data cut was kept by its due time; null when none was due"),
    ("promise_due_at", TIME, "when that was settled: the first broken promise's due time, else the last one's"),
    ("olive_branch", FLAG, "something was offered or given beyond words"),
    ("words_only", FLAG, "answered, but nothing fixed and nothing given"),
    ("fixed_for_customer", FLAG, "repaired for this customer"),
    ("fixed_before_departure", FLAG, "repaired before the service ended"),
    ("fix_communicated", FLAG, "the customer was told of the repair"),
    ("moved_to_private", FLAG, "a public complaint answered outside the public thread; null for others"),
    ("company_publicised", FLAG, "the company publicised its own recovery"),
    ("compensation_given", FLAG, "anything was given, gestures included"),
    ("compensation_amount", MONEY, "face value of all payouts, reporting currency; null if one has none"),
    ("compensation_share", REAL, "compensation_amount ÷ loss_amount"),
    ("compensation_kind", TEXT, "none, cash, future_credit, in_kind, gesture or mixed (several of these)"),
    ("cash_share", REAL, "share of the face value in cash"),
    ("future_credit_share", REAL, "share of the face value in future credit"),
    ("in_kind_share", REAL, "share of the face value in kind"),
    ("gesture", FLAG, "a note, a call or another gesture"),
    ("days_to_pay", REAL, "days from opening to the first payout; negative when it came before"),
    ("compensated_at", TIME, "time of the first payout"),
    ("redeemed", FLAG, "any future credit was redeemed; null when none was given"),
    ("within_authority", FLAG, "what each giver gave to this incident in all lies within their limit"),
    ("cause_reviewed", FLAG, "the root cause was reviewed"),
    ("cause_review_days", REAL, "days from opening to the review of the cause"),
    ("opened_after_fix", FLAG, "opened after a fix of the same root cause was deployed"),
)  # fmt: skip

OUTCOME = _columns(
    "outcome",
    ("days_to_return", REAL, "days to the first new purchase; null when none by the data cut"),
    ("returned_before_contact", FLAG, "the first new order came before the first human contact"),
    ("held_booking", FLAG, "a booking ordered before opening was to be used after it"),
    ("held_booking_cancelled", FLAG, "one of those to be used by the data cut was cancelled; null without one"),
    ("days_to_churn", REAL, "days to the end of the subscription active at opening; null while active"),
    ("survey_answered", FLAG, "any nps or csat score within 90 days"),
    ("nps_score", REAL, "first nps score within 90 days, 0–10"),
    ("promoter", FLAG, "nps score of 9 or 10; null without a score"),
    ("review_stars", REAL, "first review within 90 days, 1–5; null without one"),
    ("referrals", WHOLE, "referrals within 90 days"),
    ("negative_post", FLAG, "a negative post or review within 90 days (a review without sentiment: 1–2 stars)"),
    ("positive_story", FLAG, "a positive post or review within 90 days (a review without sentiment: 4–5 stars)"),
    ("praises_staff", FLAG, "a post or review that praises staff within 90 days"),
    ("reach", WHOLE, "summed reach of posts and reviews within 90 days"),
    ("restored", FLAG, "a later score as high as before (else as never-failed peers') and a new purchase"),
)  # fmt: skip

WORD_OF_MOUTH_WINDOW_DAYS = 90
SILENCE_LANDMARK_HOURS = 72


def horizon_columns(horizons_days: Sequence[int]) -> tuple[MartColumn, ...]:
    """Outcome columns that exist once per horizon; null without full follow-up at the data cut."""
    rows: list[tuple[str, ColumnType, str]] = []
    for h in horizons_days:
        rows += [
            (f"followed_{h}d", FLAG, f"{h} days had passed at the data cut"),
            (f"returned_within_{h}d", FLAG, f"a new order within {h} days of opening"),
            (f"returned_without_voucher_{h}d", FLAG, f"a new order within {h} days on which no voucher was used"),
            (f"spend_{h}d", MONEY, f"spend within {h} days, zeros included, reporting currency"),
            (
                f"spend_without_voucher_{h}d",
                MONEY,
                f"spend within {h} days net of vouchers, reporting currency",
            ),
            (f"margin_{h}d", MONEY, f"margin of the orders within {h} days less their vouchers, zeros included"),
            (f"retained_{h}d", FLAG, f"subscription still active {h} days after opening"),
        ]
    return _columns("outcome", *rows)


def incident_columns(
    horizons_days: Sequence[int],
    covariates: Sequence[tuple[str, Literal["number", "label"]]] = (),
    declared_outcomes: Sequence[str] = (),
) -> tuple[MartColumn, ...]:
    """Every column of ``incident_mart``, in order. Grain: one row per valid incident."""
    declared = [(name, REAL if kind == "number" else TEXT, "declared covariate") for name, kind in covariates]
    flags = [(f"outcome_{name}", REAL, "outcome declared by the profile") for name in declared_outcomes]
    return (
        *KEYS, *HISTORY, *OPENING, *_columns("opening", *declared), *CONTACT, *RECOVERY, *OUTCOME,
        *horizon_columns(horizons_days), *_columns("outcome", *flags),
    )  # fmt: skip


_BASELINE_HISTORY = ("orders_365d", "earlier_spend_365d", "tenure_days", "earlier_score")
_BASELINE_OPENING = ("opened_month", "site_id", "brand", "region", "segment", "loyalty_tier")


def baseline_columns(horizons_days: Sequence[int]) -> tuple[MartColumn, ...]:
    """Every column of ``baseline_mart``. Grain: customer and moment that corresponds to an incident's opening.

    Nothing had failed the customer until that moment: "never failed" is what was known then, not what came later.
    """
    keys = _columns(
        "key",
        ("customer_key", TEXT, "keyed hash of the customer"),
        ("index_at", TIME, "the moment: a purchase moved by the usual time to an incident, or as declared"),
        ("follow_up_days", REAL, "days from the index date to the data cut"),
    )
    history = tuple(c for c in HISTORY if c.name in _BASELINE_HISTORY)
    opening = tuple(c for c in OPENING if c.name in _BASELINE_OPENING)
    wanted = {"days_to_return", "survey_answered", "nps_score", "promoter", "review_stars", "referrals",
              "negative_post", "positive_story", "praises_staff", "reach"}  # fmt: skip
    outcome = tuple(c for c in OUTCOME if c.name in wanted)
    return (*keys, *history, *opening, *outcome, *horizon_columns(horizons_days))


def known_before_contact(columns: Sequence[MartColumn]) -> frozenset[str]:
    """Names that may be adjusted for when the treatment is the speed of the first contact."""
    return frozenset(c.name for c in columns if c.stage in ("history", "opening"))
