"""Reasons of what is counted and compared, and those that rows of several tables give."""

from pipelines.contracts.message import Count, Days, Hours, Reason, Share


class NoConclusion(Reason):
    """Graded D: nothing follows from the number beside it."""


class TooFewToShow(Reason):
    """A cell of fewer than ``n`` cases, hidden so that nobody is told apart."""

    n: Count


class OneCluster(Reason):
    """All cases hang together, so chance can't be told from effect."""


class AllAlike(Reason):
    """No case differs from another."""


class NoCaseKnown(Reason):
    """Nothing to count."""


class FewOlderThanDays(Reason):
    """Too few cases have been followed for so many days."""

    n: Count
    days: Days


class FewOlderThanHours(Reason):
    """Too few cases have been followed for so many hours."""

    n: Count
    hours: Hours


class MedianNotReached(Reason):
    """Fewer than half of the cases got there while they were followed."""


class NoUpperLimit(Reason):
    """Too few cases were followed far enough beyond a median to bound it."""


class NeverKnown(Reason):
    """A share that no incident tells."""


class FewOnOneSide(Reason):
    """Too few cases with something, or too few without it."""

    n_with: Count
    n_without: Count
    fewest: Count


class TooFewComparable(Reason):
    """Too few cases have others of their kind on the other side."""


class TooFewIndependent(Reason):
    """The comparison hangs on too few clusters for an interval."""


class Comparable(Reason):
    """Some cases have none like them on the other side, and are left out."""

    share: Share


class FewComparable(Reason):
    """Most cases have none like them on the other side."""

    share: Share


class FewIndependent(Reason):
    """One event or customer weighs much."""


class NoCaseSaysClosed(Reason):
    """Nothing tells which cases are closed."""


class NoSpendAtStake(Reason):
    """Nobody's spend of the year before is known."""


class NoPromiseDue(Reason):
    """Nothing was due in the week before the data cut."""


class NoSingleIncident(Reason):
    """Sites are compared on single incidents, and there is none."""


class SitesCantBeTold(Reason):
    """Nobody, or everybody, met the event."""


class NothingSettledOrNot(Reason):
    """No case says both whether it was settled at once and whether its customer came back."""


class NobodyOldEnough(Reason):
    """No horizon has passed."""


class NoneOldEnough(Reason):
    """No horizon has passed."""


class FixOutsideRecords(Reason):
    """There is nothing before a fix, after it, or at all."""

    n: Count


class FewUnfixedOccasions(Reason):
    """Causes without a fix are too rare to stand beside one with it."""


class NoneBeforeFix(Reason):
    """A ratio whose lower part may be none."""


class OneOfManyKinds(Reason):
    """A kind that moved, where so many were looked at that one would by chance."""

    n: Count


class ShorterThanYear(Reason):
    """Four weeks can't be held against the year before."""


class NoneTheYearBefore(Reason):
    """There is no rate to hold this one against."""


class NoMassIncident(Reason):
    """Incidents name events, and each hit one customer."""


class EventTooYoung(Reason):
    """Nothing is known of an event yet."""


class FewSingleIncidents(Reason):
    """Nothing to hold an event against."""


class EventTooSmall(Reason):
    """An event too small for a curve of its own."""

    n: Count
    fewest: Count


class ProtectsSmallStep(Reason):
    """A step that is hidden so that a smaller one can't be reckoned by subtraction."""


class NobodyAtStep(Reason):
    """No incident of the event lies at a step."""


class NoDatedPost(Reason):
    """Nothing negative carries a day."""


class FoundByLooking(Reason):
    """A day that was chosen because its sides differ most."""


class FewWeeksOfPosts(Reason):
    """A record too short to hold a change."""

    n: Count


class NoPostThen(Reason):
    """Nothing negative was posted around an event."""


class NoClearChange(Reason):
    """Shuffled weeks split as well as often as this."""

    share: Share
