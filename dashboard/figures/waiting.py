"""How long people wait: the share who have heard from a person by each hour, open cases counted as waiting."""

from dataclasses import replace

from dashboard.figures.dots import Axis, Dot, dots
from dashboard.figures.drawn import Drawn
from dashboard.figures.theme import Palette
from dashboard.filters import cells_of
from dashboard.speech import speech_of
from pipelines.contracts.catalog.units import Unit
from pipelines.publish.store import Row, Run
from words.speech import Speech

EVER = "answered_share"
MINUTES = (15, 60, 240, 1440, 4320)
LED_BY = (60, 1440, 240, 15, 4320)
CENSORED = "Open cases that nobody has answered count as waiting. Counted, not adjusted."


def waiting_chart(run: Run, segment: str, colours: Palette) -> Drawn | None:
    """One line per promise, the soonest on top, then those ever answered; ``segment`` "" means everyone.

    The rows behind it are shares in the form of ``decisions``, so that files show them as any other share.
    """
    speech = speech_of(run)
    cells = cells_of(run.descriptive)
    found = {m: cells.get((f"answered_within_{m}_minutes", segment)) for m in MINUTES}
    told = {m: row for m, row in found.items() if row is not None and row.estimate is not None}
    if not told:
        return None
    ever = cells.get((EVER, segment))
    lines = [_dot(f"within {speech.duration(m)}", row, speech) for m, row in told.items()]
    rows = tuple(told.values())
    if ever is not None and ever.estimate is not None:
        lines, rows = [*lines, _dot("answered so far", ever, speech)], (*rows, ever)
    title = _title(told, ever, speech)
    return Drawn(
        title,
        "Share of incidents answered by a person within each time, 95 % interval",
        dots(lines, Axis("share of incidents", from_zero=True), colours),
        tuple(replace(r, unit=Unit.SHARE_OF_INCIDENTS) for r in rows),
        f"{speech.count(max(r.n for r in rows))} incidents",
        f"{title}. {'; '.join(f'{d.label} {d.reading}' for d in lines)}.",
        (CENSORED,),
    )


def _title(told: dict[int, Row], ever: Row | None, speech: Speech) -> str:
    lead = next(m for m in LED_BY if m in told)
    text = f"{speech.percent(told[lead].estimate)} hear from a person within {speech.duration(lead)}"
    if ever is None or ever.estimate is None:
        return text
    return f"{text}; {speech.percent(1 - ever.estimate)} have heard from nobody"


def _dot(label: str, row: Row, speech: Speech) -> Dot:
    limits = "" if row.ci_low is None else f" ({speech.span(100 * row.ci_low, 100 * row.ci_high)})"
    return Dot(label, row.estimate, row.ci_low, row.ci_high, f"{speech.percent(row.estimate)}{limits}")
