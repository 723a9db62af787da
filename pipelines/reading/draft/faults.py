"""What keeps a draft from being made, written, or corrected as somebody asked."""

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.catalog.company import Asked
from pipelines.contracts.message import Count, Fault, File, Name, Remark
from pipelines.settings.faults import Suggestion


class NoExports(Fault):
    """There is no folder of exports."""

    folder: File


class TooManyFiles(Fault):
    """A folder that holds far more than exports."""

    folder: File
    most: Count


class NothingReadable(Fault):
    """No file of the folder can be read, for these reasons."""

    folder: Name
    notes: Remark


class FolderIsEmpty(Fault):
    """The folder of exports holds nothing."""

    folder: Name


class Taken(Fault, family="fault"):
    """What one file was taken for, inside a message."""


class TakenFor(Taken):
    """A file that fits a canonical table, though not the one needed."""

    file: Name
    table: CanonicalTable


class TakenForNothing(Taken):
    """A file that fits no canonical table."""

    file: Name


class TakenForNoTable(Taken):
    """A file that can't be used at all, and why."""

    file: Name
    why: Remark


class NoFileOfIncidents(Fault):
    """No file looks like incidents; what each was taken for."""

    folder: Name
    found: tuple[Taken, ...]


class DraftFolderTaken(Fault):
    """Something lies where the profile is to be written."""

    folder: File


class DraftNotWritten(Fault):
    """The profile can't be written; ``why`` is the machine's own remark."""

    folder: File
    why: Name


class NoGuess(Fault):
    """A correction of a line that isn't there."""

    target: Name
    tables: tuple[Name, ...]


class NoSuchColumn(Fault):
    """A correction of a column that the table doesn't have."""

    table: Name
    column: Name
    meant: Suggestion


class TableNotStarted(Fault):
    """A correction of a table that has yet to be started."""

    table: Name
    needed: Name


class TableNeedsIncidents(Fault):
    """A table that has to name incidents, and they have no id."""

    table: Name


class TablesAreLeftOut(Fault):
    """A correction of a table as a whole."""


class NotTaken(Fault):
    """A column to be left out that nothing takes."""


class ColumnNeeded(Fault):
    """A column to be left out that its table can't do without."""

    table: Name
    column: Name


class NotAmong(Fault):
    """A constant that the column doesn't accept."""

    column: Name
    allowed: tuple[Name, ...]


class NotInExport(Fault):
    """A column of the export that it doesn't have."""

    file: Name
    column: Name
    meant: Suggestion


class AnswersNotRead(Fault):
    """A file of answers isn't there, or can't be read."""

    file: File
    why: Name


class AnswersNotToml(Fault):
    """A file of answers isn't TOML."""

    file: File
    why: Name


class AnswerMustBe(Fault):
    """An answer that its question doesn't take."""

    asks: Asked
    about: Name
    given: tuple[Name, ...]
    known: tuple[Name, ...]


class FirstSay(Fault):
    """What keeps everything else waiting, and where it can be said."""

    asks: Remark
    file: File


class AskedFirst(Fault):
    """Why nothing could be drafted, the question that it leaves, and where that can be answered."""

    why: Fault
    asks: Remark
    file: File


class AnswersNotWritten(Fault):
    """What was learnt can't be kept."""

    file: File
    why: Name


class ProfileWasEdited(Fault):
    """Answers for a profile that somebody has changed since it was drafted."""

    file: File


class NothingFailed(Fault):
    """A snapshot of customers in which nothing says whom something failed."""

    file: Name
    flag: Name
