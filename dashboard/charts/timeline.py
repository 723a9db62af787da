"""One measure over months as a small picture: its line, the usual band, the target, and the latest value marked."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from dashboard.figures.theme import DARK, LIGHT, Palette

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 380.0, 74.0, 4.0, 10.0, 58.0


@dataclass(frozen=True)
class Moment:
    """One month: how it is called, and the value with its limits."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Timeline:
    """A measure month by month, the latest last; ``usual`` and ``target`` where they are known.

    ``worse``: the latest value is clearly on the wrong side of what is usual.
    """

    moments: tuple[Moment, ...]
    usual: tuple[float, float] | None
    target: float | None
    target_name: str
    alt: str
    worse: bool


def image(plate: Timeline) -> str:
    """The picture as an ``<img>`` that says what it shows."""
    data = b64encode(svg(plate).encode()).decode()
    return f'<img class="amends-timeline" alt="{escape(plate.alt)}" src="data:image/svg+xml;base64,{data}">'


def svg(plate: Timeline) -> str:
    """The picture as a document of its own."""
    levels = [m.value for m in plate.moments] + [plate.moments[-1].low, plate.moments[-1].high]
    levels += [v for v in (*(plate.usual or ()), plate.target) if v is not None]
    low, high = min(levels), max(levels)
    step = (BOTTOM - TOP) / ((high - low) or 1.0)

    def y(value: float) -> float:
        return BOTTOM - (value - low) * step

    gap = (WIDTH - 2 * LEFT - 8) / max(len(plate.moments) - 1, 1)
    points = [(LEFT + gap * i, y(m.value)) for i, m in enumerate(plate.moments)]
    last, (x_last, y_last) = plate.moments[-1], points[-1]
    parts = [_band(plate, y), _target(plate, y)]
    parts += [
        f'<polyline class="curve" points="{" ".join(f"{a:.1f},{b:.1f}" for a, b in points)}"/>',
        f'<line class="interval" x1="{x_last:.1f}" x2="{x_last:.1f}" y1="{y(last.low):.1f}" y2="{y(last.high):.1f}"/>',
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
        f"text{{fill:{colours.quiet}}}.usual{{fill:{colours.grid}}}.target{{stroke:{colours.quiet}}}"
        f".curve{{stroke:{colours.adjusted}}}.interval{{stroke:{colours.adjusted}}}.dot{{fill:{colours.adjusted}}}"
        f".dot.worse{{fill:{colours.raw}}}"
    )


_STYLE = (
    'text{font:11px "Source Sans 3","Source Sans Pro","Helvetica Neue",Arial,sans-serif}'
    ".target{stroke-dasharray:2 3}.curve{fill:none;stroke-width:2}.interval{stroke-width:5;opacity:.3}"
    f"{_style(LIGHT)}@media (prefers-color-scheme:dark){{{_style(DARK)}}}"
)
