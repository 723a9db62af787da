"""Where things stand on a slide, in inches from its top left corner, for wide (16:9) and narrow (4:3) decks."""

from dataclasses import dataclass
from typing import Literal

Ratio = Literal["16:9", "4:3"]
INCH = 914_400


@dataclass(frozen=True)
class Box:
    """A rectangle in EMU, the unit of the file format."""

    left: int
    top: int
    width: int
    height: int

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width, height."""
        return self.left, self.top, self.width, self.height

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width / 12_700, self.height / 12_700


def inches(left: float, top: float, width: float, height: float) -> Box:
    """A box given in inches."""
    return Box(*(round(v * INCH) for v in (left, top, width, height)))


@dataclass(frozen=True)
class Places:
    """The boxes of a deck's slides. ``panel``: sentence, what to do and caveats, beside or below the chart."""

    width: float
    height: float
    title: Box
    subtitle: Box
    chart: Box
    panel: tuple[Box, Box, Box]
    body: Box
    foot: Box
    page: Box


WIDE = Places(
    13.333,
    7.5,
    title=inches(0.6, 0.42, 12.1, 0.92),
    subtitle=inches(0.6, 1.34, 12.1, 0.36),
    chart=inches(0.5, 1.78, 8.3, 4.95),
    panel=(inches(9.1, 1.9, 3.7, 2.2), inches(9.1, 4.2, 3.7, 1.15), inches(9.1, 5.45, 3.7, 1.3)),
    body=inches(0.6, 1.78, 12.1, 4.95),
    foot=inches(0.6, 6.98, 11.2, 0.3),
    page=inches(11.9, 6.98, 0.83, 0.3),
)
NARROW = Places(
    10.0,
    7.5,
    title=inches(0.5, 0.4, 9.0, 0.92),
    subtitle=inches(0.5, 1.32, 9.0, 0.5),
    chart=inches(0.4, 1.84, 9.2, 3.2),
    panel=(inches(0.5, 5.15, 3.6, 1.75), inches(4.3, 5.15, 2.4, 1.75), inches(6.9, 5.15, 2.6, 1.75)),
    body=inches(0.5, 1.84, 9.0, 4.95),
    foot=inches(0.5, 6.98, 8.1, 0.3),
    page=inches(8.67, 6.98, 0.83, 0.3),
)
PLACES: dict[Ratio, Places] = {"16:9": WIDE, "4:3": NARROW}
