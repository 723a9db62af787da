"""What a ladder of effects shows, as one honest title. Pure: rows in, words out; the verb follows the grade alone."""

from collections.abc import Iterable, Sequence

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.effect import Effect
from words.changes import told
from words.speech import Speech

Rungs = Sequence[tuple[str, Effect]]

_BRINGS = {
    Grade.A: ("finding.ladder.brings_more", "finding.ladder.brings_fewer"),
    Grade.B: ("finding.ladder.estimated_more", "finding.ladder.estimated_fewer"),
    Grade.C: ("finding.ladder.associated_more", "finding.ladder.associated_fewer"),
}


def ladder_finding(rungs: Rungs, counted: str, rung: str, speech: Speech, *, higher_is_better: bool = True) -> str:
    """The weakest promise or offer that already shows a clear gain.

    ``rungs`` are (what is done, effect row) from the strongest to the weakest, ``counted`` is what there is more or
    fewer of ("returning guests"), ``rung`` what one is called. A clear loss anywhere is said first; ungraded rows read
    as C.
    """
    judged = _judged(rungs)
    if not judged:
        return speech.text("finding.ladder.nothing_judged", thing=rung)
    ups = [(what, row) for what, row in judged if told(row.ci_low) > 0]
    downs = [(what, row) for what, row in judged if told(row.ci_high) < 0]
    gains, losses = (ups, downs) if higher_is_better else (downs, ups)
    if losses:
        code = "finding.ladder.loses_fewer" if higher_is_better else "finding.ladder.loses_more"
        return speech.capital(speech.text(code, what=losses[0][0], counted=counted))
    if not gains:
        return speech.text("finding.ladder.no_clear_gain", thing=rung)
    what, row = gains[-1]
    more, fewer = _BRINGS[row.grade or Grade.C]
    return speech.capital(speech.text(more if higher_is_better else fewer, what=what, counted=counted))


def curve_finding(
    gains: Sequence[tuple[str, CurvePoint, Grade | None]], base: str, speech: Speech, *, higher_is_better: bool = True
) -> str:
    """The weakest point at which the whole curve's band lies on the good side of the baseline ``base``.

    ``gains`` are (what is done, curve row of the gain with its simultaneous band, grade of the effect there) from the
    strongest to the weakest. Points without support or of grade D are passed over.
    """
    judged = [(what, row, grade) for what, row, grade in gains if row.supported and grade is not Grade.D]
    if not judged:
        return speech.text("finding.curve.nothing_judged")
    clear = [
        (what, grade)
        for what, row, grade in judged
        if (told(row.ci_low) > 0 if higher_is_better else told(row.ci_high) < 0)
    ]
    if not clear:
        return speech.text("finding.curve.nothing_better", base=base)
    what, grade = clear[-1]
    code = "finding.curve.better_adjusted" if _is_hint([grade]) else "finding.curve.better"
    return speech.capital(speech.text(code, what=what, base=base))


def side_by_side_finding(rungs: Rungs, counted: str, thing: str, speech: Speech) -> str:
    """Which of several things, none of them stronger than another, go with a clear change.

    ``rungs`` are (name as in a sentence, effect row); ``thing`` is what one is called ("action"). Grade D is passed
    over.
    """
    judged = _judged(rungs)
    if not judged:
        return speech.text("finding.ladder.nothing_judged", thing=thing)
    more = speech.enumerated([name for name, row in judged if told(row.ci_low) > 0])
    fewer = speech.enumerated([name for name, row in judged if told(row.ci_high) < 0])
    if more and fewer:
        said = speech.text("finding.side.both", counted=counted, more=more, fewer=fewer)
    elif more:
        said = speech.text("finding.side.more", counted=counted, names=more)
    elif fewer:
        said = speech.text("finding.side.fewer", counted=counted, names=fewer)
    else:
        return speech.text("finding.side.no_clear_change", thing=thing)
    return _hedged(said, judged, speech)


def voices_finding(rungs: Rungs, speech: Speech) -> str:
    """What people clearly say more or less of. ``rungs`` are (what is said, effect row); grade D is passed over."""
    judged = _judged(rungs)
    if not judged:
        return speech.text("finding.voices.nothing_judged")
    found = [speech.text("finding.voices.more", counted=what) for what, row in judged if told(row.ci_low) > 0]
    found += [speech.text("finding.voices.fewer", counted=what) for what, row in judged if told(row.ci_high) < 0]
    if not found:
        return speech.text("finding.voices.no_clear_change")
    return speech.capital(_hedged(speech.enumerated(found), judged, speech))


def _judged(rungs: Rungs) -> list[tuple[str, Effect]]:
    return [(what, row) for what, row in rungs if row.estimate is not None and row.grade is not Grade.D]


def _hedged(said: str, judged: Rungs, speech: Speech) -> str:
    """A title with what it must add where some of what it names is a hint and no more."""
    clear = [row.grade for _, row in judged if not told(row.ci_low) <= 0 <= told(row.ci_high)]
    return speech.text("finding.adjusted", finding=said) if _is_hint(clear) else said


def _is_hint(grades: Iterable[Grade | None]) -> bool:
    return any((grade or Grade.C) is Grade.C for grade in grades)
