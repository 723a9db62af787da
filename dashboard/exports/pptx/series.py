"""A plate as series of an XY chart: what stands where, in which colour, with which intervals and words."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dashboard.exports.plate import Axis, Band, Label, Line, Marks, Plate
from dashboard.exports.widths import wrapped

Position = Literal["l", "r", "t", "b", "ctr"]
RUG_SHARE, UNIT_SHARE = 0.1, 0.09
STROKE_POINTS = 2.0
# An application that rounds the limits of an axis drops points at its very end: limits lie a little outside.
INSIDE, EDGE = 1.002, 1.001
BESIDE = "\u2002"


@dataclass(frozen=True)
class Words:
    """A label at a point of a series."""

    text: str
    colour: str
    bold: bool
    position: Position


@dataclass(frozen=True)
class Series:
    """One series. Without ``symbol`` no marks are drawn, without ``width`` (in points) no line."""

    name: str
    xy: tuple[tuple[float, float], ...]
    colour: str
    symbol: str = ""
    size: int = 9
    hollow: bool = False
    width: float = 0.0
    dashed: bool = False
    opacity: float = 1.0
    words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Axis limits on paper: starting at a round value, with room below for the strip that shows where data lies."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float
    strip_top: float


def frame_of(plate: Plate) -> Frame:
    """The limits of an XY chart. Applications count ticks from the lower limit, so it must be a round value."""
    x_low, x_high = _round(plate.x)
    x_low = 0.0 if x_low < 0.0 <= _least_across(plate) else x_low
    y_low, y_high = _round(plate.y)
    if any(is_unit(label) for label in plate.labels):
        y_high += UNIT_SHARE * (y_high - y_low)
    if not plate.support:
        return Frame(x_low, x_high, y_low, y_high, y_low)
    room = (y_high - y_low) * plate.strip / (1 - plate.strip)
    step = plate.y.step or room
    bottom = y_low - step * max(1, round(room / step + 0.49))
    return Frame(x_low, x_high, bottom, y_high, bottom + RUG_SHARE * (y_high - bottom))


def _least_across(plate: Plate) -> float:
    """The least value drawn along x: where none is negative, such as among shares, the axis starts at zero."""
    found = [
        v for group in plate.marks for m in group.marks for v in (m.x, m.low if group.across else m.x) if v is not None
    ]
    found += [x for line in plate.lines for x, _ in line.points]
    found += [x for band in plate.bands for x, *_ in band.points]
    return min(found, default=-1.0)


def _round(axis: Axis) -> tuple[float, float]:
    if axis.log:
        return axis.low / INSIDE, axis.high * INSIDE
    room = (INSIDE - 1) * (axis.high - axis.low)
    if axis.step is None:
        return axis.low - room, axis.high + room
    return axis.step * (axis.low // axis.step), axis.high + room


def series_of(plate: Plate, frame: Frame, width_points: float, room: float, points: float, lines: int) -> list[Series]:
    """Every series, the longest first, for LibreOffice drops a series that a longer one follows.

    ``width_points`` is the width of the plot, ``room``, ``points`` and ``lines`` are
    the width of the names beside it, their size, and how many lines of them fit into a row.
    """
    found = [_rule(r.value, r.upright, r.colour, r.dashed, frame) for r in plate.rules]
    found += [limit for band in plate.bands for limit in _limits(band)]
    found += [_shading(band, frame, plate, width_points) for band in plate.bands if len(band.points) > 1]
    found += [_line(line) for line in plate.lines]
    if plate.support:
        found.append(_rug(plate, frame))
    found += [one for group in plate.marks for one in _marks(group)]
    found += [*_ticks(plate, frame, room, points, lines), *_labels(plate, frame)]
    return sorted(found, key=lambda one: -len(one.xy))


def _rule(value: float, upright: bool, colour: str, dashed: bool, frame: Frame) -> Series:
    ends = ((value, frame.y_low), (value, frame.y_high)) if upright else ((frame.x_low, value), (frame.x_high, value))
    return Series("zero" if value == 0 else "limit", ends, colour, width=1.25, dashed=dashed)


def _limits(band: Band) -> list[Series]:
    lower = Series(f"{band.name}: lower", tuple((x, low) for x, low, _ in band.points), band.colour, width=0.5)
    return [lower, replace(lower, name=f"{band.name}: upper", xy=tuple((x, high) for x, _, high in band.points))]


def _shading(band: Band, frame: Frame, plate: Plate, width_points: float) -> Series:
    """The inside of a band as one fine zigzag between its limits: XY charts can't fill. Straight between points."""
    log = plate.x.log
    given = ((frame.x_low, frame.x_high), [p[0] for p in band.points])
    ends, places = (np.log10(v) if log else np.array(v) for v in given)
    share = (places[-1] - places[0]) / (ends[1] - ends[0])
    grid = np.linspace(places[0], places[-1], max(2, int(width_points * share / STROKE_POINTS)))
    low, high = (np.interp(grid, places, [p[i] for p in band.points]) for i in (1, 2))
    back = 10.0**grid if log else grid
    points: list[tuple[float, float]] = []
    for i, (x, below, above) in enumerate(zip(back, low, high, strict=True)):
        pair = [(float(x), float(below)), (float(x), float(above))]
        points += pair if i % 2 == 0 else pair[::-1]
    return Series(f"{band.name}: shading", tuple(points), band.colour, width=STROKE_POINTS, opacity=band.opacity)


def _line(line: Line) -> Series:
    return Series(line.name, line.points, line.colour, width=line.width * 0.9, dashed=line.dashed)


def _rug(plate: Plate, frame: Frame) -> Series:
    """A comb along the bottom: one tooth per point, as tall as incidents lie near."""
    tall = frame.strip_top - frame.y_low
    teeth = [(x, frame.y_low + share * tall) for x, share in plate.support]
    comb = tuple(p for x, top in teeth for p in ((x, frame.y_low), (x, top), (x, frame.y_low)))
    return Series("how many cases were like this", comb, plate.quiet, width=1.0, opacity=0.55)


def _marks(group: Marks) -> list[Series]:
    """The marks, and each interval as a line from its lower to its upper limit, named after its mark."""
    found = [
        Series(
            f"{group.name}: {(m.text or str(i + 1)).partition(':')[0]}",
            ((m.low, m.y), (m.high, m.y)) if group.across else ((m.x, m.low), (m.x, m.high)),
            group.colour,
            width=2.25,
        )
        for i, m in enumerate(group.marks)
        if m.low is not None and m.high is not None
    ]
    places = tuple((m.x, m.y) for m in group.marks)
    return [*found, Series(group.name, places, group.colour, group.symbol, round(group.size * 0.75), group.hollow)]


def _ticks(plate: Plate, frame: Frame, room: float, points: float, lines: int) -> list[Series]:
    """Words of an axis as labels of unseen points: applications write only numbers beside a value axis."""
    found = []
    if plate.y.named or plate.support:
        colour = plate.ink if plate.y.named else plate.quiet
        words = tuple(
            Words(_apart(wrapped(text, room, points, lines)), colour, False, "l") for _, text in plate.y.ticks
        )
        edge = frame.x_low * EDGE if plate.x.log else frame.x_low + (EDGE - 1) * (frame.x_high - frame.x_low)
        found.append(Series("names", tuple((edge, v) for v, _ in plate.y.ticks), plate.ink, words=words))
    if plate.x.named or plate.x.log:
        words = tuple(Words(text, plate.quiet, False, "b") for _, text in plate.x.ticks)
        floor = frame.y_low + (EDGE - 1) * (frame.y_high - frame.y_low)
        found.append(Series("ticks", tuple((v, floor) for v, _ in plate.x.ticks), plate.ink, words=words))
    return found


def _apart(text: str) -> str:
    """A name that keeps clear of marks at the axis."""
    return "\n".join(line + BESIDE for line in text.split("\n"))


def _labels(plate: Plate, frame: Frame) -> list[Series]:
    if not plate.labels:
        return []
    places = tuple(_place(label, plate, frame) for label in plate.labels)
    words = tuple(
        Words(BESIDE * (label.dx > 0) + label.text, label.colour, label.bold, _position(label))
        for label in plate.labels
    )
    return [Series("readings", places, plate.ink, words=words)]


def is_unit(label: Label) -> bool:
    """The words at the top left corner that name the unit of the upright axis."""
    return label.x_share and label.y_share and label.x == 0 and label.y == 1


def _place(label: Label, plate: Plate, frame: Frame) -> tuple[float, float]:
    x = label.x
    if label.x_share:
        middle = (plate.x.low + plate.x.high) / 2
        x = plate.x.low if label.x == 0 else plate.x.high if label.x == 1 else middle
    if not label.y_share:
        return x, label.y
    tall = frame.y_high - frame.y_low
    if label.y <= plate.strip and plate.support:
        return x, frame.strip_top + 0.02 * tall
    return x, min(frame.y_low + label.y * tall, frame.y_high - (INSIDE - 1) * tall)


def _position(label: Label) -> Position:
    if label.y_share and label.above and not label.x_share:
        return "t"
    return {"left": "r", "right": "l", "center": "ctr"}[label.anchor]  # type: ignore[return-value]
