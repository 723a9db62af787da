"""What would be true of exports that can't be believed as they are, and what to do about it."""

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.message import Count, Day, Label, Name, OutcomeName, Reason, Share


class CellsUnread(Reason):
    """Why cells of a column couldn't be read."""

    why: RowReason


class LargeCustomerDeclared(Reason):
    """The company says that one customer may be behind so many rows."""

    column: Name


class MomentOfExport(Reason):
    """Most rows happened at one second."""

    column: Name


class HourNotRecorded(Reason):
    """A column of days where a clock is needed."""

    column: Name


class MinuteNotRecorded(Reason):
    """A column of full hours where minutes are needed."""

    column: Name


class MonthsMissing(Reason):
    """Months without rows between months that have them, while other tables go on."""

    column: Name
    first: Day
    months: Count


class FewerRowsThanLast(Reason):
    """A file with less than half of the rows of the run before."""

    file: Name
    now: Count
    before: Count


class ClocksDiffer(Reason):
    """Answers before their questions, and many of them."""

    rows: Count


class UndoneOrdersCount(Reason):
    """Orders that were undone and count as purchases; ``states`` are those they are in."""

    states: tuple[Label, ...]


class RefundsBesideOrders(Reason):
    """Orders with amounts below zero, whose purchases still count."""

    rows: Count


class AllOfThem(Reason):
    """An outcome that every case has."""

    outcome: OutcomeName
    n: Count


class NoneOfThem(Reason):
    """An outcome that no case has."""

    outcome: OutcomeName
    n: Count


class SetByLabel(Reason):
    """An outcome that a label all but decides."""

    outcome: OutcomeName
    column: Name
    low: Label
    high: Label


class SampledByLabel(Reason):
    """A label of samples whose base rates differ."""

    outcome: OutcomeName
    column: Name
    low: Share
    high: Share


class SetByTreatment(Reason):
    """An outcome that what was done all but decides."""


class FailingSeemsToHelp(Reason):
    """Customers who were failed come off better than others."""
