"""Monday: five lines over time, who needs us now, what changed since the last run, and what waits for a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import numpy as np

from dashboard.charts.timeline import Moment, Timeline, image
from dashboard.lookup import answered, by_dimension, described, last_week, level_name, measured, measures_of
from dashboard.places.answers import advised
from dashboard.places.cards import how_sure
from dashboard.words import measure_label
from pipelines.contracts.catalog.measures import Measure, MeasureId, answered_within, entry
from pipelines.contracts.catalog.thresholds import FEWEST_CURVE_POINTS, USUAL_QUANTILES
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words import findings as say
from words.speech import Speech

MOST_MONTHS, MOST_QUEUES, FEWEST_USUAL_MONTHS = 24, 3, 8
# Of each line the first measure that was counted month by month.
LINES: tuple[tuple[MeasureId, ...], ...] = (
    (
        Measure.STANDARD_MET,
        answered_within(60),
        answered_within(1440),
        Measure.ANSWERED_SHARE,
        Measure.RESPONDED_ON_TIME,
    ),
    (Measure.SILENT_OVER_24_HOURS, Measure.CLOSED_WITHOUT_CONTACT),
    (Measure.COMMITMENT_KEPT,),
    (Measure.RESTORED,),
    (Measure.NEGATIVE_POST,),
)


@dataclass(frozen=True)
class Line:
    """One measure month by month, oldest first; ``week``: last week's row where weeks can be told."""

    months: tuple[Measured, ...]
    week: Measured | None

    @property
    def last(self) -> Measured:
        """The latest month whose value is known."""
        return self.months[-1]

    @property
    def moved(self) -> float | None:
        """What changed since the month before; None where it lies within both months' noise."""
        if len(self.months) < 2:
            return None
        now, before = self.months[-1], self.months[-2]
        apart = told(now.ci_low) > told(before.ci_high) or told(now.ci_high) < told(before.ci_low)
        return told(now.estimate) - told(before.estimate) if apart else None


def lines_of(run: Run) -> tuple[Line, ...]:
    """The lines that this run can draw, each with at least three months."""
    found = (_line(run, measures) for measures in LINES)
    return tuple(line for line in found if line is not None)


def _line(run: Run, measures: tuple[MeasureId, ...]) -> Line | None:
    rows = described(run)
    for measure in measures:
        months = sorted((r for r in rows if r.measure == measure and _is_month(r)), key=lambda r: r.period)
        if len(months) >= FEWEST_CURVE_POINTS:
            week = last_week(run, measure)
            return Line(tuple(months[-MOST_MONTHS:]), week if answered(week) else None)
    return None


def _is_month(row: Measured) -> bool:
    return row.segment == "" and len(row.period) == len("2026-01") and answered(row) and row.ci_low is not None


def headline(run: Run, speech: Speech) -> str:
    """One sentence: who has heard nothing, else how many were answered in time; "" where neither is known."""
    silent = measured(run, Measure.SILENT_FOR_A_WEEK_NOW)
    if answered(silent) and told(silent.estimate) >= 1:
        owner = speech.text("place.monday.owner", owner=silent.owner) if silent.owner else ""
        return speech.lines((speech.text("place.monday.silent", n=round(told(silent.estimate))), owner))
    lines = lines_of(run)
    if not lines:
        return ""
    row = lines[0].week or lines[0].last
    return speech.text(
        "place.monday.share", n=_of_100(row), what=measure_label(row.measure), when=_when(row, speech)
    )  # fmt: skip


def _of_100(row: Measured) -> int:
    return round(100 * told(row.estimate))


def _when(row: Measured, speech: Speech) -> str:
    return speech.days_between(row.period) if "/" in row.period else _month(row, speech)


def _month(row: Measured, speech: Speech) -> str:
    return speech.month(date.fromisoformat(f"{row.period}-01"))


def table(run: Run, speech: Speech) -> str:
    """The lines as rows: name, picture, the latest value with its limits, and what changed beyond noise."""
    rows = "".join(_row(line, speech) for line in lines_of(run))
    return f'<div class="amends-lines">{rows}</div>' if rows else ""


def _row(line: Line, speech: Speech) -> str:
    last = line.last
    low, high = (speech.decimal(100 * told(v)) for v in (last.ci_low, last.ci_high))
    value = speech.decimal(100 * told(last.estimate))
    return (
        f'<div class="line"><p class="name">{escape(measure_label(last.measure))}</p>{image(_plate(line, speech))}'
        f'<p class="value"><b>{escape(value)}</b> {escape(speech.text("place.monday.limits", low=low, high=high))}'
        f"{_change(line, speech)}</p></div>"
    )


def _change(line: Line, speech: Speech) -> str:
    if line.moved is None:
        return ""
    size = speech.signed(100 * line.moved)
    bad = " worse" if _is_worse(line, line.moved) else ""
    return f'<span class="moved{bad}">{escape(speech.text("place.monday.moved", size=size))}</span>'


def _is_worse(line: Line, change: float) -> bool:
    known = entry(line.last.measure)
    up = known is None or known.higher_is_better is not False
    return (change < 0) is up


def _plate(line: Line, speech: Speech) -> Timeline:
    moments = tuple(
        Moment(_month(r, speech), told(r.estimate), told(r.ci_low), told(r.ci_high)) for r in line.months
    )  # fmt: skip
    target = line.week.target if line.week else None
    name = "" if target is None else speech.text("place.monday.target", share=speech.percent(target))
    last, usual = moments[-1], _usual(moments[:-1])
    alt = speech.text(
        "place.monday.alt", what=measure_label(line.last.measure), first=moments[0].name, last=last.name,
        value=speech.percent(last.value),
    )  # fmt: skip
    return Timeline(moments, usual, target, name, alt, usual is not None and _is_wrong(line, last, usual))


def _usual(before: Sequence[Moment]) -> tuple[float, float] | None:
    """Where eight of ten of the months before lie; None where they are too few to say."""
    if len(before) < FEWEST_USUAL_MONTHS:
        return None
    low, high = np.quantile([m.value for m in before], USUAL_QUANTILES)
    return float(low), float(high)


def _is_wrong(line: Line, last: Moment, usual: tuple[float, float]) -> bool:
    """Whether the latest value lies clearly on the wrong side of what is usual."""
    return last.low > usual[1] if _is_worse(line, 1.0) else last.high < usual[0]


def queue(run: Run, speech: Speech) -> str:
    """Who needs us now: where most of the silent cases lie."""
    rows = [r for r in by_dimension(measures_of(run, Measure.SILENT_FOR_A_WEEK_NOW), Col.CHANNEL) if answered(r)]
    most = sorted((r for r in rows if told(r.estimate) >= 1), key=lambda r: (-told(r.estimate), r.segment))
    lines = "".join(
        f"<li><b>{escape(speech.count(round(told(r.estimate))))}</b> {escape(speech.capital(level_name(r)))}</li>"
        for r in most[:MOST_QUEUES]
    )
    return f'<ul class="amends-queue">{lines}</ul>' if lines else ""


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
