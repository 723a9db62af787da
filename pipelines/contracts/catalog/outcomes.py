"""The one catalog of outcomes and treatments: label, unit, direction, kind. Pages and models look things up here."""

from dataclasses import dataclass
from typing import Literal

from pipelines.contracts.mart import Col, ColumnName, HorizonCol, Named

OutcomeKind = Literal["binary", "amount", "count", "score", "duration"]
Direction = Literal["higher_is_better", "lower_is_better"]


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    ``column`` is the mart column, or one column per horizon. ``per_100`` says how a change reads
    ("more returning customers per 100"); ``responders_only`` marks outcomes known only for those who answered.
    """

    id: str
    column: ColumnName | HorizonCol
    label: str
    unit: str
    per_100: str
    kind: OutcomeKind
    direction: Direction
    has_horizon: bool = False
    responders_only: bool = False

    def column_at(self, horizon_days: int | None) -> ColumnName:
        """The mart column at a horizon, where it has one."""
        if isinstance(self.column, HorizonCol):
            if horizon_days is None:
                raise ValueError(f"{self.id}: name the horizon in days")
            return self.column.at(horizon_days)
        return self.column


@dataclass(frozen=True)
class Treatment:
    """One treatment: something the company does, with the mart column that records it."""

    id: str
    column: ColumnName
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
            HorizonCol.RETURNED,
            "Returned",
            "share of customers",
            "returning customers",
            "binary",
            UP,
            has_horizon=True,
        ),
        Outcome(
            "retained",
            HorizonCol.RETAINED,
            "Stayed",
            "share of customers",
            "customers who stay",
            "binary",
            UP,
            has_horizon=True,
        ),
        Outcome("days_to_return", Col.DAYS_TO_RETURN, "Time to return", "days", "days", "duration", DOWN),
        Outcome(
            "spend",
            HorizonCol.SPEND,
            "Spend",
            "reporting currency per customer",
            "of spend",
            "amount",
            UP,
            has_horizon=True,
        ),
        Outcome(
            "spend_without_voucher",
            HorizonCol.SPEND_WITHOUT_VOUCHER,
            "Spend net of vouchers",
            "reporting currency per customer",
            "of spend net of vouchers",
            "amount",
            UP,
            has_horizon=True,
        ),
        Outcome(
            "held_booking_cancelled",
            Col.HELD_BOOKING_CANCELLED,
            "Held booking cancelled",
            "share of customers with a held booking",
            "cancelled bookings",
            "binary",
            DOWN,
        ),
        Outcome(
            "promoter",
            Col.PROMOTER,
            "Promoter",
            "share of survey answers",
            "promoters",
            "binary",
            UP,
            responders_only=True,
        ),
        Outcome(
            "review_stars", Col.REVIEW_STARS, "Review stars", "stars, 1–5", "stars", "score", UP, responders_only=True
        ),
        Outcome("referrals", Col.REFERRALS, "Referrals", "per customer", "referrals", "count", UP),
        Outcome(
            "negative_post", Col.NEGATIVE_POST, "Negative post", "share of customers", "negative posts", "binary", DOWN
        ),
        Outcome(
            "positive_story",
            Col.POSITIVE_STORY,
            "Positive story",
            "share of customers",
            "positive stories",
            "binary",
            UP,
        ),
        Outcome("reopened", Col.REOPENED, "Reopened", "share of cases", "reopened cases", "binary", DOWN),
        Outcome(
            "restored",
            Col.RESTORED,
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
        Treatment("speed", Col.FIRST_CONTACT_MINUTES, "Speed of the first human answer", "minutes"),
        Treatment("on_time", Col.RESPONDED_ON_TIME, "Answered on time (company's own flag)", "yes or no"),
        Treatment("compensation", Col.COMPENSATION_SHARE, "Compensation", "share of the loss"),
        Treatment("compensation_kind", Col.COMPENSATION_KIND, "Form of compensation", "kind"),
        Treatment("cash", Col.COMPENSATION_KIND, "Money back", "yes or no"),
        Treatment("apology", Col.APOLOGY_GIVEN, "Apology", "yes or no"),
        Treatment("empathy", Col.EMPATHY_SHOWN, "Empathy", "yes or no"),
        Treatment("accountability", Col.ACCOUNTABILITY_ACCEPTED, "Owning the fault", "yes or no"),
        Treatment("explanation", Col.EXPLANATION_GIVEN, "Explanation", "yes or no"),
        Treatment("commitment", Col.COMMITMENT_MADE, "Commitment to improve", "yes or no"),
        Treatment("olive_branch", Col.OLIVE_BRANCH, "Something beyond words", "yes or no"),
        Treatment("repair", Col.FIXED_FOR_CUSTOMER, "Repair for this customer", "yes or no"),
        Treatment("resolution", Col.RESOLVED_HOURS, "Resolution soon after the first day", "hours"),
        Treatment("silence", Col.LANDMARK_SILENCE_HOURS, "Silence in the first days", "hours"),
        Treatment("assignment", Col.ASSIGNMENT, "Arm of the experiment", "arm"),
        Treatment("failure", Named("failure"), "The failure itself", "failed or never failed"),
    )
}  # fmt: skip

# A promise "everyone hears from a person within …", in minutes: 15 min, 1 h, 4 h, 24 h, 72 h.
SPEED_LADDER_MINUTES: tuple[int, ...] = (15, 60, 240, 1440, 4320)
COMPENSATION_LADDER_SHARE: tuple[float, ...] = (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5)
