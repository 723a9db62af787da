"""Cash, credit, points or a manager's call: each form net of its cost, what it was given as, and what isn't there."""

from dashboard.cells import NOTHING, cases, letter
from dashboard.lookup import measures_of, valuations_of
from dashboard.speech import speech_of
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure, Worth
from pipelines.contracts.catalog.vocabulary import Form
from pipelines.contracts.tables.row import told
from pipelines.contracts.tables.valuation import Valuation
from pipelines.publish.store import Run
from words.effects import form_name
from words.kinds import kinds_of, mapping_sentence, seen_sentence, unseen_sentence
from words.speech import Speech


def kinds_note(run: Run) -> str:
    """Which kinds were given where no form can be judged, and which aren't in the data."""
    speech = speech_of(run)
    kinds, judged = measures_of(run, Measure.KIND_GIVEN), valuations_of(run, Worth.FORM)
    said = ("" if judged else seen_sentence(kinds, speech), unseen_sentence(kinds, speech))
    return " ".join(dict.fromkeys(text for text in said if text))


def mapping_note(run: Run) -> str:
    """How to have the kinds judged that aren't in the data, or ""."""
    return mapping_sentence(measures_of(run, Measure.KIND_GIVEN), speech_of(run))


def judged_table(run: Run) -> list[dict[str, str]]:
    """One line per form, as shown: what it was given as, net per incident with its interval, grade, and why not."""
    speech = speech_of(run)
    kinds = measures_of(run, Measure.KIND_GIVEN)
    return [
        {
            "Form": form_name(r.level, speech).capitalize(),
            "Given as, incidents": kinds_of(r.level, kinds, speech)
            or (NOTHING if r.level == Form.MIXED else "not in this data"),
            "Net per incident": _net(r, speech),
            "Grade": letter(r.grade),
            "Cases": cases(r.n, speech),
            "Note": speech.all(r.reasons),
        }
        for r in valuations_of(run, Worth.FORM)
    ]


def _net(row: Valuation, speech: Speech) -> str:
    if row.estimate is None:
        return "can't be told"
    if row.grade is Grade.D:
        return "no conclusion"
    return f"{speech.money(row.estimate)} ({speech.money_span(told(row.ci_low), told(row.ci_high))})"
