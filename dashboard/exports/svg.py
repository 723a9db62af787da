"""A plate as a drawing: plain SVG with real text, the same marks at the same places as on screen. Pure."""

from collections.abc import Sequence
from html import escape
from math import log10

from dashboard.exports.plate import Axis, Label, Marks, Plate
from dashboard.exports.widths import width_of, wrapped

FACE = "Source Sans Pro"
TEXT, SMALL = 13.0, 12.0
GAP, MARGIN, LINE = 8.0, 24.0, 13.0


class _Drawing:
    """Shapes so far, and where data units fall on the sheet."""

    def __init__(self, plate: Plate, width: float) -> None:
        self.plate, self.width, self.height = plate, width, plate.height
        names = [text for _, text in plate.y.ticks]
        widest = max((width_of(t, SMALL) for t in names), default=0)
        self.left = min(widest + GAP + 2, 0.34 * width)
        readings = [label for label in plate.labels if label.x_share and label.x == 1 and label.anchor == "left"]
        ends = [b.text for b in plate.bars if plate.lying]
        right = max((width_of(r.text, SMALL, bold=r.bold) + r.dx for r in readings), default=0) + 6
        right = max([right, *(width_of(text, SMALL) + GAP for text in ends)])
        self.right = width - min(max(right, 18.0), 0.42 * width)
        slot = (self.right - self.left) / max(len(plate.x.ticks), 1) - GAP if plate.bars and not plate.lying else width
        self.below = {v: wrapped(text, slot, SMALL).split("\n") for v, text in plate.x.ticks}
        more = LINE * (max((len(lines) for lines in self.below.values()), default=1) - 1)
        self.top, self.bottom = max(plate.margin[2], 24.0), self.height - max(plate.margin[3], 40.0) - more
        self.title = self.bottom + 31 + more
        self.floor = self.bottom - plate.strip * (self.bottom - self.top)
        self.parts: list[str] = []

    def x(self, value: float) -> float:
        """Pixels from the left of a value on the lower axis."""
        return self.left + _share(self.plate.x, value) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Pixels from the top of a value on the upright axis."""
        return self.floor - _share(self.plate.y, value) * (self.floor - self.top)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float, *, dashed: bool = False) -> None:
        """Pixels joined in order."""
        path = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        dash = ' stroke-dasharray="2 3"' if dashed else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
            f'stroke-linejoin="round"{dash}/>'
        )

    def text(self, x: float, y: float, text: str, colour: str, *, anchor: str = "start", bold: bool = False) -> None:
        """One line of words with its middle at ``y``."""
        weight = ' font-weight="bold"' if bold else ""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y + SMALL * 0.34:.2f}" font-family="{FACE}" font-size="{SMALL:g}" fill="{colour}" '
            f'text-anchor="{anchor}"{weight}>{escape(text)}</text>'
        )


def svg(plate: Plate, width: float = 720.0, alt: str = "") -> str:
    """The drawing as text, ``width`` pixels wide; ``alt`` becomes its title for who can't see it."""
    d = _Drawing(plate, width)
    _axes(d)
    _bands_and_lines(d)
    for group in plate.marks:
        _marks(d, group)
    _bars(d)
    for label in plate.labels:
        _label(d, label)
    body = "".join(d.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{d.height:g}" role="img" '
        f'viewBox="0 0 {width:g} {d.height:g}"><title>{escape(alt)}</title>'
        f'<rect width="100%" height="100%" fill="{plate.background}"/>{body}</svg>'
    )


def _share(axis: Axis, value: float) -> float:
    if axis.log:
        return (log10(value) - log10(axis.low)) / (log10(axis.high) - log10(axis.low))
    return (value - axis.low) / ((axis.high - axis.low) or 1.0)


def _axes(d: _Drawing) -> None:
    p = d.plate
    for value, _ in p.x.ticks:
        if p.x.grid and not (p.bars and not p.lying):
            d.line([(d.x(value), d.top), (d.x(value), d.floor)], p.hairline, 1)
        for i, line in enumerate(d.below[value]):
            d.text(d.x(value), d.bottom + 13 + i * LINE, line, p.quiet, anchor="middle")
    for value, text in p.y.ticks:
        if p.y.grid:
            d.line([(d.left, d.y(value)), (d.right, d.y(value))], p.hairline, 1)
        colour = p.ink if p.y.named else p.quiet
        lines = wrapped(text, d.left - GAP, SMALL).split("\n")
        for i, line in enumerate(lines):
            at = d.y(value) + (i - (len(lines) - 1) / 2) * SMALL * 1.1
            d.text(d.left - GAP, at, line, colour, anchor="end")
    if p.x.title:
        d.text(d.left, d.title, p.x.title, p.quiet)
    for rule in p.rules:
        ends = (
            [(d.x(rule.value), d.top), (d.x(rule.value), d.floor)]
            if rule.upright
            else [(d.left, d.y(rule.value)), (d.right, d.y(rule.value))]
        )
        d.line(ends, rule.colour, 1.5, dashed=rule.dashed)


def _bands_and_lines(d: _Drawing) -> None:
    for band in d.plate.bands:
        edge = [(x, low) for x, low, _ in band.points] + [(x, high) for x, _, high in reversed(band.points)]
        points = " ".join(f"{d.x(x):.2f},{d.y(y):.2f}" for x, y in edge)
        d.parts.append(f'<polygon points="{points}" fill="{band.colour}" fill-opacity="{band.opacity:g}"/>')
    for line in d.plate.lines:
        d.line([(d.x(x), d.y(y)) for x, y in line.points], line.colour, line.width, dashed=line.dashed)
    for x, share in d.plate.support:
        tall = share * 0.8 * (d.bottom - d.floor)
        d.line([(d.x(x), d.bottom), (d.x(x), d.bottom - tall)], d.plate.quiet, 1)


def _marks(d: _Drawing, group: Marks) -> None:
    for m in group.marks:
        if m.low is not None and m.high is not None:
            ends = [(m.low, m.y), (m.high, m.y)] if group.across else [(m.x, m.low), (m.x, m.high)]
            d.line([(d.x(x), d.y(y)) for x, y in ends], group.colour, 3)
    for m in group.marks:
        d.parts.append(_symbol(group, d.x(m.x), d.y(m.y)))


def _symbol(group: Marks, x: float, y: float) -> str:
    r = group.size / 2
    paint = f'fill="none" stroke="{group.colour}" stroke-width="2"' if group.hollow else f'fill="{group.colour}"'
    if group.symbol == "circle":
        return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{r:g}" {paint}/>'
    corners = {
        "diamond": ((0, -r), (r, 0), (0, r), (-r, 0)),
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "triangle": ((0, -r), (r, r), (-r, r)),
        "tick": ((-1, -r), (1, -r), (1, r), (-1, r)),
    }[group.symbol]
    points = " ".join(f"{x + dx:.2f},{y + dy:.2f}" for dx, dy in corners)
    return f'<polygon points="{points}" {paint}/>'


def _bars(d: _Drawing) -> None:
    p = d.plate
    half = 0.3 * abs((d.y if p.lying else d.x)(1.0) - (d.y if p.lying else d.x)(0.0)) if p.bars else 0.0
    for bar in p.bars:
        a, b = sorted(((d.x if p.lying else d.y)(0.0), (d.x if p.lying else d.y)(bar.value)))
        middle = (d.y if p.lying else d.x)(bar.place)
        x, y, w, h = (a, middle - half, b - a, 2 * half) if p.lying else (middle - half, a, 2 * half, b - a)
        d.parts.append(f'<rect x="{x:.2f}" y="{y:.2f}" width="{w:.2f}" height="{h:.2f}" fill="{bar.colour}"/>')
        if bar.low is not None and bar.high is not None:
            ends = [(bar.low, bar.place), (bar.high, bar.place)]
            places = [(d.x(v), d.y(at)) if p.lying else (d.x(at), d.y(v)) for v, at in ends]
            d.line(places, p.ink, 1.5)
        if bar.text and p.lying:
            d.text(b + 6, middle, bar.text, p.ink)
        elif bar.text:
            d.text(middle, a - 9, bar.text, p.ink, anchor="middle")


def _label(d: _Drawing, label: Label) -> None:
    x = d.left + label.x * (d.right - d.left) if label.x_share else d.x(label.x)
    y = d.bottom - label.y * (d.bottom - d.top) if label.y_share else d.y(label.y)
    if label.x_share and label.y_share and label.x == 0:
        d.text(0, d.top - 12, label.text, label.colour)
        return
    anchor = {"left": "start", "right": "end", "center": "middle"}[label.anchor]
    lift = SMALL * 0.6 if label.above else 0.0
    d.text(x + label.dx, y - lift - label.dy, label.text, label.colour, anchor=anchor, bold=label.bold)


def framed_svg(plate: Plate, headline: str, subtitle: str, source: str, alt: str, width: float = 900.0) -> str:
    """The drawing as it stands alone: its finding above, where it comes from below."""
    inner = svg(plate, width - 2 * MARGIN, alt)
    heads = wrapped(headline, (width - 2 * MARGIN) / 1.1, 18.0).split("\n")
    top = 26.0 + 23.0 * len(heads)
    tall = top + 26.0 + plate.height + 40.0
    lines = "".join(_words(34.0 + 23.0 * i, line, plate.ink, 18.0, bold=True) for i, line in enumerate(heads))
    lines += _words(top + 8.0, subtitle, plate.quiet, 13.0) + _words(tall - 16.0, source, plate.quiet, 12.0)
    placed = inner.replace("<svg ", f'<svg x="{MARGIN:g}" y="{top + 26.0:g}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{tall:g}" viewBox="0 0 {width:g} {tall:g}">'
        f'<rect width="100%" height="100%" fill="{plate.background}"/>{lines}{placed}</svg>'
    )


def _words(y: float, text: str, colour: str, size: float, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{MARGIN:g}" y="{y:g}" font-family="{FACE}" font-size="{size:g}" fill="{colour}"{weight}>'
        f"{escape(text)}</text>"
    )
