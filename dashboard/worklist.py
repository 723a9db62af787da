"""The worklist: cases closed but not won back, the most valuable first, each with its next step under the standard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from dashboard.decisions import answered, decided
from dashboard.formats import count, day, money, zone
from dashboard.stakes import LOST
from dashboard.store import Row, Rows, Run

SHOWN = 25
SPENT = "Spent in the year before"
COLUMNS = ("site_id", "severity", "category")
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to: some levels per column; a column without levels isn't narrowed."""

    levels: dict[str, tuple[str, ...]]

    def keeps(self, row: Row) -> bool:
        """Whether a case belongs to what was chosen."""
        return all(not wanted or (row[column] or UNKNOWN) in wanted for column, wanted in self.levels.items())


def levels_of(rows: Iterable[Row], column: str) -> list[str]:
    """The levels a column takes, in order, so that every case is in one; those without are of unknown level."""
    return sorted({r[column] or UNKNOWN for r in rows})


def narrowed(run: Run, chosen: Chosen) -> Rows:
    """The cases of the list that were chosen, in its order."""
    return tuple(r for r in run.worklist if chosen.keeps(r))


def worklist_table(run: Run, rows: Sequence[Row]) -> list[dict[str, str]]:
    """The first cases, as shown."""
    here, currency = zone(run.profile["time_zone"]), run.profile["currency"]
    return [
        {
            "Case": r["incident_id"],
            "Next step": r["next_step"] or "–",
            SPENT: "–" if r["value_at_stake"] is None else money(r["value_at_stake"], currency),
            "What happened": _words(r["category"], r["severity"]),
            "Site": r["site_id"] or "–",
            "Closed": _day(r, here),
            "Won back": r["won_back"] or "–",
        }
        for r in rows[:SHOWN]
    ]


def listed(run: Run, rows: Sequence[Row]) -> str:
    """How many are shown, most at stake first, of how many chosen; and what the files hold."""
    shown = f"{count(min(len(rows), SHOWN))} of {count(len(rows))} shown, most at stake first"
    if len(rows) < len(run.worklist):
        shown += f"; {count(len(run.worklist))} are on the list"
    return f"{shown}. {capped(run) or 'The command below writes them all.'}"


def capped(run: Run) -> str:
    """That a run lists only the first of more cases, and where all are; "" where it lists them all."""
    row = decided(run, LOST)
    if row is None or not answered(row) or round(row["estimate"]) <= len(run.worklist):
        return ""
    every = count(round(row["estimate"]))
    return (
        f"The list and its data hold {count(len(run.worklist))} of {every} cases, those with most at stake; the "
        f"command below writes all {every}."
    )


def _words(*parts: str | None) -> str:
    return ", ".join(part.replace("_", " ") for part in parts if part) or "–"


def _day(row: Row, here: tzinfo) -> str:
    return "–" if row["closed_at"] is None else day(row["closed_at"].astimezone(here).date())
