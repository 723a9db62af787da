"""The journal as shown: who published, decided, named and noted what, and when."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from dashboard.remaking import seconds
from pipelines.contracts.decided import Decision, Revision
from pipelines.contracts.experiments.registry import Experiment, Happened
from pipelines.contracts.worklist import CaseWork
from pipelines.publish import journal
from pipelines.publish.journal import Alerted, Entry, Failed, Pin, Pruned, Said
from pipelines.publish.store import Listed, Store
from words.speech import Speech

Line = dict[str, str]


def journal_table(store: Store, listed: Iterable[Listed], here: tzinfo, speech: Speech) -> list[Line]:
    """One line per run and per entry, the latest first, as shown. What can't be read is left out."""
    runs = [(one.manifest.created_at, _published(one, speech)) for one in listed if one.manifest]
    found = [*runs, *((entry.at, _entry(entry)) for entry in journal.entries(store))]
    found.sort(key=_when)
    return [{"When": speech.moment(at.astimezone(here))} | line for at, line in reversed(found)]


def _when(dated: tuple[datetime, Line]) -> datetime:
    return dated[0]


def _published(one: Listed, speech: Speech) -> Line:
    made = one.manifest.made if one.manifest else None
    took = f", in {seconds(made, speech)}" if made else ""
    return {"What": f"Run published{took}", "Who": (made and made.by) or "–", "Run": one.run_id}


def _entry(entry: Entry[Said]) -> Line:
    said = entry.said
    who = said.owner if isinstance(said, Decision) else entry.actor.name or "–"
    return {"What": _what(said), "Who": who, "Run": said.run_id}


def _what(said: Said) -> str:
    if isinstance(said, Pin):
        return f"Named “{said.label}”" if said.label else "Name taken away"
    if isinstance(said, Pruned):
        return "Run removed to make room"
    if isinstance(said, Failed):
        return f"No run was made: {said.text}"
    if isinstance(said, Alerted):
        return f"Alert sent by {said.way}"
    if isinstance(said, Experiment):
        return f"Experiment planned: {said.question}"
    if isinstance(said, Happened):
        return f"Experiment {said.name} {said.moment}"
    if isinstance(said, CaseWork):
        return f"{said.did.value.capitalize()}: {len(said.cases)} cases"
    if isinstance(said, Revision):
        return f"Decision {said.decision} {'closed' if said.closed else 'changed'}: {said.what}"
    if isinstance(said, Decision):
        return f"Decision {said.sequence}: {said.what}"
    return f"Note{' to ' + said.chart.replace('_', ' ') if said.chart else ''}: {said.text}"
