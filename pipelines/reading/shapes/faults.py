"""What can be wrong between a shape that is declared and the rows of its file."""

from pipelines.contracts.message import Count, Fault, Name
from pipelines.contracts.shapes import Shape
from pipelines.settings.faults import Shown


class StepsUnknown(Fault):
    """A log holds states or events of which nobody said what they are to a case."""

    files: Shown
    column: Name
    values: Shown
    rows: Count
    at: Name


class NoSideLeft(Fault):
    """A snapshot in which nothing failed anybody, or something everybody."""

    files: Shown
    column: Name
    failed: Count
    others: Count


class RowsOfOneSubject(Fault):
    """A file that should have a row a customer has several."""

    files: Shown
    column: Name
    shape: Shape
    rows: Count
    repeated: Count
