"""A chart as what stands on it: axes, marks with intervals, lines, bands, bars, labels. Every format draws from this.

Read from a figure once, so that a slide, a page and a workbook show the very numbers of the screen. Sizes are pixels of
the screen, colours ``#rrggbb``.
"""

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["left", "center", "right"]
Symbol = Literal["circle", "diamond", "square", "triangle", "tick"]


@dataclass(frozen=True)
class Axis:
    """One axis from ``low`` to ``high`` in data units; ``named`` ticks carry words, others numbers ``step`` apart.

    ``form`` is the number format of spreadsheets for the numbers.
    """

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    named: bool = False
    log: bool = False
    grid: bool = True
    step: float | None = None
    form: str = "General"


@dataclass(frozen=True)
class Mark:
    """One mark; ``low`` to ``high`` is its interval along the value axis, ``text`` what it says."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None
    text: str = ""


@dataclass(frozen=True)
class Marks:
    """Marks of one name and colour; ``hollow`` ones are drawn as an outline. ``across``: intervals run along x."""

    name: str
    colour: str
    symbol: Symbol
    hollow: bool
    size: float
    marks: tuple[Mark, ...]
    across: bool = True


@dataclass(frozen=True)
class Line:
    """Points joined in order."""

    name: str
    colour: str
    width: float
    points: tuple[tuple[float, float], ...]
    dashed: bool = False


@dataclass(frozen=True)
class Band:
    """An interval band: (x, low, high) in ascending x."""

    name: str
    colour: str
    opacity: float
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Bar:
    """One bar from zero to ``value`` at its place on the named axis; ``text`` is written at its end."""

    label: str
    place: float
    value: float
    colour: str
    text: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Rule:
    """A straight line through the whole chart at one value of an axis: zero, a limit, a target."""

    upright: bool
    value: float
    colour: str
    dashed: bool


@dataclass(frozen=True)
class Label:
    """Words at a place: on an axis's data units, or at its edge as a share from 0 to 1. ``dx`` and ``dy`` move it."""

    text: str
    colour: str
    bold: bool
    x: float
    y: float
    x_share: bool
    y_share: bool
    anchor: Anchor
    above: bool = False
    dx: float = 0.0
    dy: float = 0.0
    size: float = 13.0


@dataclass(frozen=True)
class Cell:
    """One cell of a table of values: what it says and the colour behind it."""

    text: str
    colour: str = ""


@dataclass(frozen=True)
class Grid:
    """A surface as a table: rows from top to bottom; an empty text is a masked cell."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    x_title: str
    y_title: str


@dataclass(frozen=True)
class Plate:
    """Everything on one chart. ``strip``: the share of the height at the bottom that shows where data lies."""

    height: float
    margin: tuple[float, float, float, float]
    x: Axis
    y: Axis
    bands: tuple[Band, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Marks, ...] = ()
    bars: tuple[Bar, ...] = ()
    rules: tuple[Rule, ...] = ()
    labels: tuple[Label, ...] = ()
    support: tuple[tuple[float, float], ...] = ()
    strip: float = 0.0
    grid: Grid | None = None
    lying: bool = True
    background: str = "#ffffff"
    ink: str = "#000000"
    quiet: str = "#666666"
    hairline: str = "#dddddd"
