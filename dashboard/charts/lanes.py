"""Things on one time line, a lane each kind: bars and marks in a vector picture that follows light and dark."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Literal

from dashboard.figures.theme import DARK, LIGHT, Palette

WIDTH, LEFT, ROW, TOP = 1000.0, 110.0, 21.0, 8.0
LETTER, GAP = 6.1, 10.0
Tone = Literal["good", "bad", "open", "plain"]


@dataclass(frozen=True)
class Item:
    """One thing in a lane. A bar from ``first`` to ``last``, else a mark; what lies after today is drawn dashed."""

    first: date
    label: str
    tone: Tone
    last: date | None = None


@dataclass(frozen=True)
class Lane:
    """Things of one kind, under their name."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Lanes:
    """Lanes on one axis; ``months``: where the axis is labelled; ``today``: what is seen ends there."""

    lanes: tuple[Lane, ...]
    first: date
    last: date
    today: date
    today_name: str
    months: tuple[tuple[date, str], ...]
    alt: str


def image(plate: Lanes) -> str:
    """The picture as an ``<img>`` that says what it shows; a narrow page moves it sideways on its own."""
    data = b64encode(svg(plate).encode()).decode()
    picture = f'<img alt="{escape(plate.alt)}" src="data:image/svg+xml;base64,{data}">'
    return f'<div class="amends-lanes" role="group" aria-label="{escape(plate.alt)}" tabindex="0">{picture}</div>'


def svg(plate: Lanes) -> str:
    """The picture as a document of its own."""
    y, parts = TOP + 16, []
    for lane in plate.lanes:
        rows = packed(lane.items, plate)
        parts.append(_text(0, y + 14, lane.name, "name"))
        for i, row in enumerate(rows):
            parts += [_item(item, y + i * ROW + 10, plate) for item in row]
        y += ROW * max(len(rows), 1) + 6
        parts.append(f'<line class="rule" x1="0" x2="{WIDTH:g}" y1="{y - 1:.1f}" y2="{y - 1:.1f}"/>')
    now = at(plate.today, plate)
    parts.append(f'<line class="now" x1="{now:.1f}" x2="{now:.1f}" y1="{TOP + 8:g}" y2="{y:.1f}"/>')
    parts.append(_text(now, TOP + 4, plate.today_name, "name", "middle"))
    parts += [_text(at(day, plate), y + 13, name, "quiet", "middle") for day, name in plate.months]
    height = y + 18
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.0f}" width="{WIDTH:g}" '
        f'height="{height:.0f}"><style>{_STYLE}</style>{"".join(parts)}</svg>'
    )


def at(day: date, plate: Lanes) -> float:
    """Where a day lies."""
    whole = max((plate.last - plate.first).days, 1)
    return LEFT + (WIDTH - LEFT - 12) * min(max((day - plate.first).days / whole, 0.0), 1.0)


def packed(items: Sequence[Item], plate: Lanes) -> list[list[Item]]:
    """Rows in which no label lies over the next thing, filled greedily by where each begins."""
    rows: list[tuple[float, list[Item]]] = []
    for item in sorted(items, key=lambda i: (i.first, i.label)):
        start, end = _extent(item, plate)
        free = next((i for i, (taken, _) in enumerate(rows) if taken + GAP <= start), None)
        if free is None:
            rows.append((end, [item]))
        else:
            rows[free] = (end, [*rows[free][1], item])
    return [row for _, row in rows]


def _extent(item: Item, plate: Lanes) -> tuple[float, float]:
    first, last = at(item.first, plate), at(item.last or item.first, plate)
    wide = LETTER * len(item.label) + 10
    return (first, last + wide) if last + wide <= WIDTH else (first - wide, last)


def _item(item: Item, y: float, plate: Lanes) -> str:
    first, last = at(item.first, plate), at(item.last or item.first, plate)
    seen = min(last, max(at(plate.today, plate), first))
    parts = []
    if item.last is not None:
        parts.append(f'<line class="bar {item.tone}" x1="{first:.1f}" x2="{seen:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if last > seen:
            parts.append(f'<line class="due {item.tone}" x1="{seen:.1f}" x2="{last:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
    parts.append(f'<circle class="{item.tone}" cx="{last:.1f}" cy="{y:.1f}" r="4.5"/>')
    fits = last + LETTER * len(item.label) + 10 <= WIDTH
    edge, anchor = (last + 9, "start") if fits else (first - 9, "end")
    return "".join([*parts, _text(edge, y + 4, item.label, "label", anchor)])


def _text(x: float, y: float, said: str, name: str, anchor: str = "start") -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def _style(colours: Palette) -> str:
    tones = {"good": colours.adjusted, "bad": colours.fourth, "open": colours.raw, "plain": colours.quiet}
    marks = "".join(f".{tone}{{stroke:{colour}}}circle.{tone}{{fill:{colour}}}" for tone, colour in tones.items())
    return (
        f"text{{fill:{colours.quiet}}}text.label,text.name{{fill:{colours.ink}}}.rule{{stroke:{colours.grid}}}"
        f".now{{stroke:{colours.ink}}}{marks}"
    )


_STYLE = (
    'text{font:12.5px "Source Sans 3","Source Sans Pro","Helvetica Neue",Arial,sans-serif;stroke:none}'
    "text.name{font-weight:600}.bar{stroke-width:4}.due{stroke-width:2;stroke-dasharray:3 4}"
    f"{_style(LIGHT)}@media (prefers-color-scheme:dark){{{_style(DARK)}}}"
)
