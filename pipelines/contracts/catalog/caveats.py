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
