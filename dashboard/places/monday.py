"""Monday: lines over time, who went silent, who needs us now, what changed since the last run, what waits for you."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from dashboard.charts.timeline import Event, Moment, Timeline, image
from dashboard.lookup import answered, by_dimension, level_name, measured, measures_of
from dashboard.places.answers import advised
from dashboard.places.cards import how_sure
from dashboard.places.series import lines_of, points, scale, step_of, usual
from dashboard.scope import holds
from dashboard.words import measure_label
from pipelines.contracts.catalog.counting import Every, NeededFor
from pipelines.contracts.catalog.measures import Measure, OfEvent, entry
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.decided import Decision
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.measure import SeriesPoint
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words import findings as say
from words.segments import label_words
from words.speech import Speech

MOST_QUEUES, MOST_EVENTS = 3, 2
Line = tuple[SeriesPoint, ...]


_NEW = {Every.WEEK: "place.monday.new.week", Every.FOUR_WEEKS: "place.monday.new.four_weeks"}
_FLOW = {Every.WEEK: "place.monday.flow.week", Every.FOUR_WEEKS: "place.monday.flow.four_weeks"}
_MOVED = {
    Every.WEEK: "place.monday.moved.week",
    Every.FOUR_WEEKS: "place.monday.moved.four_weeks",
    Every.MONTH: "place.monday.moved.month",
    Every.QUARTER: "place.monday.moved.quarter",
}


@dataclass(frozen=True)
class Flow:
    """How the silent became those of now: ``before`` − ``left`` + ``new`` = ``now``, over one step."""

    before: int
    left: int
    new: int
    now: int


def headline(run: Run, scope: str, speech: Speech) -> str:
    """Who went silent lately, by which way most; else who is silent, else how many were answered in time."""
    step = step_of(run, scope)
    line = newly_silent(run, step, scope)
    if line and (count := round(told(line[-1].estimate))):
        said = speech.text(_NEW[line[-1].every], n=count)
        return speech.lines((said, _beside_usual(line, speech), "" if scope else _mostly(run, line[-1], speech)))
    silent = measured(run, Measure.SILENT_FOR_A_WEEK_NOW)
    if not scope and answered(silent) and told(silent.estimate) >= 1:
        return speech.text("place.monday.silent", n=round(told(silent.estimate)))
    lines = lines_of(run, step, scope) if step else ()
    if not lines or lines[0][-1].unit is Unit.CASES:
        return ""
    row = lines[0][-1]
    n, when = round(100 * told(row.estimate)), speech.days_between(row.period)
    return speech.text("place.monday.share", n=n, what=measure_label(row.measure), when=when)


def newly_silent(run: Run, step: Every | None, scope: str) -> Line:
    """The line of silences as they begin, at the step of the place."""
    steps = (Every.WEEK, Every.FOUR_WEEKS) if step in (None, Every.WEEK) else (Every.FOUR_WEEKS,)
    lines = (points(run, Measure.NEWLY_SILENT, every, scope) for every in steps)
    return next((line for line in lines if line), ())


def _mostly(run: Run, now: SeriesPoint, speech: Speech) -> str:
    """By which channel most of them came, where it is more than one in three."""
    rows = [r for r in run.series if (r.measure, r.every, r.period) == (now.measure, now.every, now.period)]
    channels = [r for r in rows if r.segment.startswith(f"{Col.CHANNEL}=")]
    most = max(channels, key=lambda r: told(r.estimate), default=None)
    if most is None or told(most.estimate) < 2 or 3 * told(most.estimate) < told(now.estimate):
        return ""
    return speech.text("place.monday.mostly", n=round(told(most.estimate)), channel=_level(most))


def _level(row: SeriesPoint) -> str:
    return label_words(row.segment.partition("=")[2])


def _beside_usual(line: Line, speech: Speech) -> str:
    band = usual(line[:-1])
    if band is None:
        return ""
    now = line[-1]
    code = "place.monday.new.usual"
    if told(now.ci_low) > band[1]:
        code = "place.monday.new.more"
    elif told(now.ci_high) < band[0]:
        code = "place.monday.new.fewer"
    return speech.text(code, low=speech.decimal(band[0]), high=speech.decimal(band[1]))


def flow(run: Run, scope: str) -> Flow | None:
    """How many were silent a step ago, left and came; None within a part, and where counts don't add up."""
    line = newly_silent(run, step_of(run, scope), scope)
    stock = {p.period: p for p in points(run, Measure.SILENT_FOR_A_WEEK_NOW, line[-1].every)} if line else {}
    if scope or len(line) < 2 or not {p.period for p in line[-2:]} <= set(stock):
        return None
    before, now = (round(told(stock[p.period].estimate)) for p in line[-2:])
    new = round(told(line[-1].estimate))
    left = before + new - now
    return Flow(before, left, new, now) if left >= 0 else None


def flow_line(run: Run, scope: str, speech: Speech) -> str:
    """The flow as one sentence; "" where it isn't known."""
    found = flow(run, scope)
    if found is None:
        return ""
    counts = {name: speech.count(getattr(found, name)) for name in ("before", "left", "new", "now")}
    return speech.text(_FLOW[newly_silent(run, step_of(run, scope), scope)[-1].every], **counts)


def table(run: Run, scope: str, decisions: Sequence[Decision], speech: Speech) -> str:
    """The lines as rows: name, picture, the latest value with its limits, and what changed beyond noise."""
    step = step_of(run, scope)
    lines = lines_of(run, step, scope) if step else ()
    rows = "".join(_row(line, _events(run, decisions, line, speech), speech) for line in lines)
    return f'<div class="amends-lines">{rows}</div>' if rows else ""


def _row(line: Line, events: tuple[Event, ...], speech: Speech) -> str:
    last = line[-1]
    value = speech.decimal(scale(last) * told(last.estimate))
    return (
        f'<div class="line"><p class="name">{escape(measure_label(last.measure))}</p>'
        f"{image(plate_of(line, events, speech))}"
        f'<p class="value"><b>{escape(value)}</b> {escape(_limits(line, speech))}{_change(line, speech)}</p></div>'
    )


def _limits(line: Line, speech: Speech) -> str:
    last, many = line[-1], scale(line[-1])
    if last.unit is Unit.CASES:
        band = usual(line[:-1])
        if band is None:
            return speech.text("place.monday.count", when=speech.days_between(last.period))
        low, high = (speech.decimal(v) for v in band)
        return speech.text("place.monday.usual", low=low, high=high)
    if last.ci_low is None or last.ci_high is None:
        return speech.text("place.monday.of")
    low, high = (speech.decimal(many * v) for v in (last.ci_low, last.ci_high))
    return speech.text("place.monday.limits", low=low, high=high)


def moved(line: Line) -> float | None:
    """What changed since the step before; None where it lies within both steps' noise."""
    if len(line) < 2 or None in (line[-1].ci_low, line[-1].ci_high, line[-2].ci_low, line[-2].ci_high):
        return None
    now, before = line[-1], line[-2]
    apart = told(now.ci_low) > told(before.ci_high) or told(now.ci_high) < told(before.ci_low)
    return told(now.estimate) - told(before.estimate) if apart else None


def _change(line: Line, speech: Speech) -> str:
    change = moved(line)
    if change is None:
        return ""
    bad = " worse" if _is_worse(line[-1], change) else ""
    size = speech.signed(scale(line[-1]) * change)
    return f'<span class="moved{bad}">{escape(speech.text(_MOVED[line[-1].every], size=size))}</span>'


def _is_worse(row: SeriesPoint, change: float) -> bool:
    known = entry(row.measure)
    up = known is None or known.higher_is_better is not False
    return (change < 0) is up


def plate_of(line: Line, events: tuple[Event, ...], speech: Speech) -> Timeline:
    """The picture of one line."""
    last, band = line[-1], usual(line[:-1])
    moments = tuple(Moment(_named(p, speech), told(p.estimate), p.ci_low, p.ci_high) for p in line)
    target = "" if last.target is None else speech.text("place.monday.target", share=_value(last, last.target, speech))
    alt = speech.text(
        "place.monday.alt", what=measure_label(last.measure), first=moments[0].name, last=moments[-1].name,
        value=_value(last, told(last.estimate), speech),
    )  # fmt: skip
    return Timeline(moments, band, last.target, target, alt, band is not None and _is_wrong(last, band), events)


def _value(row: SeriesPoint, value: float, speech: Speech) -> str:
    return speech.decimal(value) if row.unit is Unit.CASES else speech.percent(value)


def _named(point: SeriesPoint, speech: Speech) -> str:
    last = date.fromisoformat(point.period.partition("/")[2])
    return speech.month(last) if point.every in (Every.MONTH, Every.QUARTER) else speech.day(last)


def _is_wrong(last: SeriesPoint, band: tuple[float, float]) -> bool:
    """Whether the latest value lies clearly on the wrong side of what is usual."""
    if last.ci_low is None or last.ci_high is None:
        return False
    return last.ci_low > band[1] if _is_worse(last, 1.0) else last.ci_high < band[0]


def _events(run: Run, decisions: Sequence[Decision], line: Line, speech: Speech) -> tuple[Event, ...]:
    """The largest mass incidents and the latest decisions at the steps of a line that they fall into."""
    first, last = line[0].period[:10], line[-1].period[11:]
    hit = [r for r in run.events if r.measure is OfEvent.INCIDENTS and r.event_id and r.period]
    seen = [(r.n or 0, r.event_id, (r.period or "")[:10]) for r in hit if first <= (r.period or "")[:10] <= last]
    dated = [(label_words(event), day) for _, event, day in sorted(seen, reverse=True)[:MOST_EVENTS]]
    dated += [(d.what, d.due.isoformat()) for d in decisions[-MOST_EVENTS:]]
    found = []
    for name, day in dated:
        at = next((i for i, p in enumerate(line) if p.period[:10] <= day <= p.period[11:]), None)
        if at is not None:
            found.append(Event(at, name))
    return tuple(found)


@dataclass(frozen=True)
class Queue:
    """Some of the silent cases: how many, where, and which choice of the list of people shows them."""

    n: int
    name: str
    channel: str


def queue(run: Run, scope: str) -> tuple[Queue, ...]:
    """Who needs us now: the channels by which most of the silent cases came; each opens its cases."""
    rows = [c for c in run.worklist if c.needed_for is NeededFor.SILENT and holds(scope, c) and c.channel]
    counts = {channel: sum(c.channel == channel for c in rows) for channel in {c.channel for c in rows if c.channel}}
    if not counts and not scope:
        counted = by_dimension(measures_of(run, Measure.SILENT_FOR_A_WEEK_NOW), Col.CHANNEL)
        counts = {level_name(r): round(told(r.estimate)) for r in counted if answered(r) and told(r.estimate) >= 1}
    most = sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:MOST_QUEUES]
    return tuple(Queue(n, label_words(channel), channel) for channel, n in most)


def waiting(run: Run, speech: Speech) -> str:
    """The finding that waits for a decision first."""
    first = next(iter(advised(run)), None)
    if first is None:
        return ""
    found = say.figure(first, speech)
    figure = "" if found is None else f"<p class='figure'><b>{escape(found.large)}</b> {escape(found.small)}</p>"
    return (
        f'<article class="amends-card"><h3><b class="call {escape(first.call)}">'
        f"{escape(say.call_name(first, speech))}</b> {escape(say.in_brief(first, speech))}</h3>{figure}"
        f"<p>{how_sure(first, speech)}</p></article>"
    )


def changed(run: Run, before: Run | None, speech: Speech) -> tuple[str, ...]:
    """Questions whose call is another than in the run before, or whose interval lies apart from it."""
    if before is None or not before.findings:
        return ()
    then = {r.question: r for r in say.speaking(before.findings)}
    now = [r for r in say.speaking(run.findings) if r.question in then]
    return tuple(_moved(r, then[r.question], speech) for r in now if _differs(r, then[r.question]))


def _differs(now: Finding, then: Finding) -> bool:
    if now.call is not then.call:
        return True
    if None in (now.ci_low, now.ci_high, then.ci_low, then.ci_high) or now.level != then.level:
        return False
    return told(now.ci_low) > told(then.ci_high) or told(now.ci_high) < told(then.ci_low)


def _moved(now: Finding, then: Finding, speech: Speech) -> str:
    before, after = say.call_name(then, speech), say.call_name(now, speech)
    return speech.text("place.monday.changed", question=say.asked(now, speech), before=before, after=after)
