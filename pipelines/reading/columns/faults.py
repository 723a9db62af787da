"""What can be wrong between the columns of an export and canonical ones."""

from pipelines.contracts.message import Count, Fault, Name
from pipelines.settings.faults import Shown, Suggestion


class NoColumn(Fault):
    """A column that the profile names isn't in the export."""

    files: Shown
    column: Name
    canonical: Name
    table: Name
    found: Shown
    meant: Suggestion


class NoColumnButOne(Fault):
    """A column that the profile names isn't in an export that seems to have one column alone."""

    files: Shown
    column: Name
    canonical: Name
    table: Name
    found: Shown
    meant: Suggestion
    alias: Name


class NeededColumnMissing(Fault):
    """A column that the table can't do without isn't there."""

    files: Shown
    column: Name
    table: Name
    found: Shown


class NothingSupplies(Fault):
    """What is said of a column that nothing supplies."""

    files: Shown
    part: Name
    column: Name


class ConstantBesideColumn(Fault):
    """A constant for a column that the export fills."""

    files: Shown
    part: Name
    column: Name


class OrderUnproved(Fault):
    """Nothing in a file shows whether day or month comes first."""

    files: Shown
    column: Name
    at: Name


class OrderContradicted(Fault):
    """A file writes both day and month first."""

    files: Shown
    column: Name
    at: Name


class ExchangedBySpreadsheet(Fault):
    """Days up to the twelfth are written as a spreadsheet writes dates, and all later ones as texts."""

    files: Shown
    column: Name
    converted: Count
    left: Count


class FormatUnclear(Fault):
    """A format of times that the engine doesn't understand."""

    table: Name


class NoCurrency(Fault):
    """Amounts, and nothing says in which currency."""

    table: Name


class NoRate(Fault):
    """Amounts in currencies that nothing converts."""

    table: Name
    currency: Name
    foreign: Shown


class OneOfSeveral(Fault):
    """A column of which the export has several of the same name."""

    where: Shown
    column: Name
    canonical: Name
    table: Name
