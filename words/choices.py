"""What the choices between faster answers, larger offers and forms of compensation come to, each from one row."""

from collections.abc import Sequence

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.catalog.plans import Winner
from pipelines.contracts.tables.valuation import Valuation
from words.changes import told
from words.effects import form_name
from words.speech import Speech

_NETS = {Grade.A: "finding.choice.nets", Grade.B: "finding.choice.nets_b", Grade.C: "finding.choice.nets_c"}
_BEST = {Grade.A: "finding.choice.best", Grade.B: "finding.choice.best_b", Grade.C: "finding.choice.best_c"}
_FASTER = {Grade.A: "finding.choice.faster", Grade.B: "finding.choice.faster_b", Grade.C: "finding.choice.faster_c"}
_MORE = {Grade.A: "finding.choice.more", Grade.B: "finding.choice.more_b", Grade.C: "finding.choice.more_c"}


def choice_sentence(row: Valuation, speech: Speech) -> str:
    """The answer of one row: faster or more, the best form, or whether one of them pays."""
    if row.estimate is None:
        return speech.all(row.reasons)
    if row.measure is Worth.FASTER_OR_MORE:
        return _faster_or_more(row, speech)
    asked = _asked(row, speech)
    if row.grade is Grade.D or row.grade is None:
        return speech.capital(speech.text("finding.choice.no_conclusion", what=asked))
    size, limits = speech.exactly(row.estimate), _limits(row, speech)
    if row.measure is Worth.BEST_FORM:
        said = speech.text(_BEST[row.grade], form=form_name(row.level, speech), size=size, limits=limits)
    elif told(row.ci_low) <= 0 <= told(row.ci_high):
        said = speech.text("finding.choice.cannot_say", what=asked, size=size, limits=limits)
    else:
        said = speech.text(_NETS[row.grade], what=asked, size=size, limits=limits)
    return speech.lines((speech.capital(said), speech.all(row.reasons)))


def _faster_or_more(row: Valuation, speech: Speech) -> str:
    """Which of the two nets more, by how much; the row's numbers are the first less the second."""
    reasons = speech.all(row.reasons)
    if row.grade is Grade.D or row.grade is None:
        return speech.text("finding.choice.keep_and_test")
    low, high = told(row.ci_low), told(row.ci_high)
    if not row.level:
        between = speech.text("finding.choice.between", low=speech.exactly(low), high=speech.exactly(high))
        return speech.lines((reasons, between))
    code = (_FASTER if row.level == Winner.FASTER else _MORE)[row.grade]
    first, last = sorted((abs(low), abs(high)))
    limits = speech.span(first, last, 2)
    size = speech.exactly(abs(told(row.estimate)))
    return speech.lines((speech.text(code, size=size, limits=limits, grade=row.grade.value), reasons))


def forms_at_a_loss(rows: Sequence[Valuation], speech: Speech) -> str:
    """Which forms of compensation clearly don't earn their cost, from rows ``form``; "" where none does.

    A form of grade D, and one whose interval holds zero, is no clear loss.
    """
    judged = [r for r in rows if r.estimate is not None and r.grade is not Grade.D]
    losses = sorted((r for r in judged if told(r.ci_high) < 0), key=lambda r: told(r.estimate))
    if not losses:
        return ""
    every = len(losses) == len(judged)
    first = hedged(
        speech.text("finding.forms.none_earns" if every else "finding.forms.some_dont_earn"),
        max(r.grade or Grade.C for r in losses),
        speech,
    )
    named = speech.enumerated([_loss(r, speech) for r in losses])
    worst = len(losses) > 1 and all(told(losses[0].ci_high) < told(other.ci_low) for other in losses[1:])
    left = [form_name(r.level, speech) for r in rows if r not in judged]
    most = speech.text("finding.forms.loses_most", form=form_name(losses[0].level, speech)) if worst else ""
    return speech.lines(
        (
            speech.text("finding.forms.losses", claim=first, losses=named),
            speech.capital(most),
            speech.text("finding.forms.not_judged", forms=speech.enumerated(left)) if left else "",
        )
    )


def hedged(said: str, grade: Grade | None, speech: Speech) -> str:
    """A headline with what it must add so that it claims no more than its grade."""
    if grade is Grade.B:
        return speech.text("finding.estimated", finding=said)
    return said if grade is Grade.A else speech.text("finding.adjusted", finding=said)


def _loss(row: Valuation, speech: Speech) -> str:
    size = speech.exactly(told(row.estimate))
    return speech.text("finding.forms.loss", form=form_name(row.level, speech), size=size, limits=_limits(row, speech))


def _asked(row: Valuation, speech: Speech) -> str:
    """What a row of choices is about."""
    if row.measure is Worth.FASTER:
        return speech.text("finding.done.speed", time=speech.text("finding.time.hour"))
    if row.measure is Worth.MORE:
        return speech.text("finding.choice.everyone_given", share=speech.percent(float(row.level), 0))
    return speech.text("finding.choice.form_given", form=form_name(row.level, speech))


def _limits(row: Valuation, speech: Speech) -> str:
    return speech.span(told(row.ci_low), told(row.ci_high), 2)
