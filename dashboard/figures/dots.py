"""Dots with intervals from top to bottom on one scale: shares, counts per 100, ratios, beside a reference."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.figures.theme import INTERVAL, MARKERS, TEXT_SIZE, Palette, Role, axis, blank, note

LINE_PIXELS, LABEL_LETTERS, LETTER_PIXELS = 38, 16, 7.6
READING_LETTER_PIXELS = 7.4
RATIO_TICKS = (0.1, 0.3, 1, 3, 10)
PAD, SMALLEST_RATIO = 0.06, 0.05
OTHER_DROP = 0.42


@dataclass(frozen=True)
class Dot:
    """One line: a value with its limits, what is written beside it, and a second value to compare with.

    A gap (``value`` None) keeps its place and its ``reading``; ``role`` gives colour and marker.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    reading: str
    other: float | None = None
    role: Role = Role.ADJUSTED


@dataclass(frozen=True)
class Reference:
    """A vertical line at ``value``, with a word at its top."""

    value: float
    word: str


@dataclass(frozen=True)
class Axis:
    """The scale: its title; ``share`` is shown per cent, ``ratio`` on a logarithm; ``from_zero`` keeps 0 in sight."""

    title: str
    share: bool = True
    ratio: bool = False
    from_zero: bool = False

    def place(self, value: float | None) -> float | None:
        """Where a value lies on the axis."""
        return 100 * value if self.share and value is not None else value


def dots(
    lines: Sequence[Dot], scale: Axis, colours: Palette, *, reference: Reference | None = None, other: str = ""
) -> go.Figure:
    """The lines in the order given. ``other`` names the second value, a hollow diamond a little below the first."""
    heights = [len(lines) - 1 - i for i in range(len(lines))]
    labels = ["<br>".join(wrap(line.label, LABEL_LETTERS)) for line in lines]
    left = round(LETTER_PIXELS * max((len(part) for text in labels for part in text.split("<br>")), default=0)) + 14
    right = round(READING_LETTER_PIXELS * max((len(line.reading) for line in lines), default=0)) + 14
    placed = [_placed(line, scale) for line in lines]
    bar = reference and Reference(scale.place(reference.value) or 0.0, reference.word)
    figure = blank(colours, height=LINE_PIXELS * len(lines) + 84, l=left, r=right, t=28)
    figure.update_layout(
        xaxis=axis(
            colours,
            scale.title,
            ticksuffix=" %" if scale.share else "",
            nticks=4,
            type="log" if scale.ratio else "linear",
            range=_extent(placed, scale, bar),
            **({"tickvals": RATIO_TICKS} if scale.ratio else {}),
        ),
        yaxis=axis(
            colours,
            showgrid=False,
            tickvals=heights,
            ticktext=labels,
            range=[-0.6, len(lines) - 0.4],
            tickfont={"size": TEXT_SIZE, "color": colours.ink},
        ),
    )
    if bar:
        _refer(figure, bar, colours, ratio=scale.ratio)
    _compare(figure, placed, heights, colours, other)
    _mark(figure, placed, heights, colours)
    return figure


def _placed(line: Dot, scale: Axis) -> Dot:
    put = scale.place
    return replace(line, value=put(line.value), low=put(line.low), high=put(line.high), other=put(line.other))


def _extent(lines: Sequence[Dot], scale: Axis, reference: Reference | None) -> list[float]:
    """Everything drawn lies inside; a ratio's limits are powers of ten, as the plotting library wants them."""
    values = [v for line in lines for v in (line.value, line.low, line.high, line.other) if v is not None]
    values += [reference.value] if reference else []
    if scale.ratio:
        values = [math.log10(max(v, SMALLEST_RATIO)) for v in values]
    low, high = min(values, default=0.0), max(values, default=1.0)
    pad = PAD * ((high - low) or 1.0)
    return [(min(0.0, low) if scale.from_zero else low) - pad, high + pad]


def _refer(figure: go.Figure, reference: Reference, colours: Palette, *, ratio: bool) -> None:
    figure.add_vline(x=reference.value, line={"color": colours.axis, "width": 1.5}, layer="below")
    at = math.log10(reference.value) if ratio else reference.value
    figure.add_annotation(note(reference.word, colours.quiet, x=at, yref="paper", y=1, yanchor="bottom"))


def _mark(figure: go.Figure, lines: Sequence[Dot], heights: Sequence[int], colours: Palette) -> None:
    for line, height in zip(lines, heights, strict=True):
        colour = colours.colour(line.role)
        if line.low is not None and line.high is not None:
            figure.add_scatter(
                x=[line.low, line.high],
                y=[height, height],
                mode="lines",
                name=INTERVAL,
                hoverinfo="skip",
                line={"color": colour, "width": 3},
            )
        figure.add_annotation(
            note(line.reading, colours.ink if line.value is not None else colours.quiet, xref="paper", x=1, y=height)
            | {"xanchor": "left", "xshift": 10}
        )
    known = [(line, height) for line, height in zip(lines, heights, strict=True) if line.value is not None]
    shades = [colours.colour(line.role) for line, _ in known]
    figure.add_scatter(
        x=[line.value for line, _ in known],
        y=[height for _, height in known],
        mode="markers",
        name="value",
        cliponaxis=False,
        marker={
            "symbol": [MARKERS[line.role] for line, _ in known],
            "size": 12,
            "line": {"width": 2.5, "color": shades},
            "color": shades,
        },
        customdata=[[line.label, line.reading] for line, _ in known],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
    )


def _compare(figure: go.Figure, lines: Sequence[Dot], heights: Sequence[int], colours: Palette, name: str) -> None:
    known = [(line, height) for line, height in zip(lines, heights, strict=True) if line.other is not None]
    if not known:
        return
    figure.add_scatter(
        x=[line.other for line, _ in known],
        y=[height - OTHER_DROP for _, height in known],
        mode="markers",
        name=name,
        marker={"symbol": MARKERS[Role.RAW], "size": 10, "color": colours.raw, "line": {"width": 2}},
        customdata=[line.label for line, _ in known],
        hovertemplate=f"<b>%{{customdata}}</b><br>{name}: %{{x}}<extra></extra>",
    )
