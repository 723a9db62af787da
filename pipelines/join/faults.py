"""What can keep the canonical tables from becoming one row per incident."""

from pipelines.contracts.message import Count, Fault, Name


class NamesForSql(Fault):
    """Names of covariates or outcomes that no column can have."""

    names: tuple[Name, ...]


class UnknownOutcomes(Fault):
    """Reported outcomes that nobody declares."""

    rows: Count


class RowsMultiplied(Fault):
    """The mart would hold an incident twice or not at all."""

    rows: Count
    incidents: Count
