"""Mass incidents as tables: those live at the data cut, and every one beside what was to be expected."""

from datetime import date, timedelta

from dashboard.cells import NOTHING, cases, share_or_nothing, share_with_limits
from dashboard.speech import speech_of
from dashboard.words import measure_label
from pipelines.contracts.catalog.counting import DoseStep
from pipelines.contracts.catalog.measures import OfEvent
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.segments import label_words
from words.speech import Speech

LIVE_DAYS = 28
SHARE = Unit.SHARE_OF_INCIDENTS
STEPS: dict[str, str] = {
    OfEvent.RETURNED_BY_SHARE_GIVEN: "given, of the loss",
    OfEvent.RETURNED_BY_HOURS_TO_CONTACT: "heard from a person",
}
VERBS: dict[str, str] = {
    OfEvent.RETURNED: "Came back",
    OfEvent.RETAINED: "Stayed",
    OfEvent.RETURNED_WITHOUT_VOUCHER: "Came back without a voucher",
}
CAME_BACK = (OfEvent.RETURNED, OfEvent.RETAINED)
HOURS = {1 / 24: "within an hour", 4 / 24: "within 4 hours", 1.0: "within a day"}


def event_ids(run: Run) -> tuple[str, ...]:
    """Mass incidents with numbers of their own, the latest first."""
    periods = {r.event_id: r.period or "" for r in run.events if r.event_id}
    return tuple(sorted(periods, key=lambda event: (periods[event], event), reverse=True))


def live_events(run: Run) -> tuple[str, ...]:
    """Those whose last incident opened in the four weeks before the data cut."""
    since = run.data_cut - timedelta(days=LIVE_DAYS)
    return tuple(event for event in event_ids(run) if _last_day(run, event) > since)


def none_live(run: Run) -> str:
    """That none is live, and which was the latest."""
    known = event_ids(run)
    latest = f" The latest was {event_name(known[0])}." if known else ""
    return f"None opened in the four weeks before the data cut.{latest}"


def events_title(run: Run) -> str:
    """The mass incident after which clearly fewest came back beside single incidents; else how many there are."""
    speech = speech_of(run)
    every = sum(r.n or 0 for r in run.events if r.measure == OfEvent.INCIDENTS)
    if not every:
        return "No mass incident is on record"
    if worst := _clearly_fewest_back(run):
        came, alike = (speech.percent(told(share)) for share in (worst.estimate, worst.expected))
        return f"After {event_name(worst.event_id)} {came} came back; after single incidents as grave, {alike} do"
    return f"{speech.count(len(event_ids(run)))} mass incidents account for {speech.count(every)} cases"


def _clearly_fewest_back(run: Run) -> EventMeasure | None:
    """The row whose whole interval lies furthest below what single incidents of equal severity lead to expect."""
    rows = [r for r in run.events if r.measure in CAME_BACK and r.event_id and not r.level]
    fewer = [(r.ratio_high, r) for r in rows if r.ratio_high is not None and r.ratio_high < 1]
    return min(fewer, key=lambda one: one[0], default=(1.0, None))[1]


def no_events(run: Run) -> str:
    """Why there is none to show, and what to add."""
    reasons = next((r.reasons for r in run.events if r.reasons), ())
    return speech_of(run).all(reasons) or "Map event_id in incidents."


def _last_day(run: Run, event: str) -> date:
    period = next(r.period for r in run.events if r.event_id == event)
    return date.fromisoformat((period or "").partition("/")[2])


def event_name(event: str) -> str:
    """``power_cut-2026-04`` → ``Power cut 2026-04``."""
    name, _, when = event.partition("-")
    return f"{label_words(name).capitalize()} {when}".strip()


def event_rows(run: Run, event: str) -> tuple[EventMeasure, ...]:
    """Every row of one mass incident."""
    return tuple(r for r in run.events if r.event_id == event)


def events_table(run: Run, events: tuple[str, ...]) -> list[dict[str, str]]:
    """One line per mass incident, as shown: who was hit, who heard how soon, who was given something."""
    return [_line(event, event_rows(run, event), speech_of(run)) for event in events]


def _line(event: str, rows: tuple[EventMeasure, ...], speech: Speech) -> dict[str, str]:
    found = {(r.measure, r.within_days): r for r in rows}
    by_name = {r.measure: r for r in rows}
    hour = next((r for (m, d), r in found.items() if m == OfEvent.CONTACTED and d and abs(d - 1 / 24) < 0.001), None)
    return {
        "Mass incident": event_name(event),
        "When": speech.days_between(rows[0].period or ""),
        "Customers hit": _number(by_name.get(OfEvent.CUSTOMERS_HIT), speech),
        "Heard within an hour": share_seen(hour, speech),
        "… within a day": share_seen(found.get((OfEvent.CONTACTED, 1.0)), speech),
        "Given something": share_seen(by_name.get(OfEvent.COMPENSATED), speech),
    }


def _number(row: EventMeasure | None, speech: Speech) -> str:
    return NOTHING if row is None or row.estimate is None else speech.count(round(row.estimate))


def share_seen(row: EventMeasure | None, speech: Speech) -> str:
    """A share with its limits; "too early" while no case is old enough."""
    if row is None or row.estimate is None:
        return "too early" if row is not None and row.n == 0 else NOTHING
    return share_with_limits(row.estimate, row.ci_low, row.ci_high, speech)


def event_table(rows: tuple[EventMeasure, ...], speech: Speech) -> list[dict[str, str]]:
    """One mass incident, one line per share, as shown: beside single incidents of equal severity."""
    return [
        {
            "Share of its incidents": _label(r),
            "Here": share_seen(r, speech),
            "Single incidents alike": share_or_nothing(r.expected, speech),
            "Times as often": _ratio(r, speech),
            "Cases": cases(r.n, speech),
            "Why not": speech.all(r.reasons),
        }
        for r in rows
        if r.unit is SHARE and r.measure not in STEPS
    ]


def step_table(rows: tuple[EventMeasure, ...], speech: Speech) -> list[dict[str, str]]:
    """How many came back at each step of what was given, and of how soon they heard, as shown."""
    return [
        {
            "Step": speech.label(DoseStep(r.level)),
            "By": STEPS[r.measure],
            "Came back": share_seen(r, speech),
            "Single incidents alike": share_or_nothing(r.expected, speech),
            "Cases": cases(r.n, speech),
        }
        for r in rows
        if r.measure in STEPS and r.level
    ]


def posts_sentence(rows: tuple[EventMeasure, ...], speech: Speech) -> str:
    """Whether negative posts changed around the event; empty where it wasn't looked at."""
    row = next((r for r in rows if r.measure == OfEvent.BAD_POSTS_AROUND_EVENT and r.estimate is not None), None)
    if row is None or row.estimate is None:
        return ""
    usual = "" if row.expected is None else f", {speech.decimal(row.expected, 1)} before"
    limits = "" if row.ci_low is None or row.ci_high is None else f" ({speech.span(row.ci_low, row.ci_high, 1)})"
    said = f"Negative posts and reviews a week: {speech.decimal(row.estimate, 1)}{limits}{usual}."
    return speech.lines((said, speech.all(row.reasons)))


def _label(row: EventMeasure) -> str:
    days = row.within_days
    if days is None:
        return measure_label(row.measure)
    when = next((text for value, text in HOURS.items() if abs(value - days) < 0.001), f"within {days:.0f} days")
    verb = VERBS.get(row.measure) or measure_label(row.measure)
    return f"{verb} {when}"


def _ratio(row: EventMeasure, speech: Speech) -> str:
    if row.ratio is None:
        return NOTHING
    high = "no limit" if row.ratio_high is None else speech.decimal(row.ratio_high, 2)
    return f"{speech.decimal(row.ratio, 2)} ({speech.decimal(told(row.ratio_low), 2)} to {high})"
