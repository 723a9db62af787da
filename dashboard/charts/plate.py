"""What one small picture holds before any format draws it: marks in one unit, a line to compare with, words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """One number with its 95 % interval. ``firm``: good evidence or proof; ``lead``: the one the picture is about."""

    label: str
    value: float
    low: float
    high: float
    said: str
    firm: bool
    lead: bool


@dataclass(frozen=True)
class Plate:
    """Marks in the order they are shown; ``ladder``: steps of one lever, joined; else things side by side.

    ``unit``: of every mark; ``zero``: what zero stands for.
    """

    marks: tuple[Mark, ...]
    unit: str
    zero: str
    alt: str
    ladder: bool
