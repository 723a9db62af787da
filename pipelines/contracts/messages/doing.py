"""What a long command tells as it goes on, one line a step."""

from collections.abc import Callable

from pipelines.contracts.message import Count, Day, Doing, Fault, File, Name, OutcomeName

Progress = Callable[[Doing], None]


class ReadingFolder(Doing):
    """The exports of a folder, or of a database, are being read."""

    folder: Name


class ReadingFile(Doing):
    """One export is being read."""

    file: Name


class KeyMade(Doing):
    """No key of ids was there, so one was made: it is to be kept."""

    file: File


class Checking(Doing):
    """Rows and tables are being checked."""


class Joining(Doing):
    """Tables are being joined to one row per incident."""


class Estimating(Doing):
    """Effects are being estimated."""

    n: Count


class EstimatingOutcome(Doing):
    """Effects on one outcome are being estimated."""

    outcome: OutcomeName


class Deciding(Doing):
    """What happened is being counted, valued and planned with."""


class Publishing(Doing):
    """The run is being written."""


class MakingChart(Doing):
    """One chart of so many is being made ready."""

    number: Count
    charts: Count
    chart: Name


class MakingPicture(Doing):
    """One picture of so many is being drawn."""

    number: Count
    pictures: Count


class MakingFile(Doing):
    """A file of one format is being written."""

    format: Name


class ShownInstead(Doing):
    """The current run can't be shown, so an earlier one is."""

    why: Fault
    run: Name


class HeldBack(Doing):
    """A run was published and isn't current, because the current one knows later days."""

    run: Name
    data_cut: Day
    current: Name
    current_cut: Day


class JournalFlawed(Doing):
    """Entries of the journal can't be read, so what is told of it isn't all there was."""

    file: File


# What is told even to those who want no progress: it changes what an answer means.
LOUD = (ShownInstead, HeldBack, JournalFlawed)
