"""What an estimate rests on: what weakens it, and what a check could not look at."""

from pipelines.contracts.catalog.vocabulary import Form
from pipelines.contracts.message import Count, Label, Name, Reason, Share


class ComparisonDrawn(Reason):
    """Purchases to compare with were drawn, not declared."""


class FailureUndated(Reason):
    """Failures and what came of them stand side by side in a file that nobody dated."""


class ComparisonUnlike(Reason):
    """Purchases drawn to compare with belong to other customers."""


class SecondLook(Reason):
    """Another view of returns."""


class SecondLookWithoutConclusion(Reason):
    """Another view of returns that allow no conclusion."""


class BlanksFilled(Reason):
    """How often blanks were filled in, and how much of the uncertainty they bring."""

    times: Count
    share: Share


class ErrorsOneWay(Reason):
    """Errors grouped by event alone."""


class Reversed(Reason):
    """Unadjusted, the sign is another."""


class Limited(Reason):
    """What holds the grade down."""

    by: tuple[Reason, ...]


class LittleOverlap(Reason):
    """Cases were moved to where nobody comparable is."""


class TurnedByThreats(Reason):
    """Without pressed cases the sign is another."""


class TurnedByEarlyReturns(Reason):
    """Without early returns the sign is another."""


class MovedByCustomers(Reason):
    """Knowing the customers moves it much."""


class Imbalanced(Reason):
    """The groups differ."""


class FewReallyComparable(Reason):
    """Few cases are comparable."""


class FewGroups(Reason):
    """Few independent groups."""


class HiddenCauseEnough(Reason):
    """A hidden cause could undo it."""


class ControlNotClean(Reason):
    """Earlier purchases don't clear it."""


class MethodsDisagree(Reason):
    """Estimators disagree."""


class DaysUnknown(Reason):
    """The day of opening isn't on record."""


class SitesUnknown(Reason):
    """The site isn't on record."""


class AgentsUnknown(Reason):
    """Who answered isn't on record."""


class TracesAcross(Reason):
    """How others nearby were treated goes with the outcome: circumstances move both."""


class TracesWithin(Reason):
    """It still does among cases of a site and week, and of an agent."""


class TracesUnseen(Reason):
    """Circumstances strong enough to make all of it would not have shown."""


class CircumstancesUnchecked(Reason):
    """No control of circumstances could be looked at."""


class NotWithinCircumstances(Reason):
    """It can't be estimated among cases that share circumstances."""


class BalanceUnchecked(Reason):
    """No check of likeness."""


class ComparableUnchecked(Reason):
    """No count of comparable cases."""


class HiddenCauseUnchecked(Reason):
    """No bound on a hidden cause."""


class ControlUnchecked(Reason):
    """No negative control."""


class OneMethod(Reason):
    """No second estimator."""


class RecoveredMayDiffer(Reason):
    """Who was recovered may differ in what nobody recorded."""


class RatioOfObservations(Reason):
    """A ratio of two observed effects."""


class KindOfIncident(Reason):
    """Incidents of one label."""

    column: Name
    level: Label


class CrossedKindOfIncident(Reason):
    """Incidents of two labels at once."""

    column: Name
    level: Label
    other_column: Name
    other_level: Label


class OfForm(Reason):
    """A kind of incident, for one form of compensation."""

    form: Form
    kind: Reason


class NeverTreated(Reason):
    """Kinds of incident left out because the treatment never happens there."""

    kinds: tuple[Reason, ...]


class NeverTreatedAndMore(Reason):
    """The largest kinds of incident left out because the treatment never happens there, and how many more there are."""

    kinds: tuple[Reason, ...]
    more: Count


# ── What a check could not look at ───────────────────────────────────────────────────────────────────────────────────


class TooFewNeighbours(Reason):
    """Incidents with another customer's soon after."""

    n: Count


class PlaceboDetermined(Reason):
    """What is held determines the placebo."""


class TreatedAlike(Reason):
    """Everybody was treated alike."""


class TipsAt(Reason):
    """The conclusion changes were all unseen values this one."""

    level: Label
