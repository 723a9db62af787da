"""What there is: published runs, their names, and the profiles that come with Amends."""

from dataclasses import dataclass
from datetime import date

from amends.answer import Answer
from pipelines.contracts.manifest import Manifest
from pipelines.publish import journal
from pipelines.publish.journal import Pin
from pipelines.publish.store import Store
from words.speech import PLAIN


@dataclass(frozen=True)
class RunLine:
    """One published run; ``label`` is empty where nobody named it."""

    run_id: str
    profile: str
    data_cut: date
    incidents: int
    label: str


def listed(store: Store) -> Answer:
    """The published runs, newest first, with their names; those that can't be opened are left out."""
    names = journal.names(store)
    manifests = (one.manifest for one in store.listed())
    lines = [_line(m, names.get(m.run_id, "")) for m in manifests if m is not None]
    return Answer("\n".join(map(_told, lines)) or PLAIN.text("cli.runs.none"), lines)


def named(store: Store, run_id: str, label: str) -> Answer:
    """Give a run a name that stays; an empty one takes it away. Raises :class:`UnknownRunError`."""
    store.folder(run_id)
    entry = journal.append(store, Pin(run_id, label))
    done = PLAIN.text("cli.pin.done", run=run_id, label=repr(label)) if label else ""
    return Answer(done or PLAIN.text("cli.pin.released", run=run_id), journal.document(entry))


def _line(manifest: Manifest, label: str) -> RunLine:
    incidents = manifest.incidents
    return RunLine(manifest.run_id, manifest.profile.name, manifest.data_cut, incidents, label)


def _told(line: RunLine) -> str:
    return PLAIN.text(
        "cli.runs.line",
        run=line.run_id,
        profile=f"{line.profile:<18}",
        data_cut=line.data_cut.isoformat(),
        incidents=f"{PLAIN.count(line.incidents):>9}",
        label=line.label,
    ).rstrip()


def shipped() -> Answer:
    """Name and title of each."""
    from pipelines.settings.load import load_profile, shipped_profiles

    titles = {name: load_profile(name).title for name in shipped_profiles()}
    lines = (PLAIN.text("cli.profiles.line", name=f"{name:<20}", title=title) for name, title in titles.items())
    return Answer("\n".join(lines), titles)
