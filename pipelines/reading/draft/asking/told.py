"""What is asked of whoever drafts a profile, and what each answer changes."""

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.message import Count, Name, Remark
from pipelines.reading.draft.why import Way


class Ask(Remark, family="remark"):
    """Something that nothing in the files settles."""


class WhichFileHolds(Ask):
    """No file, or more than one, looks like a table."""

    table: CanonicalTable


class WhichColumnIs(Ask):
    """No column, or more than one, looks like a canonical column that its table can't do without."""

    file: Name
    column: Name


class NoColumnReadsAs(Ask):
    """A file that is called like a table, of which no column can be read as one that the table can't do without."""

    file: Name
    column: Name


class DayOrMonthFirst(Ask):
    """Days that can be read two ways."""

    file: Name
    column: Name


class PointOrGroup(Ask):
    """Numbers with three digits behind their only sign."""

    file: Name
    column: Name


class AreHundredths(Ask):
    """Whole amounts that a program wrote."""

    file: Name
    column: Name


class WhichStatesCount(Ask):
    """States of orders that no list knows."""

    file: Name
    column: Name
    labels: tuple[Name, ...]


class WhichZoneIsMeant(Ask):
    """A zone in a header that may be several."""

    file: Name
    column: Name
    letters: Name


class WhichUnitIsMeant(Ask):
    """A time to the first answer without its unit."""

    file: Name
    column: Name


class Change(Remark, family="remark"):
    """What an answer changes."""


class TakenFromFile(Change):
    """The table is taken from this file, of so many rows."""

    rows: Count


class TakenFromColumn(Change):
    """The canonical column is taken from this one."""

    column: Name


class DayComesFirst(Change):
    """03/04 is the third of April."""


class MonthComesFirst(Change):
    """03/04 is the fourth of March."""


class SignIsDecimal(Change):
    """1.234 is a little more than one."""


class SignGroups(Change):
    """1.234 is more than a thousand."""


class DividedByHundred(Change):
    """Sums are a hundredth of what is written."""


class AmountsStand(Change):
    """Sums are what is written."""


class OrdersCount(Change):
    """So many of the rows looked at are purchases or not."""

    rows: Count
    of: Count


class MomentsInZone(Change):
    """Moments are read in this zone."""

    zone: Name


class CountedIn(Change):
    """The time to the first answer is counted so."""

    unit: Way


class NotAdded(Change):
    """It counts opening hours alone, so no first answer is taken from it."""
