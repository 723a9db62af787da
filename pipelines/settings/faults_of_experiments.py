"""What is wrong with how a draw is declared."""

from pipelines.contracts.message import Fault, Name


class ExperimentMustBeKeys(Fault):
    """``[experiment]`` that is no block of keys."""

    at: Name


class DrawSaidTwice(Fault):
    """What was drawn stands in two places."""

    at: Name


class NotDrawnYetDeclared(Fault):
    """A draw is described, and said not to have been."""

    at: Name


class SharesDontAddUp(Fault):
    """Shares of the arms that aren't 1 together."""

    at: Name
    total: Name


class ControlIsNoArm(Fault):
    """An arm to compare with that has no share."""

    at: Name
    arm: Name


class DoseIsNoNumber(Fault):
    """An arm of a dose that is no number."""

    at: Name
    arm: Name


class CarryOverTooLong(Fault):
    """Hours carried over without a period, or as long as one."""

    at: Name


class PhaseSaysNothing(Fault):
    """A phase without a day or a stratum."""

    at: Name


class StratumWithoutStrata(Fault):
    """A phase of a stratum where no strata are declared."""

    at: Name
    stratum: Name


class ArmsOfPhaseDiffer(Fault):
    """A phase whose arms aren't those of the experiment."""

    at: Name
