"""The worklist: cases closed but not won back, the most valuable first, each with its next step under the standard."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from dashboard.cells import NOTHING
from dashboard.lookup import answered, measured
from dashboard.speech import speech_of
from dashboard.stakes import LOST
from dashboard.zones import zone
from pipelines.contracts.catalog.counting import NeededFor
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.row import told
from pipelines.contracts.tables.worklist import LostCase
from pipelines.publish.store import Run
from words.speech import Speech

SHOWN = 25
COMMAND = "amends worklist --to worklist.csv"
DEFINED = (
    "answered_in_time: a person answered within the minutes of the case's standard; it says nothing of the other steps",
    "next_step: the first thing the standard asks for that the records don't show, then a call",
)
SPENT = "Spent in the year before"
COLUMNS: Mapping[Col, Callable[[LostCase], str | None]] = {
    Col.SITE_ID: lambda case: case.site_id,
    Col.SEVERITY: lambda case: case.severity,
    Col.CATEGORY: lambda case: case.category,
}
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to: some levels per column; a column without levels isn't narrowed."""

    levels: Mapping[Col, tuple[str, ...]]

    def keeps(self, case: LostCase) -> bool:
        """Whether a case belongs to what was chosen."""
        return all(not wanted or _level(case, column) in wanted for column, wanted in self.levels.items())


def _level(case: LostCase, column: Col) -> str:
    return COLUMNS[column](case) or UNKNOWN


def levels_of(rows: Iterable[LostCase], column: Col) -> list[str]:
    """The levels a column takes, in order, so that every case is in one; those without are of unknown level."""
    return sorted({_level(r, column) for r in rows})


def lost(run: Run) -> tuple[LostCase, ...]:
    """The cases closed and not won back, in the order of the list."""
    return tuple(r for r in run.worklist if r.needed_for is NeededFor.NOT_WON_BACK)


def narrowed(run: Run, chosen: Chosen) -> tuple[LostCase, ...]:
    """The cases of the list that were chosen, in its order."""
    return tuple(r for r in lost(run) if chosen.keeps(r))


def worklist_table(run: Run, rows: Sequence[LostCase]) -> list[dict[str, str]]:
    """The first cases, as shown."""
    speech = speech_of(run)
    here = zone(run.profile.time_zone)
    return [
        {
            "Case": r.incident_id,
            "Next step": speech.say(r.next_step),
            SPENT: NOTHING if r.value_at_stake is None else speech.money(r.value_at_stake),
            "What happened": _words(r.category, r.severity),
            "Site": r.site_id or NOTHING,
            "Closed": _day(r, here, speech),
            "Won back": speech.label(r.won_back),
        }
        for r in rows[:SHOWN]
    ]


def listed(run: Run, rows: Sequence[LostCase]) -> str:
    """How many are shown, most at stake first, of how many chosen; and what the files hold."""
    speech = speech_of(run)
    shown = f"{speech.count(min(len(rows), SHOWN))} of {speech.count(len(rows))} shown, most at stake first"
    if len(rows) < len(lost(run)):
        shown += f"; {speech.count(len(lost(run)))} are on the list"
    return f"{shown}. {capped(run) or f'{COMMAND} writes them all.'}"


def file_notes(run: Run) -> tuple[str, ...]:
    """What a file of the list says above its rows: what its columns mean, and whom its sums count how often."""
    who = run.profile.customers_word
    sums = f"value_at_stake: what the customer spent in the year before; {who} with several cases stand in each, but"
    notes = ("By case number; no names.", *DEFINED, f"{sums} count once in the sum on the page", capped(run))
    return tuple(note for note in notes if note)


def capped(run: Run) -> str:
    """That a run lists only the first of more cases, and where all are; "" where it lists them all."""
    speech = speech_of(run)
    row = measured(run, LOST)
    if not answered(row) or round(told(row.estimate)) <= len(lost(run)):
        return ""
    every = speech.count(round(told(row.estimate)))
    return (
        f"The list and its data hold {speech.count(len(lost(run)))} of {every} cases, those with most at stake; "
        f"{COMMAND} writes all {every}."
    )


def _words(*parts: str | None) -> str:
    return ", ".join(part.replace("_", " ") for part in parts if part) or NOTHING


def _day(row: LostCase, here: tzinfo, speech: Speech) -> str:
    return NOTHING if row.closed_at is None else speech.day(row.closed_at.astimezone(here).date())
