"""Read a figure of the screen as a plate: the same marks at the same places, for formats that draw natively."""

from collections.abc import Iterable
from dataclasses import replace

import plotly.graph_objects as go

from dashboard.exports.grids import grid_of
from dashboard.exports.plate import Axis, Band, Bar, Label, Line, Marks, Plate, Rule
from dashboard.exports.scales import AxisLayout, axis_of, plain_text
from dashboard.exports.traces import (
    BAND,
    Names,
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
from dashboard.figures.theme import SUPPORT
from words.speech import Speech

HEIGHT, MARGIN = 360.0, 40.0
EMPTY = Axis("", 0.0, 1.0, ())


def plate_of(figure: go.Figure, speech: Speech) -> Plate:
    """Everything drawn on ``figure``. Traces it can't read raise ``ValueError``: nothing is left out unsaid."""
    if unknown := {t.type for t in figure.data if not readable(t)}:
        raise ValueError(f"traces that exports can't read: {', '.join(sorted(unknown))}")
    sheet = _sheet(figure.layout)
    heat = [t for t in figure.data if t.type == "heatmap"]
    return replace(sheet, grid=grid_of(heat[0], figure.layout, speech)) if heat else _drawn(sheet, figure, speech)


def _sheet(layout: go.Layout) -> Plate:
    """The paper of a figure, with nothing on it."""
    margin = layout.margin
    left, right, top, bottom = (
        MARGIN if side is None else float(side) for side in (margin.l, margin.r, margin.t, margin.b)
    )
    return Plate(
        height=float(layout.height or HEIGHT),
        margin=(left, right, top, bottom),
        x=EMPTY,
        y=EMPTY,
        background=layout.paper_bgcolor or "#ffffff",
        ink=layout.font.color or "#1c2226",
        quiet=layout.xaxis.tickfont.color or "#626b70",
        hairline=layout.xaxis.gridcolor or "#eae7de",
    )


def _drawn(sheet: Plate, figure: go.Figure, speech: Speech) -> Plate:
    layout, names = figure.layout, names_of(figure.data)
    main = [t for t in figure.data if t.name != SUPPORT]
    bars = [b for t in main if t.type == "bar" for b in bars_of(t, names, speech)]
    bands = [band_of(t, names) for t in main if t.type == "scatter" and t.fill == BAND]
    strokes = [line for t in main if is_line(t) for line in lines_of(t, names)]
    marks = [m for t in main if is_marks(t) for m in marks_of(t, names)]
    marks, lines = with_intervals(marks, strokes)
    lying = not any(t.type == "bar" and t.orientation != "h" for t in main)
    xs, ys = _extent(bands, lines, marks, bars, lying=lying)
    return replace(
        sheet,
        x=axis_of(_named(layout.xaxis, names.x), xs, speech, pad=bool(marks)),
        y=axis_of(_named(layout.yaxis, names.y), ys, speech, pad=True),
        bands=tuple(bands),
        lines=tuple(lines),
        marks=tuple(marks),
        bars=tuple(bars),
        rules=tuple(_rule(s) for s in layout.shapes if s.type == "line"),
        labels=tuple(
            _label(a, names, log=layout.xaxis.type == "log") for a in layout.annotations if plain_text(a.text or "")
        ),
        support=_support(figure.data),
        strip=float((layout.yaxis.domain or (0, 1))[0]),
        lying=lying,
    )


def _named(axis: AxisLayout, names: Place) -> AxisLayout:
    """The axis with words for numbers, where words are its coordinates."""
    if not names or axis.tickvals is not None:
        return axis
    limits = (-0.6, len(names) - 0.4)
    return type(axis)(axis, showgrid=False, tickvals=list(names.values()), ticktext=list(names), range=limits)


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


def _rule(shape: go.layout.Shape) -> Rule:
    upright = shape.x0 == shape.x1
    value = shape.x0 if upright else shape.y0
    return Rule(upright, float(value), hexed(shape.line.color), shape.line.dash not in (None, "solid"))


def _label(note: go.layout.Annotation, names: Names, *, log: bool) -> Label:
    """A note of a figure; on a logarithmic axis the figure gives its place as a power of ten."""
    x_share, y_share = _is_share(note.xref, "x"), _is_share(note.yref, "y")
    x = at(note.x, names.x)
    return Label(
        text=plain_text(note.text),
        colour=hexed(note.font.color),
        bold="<b>" in note.text,
        x=10.0**x if log and not x_share else x,
        y=at(note.y, names.y),
        x_share=x_share,
        y_share=y_share,
        anchor=note.xanchor if note.xanchor in ("left", "right") else "center",
        above=note.yanchor == "bottom",
        dx=float(note.xshift or 0),
        dy=float(note.yshift or 0),
        size=float(note.font.size or 13),
    )


def _is_share(reference: str | None, axis: str) -> bool:
    """Whether a place is a share of the paper or of an axis rather than in data units."""
    return (reference or axis).startswith(("paper", f"{axis} domain"))


def _support(traces: Iterable[Trace]) -> tuple[tuple[float, float], ...]:
    """(x, height as a share) where incidents lie: the tops of the strip's ticks."""
    pairs = ((x, y) for t in traces if t.name == SUPPORT for x, y in zip(t.x, t.y, strict=True))
    return tuple((float(x), float(y)) for x, y in pairs if not gone(y) and y > 0)
