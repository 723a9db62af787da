"""Decisions remembered: record one beside the run it rests on, and list what became of each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pipelines.contracts.decided import Decision, decision, effect_of
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import made
from pipelines.errors import DecisionError
from pipelines.publish import journal
from pipelines.publish.store import Store
from words.decided import carried_out, expected_in_words, outcome_so_far
from words.effects import deed
from words.speech import Speech

Result = dict[str, Any]
Row = Any


def record(
    store: Store, *, what: str, owner: str, due: date, decided: date, effect: str | None, run_id: str | None
) -> Result:
    """Append the decision to the journal; the expected gain is read from the run's effect, the current run's if unsaid.

    Raises ``DecisionError`` or ``PublishError`` for what can't be recorded.
    """
    if decided > date.today():
        raise DecisionError("decided: lies in the future. Give the day it was decided, or leave it out for today.")
    run = store.run(run_id or store.current_id())
    taken = decision(
        what=what, owner=owner, decided=decided, due=due, run_id=run.run_id, data_cut=run.data_cut,
        effect=effect_of(run.effects, effect) if effect else None,
    )  # fmt: skip
    entry = journal.append(store, taken)
    return {"data": journal.document(entry), "text": _recorded(entry.said, run.manifest)}


def _recorded(decision: Decision, manifest: Manifest) -> str:
    lines = [f"Decision {decision.sequence} is remembered: {decision.what}. {decision.owner}, due {decision.due}."]
    if decision.effect is None:
        return f"{lines[0]}\n  Without an effect (--effect) no run can judge it."
    expected = expected_in_words(decision, Speech.of(manifest.profile))
    lines.append(f"  expected, from run {decision.run_id}: {expected}")
    lines.append(f"  a run with data to {decision.matures_on} can judge it")
    return "\n".join(lines)


def listed(store: Store) -> Result:
    """Every decision, oldest first, with what was expected and what the current run says became of it."""
    decisions = journal.decisions(store)
    if not decisions:
        return {"data": [], "text": "No decision is remembered yet. Record one with `amends decide`."}
    run = store.current()
    data = [_line(decision, run.decision_reviews, run.manifest) for decision in decisions]
    return {"data": data, "text": "\n".join(_told(line) for line in data)}


def _line(decision: Decision, rows: Sequence[Row], manifest: Manifest) -> Row:
    speech = Speech.of(manifest.profile)
    return {
        "decision": decision.sequence, "decided": decision.decided.isoformat(), "what": decision.what,
        "owner": decision.owner, "due": decision.due.isoformat(), "run_id": decision.run_id,
        "does": None if decision.effect is None else deed(made(Effect, decision.effect), speech),
        "expected": expected_in_words(decision, speech), "carried_out": carried_out(decision, rows, speech),
        "since": outcome_so_far(decision, rows, speech),
    }  # fmt: skip


def _told(line: Row) -> str:
    does = f"  {line['does']}: {line['expected']}, from run {line['run_id']}" if line["does"] else "  no effect named"
    since = " ".join(text for text in (line["carried_out"], line["since"]) if text)
    return (
        f"{line['decision']}  {line['decided']}  {line['what']} ({line['owner']}, due {line['due']})\n{does}\n  {since}"
    )
