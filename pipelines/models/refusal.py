"""Why something can't be estimated. The reasons become a published row, never a missing line."""

from pipelines.contracts.message import Fault, Name, PlainReason, Reason
from pipelines.contracts.tables.row import in_words


class NotEstimableError(Exception):
    """Carries the reasons: what is missing or wrong, and what to add."""

    def __init__(self, *reasons: Reason | str) -> None:
        super().__init__(*reasons)
        self.reasons: tuple[Reason, ...] = tuple(PlainReason(r) if isinstance(r, str) else r for r in reasons)

    def __str__(self) -> str:
        return self.reason

    @property
    def reason(self) -> str:
        """The reasons as one text, wherever prose is still asked for."""
        return " ".join(map(in_words, self.reasons))


class SeparatedError(NotEstimableError):
    """A column that predicts the outcome perfectly; ``column`` is its position in the design."""

    def __init__(self, column: int, *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.column = column


class BadControls(Fault):
    """Columns that can change after the first contact, among those to adjust for."""

    columns: tuple[Name, ...]
