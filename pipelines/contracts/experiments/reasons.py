"""Why a trial can't be compared, why its draw isn't believed, and what its size makes of its result."""

from pipelines.contracts.experiments.draw import Sign
from pipelines.contracts.message import Count, Label, Name, Number, Reason


class ArmsNotDeclared(Reason):
    """An experiment whose arms weren't declared as drawn by lot."""


class OneArm(Reason):
    """An experiment of one arm, or of none."""

    n: Count


class TooManyArms(Reason):
    """More arms than can be told apart, as where each case has a text of its own."""

    n: Count
    most: Count


class ArmsUndeclared(Reason):
    """Arms in the data that the declaration doesn't name, or that are no doses."""

    arms: tuple[Label, ...]


class ArmTooSmall(Reason):
    """An arm with fewer cases, or fewer drawn units, than can be shown."""

    arm: Label
    cases: Count
    units: Count


class ArmTooFewEvents(Reason):
    """An arm in which the outcome happened, or didn't, too seldom."""

    arm: Label
    events: Count
    cases: Count
    fewest: Count


class NothingSharedByArms(Reason):
    """No stratum holds cases of every arm."""


class DrawRefuted(Reason):
    """A sign that arms weren't drawn as declared."""

    sign: Sign


class DrawRefutedBy(Reason):
    """A sign that arms weren't drawn as declared, and where it is seen."""

    sign: Sign
    subject: Name


class DrawUnchecked(Reason):
    """A draw of which nothing on record could show whether it was one."""


class TooFewDrawn(Reason):
    """So few units that chance alone gives the most extreme draw too often to conclude anything."""

    units: Count


class LikelyOverstated(Reason):
    """A clear result of a small trial, and the size that one would bet on, per 100."""

    size: Number


class NoStrongTakeUp(Reason):
    """The draw hardly moved who got it, so that nothing can be said of those who did."""


class TakeUpUnknown(Reason):
    """Cases of which it isn't known whether they got what they were drawn for."""

    n: Count
    column: Name
