"""Read a figure of the screen as a plate: the same marks at the same places, for formats that draw natively."""

from collections.abc import Iterable, Mapping
from typing import Any

import plotly.graph_objects as go

from dashboard.exports.grids import grid_of
from dashboard.exports.plate import Band, Bar, Label, Line, Marks, Plate, Rule
from dashboard.exports.scales import axis_of, plain_text
from dashboard.exports.traces import (
    BAND,
    Place,
    Trace,
    at,
    band_of,
    bars_of,
    gone,
    hexed,
    is_line,
    is_marks,
    lines_of,
    marks_of,
    names_of,
    readable,
    with_intervals,
)
from words.speech import Speech

SUPPORT = "support"


def plate_of(figure: go.Figure, speech: Speech) -> Plate:
    """Everything drawn on ``figure``. Traces it can't read raise ``ValueError``: nothing is left out unsaid."""
    if unknown := {t.type for t in figure.data if not readable(t)}:
        raise ValueError(f"traces that exports can't read: {', '.join(sorted(unknown))}")
    layout = figure.layout.to_plotly_json()
    margin = layout.get("margin") or {}
    base: dict[str, Any] = {
        "height": float(layout.get("height") or 360),
        "margin": tuple(float(margin.get(side, 40)) for side in "lrtb"),
        "background": layout.get("paper_bgcolor") or "#ffffff",
        "ink": (layout.get("font") or {}).get("color") or "#1c2226",
        "quiet": ((layout.get("xaxis") or {}).get("tickfont") or {}).get("color") or "#626b70",
        "hairline": (layout.get("xaxis") or {}).get("gridcolor") or "#eae7de",
    }
    heat = [t for t in figure.data if t.type == "heatmap"]
    if heat:
        x, y = (axis_of({}, [], speech, pad=False) for _ in "xy")
        return Plate(**base, x=x, y=y, grid=grid_of(heat[0], layout, speech))
    return _drawn(figure, layout, base, speech)


def _drawn(figure: go.Figure, layout: Mapping[str, Any], base: Mapping[str, Any], speech: Speech) -> Plate:
    names = names_of(figure.data)
    main = [t for t in figure.data if t.name != SUPPORT]
    bars = [b for t in main if t.type == "bar" for b in bars_of(t, names, speech)]
    bands = [band_of(t, names) for t in main if t.type == "scatter" and t.fill == BAND]
    strokes = [line for t in main if is_line(t) for line in lines_of(t, names)]
    marks = [m for t in main if is_marks(t) for m in marks_of(t, names)]
    marks, lines = with_intervals(marks, strokes)
    lying = not any(t.type == "bar" and t.orientation != "h" for t in main)
    x_layout, y_layout = (_named(layout.get(f"{a}axis") or {}, names[a]) for a in "xy")
    xs, ys = _extent(bands, lines, marks, bars, lying=lying)
    domain = (layout.get("yaxis") or {}).get("domain") or (0, 1)
    return Plate(
        **base,
        x=axis_of(x_layout, xs, speech, pad=bool(marks)),
        y=axis_of(y_layout, ys, speech, pad=True),
        bands=tuple(bands),
        lines=tuple(lines),
        marks=tuple(marks),
        bars=tuple(bars),
        rules=tuple(_rules(layout.get("shapes") or ())),
        labels=tuple(_labels(layout.get("annotations") or (), names, log=x_layout.get("type") == "log")),
        support=_support(figure.data),
        strip=float(domain[0]),
        lying=lying,
    )


def _named(layout: Mapping[str, Any], names: Place) -> Mapping[str, Any]:
    if not names or layout.get("tickvals") is not None:
        return layout
    limits = (-0.6, len(names) - 0.4)
    words = {"tickvals": list(names.values()), "ticktext": list(names), "range": limits}
    return dict(layout) | {"showgrid": False} | words


def _extent(
    bands: Iterable[Band], lines: Iterable[Line], marks: Iterable[Marks], bars: Iterable[Bar], *, lying: bool
) -> tuple[list[float], list[float]]:
    xs = (
        [p[0] for b in bands for p in b.points]
        + [p[0] for one in lines for p in one.points]
        + [m.x for g in marks for m in g.marks]
    )
    ys = [v for b in bands for p in b.points for v in p[1:]] + [p[1] for one in lines for p in one.points]
    ys += [m.y for g in marks for m in g.marks]
    for group in marks:
        (xs if group.across else ys).extend(v for m in group.marks for v in (m.low, m.high) if v is not None)
    values = [v for b in bars for v in (0.0, b.value, b.low, b.high) if v is not None]
    (xs if lying else ys).extend(values)
    return xs, ys


def _rules(shapes: Iterable[Mapping[str, Any]]) -> list[Rule]:
    found = []
    for s in shapes:
        if s.get("type") != "line":
            continue
        line = s.get("line") or {}
        upright = s.get("x0") == s.get("x1")
        value = s["x0"] if upright else s["y0"]
        found.append(Rule(upright, float(value), hexed(line.get("color")), line.get("dash") not in (None, "solid")))
    return found


def _labels(annotations: Iterable[Mapping[str, Any]], names: dict[str, Place], *, log: bool) -> list[Label]:
    """The notes of a figure; on a logarithmic axis the figure gives their place as a power of ten."""
    return [_label(a, names, log=log) for a in annotations if plain_text(a.get("text") or "")]


def _label(note: Mapping[str, Any], names: dict[str, Place], *, log: bool) -> Label:
    font, text = note.get("font") or {}, note["text"]
    x_share, y_share = (str(note.get(f"{a}ref") or a).startswith(("paper", f"{a} domain")) for a in "xy")
    x = at(note["x"], names["x"])
    return Label(
        text=plain_text(text),
        colour=hexed(font.get("color")),
        bold="<b>" in text,
        x=10.0**x if log and not x_share else x,
        y=at(note["y"], names["y"]),
        x_share=x_share,
        y_share=y_share,
        anchor=note["xanchor"] if note.get("xanchor") in ("left", "right") else "center",
        above=note.get("yanchor") == "bottom",
        dx=float(note.get("xshift") or 0),
        dy=float(note.get("yshift") or 0),
        size=float(font.get("size") or 13),
    )


def _support(traces: Iterable[Trace]) -> tuple[tuple[float, float], ...]:
    """(x, height as a share) where incidents lie: the tops of the strip's ticks."""
    pairs = ((x, y) for t in traces if t.name == SUPPORT for x, y in zip(t.x, t.y, strict=True))
    return tuple((float(x), float(y)) for x, y in pairs if not gone(y) and y > 0)
