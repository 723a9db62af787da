"""What can be wrong with the rows of a canonical table as a whole, and with a profile's own SQL."""

from pipelines.contracts.canonical import Grain
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.message import Count, Fault, File, Minutes, Name, Share
from pipelines.settings.faults import Shown


class FileReadByNoTable(Fault):
    """A file is declared, and no table, check or contact is made of it."""

    path: File
    alias: Name


class DecimalForSql(Fault):
    """A decimal sign of a file whose numbers only SQL reads."""

    path: File
    alias: Name


class NoContactColumn(Fault):
    """A column of contacts isn't in the export."""

    files: Shown
    column: Name


class MessagesNotMapped(Fault):
    """Words to look for, and interactions without messages to look in."""

    path: File


class CovariateMissing(Fault):
    """A declared covariate that nothing supplies."""

    path: File
    names: tuple[Name, ...]


class DrawnColumnMissing(Fault):
    """What lots were drawn by, or within, which nothing tells apart."""

    path: File
    column: Name


class SqlLeavesProfile(Fault):
    """An SQL file outside the profile's folder."""

    at: Name
    file: Name


class NoSql(Fault):
    """An SQL file that isn't there or no text."""

    at: Name
    path: File


class NotOneSelect(Fault):
    """SQL that is something else than one SELECT."""

    file: Name


class SqlRefused(Fault):
    """What the engine says of a name or of the syntax."""

    file: Name
    why: Name


class SqlReachesOut(Fault):
    """SQL that asks the engine for a file, the network or a setting."""

    file: Name


class SqlStopped(Fault):
    """The engine stopped at a value, which isn't told."""

    file: Name
    error: Name


class SqlTooSlow(Fault):
    """A profile's SQL that didn't end in the time it is given."""

    file: Name
    minutes: Minutes


class ChecksMustBeCoded(Fault):
    """A profile's own check without a code or a count."""

    file: Name


class NoDayTold(Fault):
    """No incident was opened up to today."""


class TooManyRepeats(Fault):
    """So many rows repeat a key that another column must be meant."""

    table: Name
    repeats: Count
    rows: Count
    key: Name
    most: Share
    grain: Grain


class DigitsLost(Fault):
    """Ids that a spreadsheet rounded, so that different ones have become the same."""

    files: Shown
    column: Name
    share: Share


class OneKeyForMany(Fault):
    """One customer behind so many rows that the id must stand for nobody."""

    files: Shown
    column: Name
    share: Share


class OneInstant(Fault):
    """All moments of a column are one, so it tells when the export was made."""

    column: Name
    share: Share


class DaysAndMonthsExchanged(Fault):
    """Moments of so many different days, none after the twelfth of a month."""

    column: Name
    days: Count


class RowsUnaccounted(Fault):
    """Rows that came in are neither kept nor set aside."""

    file: Name
    table: Name
    rows_in: Count
    accounted: Count


class Refused(Fault, family="fault"):
    """Why rows were set aside, inside a message."""


class ColumnRefused(Refused):
    """So many rows for what a column holds."""

    rows: Count
    column: Name
    reason: RowReason


class RowRefused(Refused):
    """So many rows as a whole."""

    rows: Count
    reason: RowReason


class AndRefused(Refused):
    """Several reasons, the commonest first."""

    first: Refused
    others: Refused


class NothingLeft(Fault):
    """No incident is left, for these reasons above all."""

    reasons: Refused


class NothingCameIn(Fault):
    """No incident came in."""


class IdKeyNotMade(Fault):
    """The machine refused to write a key to hash ids with."""

    path: File
    why: Name


class NoIdKey(Fault):
    """The key that ids are hashed with can't be read."""

    path: File


class IdKeyLeavesProfile(Fault):
    """The key lies outside the profile's folder."""

    at: Name
    file: Name


class IdKeyIsShort(Fault):
    """A key that can be guessed."""

    where: Name
    characters: Count
    least: Count


class IdKeyIsEmpty(Fault):
    """The key that ids are hashed with is empty."""

    path: File
