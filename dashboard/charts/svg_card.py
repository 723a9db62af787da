"""A plate as a small vector picture that stands in a page as an image, and follows the page's light or dark."""

from base64 import b64encode
from html import escape

from dashboard.charts.plate import Mark, Plate
from dashboard.figures.theme import DARK, LIGHT, Palette

WIDTH, ROW, TOP, LADDER_HEIGHT = 340.0, 33.0, 18.0, 150.0
PAD = 26.0


def image(plate: Plate) -> str:
    """The picture as an ``<img>`` whose alternative text says what it shows; pages let no bare ``<svg>`` in."""
    data = b64encode(svg(plate).encode()).decode()
    return f'<img class="amends-plate" alt="{escape(plate.alt)}" src="data:image/svg+xml;base64,{data}">'


def svg(plate: Plate) -> str:
    """The picture as a document of its own."""
    body, height = _ladder(plate) if plate.ladder else _strip(plate)
    unit = _text(0, 11, plate.unit, "quiet")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
        f'height="{height:g}"><style>{_STYLE}</style>{unit}{body}</svg>'
    )


def _style(colours: Palette) -> str:
    return (
        f"text{{fill:{colours.ink}}}.quiet{{fill:{colours.quiet}}}.axis{{stroke:{colours.quiet}}}"
        f".interval{{stroke:{colours.adjusted}}}.interval.weak{{stroke:{colours.quiet}}}"
        f".dot{{fill:{colours.adjusted};stroke:{colours.adjusted}}}"
        f".dot.weak{{fill:{colours.background};stroke:{colours.quiet}}}"
        f".band{{fill:{colours.adjusted}}}.curve{{stroke:{colours.adjusted}}}"
    )


_STYLE = (
    'text{font:12.5px "Source Sans 3","Source Sans Pro","Helvetica Neue",Arial,sans-serif}text.lead{font-weight:600}'
    ".axis{stroke-dasharray:2 3}.interval{stroke-width:6;opacity:.28}.dot{stroke-width:1.75}.band{opacity:.16}"
    f".curve{{fill:none;stroke-width:2}}{_style(LIGHT)}@media (prefers-color-scheme:dark){{{_style(DARK)}}}"
)


def _scale(plate: Plate, first: float, last: float) -> tuple[float, float]:
    """Origin and pixels per unit, so that every interval and zero lie between two edges."""
    low = min(0.0, *(m.low for m in plate.marks))
    high = max(0.0, *(m.high for m in plate.marks))
    step = (last - first) / ((high - low) or 1.0)
    return first - low * step, step


def _strip(plate: Plate) -> tuple[str, float]:
    """Each name and number above its interval, so that a long name has room."""
    zero, step = _scale(plate, 8, WIDTH - 8)
    height = TOP + ROW * len(plate.marks) + 18
    side = "start" if zero < WIDTH / 4 else "end" if zero > 3 * WIDTH / 4 else "middle"
    parts = [_text(zero, height - 3, plate.zero, "quiet", side)]
    for i, mark in enumerate(plate.marks):
        y = TOP + ROW * (i + 1) - 9
        parts += [
            _text(0, y - 9, mark.label, _tone(mark)),
            _text(WIDTH, y - 9, mark.said, _tone(mark), "end"),
            _line(zero, y - 7, zero, y + 7, "axis"),
            _line(zero + mark.low * step, y, zero + mark.high * step, y, f"interval {_sure(mark)}"),
            _dot(zero + mark.value * step, y, mark),
        ]
    return "".join(parts), height


def _ladder(plate: Plate) -> tuple[str, float]:
    first, last = LADDER_HEIGHT - 24, TOP + 16
    zero, step = _scale(plate, first, last)
    gap = (WIDTH - 2 * PAD) / max(len(plate.marks) - 1, 1)
    xs = [PAD + gap * i for i in range(len(plate.marks))]
    at = [(x, m) for x, m in zip(xs, plate.marks, strict=True)]
    band = [(x, zero + m.high * step) for x, m in at] + [(x, zero + m.low * step) for x, m in reversed(at)]
    last_leads = plate.marks[-1].lead
    parts = [
        _line(0, zero, WIDTH, zero, "axis"),
        _text(0 if last_leads else WIDTH, zero - 4, plate.zero, "quiet", "start" if last_leads else "end"),
        f'<polygon class="band" points="{_points(band)}"/>',
        f'<polyline class="curve" points="{_points([(x, zero + m.value * step) for x, m in at])}"/>',
    ]
    for x, mark in at:
        y = zero + mark.value * step
        side = "start" if x < WIDTH / 4 else "end" if x > 3 * WIDTH / 4 else "middle"
        edge = {"start": 0.0, "end": WIDTH, "middle": x}[side]
        parts += [_dot(x, y, mark), _text(edge, LADDER_HEIGHT - 4, mark.label, _tone(mark), side)]
        if mark.lead:
            parts.append(_text(x, max(y - 9, TOP + 8), mark.said, "lead", side))
    return "".join(parts), LADDER_HEIGHT


def _tone(mark: Mark) -> str:
    return "lead" if mark.lead else "plain"


def _sure(mark: Mark) -> str:
    return "firm" if mark.firm else "weak"


def _dot(x: float, y: float, mark: Mark) -> str:
    size = 5.5 if mark.lead else 4.0
    return f'<circle class="dot {_sure(mark)}" cx="{x:.1f}" cy="{y:.1f}" r="{size}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    return f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _text(x: float, y: float, said: str, name: str, anchor: str = "start") -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
