"""One measure over time as a small picture: line, usual band, target and events, the latest value marked."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from dashboard.figures.theme import DARK, LIGHT, Palette

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 380.0, 74.0, 4.0, 10.0, 58.0
# Width of a letter, and what the names of the first and the last step take.
LETTER, ENDS = 5.4, 72.0


@dataclass(frozen=True)
class Moment:
    """One step: how it is called, and the value with its limits where it has some."""

    name: str
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Event:
    """Something that happened in a step, by its place in the line."""

    at: int
    name: str


@dataclass(frozen=True)
class Timeline:
    """A measure step by step, the latest last; ``usual`` and ``target`` where they are known.

    ``worse``: the latest value is clearly on the wrong side of what is usual.
    """

    moments: tuple[Moment, ...]
    usual: tuple[float, float] | None
    target: float | None
    target_name: str
    alt: str
    worse: bool
    events: tuple[Event, ...] = ()


def image(plate: Timeline) -> str:
    """The picture as an ``<img>`` that says what it shows."""
    data = b64encode(svg(plate).encode()).decode()
    return f'<img class="amends-timeline" alt="{escape(plate.alt)}" src="data:image/svg+xml;base64,{data}">'


def svg(plate: Timeline) -> str:
    """The picture as a document of its own."""
    ends = (plate.moments[-1].low, plate.moments[-1].high, *(plate.usual or ()), plate.target)
    levels = [m.value for m in plate.moments] + [v for v in ends if v is not None]
    low, high = float(min(levels)), float(max(levels))
    step = (BOTTOM - TOP) / ((high - low) or 1.0)

    def y(value: float) -> float:
        return BOTTOM - (value - low) * step

    gap = (WIDTH - 2 * LEFT - 8) / max(len(plate.moments) - 1, 1)
    points = [(LEFT + gap * i, y(m.value)) for i, m in enumerate(plate.moments)]
    last, (x_last, y_last) = plate.moments[-1], points[-1]
    parts = [_band(plate, y), _target(plate, y)]
    parts += [_event(event, points[event.at][0]) for event in plate.events]
    if last.low is not None and last.high is not None:
        ends_y = y(last.low), y(last.high)
        parts.append(
            f'<line class="interval" x1="{x_last:.1f}" x2="{x_last:.1f}" y1="{ends_y[0]:.1f}" y2="{ends_y[1]:.1f}"/>'
        )
    parts += [
        f'<polyline class="curve" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}"/>',
        f'<circle class="dot{" worse" if plate.worse else ""}" cx="{x_last:.1f}" cy="{y_last:.1f}" r="4.5"/>',
        _text(LEFT, HEIGHT - 3, plate.moments[0].name, "start"),
        _text(WIDTH, HEIGHT - 3, last.name, "end"),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}"><style>{_STYLE}</style>{"".join(parts)}</svg>'
    )


def _band(plate: Timeline, y: Callable[[float], float]) -> str:
    if plate.usual is None:
        return ""
    low, high = plate.usual
    top, height = y(high), y(low) - y(high)
    return f'<rect class="usual" x="0" width="{WIDTH:g}" y="{top:.1f}" height="{max(height, 1.0):.1f}"/>'


def _event(event: Event, x: float) -> str:
    """A line across, and its name below where the ends of the axis leave room for it."""
    line = f'<line class="event" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP:g}" y2="{BOTTOM:g}"/>'
    half = LETTER * len(event.name) / 2
    fits = x - half > ENDS and x + half < WIDTH - ENDS
    return line + (_text(x, HEIGHT - 3, event.name, "middle") if fits else "")


def _target(plate: Timeline, y: Callable[[float], float]) -> str:
    if plate.target is None:
        return ""
    at = y(plate.target)
    line = f'<line class="target" x1="0" x2="{WIDTH:g}" y1="{at:.1f}" y2="{at:.1f}"/>'
    return line + _text(0, max(at - 3, 9), plate.target_name, "start")


def _text(x: float, y: float, said: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'


def _style(colours: Palette) -> str:
    return (
        f"text{{fill:{colours.quiet}}}.usual{{fill:{colours.grid}}}.event{{stroke:{colours.axis}}}.target{{stroke:{colours.quiet}}}"
        f".curve{{stroke:{colours.adjusted}}}.interval{{stroke:{colours.adjusted}}}.dot{{fill:{colours.adjusted}}}"
        f".dot.worse{{fill:{colours.raw}}}"
    )


_STYLE = (
    'text{font:11px "Source Sans 3","Source Sans Pro","Helvetica Neue",Arial,sans-serif}'
    ".target{stroke-dasharray:2 3}.curve{fill:none;stroke-width:2}.interval{stroke-width:5;opacity:.3}"
    f"{_style(LIGHT)}@media (prefers-color-scheme:dark){{{_style(DARK)}}}"
)
