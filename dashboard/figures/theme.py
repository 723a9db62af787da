"""One look for every chart: two palettes, one colour and marker per role, a quiet grid.

The hues stay apart under the common colour blindnesses and every role also has its own marker, so that colour is
never the only carrier; tests measure both. Text colours reach a contrast of 4.5 : 1 on their background.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

import plotly.graph_objects as go

FONT = '"Source Sans", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif'
TEXT_SIZE, SMALL_SIZE = 14, 13

# What traces are called, wherever one is looked for among others.
INTERVAL, SUPPORT, SURFACE = "interval", "support", "surface"


class Role(StrEnum):
    """What a mark stands for; each has a colour and a marker of its own."""

    ADJUSTED = "adjusted"
    RAW = "raw"
    THIRD = "third"
    FOURTH = "fourth"
    QUIET = "quiet"


MARKERS: Final[Mapping[Role, str]] = {
    Role.ADJUSTED: "circle",
    Role.RAW: "diamond-open",
    Role.THIRD: "square",
    Role.FOURTH: "triangle-up",
    Role.QUIET: "circle-open",
}


@dataclass(frozen=True)
class Palette:
    """Colours of one theme; ``background`` equals the page's, so a chart sits on paper and not in a box."""

    name: Literal["light", "dark"]
    background: str
    ink: str
    quiet: str
    grid: str
    axis: str
    adjusted: str
    raw: str
    third: str
    fourth: str

    def colour(self, role: Role) -> str:
        """The colour of a role, the same on every chart."""
        colours = {
            Role.ADJUSTED: self.adjusted,
            Role.RAW: self.raw,
            Role.THIRD: self.third,
            Role.FOURTH: self.fourth,
            Role.QUIET: self.quiet,
        }
        return colours[role]

    def band(self, role: Role) -> str:
        """The colour of a role's interval band: the same hue, thin enough for the grid to show through."""
        red, green, blue = rgb(self.colour(role))
        return f"rgba({red},{green},{blue},{0.16 if self.name == 'light' else 0.24})"


LIGHT = Palette(
    "light",
    background="#fbfaf7",
    ink="#1c2226",
    quiet="#626b70",
    grid="#eae7de",
    axis="#a9a79e",
    adjusted="#0b6b65",
    raw="#a8620b",
    third="#7260a2",
    fourth="#7c0412",
)
DARK = Palette(
    "dark",
    background="#12181b",
    ink="#e9e6df",
    quiet="#9fa8ac",
    grid="#263036",
    axis="#5b666c",
    adjusted="#5cc4b6",
    raw="#e5a84f",
    third="#99a7f0",
    fourth="#d95a60",
)


def rgb(colour: str) -> tuple[int, int, int]:
    """The three channels of ``#rrggbb``, 0–255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def palette(theme: str | None) -> Palette:
    """The palette of a theme's name; light when the browser doesn't say."""
    return DARK if theme == "dark" else LIGHT


def blank(colours: Palette, height: int, **margin: int) -> go.Figure:
    """An empty figure of this height in pixels: no box, no legend, no zoom to get lost in."""
    return go.Figure(
        layout={
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 8, "b": 46} | margin,
            "paper_bgcolor": colours.background,
            "plot_bgcolor": colours.background,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.ink},
            "showlegend": False,
            "hoverlabel": {"bgcolor": colours.background, "bordercolor": colours.axis, "font": {"size": TEXT_SIZE}},
            "dragmode": False,
        }
    )


def axis(colours: Palette, title: str = "", **settings: Any) -> dict[str, Any]:
    """A quiet axis: hairline grid, no frame, small grey numbers, never tilted."""
    return {
        "gridcolor": colours.grid,
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": SMALL_SIZE, "color": colours.quiet},
        "tickangle": 0,
        "title": {"text": title, "font": {"size": SMALL_SIZE, "color": colours.quiet}, "standoff": 6},
        "fixedrange": True,
    } | settings


def note(text: str, colour: str, **settings: Any) -> dict[str, Any]:
    """A direct label: small text without arrow or box."""
    return {"text": text, "showarrow": False, "font": {"size": SMALL_SIZE, "color": colour}} | settings
