"""How often each action is done today: descriptive shares, counted and not adjusted."""

from collections.abc import Iterable

from dashboard.cells import cases, share_cell
from dashboard.filters import cells_of
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.tables.measure import Measured
from words.speech import Speech

DELIVERED = {
    Measure.APOLOGY_GIVEN: "An apology",
    Measure.APOLOGY_PERSONAL: "… not from a template",
    Measure.APOLOGY_BEFORE_DEMAND: "… before it was demanded",
    Measure.EMPATHY_SHOWN: "Empathy",
    Measure.ACCOUNTABILITY_ACCEPTED: "Owning the fault",
    Measure.EXPLANATION_GIVEN: "An explanation",
    Measure.COMMITMENT_MADE: "A commitment to improve",
    Measure.COMMITMENT_KEPT: "… that was kept",
    Measure.OLIVE_BRANCH: "Something beyond words",
    Measure.FIXED_FOR_CUSTOMER: "Repair for this customer",
    Measure.WORDS_ONLY: "Words only: nothing fixed, nothing given",
}


def delivered_table(measures: Iterable[Measured], speech: Speech, segment: str = "") -> list[dict[str, str]]:
    """One line per action that the exports record, over the incidents of a segment in which it is known, as shown."""
    overall = {measure: row for (measure, where), row in cells_of(measures).items() if where == segment}
    return [
        {"Action": label, "Done in": share_cell(overall[name], speech), "Known in": cases(overall[name].n, speech)}
        for name, label in DELIVERED.items()
        if name in overall
    ]
