"""Who came back, by horizon, and what became of bookings already held: counted, beside the never-failed."""

from dashboard.cells import share_cell
from dashboard.decisions import answered, rows_of
from dashboard.speech import speech_of
from dashboard.words import cell
from pipelines.publish.store import Row, Run
from words.paradox import paradox_sentence
from words.speech import Speech

NEVER_FAILED = "population=never_failed"
HELD = "held_booking_cancelled"


def horizon_table(run: Run) -> list[dict[str, str]]:
    """One line per horizon, as shown: came back after a failure, young cases censored, and without one."""
    speech = speech_of(run)
    rows = [r for m in ("returned", "retained") for r in rows_of(run, m) if r["part"] == "funnel" and not r.segment]
    never = {m.measure: m for m in run.descriptive if (m.segment, m.period) == (NEVER_FAILED, "")}
    return [
        {
            "Within": f"{r.within_days:.0f} days",
            "After a failure": cell(r, speech),
            "Never failed": _never(never, r, speech),
            "Cases": "–" if r.n is None else speech.count(r.n),
        }
        for r in rows
        if answered(r) and r.within_days is not None
    ]


def _never(never: dict[str, Row], row: Row, speech: Speech) -> str:
    days = f"{row.within_days:.0f}d"
    found = never.get(f"returned_within_{days}") or never.get(f"retained_{days}")
    return share_cell(found, speech) if found else "–"


def held_sentence(run: Run) -> str:
    """What became of bookings held when the failure happened; empty where none is known."""
    speech = speech_of(run)
    row = next((m for m in run.descriptive if (m.measure, m.segment, m.period) == (HELD, "", "")), None)
    if row is None or row.estimate is None:
        return ""
    return (
        f"{share_cell(row, speech)} of the {speech.count(row.n)} bookings "
        "already held when something failed were cancelled."
    )


def paradox_words(run: Run) -> tuple[str, Row | None]:
    """Whether recovery makes up for the failure, in one sentence and its row; for returns before anything else."""
    rows = [r for r in rows_of(run, "won_back_share") if r["part"] == "paradox" and r.estimate is not None]
    rows.sort(key=lambda r: (r.level not in ("returned", "retained"), r.within_days or 0))
    if not rows:
        return "", None
    return paradox_sentence(rows[0], speech_of(run)), rows[0]
