"""A chart with everything a reader needs beside it, and what charts there are."""

from dataclasses import dataclass
from enum import StrEnum

import plotly.graph_objects as go

from pipelines.contracts.tables.row import Published


class ChartId(StrEnum):
    """Every chart, as addresses, notes and packs name it. Its words: ``chart_id.<id>``."""

    SPEED_LADDER = "speed_ladder"
    SPEED_CURVE = "speed_curve"
    COMPENSATION_LADDER = "compensation_ladder"
    COMPENSATION_CURVE = "compensation_curve"
    ACTIONS = "actions"
    KINDS = "kinds"
    VOICES = "voices"
    SPECIFICATION_LADDER = "specification_ladder"
    BALANCE = "balance"
    SITES = "sites"
    SPEED_BY_PART = "speed_by_part"
    OFFERS_BY_SEVERITY = "offers_by_severity"
    SURFACE = "surface"
    FAILURE_LADDER = "failure_ladder"
    RETURN_CURVE = "return_curve"
    HELD_LADDER = "held_ladder"
    FIXES = "fixes"
    FUNNEL = "funnel"
    STORIES = "stories"
    WAITING = "waiting"


class Shape(StrEnum):
    """What a chart lays out: levels of one thing as rungs or a curve, other things side by side, or anything else.

    ``trust`` charts say how far to believe the others.
    """

    LADDER = "ladder"
    CURVE = "curve"
    SIDE_BY_SIDE = "side_by_side"
    TRUST = "trust"
    OTHER = "other"


@dataclass(frozen=True)
class Drawn:
    """A figure, the finding as ``title``, the measure and unit as ``subtitle``, and the rows behind every mark.

    ``source`` counts what it rests on, ``caveats`` are sentences shown below, ``alt`` says it to who can't see it.
    """

    title: str
    subtitle: str
    figure: go.Figure
    rows: tuple[Published, ...]
    source: str
    alt: str
    caveats: tuple[str, ...] = ()
