"""Why something can't be estimated. The reason becomes a published row, never a missing line."""


class NotEstimableError(Exception):
    """Carries the plain reason: what is missing or wrong, and what to add."""

    @property
    def reason(self) -> str:
        """The sentence to publish."""
        return str(self)
