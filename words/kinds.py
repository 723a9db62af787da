"""Kinds of compensation in words, and which of them the data doesn't hold: from the counts of each kind given."""

from collections.abc import Sequence

from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.vocabulary import FORMS
from pipelines.contracts.tables.measure import Measured
from words.speech import Speech

KIND_GIVEN = "kind_given"


def kinds_of(form: str, rows: Sequence[Measured], speech: Speech) -> str:
    """What a form was given as, most often first: "points (1,079), credit (963)"; "" where it never was."""
    return _seen([r for r in rows if r.level in FORMS.get(form, ())], speech)


def seen_sentence(rows: Sequence[Measured], speech: Speech) -> str:
    """Every kind the data holds, for where none of them can be judged; "" where it holds none."""
    seen = _seen(rows, speech)
    return speech.text("finding.kinds.seen", kinds=seen) if seen else ""


def unseen_sentence(rows: Sequence[Measured], speech: Speech) -> str:
    """Which kinds were never given as compensation; why, where no kind is known; "" where all were."""
    if reasons := next((r.reasons for r in rows if not r.level and r.reasons), ()):
        return speech.all(reasons)
    unseen = [kind_words(kind, speech) for kind in _unseen(rows)]
    return speech.text("finding.kinds.unseen", kinds=speech.listed(unseen)) if unseen else ""


def mapping_sentence(rows: Sequence[Measured], speech: Speech) -> str:
    """How to have the kinds judged that are not in the data; "" where there is none."""
    unseen = _unseen(rows)
    if not unseen:
        return ""
    quoted = [speech.text("finding.kinds.quoted", kind=kind) for kind in unseen]
    return speech.text("finding.kinds.map", n=len(unseen), kinds=speech.listed(quoted, "or"))


def kind_words(kind: str, speech: Speech) -> str:
    """A kind of compensation as several are called."""
    return speech.label(f"kind.{kind}")


def _unseen(rows: Sequence[Measured]) -> list[str]:
    return [r.level for r in rows if r.level and r.verdict is Verdict.NOT_ESTIMABLE]


def _seen(rows: Sequence[Measured], speech: Speech) -> str:
    seen = [r for r in rows if r.verdict in (Verdict.COUNTED, Verdict.SUPPRESSED)]
    seen.sort(key=lambda r: (-(r.estimate or 0.0), r.level))
    return speech.enumerated([_given(r, speech) for r in seen])


def _given(row: Measured, speech: Speech) -> str:
    kind = kind_words(row.level, speech)
    if row.estimate is None:
        return speech.text("finding.kinds.too_few", kind=kind)
    return speech.text("finding.kinds.given", kind=kind, n=round(row.estimate))
