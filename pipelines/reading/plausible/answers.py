"""Whether answers follow questions: so many before them that two clocks must differ."""

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.thresholds import FEWEST_MOMENTS
from pipelines.contracts.messages.plausible import ClocksDiffer
from pipelines.contracts.sources import Interactions
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.reading.files.quoting import text
from pipelines.reading.tables.warnings import gate


def answer_checks(engine: Engine) -> list[Diagnostic]:
    """The share of answers that came before their case was opened, of all answers that belong to a case."""
    early = int(
        engine.value(
            'SELECT count(*) FROM raw._quarantine WHERE "table" = $1 AND reason = $2',
            [Interactions.NAME, RowReason.ANSWERED_BEFORE_OPENING.value],
        )
    )
    kept = int(engine.value(f"SELECT count(*) FROM interactions WHERE actor <> {text('customer')}"))
    if early + kept < FEWEST_MOMENTS:
        return []
    return [gate(Check.EARLY_ANSWERS, Interactions.NAME, early / (early + kept), ClocksDiffer(early))]
