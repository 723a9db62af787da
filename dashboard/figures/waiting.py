"""How long people wait: the share who have heard from a person by each hour, open cases counted as waiting."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.figures.dots import Axis, Dot, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette
from dashboard.lookup import described
from dashboard.speech import speech_of
from pipelines.contracts.catalog.measures import Measure, answered_within
from pipelines.contracts.catalog.treatments import SPEED_LADDER_MINUTES
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.speech import Speech

# The promise that the title speaks of, where it is counted; else the soonest that is.
LED_BY = (60, 1440, 240)
CENSORED = "Open cases that nobody has answered count as waiting. Counted, not adjusted."


def waiting_chart(run: Run, segment: str, colours: Palette) -> Drawn | None:
    """One line per promise, the soonest on top, then those ever answered; ``segment`` "" means everyone."""
    speech = speech_of(run)
    cells = {m.measure: m for m in described(run) if (m.segment, m.period) == (segment, "") and m.estimate is not None}
    within = {m: cells[answered_within(m)] for m in SPEED_LADDER_MINUTES if answered_within(m) in cells}
    if not within:
        return None
    ever = cells.get(Measure.ANSWERED_SHARE)
    lines = [_dot(f"within {speech.duration(m)}", row, speech) for m, row in within.items()]
    lines += [_dot("answered so far", ever, speech)] if ever else []
    rows = (*within.values(), *([ever] if ever else []))
    title = _title(within, ever, speech)
    return Drawn(
        title,
        "Share of incidents answered by a person within each time, 95 % interval",
        dots(lines, Axis("share of incidents", from_zero=True), colours),
        tuple(replace(r, unit=Measure.ANSWERED_SHARE.unit) for r in rows),
        f"{speech.count(max(r.n or 0 for r in rows))} incidents",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        (CENSORED,),
    )


def _title(within: Mapping[int, Measured], ever: Measured | None, speech: Speech) -> str:
    lead = next(m for m in (*LED_BY, *SPEED_LADDER_MINUTES) if m in within)
    text = f"{speech.percent(told(within[lead].estimate))} hear from a person within {speech.duration(lead)}"
    return f"{text}; {speech.percent(1 - told(ever.estimate))} have heard from nobody" if ever else text


def _dot(label: str, row: Measured, speech: Speech) -> Dot:
    share = told(row.estimate)
    limits = "" if row.ci_low is None else f" ({speech.span(100 * row.ci_low, 100 * told(row.ci_high))})"
    return Dot(label, share, row.ci_low, row.ci_high, f"{speech.percent(share)}{limits}")
