"""The list of published runs as shown."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.remaking import graded, published_at, seconds
from dashboard.tables import Link
from pipelines.publish.store import Listed, Run
from words.speech import PLAIN, Speech

COLUMNS = (
    "Run", "State", "Name", "Published", "Data to", "Incidents", "Warnings", "Effects by grade", "Rows in", "Set aside",
    "Took", "Company",
)  # fmt: skip


def run_list(
    listed: Iterable[Listed], names: Mapping[str, str], speech: Speech, *, reading: str, current: str
) -> list[dict[str, str | Link]]:
    """One line per run, what tells it from others first; runs that can't be opened stay in the list with the reason.

    Names have a column where a run has one.
    """
    known = list(listed)
    columns = [name for name in COLUMNS if name != "Name" or any(one.run_id in names for one in known)]
    lines = [
        {**_line(one, speech), "Name": names.get(one.run_id, ""), "State": _status(one, reading, current)}
        for one in known
    ]
    return [{column: line[column] for column in columns} for line in lines]


def _status(one: Listed, reading: str, current: str) -> str:
    if one.trouble:
        return PLAIN.say(one.trouble)
    states = {
        "current": one.run_id == current,
        "you are reading it": one.run_id == reading,
        "held back, older data": one.manifest is not None and one.manifest.held_back,
    }
    return ", ".join(words for words, true in states.items() if true)


def _line(one: Listed, speech: Speech) -> dict[str, str | Link]:
    if one.manifest is None:
        return {**dict.fromkeys(COLUMNS, "–"), "Run": one.run_id}
    m, made = one.manifest, one.manifest.made
    company = m.profile.title + (" (simulated)" if m.profile.simulated else "")
    return {
        "Run": Link(one.run_id, f"run={one.run_id}"),
        "Published": published_at(m, speech) + (f", {made.by}" if made and made.by else ""),
        "Took": seconds(made, speech) if made else "–",
        "Data to": speech.day(m.data_cut),
        "Company": company,
        "Rows in": _known(made.rows_in if made else None, speech),
        "Incidents": speech.count(m.incidents),
        "Set aside": speech.count(m.rows.get("quarantine", 0)),
        "Warnings": _known(made.warnings if made else None, speech),
        "Effects by grade": graded(made, speech) if made else "–",
    }


def _known(number: int | None, speech: Speech) -> str:
    return "–" if number is None else speech.count(number)


def comparable(run: Run, listed: Sequence[Listed]) -> list[str]:
    """Runs of the same profile to compare with: those before this one, the latest first, then those after it."""
    name, sequence = run.profile.name, run.manifest.sequence
    found = {one.run_id: one.manifest.sequence for one in listed if one.manifest and _same(one, name)}
    before = sorted((r for r, s in found.items() if s < sequence), key=found.__getitem__, reverse=True)
    return [*before, *sorted((r for r, s in found.items() if s > sequence), key=found.__getitem__)]


def _same(one: Listed, profile: str) -> bool:
    return one.manifest is not None and one.manifest.profile.name == profile
