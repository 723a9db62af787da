"""A plate with many rows as several that can be read, each with its share of the rows, all on one scale."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.exports.plate import Plate

ROOM = 0.6


def parts_of(plate: Plate, most: int) -> Sequence[Plate]:
    """At most ``most`` named rows each, as even as can be; a plate without rows stays whole."""
    rows = sorted((v for v, _ in plate.y.ticks), reverse=True)
    if not plate.y.named or len(rows) <= most:
        return (plate,)
    size = -(-len(rows) // -(-len(rows) // most))
    return tuple(_part(plate, rows[start : start + size]) for start in range(0, len(rows), size))


def _part(plate: Plate, rows: Sequence[float]) -> Plate:
    low, high = rows[-1] - ROOM, rows[0] + ROOM
    marks = ((g, tuple(m for m in g.marks if low <= m.y <= high)) for g in plate.marks)
    return replace(
        plate,
        y=replace(plate.y, low=low, high=high, ticks=tuple(t for t in plate.y.ticks if low <= t[0] <= high)),
        marks=tuple(replace(group, marks=kept) for group, kept in marks if kept),
        lines=tuple(line for line in plate.lines if all(low <= y <= high for _, y in line.points)),
        bars=tuple(b for b in plate.bars if low <= b.place <= high),
        labels=tuple(label for label in plate.labels if label.y_share or low <= label.y <= high),
    )
