"""The one catalog of outcomes and treatments: label, unit, direction, kind. Pages and models look things up here."""

from dataclasses import dataclass
from typing import Literal

OutcomeKind = Literal["binary", "amount", "count", "score", "duration"]
Direction = Literal["higher_is_better", "lower_is_better"]


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    ``column`` is the mart column, with ``{h}`` where the horizon in days goes. ``per_100`` says how a change reads
    ("more returning customers per 100"); ``responders_only`` marks outcomes known only for those who answered.
    """

    id: str
    column: str
    label: str
    unit: str
    per_100: str
    kind: OutcomeKind
    direction: Direction
    has_horizon: bool = False
    responders_only: bool = False


@dataclass(frozen=True)
class Treatment:
    """One treatment: something the company does, with the mart column that records it."""

    id: str
    column: str
    label: str
    unit: str


# By what incidents are split to ask where an effect differs; a profile may cross two of them.
SEGMENT_FAMILIES = ("severity", "value", "channel", "fault", "repeat", "mass", "site")

UP: Direction = "higher_is_better"
DOWN: Direction = "lower_is_better"

OUTCOMES: dict[str, Outcome] = {
    o.id: o
    for o in (
        Outcome(
            "returned",
            "returned_within_{h}d",
            "Returned",
            "share of customers",
            "returning customers",
            "binary",
            UP,
            has_horizon=True,
        ),
        Outcome(
            "retained",
            "retained_{h}d",
            "Stayed",
            "share of customers",
            "customers who stay",
            "binary",
            UP,
            has_horizon=True,
        ),
        Outcome("days_to_return", "days_to_return", "Time to return", "days", "days", "duration", DOWN),
        Outcome(
            "spend",
            "spend_{h}d",
            "Spend",
            "reporting currency per customer",
            "of spend",
            "amount",
            UP,
            has_horizon=True,
        ),
        Outcome(
            "spend_without_voucher",
            "spend_without_voucher_{h}d",
            "Spend net of vouchers",
            "reporting currency per customer",
            "of spend net of vouchers",
            "amount",
            UP,
            has_horizon=True,
        ),
        Outcome(
            "held_booking_cancelled",
            "held_booking_cancelled",
            "Held booking cancelled",
            "share of customers with a held booking",
            "cancelled bookings",
            "binary",
            DOWN,
        ),
        Outcome(
            "promoter",
            "promoter",
            "Promoter",
            "share of survey answers",
            "promoters",
            "binary",
            UP,
            responders_only=True,
        ),
        Outcome(
            "review_stars", "review_stars", "Review stars", "stars, 1–5", "stars", "score", UP, responders_only=True
        ),
        Outcome("referrals", "referrals", "Referrals", "per customer", "referrals", "count", UP),
        Outcome(
            "negative_post", "negative_post", "Negative post", "share of customers", "negative posts", "binary", DOWN
        ),
        Outcome(
            "positive_story", "positive_story", "Positive story", "share of customers", "positive stories", "binary", UP
        ),
        Outcome("reopened", "reopened", "Reopened", "share of cases", "reopened cases", "binary", DOWN),
        Outcome(
            "restored",
            "restored",
            "Restored",
            "share of customers",
            "customers won back",
            "binary",
            UP,
            responders_only=True,
        ),
    )
}

TREATMENTS: dict[str, Treatment] = {
    t.id: t
    for t in (
        Treatment("speed", "first_contact_minutes", "Speed of the first human answer", "minutes"),
        Treatment("on_time", "responded_on_time", "Answered on time (company's own flag)", "yes or no"),
        Treatment("compensation", "compensation_share", "Compensation", "share of the loss"),
        Treatment("compensation_kind", "compensation_kind", "Form of compensation", "kind"),
        Treatment("cash", "compensation_kind", "Money back", "yes or no"),
        Treatment("apology", "apology_given", "Apology", "yes or no"),
        Treatment("empathy", "empathy_shown", "Empathy", "yes or no"),
        Treatment("accountability", "accountability_accepted", "Owning the fault", "yes or no"),
        Treatment("explanation", "explanation_given", "Explanation", "yes or no"),
        Treatment("commitment", "commitment_made", "Commitment to improve", "yes or no"),
        Treatment("olive_branch", "olive_branch", "Something beyond words", "yes or no"),
        Treatment("repair", "fixed_for_customer", "Repair for this customer", "yes or no"),
        Treatment("resolution", "resolved_hours", "Resolution soon after the first day", "hours"),
        Treatment("silence", "landmark_silence_hours", "Silence in the first days", "hours"),
        Treatment("assignment", "assignment", "Arm of the experiment", "arm"),
        Treatment("failure", "failure", "The failure itself", "failed or never failed"),
    )
}  # fmt: skip

# A promise "everyone hears from a person within …", in minutes: 15 min, 1 h, 4 h, 24 h, 72 h.
SPEED_LADDER_MINUTES: tuple[int, ...] = (15, 60, 240, 1440, 4320)
COMPENSATION_LADDER_SHARE: tuple[float, ...] = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
