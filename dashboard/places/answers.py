"""The ledger's answer wherever a question comes up: the same row, the same figure, on pages, in files and in mail."""

from dashboard.cells import Fact
from pipelines.contracts.catalog.estimation import TreatmentId
from pipelines.contracts.ledger.codes import Aspect, Call, Question
from pipelines.contracts.ledger.finding import Finding
from pipelines.publish.store import Run
from words import findings as say
from words.speech import Speech


def speaks(run: Run, question: Question) -> Finding | None:
    """The finding that speaks for a question; None where this run didn't ask."""
    return next((r for r in say.speaking(run.findings) if r.question is question), None)


def of_level(run: Run, question: Question, level: str) -> Finding | None:
    """The finding of one level of a lever."""
    found = (r for r in run.findings if r.question is question and r.aspect is Aspect.DEEDS and r.level == level)
    return next(found, None)


def of_action(run: Run, treatment: TreatmentId, level: str, aspect: Aspect) -> Finding | None:
    """What the ledger says of a treatment, of one level where it has it, else of the level that speaks."""
    own = [r for r in run.findings if r.action == treatment and r.aspect is aspect and r.plan is None]
    alone = [r for r in own if r.question not in (Question.FASTER_OR_MORE, Question.NEXT_SUM)]
    return next((r for r in alone if r.level == level), None) or min(alone, key=lambda r: r.place, default=None)


def in_full(row: Finding, speech: Speech) -> str:
    """What follows and the yearly figure with its interval and grade, as one text."""
    return speech.lines((say.headline(row, speech), beside(row, speech)))


def beside(row: Finding, speech: Speech) -> str:
    """The yearly figure with its interval, and the grade."""
    found = say.figure(row, speech)
    figure = "" if found is None else speech.text("ledger.figure", large=found.large, small=found.small)
    return speech.lines(tuple(speech.sentence(t) for t in (figure, say.how_sure(row.grade, speech)) if t))


def answer(run: Run, question: Question, speech: Speech) -> str:
    """The answer to a question as one text; "" where this run didn't ask."""
    row = speaks(run, question)
    return "" if row is None else in_full(row, speech)


def as_fact(row: Finding, speech: Speech) -> Fact | None:
    """A finding's yearly figure in large type; None where it has none."""
    found = say.figure(row, speech)
    if found is None:
        return None
    says = speech.text("ledger.fact", small=found.small, title=say.title(row, speech))
    return Fact(found.large, f"{says} {say.how_sure(row.grade, speech)}", row)


def advised(run: Run) -> tuple[Finding, ...]:
    """What to do, drop or test, in the order of the ledger."""
    return tuple(r for r in say.speaking(run.findings) if r.call is not Call.CANT_TELL)
