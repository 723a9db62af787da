"""What can be wrong with an export as a file: where it lies, how it is stored, its header, and its rows."""

from pipelines.contracts.message import Count, Fault, File, Name
from pipelines.settings.faults import Shown, Suggestion


class NoSuchFile(Fault):
    """A file that the profile names isn't there."""

    path: File
    alias: Name


class VersionedTable(Fault):
    """A folder of a table format that keeps files whose rows are gone."""

    folder: File
    alias: Name


class FileUnreadable(Fault):
    """The machine refuses to open a file."""

    file: Name
    why: Name


class FileChanged(Fault):
    """A file isn't any more what it was when its reading began."""

    file: Name


class FileIsEmpty(Fault):
    """A file without a byte of text."""

    file: Name


class NoRows(Fault):
    """A header and nothing below it."""

    files: Shown


class NoHeader(Fault):
    """No row of names can be read where one is looked for."""

    file: Name


class HeaderRowIsBlank(Fault):
    """The declared row of names is blank."""

    file: Name
    row: Count
    alias: Name


class TooManyColumns(Fault):
    """More columns than are read, of a file whose delimiter may be wrong."""

    file: Name
    columns: Count
    most: Count
    alias: Name


class TooManySheetColumns(Fault):
    """More columns than are read of a sheet."""

    file: Name
    columns: Count
    most: Count


class TooManyCells(Fault):
    """A sheet larger than is read."""

    file: Name
    most: Count


class NamesTwice(Fault):
    """Columns that their names don't tell apart."""

    file: Name
    names: Shown
    reserved: tuple[Name, ...]


class RowsDiffer(Fault):
    """The parser read another number of rows than the file holds."""

    file: Name
    counted: Count
    read: Count


class ColumnsDiffer(Fault):
    """Two files under one name hold different columns."""

    first: Name
    other: Name
    different: Shown


class QuotesUnclear(Fault):
    """Quotes from which no fields can be made out."""

    file: Name


class NotUtf8(Fault):
    """Bytes that are no UTF-8, though nothing else is declared."""

    file: Name
    line: Count
    alias: Name


class LooksLikeUtf16(Fault):
    """Every other byte is empty, and no mark says so."""

    file: Name
    alias: Name


class UnknownEncoding(Fault):
    """An encoding that nobody knows."""

    alias: Name
    encoding: Name


class NotInEncoding(Fault):
    """Bytes that the declared encoding doesn't hold."""

    file: Name
    encoding: Name
    alias: Name


class NotDelimited(Fault):
    """A file that can't be read as rows of fields."""

    file: Name


class NoGzip(Fault):
    """A file that only claims to be packed."""

    file: Name


class FileBreaksOff(Fault):
    """A packed file that is damaged."""

    file: Name


class NoParquet(Fault):
    """A file that only claims to be Parquet."""

    file: Name


class NoWorkbook(Fault):
    """A file that only claims to be a workbook."""

    file: Name


class NoSuchSheet(Fault):
    """A sheet that the workbook doesn't have."""

    file: Name
    sheet: Name
    meant: Suggestion
