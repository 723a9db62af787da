"""What to do about what a chart shows: the ledger's own answer, so that no file advises what the pages don't."""

from dashboard.places.answers import in_full, of_action
from pipelines.contracts.catalog.treatments import FAILURE
from pipelines.contracts.ledger.codes import Aspect
from pipelines.contracts.ledger.questions import WORDS
from pipelines.contracts.tables.effect import Effect
from pipelines.publish.store import Run
from words.speech import Speech

OF_FAILURE = "This is what failing costs. The charts on speed, compensation and the actions say what wins it back."


def advice(run: Run, row: Effect, speech: Speech) -> str:
    """What the ledger says of the treatment of a row; a missing estimate answers with what to add."""
    if row.treatment == FAILURE and row.estimate is not None:
        return OF_FAILURE
    aspect = Aspect.WORDS if row.outcome in WORDS else Aspect.DEEDS
    found = of_action(run, row.treatment, row.level_to or "", aspect)
    if found is not None:
        return in_full(found, speech)
    return speech.all(row.reasons) if row.estimate is None else ""
