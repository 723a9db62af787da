"""What of a planned experiment is to be mended."""

from pipelines.contracts.message import Fault, File, Name


class ExperimentName(Fault):
    """A name that can't stand in files and commands."""

    name: Name


class ExperimentExists(Fault):
    """A name that another experiment has."""

    name: Name


class NoSuchExperiment(Fault):
    """A name that no experiment has."""

    name: Name
    known: tuple[Name, ...]


class ArmsNotDistinct(Fault):
    """Fewer than two arms, or one that stands twice."""


class SharesOfArms(Fault):
    """Shares that aren't one for each arm, each above 0, 1 together."""


class SmallestEffectWanted(Fault):
    """The smallest effect worth having isn't above 0."""


class TextTooLong(Fault):
    """A question, an owner or a reason that is empty or too long."""

    name: Name


class NoBaseRate(Fault):
    """A run that doesn't know the outcome that an experiment is to move."""

    run: Name
    outcome: Name


class StartedAlready(Fault):
    """An experiment that runs."""

    name: Name


class NotRunning(Fault):
    """An experiment that hasn't begun, or has ended."""

    name: Name


class NoColumnInList(Fault):
    """A list of ids without the column that is wanted."""

    file: File
    column: Name


class IdMissing(Fault):
    """A line of a list without an id."""

    file: File
    line: Name


class ListUnread(Fault):
    """A list of ids that can't be read."""

    file: File
    why: Name
