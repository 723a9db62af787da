"""What runs of earlier versions said in English, which no code was kept for; and what such a run can't say.

Only :mod:`pipelines.publish.older` makes these: nothing that is published now holds any.
"""

from pipelines.contracts.message import Caveat, Count, Label, Name, Population, Promised, Reason, Step


class EarlierReason(Reason):
    """A reason as it was written then."""

    text: Label


class EarlierCaveat(Caveat):
    """A caveat as it was written then."""

    text: Label


class EarlierPopulation(Population):
    """A population as it was written then."""

    text: Label


class EarlierStep(Step):
    """A next step as it was written then."""

    text: Label


class EarlierPromise(Promised):
    """What a standard promised a case, as it was written then."""

    text: Label


class WrittenEarlier(Caveat):
    """The run was published by an earlier version: its numbers stand, its texts are those of then."""

    schema: Name


class FilesUnsealed(Caveat):
    """The run bears no digests of its files: only the numbers of their rows could be compared with the manifest."""


class TablesNotKept(Caveat):
    """That version published no such tables."""

    tables: tuple[Name, ...]


class RowsLeftOut(Caveat):
    """Rows of a table hold codes that this version doesn't know."""

    n: Count
    table: Name
