"""How often each action is done today: descriptive shares, counted and not adjusted."""

from collections.abc import Iterable

from dashboard.cells import share_cell
from dashboard.filters import cells_of
from pipelines.publish.store import Row
from words.speech import Speech

DELIVERED = {
    "apology_given": "An apology",
    "apology_personal": "… not from a template",
    "apology_before_demand": "… before it was demanded",
    "empathy_shown": "Empathy",
    "accountability_accepted": "Owning the fault",
    "explanation_given": "An explanation",
    "commitment_made": "A commitment to improve",
    "commitment_kept": "… that was kept",
    "olive_branch": "Something beyond words",
    "fixed_for_customer": "Repair for this customer",
    "words_only": "Words only: nothing fixed, nothing given",
}


def delivered_table(measures: Iterable[Row], speech: Speech, segment: str = "") -> list[dict[str, str]]:
    """One line per action that the exports record, over the incidents of a segment in which it is known, as shown."""
    overall = {measure: row for (measure, where), row in cells_of(measures).items() if where == segment}
    return [
        {"Action": label, "Done in": share_cell(overall[name], speech), "Known in": speech.count(overall[name].n)}
        for name, label in DELIVERED.items()
        if name in overall
    ]
