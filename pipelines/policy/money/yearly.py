"""What a published row per incident comes to in a year, from the published number of incidents; pages import this."""

from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.contracts.tables.valuation import Valuation


def in_a_year(row: Valuation, year: Measured) -> tuple[float, float | None, float | None]:
    """Estimate and limits of ``row``, per incident, times the incidents of ``year``, which are counted exactly.

    Raises ``ValueError`` where either has no estimate.
    """
    incidents = told(year.estimate)
    low, high = (None if limit is None else limit * incidents for limit in (row.ci_low, row.ci_high))
    return told(row.estimate) * incidents, low, high
