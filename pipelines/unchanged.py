"""Whether a run would only repeat one that is there: the same files, profile, settings, decisions and code."""

from datetime import UTC, datetime
from pathlib import Path

from pipelines.contracts.manifest import Manifest
from pipelines.contracts.messages.faults import NoExportsFolder
from pipelines.engine import open_sealed
from pipelines.errors import SourceError
from pipelines.publish import journal
from pipelines.publish.provenance import Asked, repeats
from pipelines.publish.store import NoRunError, Store, UnreadableRunError
from pipelines.reading.tables.intake import digests_of_inputs
from pipelines.settings.machine import EngineSettings


def repeated(asked: Asked, store: Store) -> Manifest | None:
    """The run that a run over what ``asked`` names would repeat; nothing where something has changed since.

    Where the current run is damaged there is nothing to repeat: another run mends that. Raises ``SourceError``.
    """
    try:
        if store.standing().trouble:
            return None
    except (NoRunError, UnreadableRunError):
        return None
    before = _latest(asked, store)
    if before is None:
        return None
    inputs = _inputs(asked)
    decisions = journal.decisions(store)
    today = datetime.now(UTC).date()
    return before if repeats(before, asked, inputs, decisions, today) else None


def _latest(asked: Asked, store: Store) -> Manifest | None:
    """The latest whole run of the profile that was asked for with the same data cut."""
    found = (store.manifest(run_id) for run_id in store.whole_ids())
    same = (m for m in found if m.profile.name == asked.profile.name and m.made and m.made.data_cut == asked.data_cut)
    return max(same, key=lambda m: m.sequence, default=None)


def _inputs(asked: Asked) -> dict[str, str]:
    if isinstance(asked.data, Path) and not asked.data.is_dir():
        raise SourceError(NoExportsFolder(asked.data))
    with open_sealed(EngineSettings()) as engine:
        return digests_of_inputs(engine, asked.profile, asked.profile.sources, asked.data)
