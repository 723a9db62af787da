"""Published runs in a list: when, by whom, of what, how much, what could be said; and their names."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from amends.answer import Answer
from amends.runs.shown import shown, tell_of_journal
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.manifest import Made
from pipelines.contracts.message import Fault
from pipelines.contracts.messages.doing import Progress
from pipelines.errors import PublishError
from pipelines.publish import journal
from pipelines.publish.journal import Pin
from pipelines.publish.store import Listed, Store
from words.speech import PLAIN


@dataclass(frozen=True)
class RunLine:
    """One published run. What an earlier version didn't keep is null; ``label`` is empty where nobody named it.

    ``rows_in`` and ``rows_kept``: of all tables together; ``checks`` of the exports, of which ``warnings`` failed;
    ``grades``: adjusted effects by grade. ``trouble``: why the run can't be opened.
    """

    run_id: str
    state: str
    published: datetime | None
    by: str
    profile: str
    data_cut: date | None
    incidents: int
    rows_in: int | None
    rows_kept: int | None
    checks: int | None
    warnings: int | None
    seconds: float | None
    grades: dict[str, int]
    label: str
    trouble: Fault | None


def listed(store: Store, progress: Progress) -> Answer:
    """The published runs, newest first; those that can't be opened say why, and so does what is shown instead."""
    names, current = journal.names(store), _current(store, progress)
    tell_of_journal(store, progress)
    lines = [line_of(one, names.get(one.run_id, ""), current) for one in store.listed()]
    return Answer("\n".join(map(_told, lines)) or PLAIN.text("cli.runs.none"), lines)


def named(store: Store, run_id: str, label: str) -> Answer:
    """Give a run a name that stays; an empty one takes it away. Raises :class:`UnknownRunError`."""
    store.folder(run_id)
    entry = journal.append(store, Pin(run_id, label))
    done = PLAIN.text("cli.pin.done", run=run_id, label=repr(label)) if label else ""
    return Answer(done or PLAIN.text("cli.pin.released", run=run_id), journal.document(entry))


def line_of(one: Listed, label: str, current: str) -> RunLine:
    """One run as the list tells of it."""
    m, made = one.manifest, one.manifest.made if one.manifest else None
    state = "current" if one.run_id == current else "held back" if m and m.held_back else ""
    return RunLine(
        run_id=one.run_id,
        state="damaged" if one.trouble else state,
        published=m.created_at if m else None,
        by=made.by if made else "",
        profile=m.profile.name if m else "",
        data_cut=m.data_cut if m else None,
        incidents=m.incidents if m else 0,
        rows_in=made.rows_in if made else None,
        rows_kept=made.rows_kept if made else None,
        checks=made.checks if made else None,
        warnings=made.warnings if made else None,
        seconds=made.seconds if made else None,
        grades=graded(made),
        label=label,
        trouble=one.trouble,
    )


def graded(made: Made | None) -> dict[str, int]:
    """How many adjusted effects have which grade."""
    found = made.verdicts if made else {}
    return {grade: found[grade] for grade in Grade if grade in found}


def _current(store: Store, progress: Progress) -> str:
    try:
        return shown(store, None, progress)
    except PublishError:
        return ""


def _told(line: RunLine) -> str:
    if line.trouble or line.published is None or line.data_cut is None:
        return PLAIN.text("cli.runs.damaged", run=line.run_id, why=line.trouble or "").rstrip()
    return PLAIN.text(
        "cli.runs.line",
        run=line.run_id,
        state=f"{PLAIN.text(STATES[line.state]) if line.state else '':<9}",
        published=moment(line.published),
        by=f"{line.by:<8}",
        profile=f"{line.profile:<18}",
        data_cut=line.data_cut.isoformat(),
        incidents=f"{PLAIN.count(line.incidents):>9}",
        warnings=f"{'–' if line.warnings is None else PLAIN.count(line.warnings):>3}",
        grades=grades_told(line.grades),
        took="–" if line.seconds is None else PLAIN.decimal(line.seconds),
        label=line.label,
    ).rstrip()


STATES = {"current": "cli.runs.current", "held back": "cli.runs.held_back", "damaged": "cli.runs.damaged_state"}


def moment(at: datetime) -> str:
    """A moment of a list, in UTC so that machines and people of several zones agree."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def grades_told(grades: dict[str, int]) -> str:
    """``A 2, B 31``; a dash where there is none."""
    return ", ".join(f"{grade} {PLAIN.count(n)}" for grade, n in grades.items()) or "–"


def shipped() -> Answer:
    """Name and title of each."""
    from pipelines.settings.load import load_profile, shipped_profiles

    titles = {name: load_profile(name).title for name in shipped_profiles()}
    lines = (PLAIN.text("cli.profiles.line", name=f"{name:<20}", title=title) for name, title in titles.items())
    return Answer("\n".join(lines), titles)
