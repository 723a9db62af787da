"""The cards of Decide as HTML: question, verdict, one yearly figure, what they say, one picture, one doubt."""

from html import escape

from dashboard.cells import cases
from dashboard.charts.of_findings import plate_of
from dashboard.charts.svg_card import image
from dashboard.lookup import answered, measured
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.treatments import (
    ACCOUNTABILITY,
    APOLOGY,
    COMMITMENT,
    EMPATHY,
    EXPLANATION,
    OLIVE_BRANCH,
    SPEED,
    TREATMENTS,
)
from pipelines.contracts.ledger.codes import Aspect, Call, Question
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words import findings as say
from words.changes import outcome_counted
from words.speech import Speech

_DOTS = {Grade.A: 3, Grade.B: 2, Grade.C: 1}
_COUNTED = {
    Call.DO: "place.decide.to_do", Call.DONT: "place.decide.to_drop", Call.TEST: "place.decide.to_test",
    Call.CANT_TELL: "place.decide.untold",
}  # fmt: skip
# In the order in which a guest meets them.
FIVE_ACTIONS = (SPEED, APOLOGY, EMPATHY, ACCOUNTABILITY, EXPLANATION, COMMITMENT, OLIVE_BRANCH)


def cards(run: Run) -> tuple[Finding, ...]:
    """The findings that have a card, in the order of their rank: those from which something may follow."""
    return tuple(r for r in say.speaking(run.findings) if r.grade not in (None, Grade.D))


def untold(run: Run) -> tuple[Finding, ...]:
    """The findings that say that nothing can be told, each once."""
    return tuple(r for r in say.speaking(run.findings) if r.grade in (None, Grade.D))


def summary(run: Run, speech: Speech) -> str:
    """How much there is to do, to drop, to test, and how much can't be told."""
    calls = [r.call for r in say.speaking(run.findings)]
    counted = {call: calls.count(call) for call in Call}
    if set(calls) == {Call.CANT_TELL}:
        return speech.text("place.decide.nothing")
    told = [speech.text(code, n=counted[call]) for call, code in _COUNTED.items() if counted[call]]
    return speech.sentence(speech.capital(speech.enumerated(told)))


def card(row: Finding, run: Run, speech: Speech) -> str:
    """One card, folded."""
    picture = plate_of(row, run.findings, speech)
    word = say.beside(row, run.findings) if row.aspect is Aspect.DEEDS else None
    beside = "" if word is None else say.they_say(word, speech)
    doubt = say.short_doubt(row, speech)
    parts = [
        f'<p class="asked">{escape(say.asked(row, speech))} {how_sure(row, speech)}</p>',
        f'<h3><b class="call {escape(row.call)}">{escape(say.call_name(row, speech))}</b> '
        f"{escape(say.in_brief(row, speech))}</h3>",
        _figure(row, speech),
        f'<p class="say">{escape(beside)}</p>' if beside else "",
        image(picture) if picture else "",
        f'<p class="doubt"><b>{escape(speech.text("place.doubt"))}</b> {escape(doubt)}</p>' if doubt else "",
    ]
    return f'<article class="amends-card">{"".join(parts)}</article>'


def _figure(row: Finding, speech: Speech) -> str:
    found = say.figure(row, speech)
    if found is None:
        return ""
    firm = "" if row.call in (Call.DO, Call.DONT) else " unsure"
    return f'<p class="figure{firm}"><b>{escape(found.large)}</b> {escape(found.small)}</p>'


def how_sure(row: Finding, speech: Speech) -> str:
    """Dots and the spoken grade."""
    full = _full(row.grade)
    return f'<span class="sure"><i aria-hidden="true">{full}</i> {escape(say.how_sure(row.grade, speech))}</span>'


def dots(grade: Grade | None, speech: Speech) -> str:
    """The dots alone, with the spoken grade for who hovers or can't see them."""
    said = escape(say.how_sure(grade, speech), quote=True)
    return f'<span class="sure" role="img" aria-label="{said}" title="{said}"><i>{_full(grade)}</i></span>'


def _full(grade: Grade | None) -> str:
    full = _DOTS.get(grade or Grade.D, 0)
    return "●" * full + "○" * (3 - full)


def untold_list(run: Run, speech: Speech) -> str:
    """What can't be told, with why; questions that wait for the same thing stand in one line."""
    waiting: dict[str, list[str]] = {}
    for row in untold(run):
        waiting.setdefault(_why(row, run, speech), []).append(say.asked(row, speech))
    lines = (f"<li><b>{escape(' '.join(asked))}</b> {escape(why)}</li>" for why, asked in waiting.items())
    return f'<ul class="amends-untold">{"".join(lines)}</ul>' if waiting else ""


def _why(row: Finding, run: Run, speech: Speech) -> str:
    """Why nothing can be told; of the company's own plan, how far it is kept."""
    kept = measured(run, Measure.STANDARD_MET) if row.question is Question.OUR_PLAN else None
    if not answered(kept):
        return say.short_doubt(row, speech)
    share = speech.percent(told(kept.estimate))
    if kept.target is None:
        return speech.text("place.plan.kept", share=share, n=cases(kept.n, speech))
    return speech.text("place.plan.target", share=share, n=cases(kept.n, speech), target=speech.percent(kept.target))


def five_actions(run: Run, speech: Speech) -> str:
    """How often each action is done today, and what it changes in what customers do and say, as a table."""
    rows = [line for treatment in FIVE_ACTIONS if (line := _action(run, treatment, speech))]
    if not rows:
        return ""
    names = ("place.actions.action", "place.actions.done", "place.actions.deeds", "place.actions.words")
    head = "".join(f"<th scope='col'>{escape(speech.text(name))}</th>" for name in names)
    return (
        f'<div class="amends-table stacks"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _action(run: Run, treatment: str, speech: Speech) -> str:
    own = [r for r in run.findings if r.action == treatment and r.question in (Question.HOW_FAST, Question.WHAT_ELSE)]
    level = TREATMENTS[own[0].action].headline if own and own[0].action else None
    by_aspect = {r.aspect: r for r in own if r.level == level or treatment != SPEED}
    deed, word = by_aspect.get(Aspect.DEEDS), by_aspect.get(Aspect.WORDS)
    if deed is None or deed.estimate is None:
        return ""
    name = say.title(deed, speech) if treatment == SPEED else speech.label(f"treatment.{treatment}")
    done = "–" if deed.done_share is None else speech.percent(deed.done_share)
    cells = [
        f"<td data-label='{escape(speech.text(label), quote=True)}'>{text}</td>"
        for label, text in (
            ("place.actions.done", escape(done)),
            ("place.actions.deeds", _changed(deed, speech)),
            ("place.actions.words", _changed(word, speech)),
        )
    ]
    return f"<tr><td>{escape(name)}</td>{''.join(cells)}</tr>"


def _changed(row: Finding | None, speech: Speech) -> str:
    said = "" if row is None else say.in_short(row, speech)
    if row is None or not said:
        return dots(None, speech)
    noun = outcome_counted(row.outcome, speech) if row.aspect is Aspect.WORDS and row.outcome else ""
    return f"{escape(said)} {escape(noun)} {dots(row.grade, speech)}"
