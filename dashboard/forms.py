"""Cash, credit, points or a manager's call: each form net of its cost, what it was given as, and what isn't there."""

from dashboard.decisions import rows_of, why_not
from dashboard.speech import speech_of
from pipelines.publish.store import Row, Rows, Run
from words.choices import choice_sentence, forms_at_a_loss
from words.effects import form_name
from words.kinds import KIND_GIVEN, kinds_of, mapping_sentence, seen_sentence, unseen_sentence
from words.speech import Speech


def form_answer(run: Run) -> str:
    """Which form nets most, which ones don't earn their cost, or why that can't be told; then kinds not in the data."""
    speech = speech_of(run)
    best = next(iter(rows_of(run, "best_form")), None)
    kinds, judged = rows_of(run, KIND_GIVEN), rows_of(run, "form")
    said = (
        _which(best, judged, speech),
        "" if judged else seen_sentence(kinds, speech),
        unseen_sentence(kinds, speech),
    )
    return " ".join(dict.fromkeys(text for text in said if text))


def mapping_note(run: Run) -> str:
    """How to have the kinds judged that aren't in the data, or ""."""
    return mapping_sentence(rows_of(run, KIND_GIVEN), speech_of(run))


def _which(best: Row | None, judged: Rows, speech: Speech) -> str:
    if best is None:
        return why_not(None)
    losses = "" if best.estimate is not None else forms_at_a_loss(judged, speech)
    return losses or choice_sentence(best, speech)


def judged_table(run: Run) -> list[dict[str, str]]:
    """One line per form, as shown: what it was given as, net per incident with its interval, grade, and why not."""
    speech = speech_of(run)
    kinds = rows_of(run, KIND_GIVEN)
    return [
        {
            "Form": form_name(str(r.level), speech).capitalize(),
            "Given as, incidents": kinds_of(str(r.level), kinds, speech)
            or ("–" if r.level == "mixed" else "not in this data"),
            "Net per incident": _net(r, speech),
            "Grade": r.grade or "–",
            "Cases": "–" if r.n is None else speech.count(r.n),
            "Note": r["reason"] or "",
        }
        for r in rows_of(run, "form")
    ]


def _net(row: Row, speech: Speech) -> str:
    if row.estimate is None:
        return "can't be told"
    if row.grade == "D":
        return "no conclusion"
    return f"{speech.money(row.estimate)} ({speech.money_span(row.ci_low, row.ci_high)})"
