"""Why something can't be estimated. The reason becomes a published row, never a missing line."""


class NotEstimableError(Exception):
    """Carries the plain reason: what is missing or wrong, and what to add."""

    @property
    def reason(self) -> str:
        """The sentence to publish."""
        return str(self)


class SeparatedError(NotEstimableError):
    """A column that predicts the outcome perfectly; ``column`` is its position in the design."""

    def __init__(self, reason: str, column: int) -> None:
        super().__init__(reason)
        self.column = column
