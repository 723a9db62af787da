"""A chart with everything a reader needs beside it."""

from dataclasses import dataclass

import plotly.graph_objects as go

from pipelines.contracts.tables.row import Published


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
