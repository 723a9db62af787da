"""What an outcome or a treatment needs of the profile, as a text wherever one is still asked for."""

from pipelines.contracts.catalog.outcomes import Outcome
from pipelines.contracts.catalog.treatments import TREATMENTS, TreatmentId
from pipelines.contracts.tables.row import in_words
from pipelines.models.facts import Facts


def missing_for_outcome(facts: Facts, outcome: Outcome) -> str:
    """Why the outcome can't be known, or "" when it can."""
    reason = outcome.lacking(facts)
    return in_words(reason) if reason else ""


def missing_for_treatment(facts: Facts, treatment: str) -> str:
    """Why the treatment can't be known, or "" when it can."""
    entry = TREATMENTS.get(TreatmentId(treatment))
    reason = entry.lacking(facts) if entry else None
    return in_words(reason) if reason else ""
