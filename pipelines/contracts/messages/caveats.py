"""What numbers assume, so what would overturn them."""

from pipelines.contracts.message import Caveat, Count, Days


class UnmeasuredSpeed(Caveat):
    """Nothing unmeasured parts cases answered sooner from later ones."""


class UnmeasuredGiving(Caveat):
    """Nothing unmeasured parts cases given more from those given less."""


class UnmeasuredForm(Caveat):
    """Nothing unmeasured parts customers given one form from those given another."""


class UnmeasuredScenario(Caveat):
    """Nothing unmeasured parts cases answered sooner or given more from the others; the margin counts as known."""


class UnmeasuredPolicy(Caveat):
    """Nothing unmeasured parts customers given more; what the value of a policy counts and what it leaves out."""

    days: Days


class UnrecordedFailure(Caveat):
    """Recovered, unrecovered and never-failed customers differ in nothing unrecorded."""


class EarnedSoFar(Caveat):
    """What a customer won back earns is what others have earned so far."""


class CostsAsSoFar(Caveat):
    """Giving more costs per unit of face value what giving has cost so far."""


class RecoveringCostsAsSoFar(Caveat):
    """Recovering one more costs what recovering one has cost so far."""


class SteadyYear(Caveat):
    """The next year is like the last."""


class ScaledYear(Caveat):
    """A record shorter than a year, taken as usual for a whole one."""

    days: Count


class CreditInFull(Caveat):
    """Too little credit is old enough to tell how much of it is redeemed."""

    fewest: Count
    days: Days


class CreditAsRecorded(Caveat):
    """Redemptions aren't recorded."""


class NothingElseChanged(Caveat):
    """Between the year before a decision and the time since, nothing but the decision changed."""


class YoungCountAsWaiting(Caveat):
    """Cases too young to be judged count for as long as they were followed."""


class SeasonShows(Caveat):
    """Four weeks are held against a whole year."""


class SitesAlike(Caveat):
    """Nothing but what is held equal makes one site's cases harder."""


class SettledNoEasier(Caveat):
    """Cases settled at once were no easier than others alike."""


class MonthsDifferInNothingElse(Caveat):
    """Months in which more staff may decide differ from a site's other months in nothing else."""


class PromisesNoDifferent(Caveat):
    """Cases with and without a promise differ in nothing else."""


class NothingButTheFix(Caveat):
    """Nothing but the fix changed at that time."""


class SameTrendAsUnfixed(Caveat):
    """Without its fix the cause would have moved as those without one."""


class SinglesStandIn(Caveat):
    """Single incidents stand for what an event's customers would have met."""


class AlikeInsideEvent(Caveat):
    """Inside an event, those who got more were like those who got less."""


class AnyWeekAnyOther(Caveat):
    """Without a change, weeks are exchangeable."""
