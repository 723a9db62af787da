"""One run in full: who made it of what, its rows, checks and grades, what became of these since, and the journal."""

from collections.abc import Sequence
from dataclasses import dataclass

from amends.answer import Answer
from amends.runs.listing import STATES, RunLine, grades_told, line_of, moment
from amends.runs.running import company_speech, warning_lines
from pipelines.contracts.decided import Decision
from pipelines.contracts.manifest import Made
from pipelines.contracts.tables.effect import Effect
from pipelines.publish import journal
from pipelines.publish.compare.pairs import Regraded, regraded
from pipelines.publish.journal import Note
from pipelines.publish.store import Listed, Run, Store, UnreadableRunError
from words.changes import noun
from words.effects import deed
from words.speech import Speech

NAMED = 5
DIGITS = 12


@dataclass(frozen=True)
class Detail:
    """One run: its line of the list, where it comes from, and how many grades rose and fell since ``before``."""

    run: RunLine
    code_version: str
    data: str
    inputs: dict[str, str]
    before: str
    rose: int
    fell: int
    new: int
    gone: int


def detailed(store: Store, run_id: str) -> Answer:
    """Everything kept about one run. Raises the store's errors."""
    run = store.run(run_id)
    m, speech = run.manifest, company_speech(run.profile.currency, run.profile.customers_word)
    line = line_of(Listed(run_id, m, None), journal.names(store).get(run_id, ""), store.current_id())
    before = _before(store, run)
    changed = regraded(before.effects if before else (), run.effects)
    told = [
        *_head(run, line, speech),
        *warning_lines([check for check in run.diagnostics if not check.effect_id], speech),
        *(_since(before, changed, speech) if before else ()),
        *_journal(store, run_id, speech),
    ]
    found = Detail(
        line, m.code_version, m.made.data if m.made else "", dict(m.inputs), before.run_id if before else "",
        len(changed.rose), len(changed.fell), len(changed.new) if before else 0, len(changed.gone),
    )  # fmt: skip
    return Answer("\n".join(told), found)


def _before(store: Store, run: Run) -> Run | None:
    """The run of the same profile before this one that can be read."""
    for one in store.listed():
        m = one.manifest
        if m and m.sequence < run.manifest.sequence and m.profile.name == run.profile.name:
            try:
                return store.run(one.run_id)
            except UnreadableRunError:
                continue
    return None


def _head(run: Run, line: RunLine, speech: Speech) -> list[str]:
    m = run.manifest
    state = speech.text(STATES[line.state]) if line.state else ""
    return [
        speech.text("cli.run_detail.head", run=run.run_id, state=state, label=line.label).rstrip(),
        speech.text("cli.run_detail.published", at=moment(m.created_at), version=m.code_version),
        *(_made(m.made, speech) if m.made else ()),
        *(speech.text("cli.run_detail.input", file=f, digest=d[:DIGITS]) for f, d in sorted(m.inputs.items())),
        speech.text(
            "cli.run_detail.says",
            data_cut=run.data_cut.isoformat(),
            incidents=speech.count(line.incidents),
            grades=grades_told(line.grades),
        ),
    ]


def _made(made: Made, speech: Speech) -> list[str]:
    took = speech.decimal(made.seconds)
    lines = [speech.text("cli.run_detail.made", by=made.by or "–", seconds=took, data=made.data, profile=made.profile)]
    if made.rows_in is not None and made.rows_kept is not None:
        kept = speech.count(made.rows_kept)
        lines.append(speech.text("cli.run_detail.rows", rows=speech.count(made.rows_in), kept=kept))
    if made.checks is not None and made.warnings is not None:
        failed = speech.count(made.warnings)
        lines.append(speech.text("cli.run_detail.checks", checks=speech.count(made.checks), failed=failed))
    return lines


def _since(before: Run, changed: Regraded, speech: Speech) -> list[str]:
    lines = [
        speech.text(
            "cli.run_detail.since",
            run=before.run_id,
            rose=speech.count(len(changed.rose)),
            fell=speech.count(len(changed.fell)),
            new=speech.count(len(changed.new)),
            gone=speech.count(len(changed.gone)),
        )
    ]
    moved = [*changed.fell, *changed.rose]
    lines += [_regraded(past, now, speech) for past, now in moved[:NAMED]]
    return [*lines, *([speech.text("cli.run_detail.more", more=len(moved) - NAMED)] if len(moved) > NAMED else [])]


def _regraded(past: Effect, now: Effect, speech: Speech) -> str:
    letters = {"before": str(past.grade or "–"), "now": str(now.grade or "–")}
    return speech.text("cli.run_detail.grade", what=deed(now, speech), outcome=noun(now, speech), **letters)


def _journal(store: Store, run_id: str, speech: Speech) -> Sequence[str]:
    about = [entry for entry in journal.entries(store) if entry.said.run_id == run_id]
    notes = [
        speech.text("cli.run_detail.note", at=moment(e.at), by=e.actor.name or "–", text=e.said.text)
        for e in about
        if isinstance(e.said, Note)
    ]
    return [
        *notes,
        *(
            speech.text("cli.run_detail.decision", number=str(e.sequence), what=e.said.what, owner=e.said.owner)
            for e in about
            if isinstance(e.said, Decision)
        ),
    ]
