"""Decisions remembered: record one beside the run it rests on, and list what became of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from amends.answer import Answer
from amends.faults import DecidedInFuture
from amends.runs.shown import tell_of_journal
from pipelines.contracts.decided import Decision, decision, effect_of
from pipelines.contracts.messages.doing import Progress
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.errors import DecisionError
from pipelines.publish import journal
from pipelines.publish.store import Store
from words.decided import carried_out, expected_in_words, outcome_so_far
from words.effects import deed
from words.speech import PLAIN, Speech


@dataclass(frozen=True)
class DecisionLine:
    """One decision: what it does (unknown without an effect), what was expected, and what became of it, in words."""

    decision: int
    decided: date
    what: str
    owner: str
    due: date
    run_id: str
    does: str | None
    expected: str
    carried_out: str
    since: str


def record(store: Store, *, what: str, owner: str, due: date, decided: date, effect: str | None, run_id: str) -> Answer:
    """Append the decision to the journal; the expected gain is read from the run's effect.

    Raises ``DecisionError`` or ``PublishError`` for what can't be recorded.
    """
    if decided > date.today():
        raise DecisionError(DecidedInFuture())
    run = store.run(run_id)
    taken = decision(
        what=what, owner=owner, decided=decided, due=due, run_id=run.run_id, data_cut=run.data_cut,
        effect=effect_of(run.effects, effect) if effect else None,
    )  # fmt: skip
    entry = journal.append(store, taken)
    return Answer("\n".join(_recorded(entry.said, Speech.of(run.profile))), journal.document(entry))


def _recorded(decision: Decision, speech: Speech) -> list[str]:
    head = speech.text(
        "cli.decide.recorded",
        decision=str(decision.sequence),
        what=decision.what,
        owner=decision.owner,
        due=decision.due.isoformat(),
    )
    if decision.effect is None:
        return [head, speech.text("cli.decide.without_effect")]
    return [
        head,
        speech.text("cli.decide.expected", run=decision.run_id, expected=expected_in_words(decision, speech)),
        speech.text("cli.decide.matures", day=decision.matures_on.isoformat()),
    ]


def listed(store: Store, shown: Callable[[], str], progress: Progress) -> Answer:
    """Every decision, oldest first, with what was expected and what a run says became of it; ``shown`` tells which."""
    decisions = journal.decisions(store)
    tell_of_journal(store, progress)
    if not decisions:
        return Answer(PLAIN.text("cli.decisions.none"), [])
    run = store.run(shown())
    speech = Speech.of(run.profile)
    lines = [_line(decision, run.decision_reviews, speech) for decision in decisions]
    return Answer("\n".join(_told(line, speech) for line in lines), lines)


def _line(decision: Decision, reviews: Sequence[DecisionReview], speech: Speech) -> DecisionLine:
    return DecisionLine(
        decision=decision.sequence,
        decided=decision.decided,
        what=decision.what,
        owner=decision.owner,
        due=decision.due,
        run_id=decision.run_id,
        does=None if decision.effect is None else deed(decision.effect, speech),
        expected=expected_in_words(decision, speech),
        carried_out=carried_out(decision, reviews, speech),
        since=outcome_so_far(decision, reviews, speech),
    )


def _told(line: DecisionLine, speech: Speech) -> str:
    head = speech.text(
        "cli.decisions.line",
        decision=str(line.decision),
        decided=line.decided.isoformat(),
        what=line.what,
        owner=line.owner,
        due=line.due.isoformat(),
    )
    does = speech.text("cli.decisions.no_effect")
    if line.does:
        does = speech.text("cli.decisions.effect", does=line.does, expected=line.expected, run=line.run_id)
    since = speech.text("cli.decisions.since", since=speech.lines((line.carried_out, line.since)))
    return f"{head}\n{does}\n{since}"
