"""Every published table by name: the public contract between the pipelines and whoever reads a run.

``SCHEMA_VERSION`` rises when a table or column is added, renamed or taken away. A column that comes later has a
default, which rows of older runs hold; ``publish.store`` reads them.
"""

from collections.abc import Mapping

from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.intake import RowsCounted, SetAside
from pipelines.contracts.tables.measure import Measured, SeriesPoint
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.contracts.tables.row import Published
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.contracts.tables.valuation import Valuation
from pipelines.contracts.tables.worklist import LostCase

SCHEMA_VERSION = 4

TABLES: Mapping[str, type[Published]] = {
    row.TABLE: row
    for row in (
        Effect, CurvePoint, Diagnostic, Measured, SeriesPoint, Contrasted, Valuation, DecisionReview, EventMeasure,
        Policy, Offer, ScenarioCell, ScenarioFactor, Finding, LostCase, RowsCounted, SetAside,
    )
}  # fmt: skip
