"""Did those hit by a mass incident come back, and without a voucher? Both shares beside single incidents alike."""

from collections.abc import Mapping

from dashboard.cells import NOTHING, cases, share_or_nothing
from dashboard.mass_events import CAME_BACK, event_ids, event_name, event_rows, share_seen
from dashboard.speech import speech_of
from pipelines.contracts.catalog.measures import OfEvent
from pipelines.contracts.tables.event import EventMeasure
from pipelines.publish.store import Run
from words.speech import Speech

WITHOUT_VOUCHER = OfEvent.RETURNED_WITHOUT_VOUCHER
ByMeasure = Mapping[OfEvent, EventMeasure]


def event_returns(run: Run, events: tuple[str, ...]) -> list[dict[str, str]]:
    """One line per mass incident, as shown; of subscriptions who stayed, and no vouchers.

    Empty where no mass incident was asked who came back.
    """
    found = {event: {r.measure: r for r in event_rows(run, event)} for event in events}
    if not any(_came_back(rows) for rows in found.values()):
        return []
    asked = any(WITHOUT_VOUCHER in rows for rows in found.values())
    return [_line(event, rows, asked, speech_of(run)) for event, rows in found.items()]


def _line(event: str, rows: ByMeasure, asked: bool, speech: Speech) -> dict[str, str]:
    back, own = _came_back(rows), rows.get(WITHOUT_VOUCHER)
    voucher = (
        {
            "… without a voucher": share_seen(own, speech),
            "Single incidents alike, without a voucher": _expected(own, speech),
        }
        if asked
        else {}
    )
    return {
        "Mass incident": event_name(event),
        "Came back": share_seen(back, speech),
        "Single incidents alike": _expected(back, speech),
        **voucher,
        "Cases followed so far": NOTHING if back is None else cases(back.n, speech),
    }


def _came_back(rows: ByMeasure) -> EventMeasure | None:
    return next((rows[measure] for measure in CAME_BACK if measure in rows), None)


def _expected(row: EventMeasure | None, speech: Speech) -> str:
    return NOTHING if row is None else share_or_nothing(row.expected, speech)


def latest_returns(run: Run) -> str:
    """Who came back after the latest mass incident of which it is known, in a sentence; "" where of none."""
    speech = speech_of(run)
    for event in event_ids(run):
        found = {r.measure: r for r in event_rows(run, event)}
        row = _came_back(found)
        if row is not None and row.estimate is not None:
            did = "came back" if row.measure == OfEvent.RETURNED else "stayed"
            alike = (
                f"; after single incidents of equal severity, {_expected(row, speech)}"
                if row.expected is not None
                else ""
            )
            return (
                f"The latest of which it is known: after {event_name(event)} "
                f"{share_seen(row, speech)} of {cases(row.n, speech)} "
                f"{did} within {row.within_days:.0f} days{alike}."
            )
    return ""


def returns_defined(run: Run) -> str:
    """What counts as having come back, with a voucher or without, and why the latter isn't known; "" without events."""
    rows = [r for r in run.events if r.measure == WITHOUT_VOUCHER]
    if not rows:
        return ""
    days = rows[0].within_days
    told = (
        f"Came back: a new order within {days:.0f} days of the incident, whatever paid for it; bookings held before it "
        "don't count. Without a voucher: at least one such order on which no voucher of any kind was used. "
        "Of customers on file followed for as long."
    )
    why = next((r.reasons for r in rows if r.estimate is None and r.n is None and r.reasons), ())
    speech = speech_of(run)
    return speech.lines((told, speech.all(why)))
