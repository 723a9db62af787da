"""Why something can't be estimated. The reason becomes a published row, never a missing line."""

from pipelines.contracts.message import PlainReason, Reason
from pipelines.contracts.tables.row import in_words


class NotEstimableError(Exception):
    """Carries the reason: what is missing or wrong, and what to add."""

    def __init__(self, *reasons: Reason | str) -> None:
        self.reasons = tuple(PlainReason(r) if isinstance(r, str) else r for r in reasons)
        super().__init__(*self.reasons)

    def __str__(self) -> str:
        return self.reason

    @property
    def reason(self) -> str:
        """The sentence to publish."""
        return " ".join(map(in_words, self.reasons))


class SeparatedError(NotEstimableError):
    """A column that predicts the outcome perfectly; ``column`` is its position in the design."""

    def __init__(self, reason: str, column: int) -> None:
        super().__init__(reason)
        self.column = column
