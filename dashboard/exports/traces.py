"""The traces of a figure as marks with intervals, lines, bands and bars, in data units."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dashboard.exports.plate import Band, Bar, Line, Mark, Marks, Symbol
from dashboard.exports.scales import plain_text
from words.speech import Speech

Trace = Any
BAND = "toself"
Place = Mapping[str, float]
SYMBOLS: dict[str, Symbol] = {
    "circle": "circle", "diamond": "diamond", "square": "square", "triangle-up": "triangle", "line-ns": "tick",
}  # fmt: skip


def readable(trace: Trace) -> bool:
    """Whether a trace is one of the kinds that plates are made of."""
    if trace.type == "scatter":
        return trace.fill in (None, "none", BAND)
    return trace.type in ("bar", "heatmap")


@dataclass(frozen=True)
class Names:
    """Words used as coordinates, in order of appearance, and the whole numbers they stand at."""

    x: Place
    y: Place


def names_of(traces: Iterable[Trace]) -> Names:
    """The words that stand on both axes."""
    named = [t for t in traces if t.type in ("bar", "scatter")]
    return Names(_places(t.x for t in named), _places(t.y for t in named))


def _places(coordinates: Iterable[Iterable[Any] | None]) -> Place:
    words = (v for values in coordinates if values is not None for v in values if isinstance(v, str))
    return {word: float(i) for i, word in enumerate(dict.fromkeys(words))}


def at(value: Any, names: Place) -> float:
    """The place of a coordinate: a number as it stands, a word where its order puts it."""
    return names[value] if isinstance(value, str) else float(value)


def _points(trace: Trace, names: Names) -> list[tuple[float, float] | None]:
    """Places of a trace; None where it breaks off."""
    pairs = zip(trace.x if trace.x is not None else (), trace.y if trace.y is not None else (), strict=False)
    return [None if gone(x) or gone(y) else (at(x, names.x), at(y, names.y)) for x, y in pairs]


def gone(value: Any) -> bool:
    """Whether a coordinate is missing."""
    return value is None or (isinstance(value, float | np.floating) and bool(np.isnan(value)))


def is_line(t: Trace) -> bool:
    """Whether a trace is drawn as a line without a fill."""
    return t.type == "scatter" and "lines" in (t.mode or "lines") and t.fill in (None, "none")


def is_marks(t: Trace) -> bool:
    """Whether a trace is drawn as marks."""
    return t.type == "scatter" and "markers" in (t.mode or "")


def lines_of(trace: Trace, names: Names) -> list[Line]:
    """The stretches of a line trace; a gap parts two of them."""
    style = trace.line
    stretches: list[list[tuple[float, float]]] = [[]]
    for point in _points(trace, names):
        if point is None:
            stretches.append([])
        else:
            stretches[-1].append(point)
    dashed = style.dash not in (None, "solid")
    return [
        Line(trace.name or "line", hexed(style.color), float(style.width or 2), tuple(points), dashed)
        for points in stretches
        if points
    ]


def band_of(trace: Trace, names: Names) -> Band:
    """A filled trace as lower and upper limits."""
    points = [p for p in _points(trace, names) if p is not None]
    half = len(points) // 2
    lower, upper = points[:half], points[half:][::-1]
    found = [(x, min(a, b), max(a, b)) for (x, a), (_, b) in zip(lower, upper, strict=False)]
    colour, opacity = _colour(trace.fillcolor or "rgba(128,128,128,0.2)")
    return Band(trace.name or "band", colour, opacity, tuple(sorted(found)))


def marks_of(trace: Trace, names: Names) -> list[Marks]:
    """One group per colour and symbol, so that a format with one style per series keeps them all."""
    style, points = trace.marker, _points(trace, names)
    colours, symbols = (_each(value, len(points)) for value in (style.color, style.symbol))
    across, down = _errors(trace.error_x), _errors(trace.error_y)
    errors = across or down or [(None, None)] * len(points)
    groups: dict[tuple[str, str], list[Mark]] = {}
    texts = _texts(trace, len(points))
    for point, colour, symbol, (below, above), text in zip(points, colours, symbols, errors, texts, strict=False):
        if point is None:
            continue
        middle = point[0] if across or not down else point[1]
        low, high = (None if below is None else middle - below), (None if above is None else middle + above)
        groups.setdefault((hexed(colour), symbol or "circle"), []).append(Mark(*point, low, high, text))
    size = float(style.size) if isinstance(style.size, int | float) else 10.0
    return [
        Marks(
            trace.name or "", colour, SYMBOLS.get(symbol.removesuffix("-open"), "circle"), symbol.endswith("-open"),
            size, tuple(marks), bool(across) or not down,
        )
        for (colour, symbol), marks in groups.items()
    ]  # fmt: skip


def _each(value: Any, count: int) -> Any:
    """A setting per point, whether it was given once or for each."""
    return value if isinstance(value, list | tuple | np.ndarray) else [value] * count


def _texts(trace: Trace, count: int) -> list[str]:
    """What each mark says on hover: its label and reading."""
    data = trace.customdata
    if data is None or len(data) != count:
        return [""] * count
    return [
        plain_text(": ".join(str(v) for v in (d if isinstance(d, list | tuple | np.ndarray) else [d]))) for d in data
    ]


def _errors(error: Any) -> list[tuple[float | None, float | None]]:
    if error is None or error.array is None:
        return []
    above = [float(v) for v in error.array]
    below = above if error.arrayminus is None else [float(v) for v in error.arrayminus]
    return list(zip(below, above, strict=True))


def with_intervals(marks: Sequence[Marks], strokes: Sequence[Line]) -> tuple[list[Marks], list[Line]]:
    """Strokes of two points through a mark of their colour become that mark's interval."""
    left, found = list(strokes), []
    for group in marks:
        placed = []
        for mark in group.marks:
            stroke = next((s for s in left if s.colour == group.colour and _through(s, mark)), None)
            if stroke is None:
                placed.append(mark)
                continue
            left.remove(stroke)
            (x0, _), (x1, _) = stroke.points
            placed.append(replace(mark, low=min(x0, x1), high=max(x0, x1)))
        found.append(replace(group, marks=tuple(placed)))
    return found, left


def _through(stroke: Line, mark: Mark) -> bool:
    if len(stroke.points) != 2 or mark.low is not None:
        return False
    (x0, y0), (x1, y1) = stroke.points
    return y0 == y1 == mark.y and min(x0, x1) <= mark.x <= max(x0, x1)


def bars_of(trace: Trace, names: Names, speech: Speech) -> list[Bar]:
    """The bars of a trace with what is written at their ends; their value where nothing is."""
    lying = trace.orientation == "h"
    labels, values = (trace.y, trace.x) if lying else (trace.x, trace.y)
    colours = _each(trace.marker.color, len(labels))
    errors = _errors(trace.error_x if lying else trace.error_y) or [(None, None)] * len(labels)
    texts = _each(trace.text or "", len(labels)) if not isinstance(trace.text, np.ndarray) else trace.text
    places = names.y if lying else names.x
    return [
        Bar(
            plain_text(str(label)), at(label, places), float(value), hexed(colour),
            plain_text(str(text)) or speech.number(float(value)),
            None if below is None else float(value) - below, None if above is None else float(value) + above,
        )
        for label, value, colour, (below, above), text in zip(labels, values, colours, errors, texts, strict=False)
        if not gone(value)
    ]  # fmt: skip


def hexed(colour: Any) -> str:
    """A colour as ``#rrggbb``; black when none is given."""
    return _colour(str(colour))[0] if colour is not None else "#000000"


def _colour(text: str) -> tuple[str, float]:
    if text.startswith("#"):
        return text[:7].lower(), 1.0
    parts = [float(n) for n in re.findall(r"[\d.]+", text)]
    if len(parts) < 3:
        raise ValueError(f"a colour this export doesn't know: {text!r}")
    return "#" + "".join(f"{round(n):02x}" for n in parts[:3]), parts[3] if len(parts) > 3 else 1.0
