"""What can be wrong with ``[files]`` and ``[tables]`` of a profile, and with the lists beside them."""

from pipelines.contracts.message import Fault, File, Name, Reason


class NoFileAlias(Fault):
    """A name of a file that SQL couldn't say."""

    at: Name


class FileMustBeKeys(Fault):
    """A file is something else than a table of keys."""

    at: Name
    example: Name


class NoPath(Fault):
    """A file without its path."""

    at: Name


class PathLeavesData(Fault):
    """A path that leads out of the data folder."""

    at: Name


class DelimiterMustBe(Fault):
    """A delimiter of no or several characters."""

    at: Name
    examples: Name
    last: Name


class QuoteMustBe(Fault):
    """A quote of several characters, or the delimiter itself."""

    at: Name


class DecimalMustBe(Fault):
    """A decimal sign that is none."""

    at: Name


class UnknownEnding(Fault):
    """A file whose name doesn't tell how it is stored."""

    at: Name
    ending: Name


class KeyOfAnotherFormat(Fault):
    """A key that says nothing about files of this format."""

    at: Name
    key: Name
    format: Name


class CommentsAreNotRead(Fault):
    """Lines of comment in an export are declared, and nothing reads them as such."""

    at: Name


class EscapesAreNotRead(Fault):
    """A character that escapes quotes is declared, and nothing reads it as such."""

    at: Name


class OwnersAreNotRead(Fault):
    """Owners of incidents or fixes are mapped, and nothing reads them."""

    at: Name


class NoIncidents(Fault):
    """A profile without the one table needed."""

    path: File


class QuestionComesFirst(Fault):
    """A profile whose one table needed waits for an answer."""

    path: File
    waits: Reason


class TableMustBeKeys(Fault):
    """A table is something else than a table of keys."""

    at: Name
    example: Name


class FileOrSql(Fault):
    """A table out of both a file and a SELECT, or out of neither."""

    at: Name
    table: Name


class PartMustBeKeys(Fault):
    """A part of a table is something else than keys and values."""

    at: Name


class FormatsMustBe(Fault):
    """Formats of a time that are no texts."""

    at: Name
    example: Name


class ValuesMustBe(Fault):
    """A map of values that is none."""

    at: Name


class ColumnIsNoTime(Fault):
    """A format or zone for a column without times."""

    at: Name
    column: Name


class ColumnHasNoClock(Fault):
    """A zone for a column of days."""

    at: Name
    column: Name


class NoZone(Fault):
    """A zone of one column that isn't one."""

    at: Name
    column: Name
    zone: Name


class WordsMustBe(Fault):
    """An action without its list of words."""

    at: Name
    example: Name


class WordsWithoutMessages(Fault):
    """Words to look for, and no messages to look in."""

    path: File


class ContactsMissing(Fault):
    """Contacts are asked for, and the profile doesn't say where they are."""

    at: Name


class ContactsNeed(Fault):
    """Where contacts are is said in part."""

    at: Name
