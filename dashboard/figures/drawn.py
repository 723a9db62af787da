"""A chart with everything a reader needs beside it."""

from dataclasses import dataclass

import plotly.graph_objects as go

from pipelines.publish.store import Rows


@dataclass(frozen=True)
class Drawn:
    """A figure, the finding as ``title``, the measure and unit as ``subtitle``, and the rows behind every mark.

    ``source`` counts what it rests on, ``caveats`` are sentences shown below, ``alt`` says it to who can't see it.
    """

    title: str
    subtitle: str
    figure: go.Figure
    rows: Rows
    source: str
    alt: str
    caveats: tuple[str, ...] = ()
