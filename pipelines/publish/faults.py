"""Why a published run can't be shown."""

from pipelines.errors import PublishError


class StoreError(PublishError):
    """A published run can't be shown; the message says what and where."""


class NoRunError(StoreError):
    """Nothing has been published in this folder yet."""


class UnknownRunError(StoreError):
    """The run asked for is not in this folder."""


class UnreadableRunError(StoreError):
    """The run is there, but damaged or of a schema this version doesn't understand."""
