"""Why there is no estimate, or one that is less sure than it looks."""

from enum import StrEnum

from pipelines.contracts.catalog.estimation import Covariate
from pipelines.contracts.message import Count, Hours, Label, Name, Number, Reason, Share


class Side(StrEnum):
    """The two sides of a contrast: cases it moves, and cases already where it moves them to."""

    MOVED = "moved"
    THERE = "there"


class Gate(StrEnum):
    """Why an incident can't answer a question; the first that applies counts."""

    TOO_YOUNG = "too_young"
    OUTCOME_UNKNOWN = "outcome_unknown"
    ANSWER_PENDING = "answer_pending"
    NEVER_ANSWERED_AND_TOO_FEW_TO_JUDGE = "never_answered_and_too_few_to_judge"
    NOT_ANSWERED = "not_answered"
    LOSS_UNKNOWN = "loss_unknown"
    TREATMENT_UNKNOWN = "treatment_unknown"
    NEVER_COMPENSATED = "never_compensated"
    RARE_KIND = "rare_kind"
    ENDED_BEFORE = "ended_before"
    RETURNED_BEFORE = "returned_before"
    NOT_IN_EXPERIMENT = "not_in_experiment"
    BEFORE_THE_DRAW = "before_the_draw"
    CARRIED_OVER = "carried_over"
    IN_SEVERAL_ARMS = "in_several_arms"
    NOTHING_TO_COMPARE_WITH = "nothing_to_compare_with"
    CUSTOMER_NOTICED = "customer_noticed"
    NOT_PUBLIC = "not_public"


class KeptIn(StrEnum):
    """Why an incident that stays in may be doubted."""

    RETURNED_BEFORE_ANSWER = "returned_before_answer"
    RETURNED_BEFORE_PAYMENT = "returned_before_payment"


# ── Too little to estimate from ──────────────────────────────────────────────────────────────────────────────────────


class NoClusterKey(Reason):
    """Incidents without a cluster."""


class AllInOneCluster(Reason):
    """All incidents in one cluster."""


class TooFewIncidents(Reason):
    """Incidents with a known treatment and a followed outcome, and how many it takes."""

    n: Count
    fewest: Count


class TooFewEvents(Reason):
    """How often the outcome happened in how many incidents."""

    events: Count
    incidents: Count
    fewest: Count


class OutcomeConstant(Reason):
    """The outcome doesn't vary."""


class LeftOutCount(Reason):
    """Incidents left out for one reason."""

    n: Count
    gate: Gate


class LeftOut(Reason):
    """Incidents left out by the first reason that applies."""

    counts: tuple[LeftOutCount, ...]


class SideTooSmall(Reason):
    """Incidents on one side of a contrast."""

    side: Side
    n: Count
    fewest: Count


class SideTooFewEvents(Reason):
    """How often the outcome happened on one side of a contrast."""

    side: Side
    events: Count
    incidents: Count
    fewest: Count


class NobodyAnswered(Reason):
    """No incident was answered."""


class NothingGiven(Reason):
    """Nobody with a known loss was given anything."""


class NoFormGivenOften(Reason):
    """No form of compensation was given often enough."""

    fewest: Count


class DoneTooAlike(Reason):
    """Something was done nearly always or nearly never."""

    done: Count
    undone: Count
    fewest: Count


class ResolvedTooAlike(Reason):
    """Of the cases open at the landmark, nearly all or none were resolved in the window."""

    cases: Count
    landmark: Hours
    resolved: Count
    window: Number
    fewest: Count


class SilentTooAlike(Reason):
    """Of the cases open at the landmark, nearly all or none were left silent."""

    cases: Count
    landmark: Hours
    spoken_to: Count
    silence: Hours
    fewest: Count


class TooFewMoments(Reason):
    """Moments without failure and incidents to compare."""

    moments: Count
    incidents: Count
    fewest: Count


class TooFewRecovered(Reason):
    """Too few recovered or unrecovered incidents."""


class TooFewSharesGiven(Reason):
    """Too few shares of the loss were given often."""


# ── The question can't be asked of this data ─────────────────────────────────────────────────────────────────────────


class ReturnedBeforeAnswer(Reason):
    """Many returns came before the answer."""

    share: Share


class ReturnedBeforeMoney(Reason):
    """Many returns came before the money."""

    share: Share


class UnitUnknown(Reason):
    """Incidents of an experiment that don't say to which of the drawn units they belong."""

    n: Count
    column: Name


class OnlyAfterFailure(Reason):
    """An outcome that customers whom nothing failed can't have."""


class NoClearLoss(Reason):
    """The failure cost nothing that is clear."""


class TreatmentDetermined(Reason):
    """What was known before determines the treatment."""


class NotConverged(Reason):
    """The model didn't converge."""


class Separated(Reason):
    """Something predicts the outcome perfectly."""


class SeparatedBy(Reason):
    """What predicts the outcome perfectly."""

    held: Covariate


class SeparatedByOwn(Reason):
    """A declared covariate that predicts the outcome perfectly."""

    held: Label


class NoExchangeRate(Reason):
    """The promise gains nothing, or more than money can."""


class NoClearGain(Reason):
    """No share of the loss shows a clear gain."""


class StillRising(Reason):
    """More still adds at the most that was given often."""

    share: Share


class ReturnsNotAsked(Reason):
    """Returns at this promise were not asked about."""


class TooManyToFill(Reason):
    """More incidents than blanks are filled in for."""

    most: Count
    n: Count


class ThresholdNotBuilt(Reason):
    """A rule with a threshold, which isn't used yet."""


class PolicyChangeNotBuilt(Reason):
    """A change of policy, which isn't used yet."""


class InstrumentNotBuilt(Reason):
    """An instrument, which isn't used yet."""
