"""A curve with its interval band, ending where the data ends, over a strip that shows how much data lies where."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import plotly.graph_objects as go

from dashboard.figures.theme import SMALL_SIZE, SUPPORT, Palette, Role, axis, blank, note

HEIGHT, STRIP, STRIP_GAP = 346, 0.12, 0.08
LABEL_GAP = 0.075


@dataclass(frozen=True)
class Point:
    """One point of a curve, per 100 customers. ``n_near`` counts the incidents it rests on."""

    x: float
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    supported: bool
    n_near: int


@dataclass(frozen=True)
class Line:
    """One series of points in ascending x, and the word written at its end."""

    label: str
    role: Role
    points: tuple[Point, ...]

    @property
    def shown(self) -> tuple[Point, ...]:
        """The points that rest on enough data to be drawn."""
        return tuple(p for p in self.points if p.supported and p.estimate is not None)

    @property
    def stretches(self) -> tuple[tuple[Point, ...], ...]:
        """Neighbouring points that are shown; a gap in the data parts two stretches and is never bridged."""
        grouped = groupby(self.points, key=lambda p: p.supported and p.estimate is not None)
        return tuple(tuple(points) for shown, points in grouped if shown)


@dataclass(frozen=True)
class Scale:
    """The x axis: where ticks go and what they say; ``log`` for spans of time."""

    ticks: tuple[tuple[float, str], ...]
    title: str
    log: bool = False


def curve(lines: Sequence[Line], scale: Scale, colours: Palette, unit: str) -> go.Figure:
    """Lines with bands above a support strip; nothing is drawn where ``supported`` is false. ``unit`` names y."""
    drawn = [line for line in lines if line.shown]
    near = _near(lines)
    below = STRIP + STRIP_GAP if near else 0.0
    figure = blank(colours, height=HEIGHT, l=40, r=100 if len(drawn) > 1 else 24, t=30)
    figure.update_layout(
        xaxis=axis(
            colours,
            scale.title,
            type="log" if scale.log else "linear",
            showgrid=False,
            anchor="y2" if near else "y",
            tickvals=[x for x, _ in scale.ticks],
            ticktext=[text for _, text in scale.ticks],
        ),
        yaxis=axis(colours, nticks=6, domain=[below, 1]),
        yaxis2={"domain": [0, STRIP], "visible": False, "fixedrange": True, "range": [0, 1.02]},
    )
    figure.add_annotation(
        note(unit, colours.quiet, xref="paper", x=0, yref="paper", y=1, yanchor="bottom", yshift=8)
        | {"xanchor": "left", "xshift": -40}
    )
    for line in drawn:
        for stretch in line.stretches:
            _draw(figure, line, stretch, colours, unit)
    if len(drawn) > 1:
        _label(figure, drawn, colours)
    if near:
        _strip(figure, near, colours)
    return figure


def _draw(figure: go.Figure, line: Line, stretch: Sequence[Point], colours: Palette, unit: str) -> None:
    x = np.array([p.x for p in stretch])
    limits = [(p.estimate, p.ci_low, p.ci_high) for p in stretch]
    middle, low, high = (np.array(values, dtype=float) for values in zip(*limits, strict=True))
    figure.add_scatter(
        x=np.concatenate([x, x[::-1]]),
        y=np.concatenate([low, high[::-1]]),
        mode="lines",
        fill="toself",
        fillcolor=colours.band(line.role),
        line={"width": 0},
        hoverinfo="skip",
        name=f"{line.label} band",
    )
    figure.add_scatter(
        x=x,
        y=middle,
        mode="lines",
        name=line.label,
        line={"color": colours.colour(line.role), "width": 2.5},
        customdata=np.column_stack([low, high, [p.n_near for p in stretch]]),
        hovertemplate=f"<b>%{{y:.1f}}</b> {unit}<br>interval %{{customdata[0]:.1f}} to %{{customdata[1]:.1f}}"
        "<br>%{customdata[2]:,} cases like this<extra></extra>",
    )


def _label(figure: go.Figure, drawn: Sequence[Line], colours: Palette) -> None:
    """Names at the right edge, level with the line's end but never touching each other."""
    values = [v for line in drawn for p in line.shown for v in (p.ci_low, p.ci_high) if v is not None]
    gap = LABEL_GAP * (max(values) - min(values))
    below = math.inf
    for line in sorted(drawn, key=lambda one: -float(one.shown[-1].estimate or 0.0)):
        y = min(float(line.shown[-1].estimate or 0.0), below - gap)
        below = y
        figure.add_annotation(
            note(f"<b>{line.label}</b>", colours.colour(line.role), xref="paper", x=1, y=y, xanchor="left", xshift=6)
        )


def _near(lines: Sequence[Line]) -> dict[float, int]:
    """How many incidents lie near each point of the grid; empty where it is the same everywhere and so says nothing."""
    near: dict[float, int] = {}
    for line in lines:
        for point in line.points:
            near[point.x] = near.get(point.x, 0) + point.n_near
    return near if len(set(near.values())) > 1 else {}


def _strip(figure: go.Figure, near: dict[float, int], colours: Palette) -> None:
    """One tick per point of the grid, its height the square root of the incidents near it."""
    most = max(near.values())
    figure.add_scatter(
        x=[x for x in sorted(near) for _ in range(3)],
        y=[y for x in sorted(near) for y in (0.0, math.sqrt(near[x] / most), None)],
        yaxis="y2",
        mode="lines",
        line={"color": colours.axis, "width": 1.5},
        hoverinfo="skip",
        name=SUPPORT,
    )
    figure.add_annotation(
        note("how many cases were like this", colours.quiet, xref="paper", x=1, yref="paper", y=STRIP, yanchor="bottom")
        | {"xanchor": "right", "font": {"size": SMALL_SIZE - 1, "color": colours.quiet}}
    )
