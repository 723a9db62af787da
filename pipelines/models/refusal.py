"""Why something can't be estimated. The reasons become a published row, never a missing line."""

from collections.abc import Mapping

from pipelines.contracts.message import Fault, Name, Reason


class NotEstimableError(Exception):
    """Carries the reasons: what is missing or wrong, and what to add."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class SeparatedError(NotEstimableError):
    """A column that predicts the outcome perfectly; ``column`` is its position in the design.

    ``reached`` are the coefficients by name when that was seen: a fit without the column can begin there.
    """

    def __init__(self, column: int, reached: Mapping[str, float], *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.column, self.reached = column, reached


class BadControls(Fault):
    """Columns that can change after the first contact, among those to adjust for."""

    columns: tuple[Name, ...]
