"""A chart of rows on a phone: readings above their bars instead of beside them, so that bars have the width."""

import plotly.graph_objects as go

from dashboard.figures.theme import INTERVAL

MARGIN_PIXELS, LIFTED_PIXELS = 12, 15
MARKER_SHARE, MOST_TICKS = 0.6, 3


def narrowed(figure: go.Figure) -> go.Figure:
    """A copy for a narrow screen, with fewer ticks and marks that no longer hide their intervals.

    Curves and grids, which hold no bars, come back as they are.
    """
    if not any(trace.name == INTERVAL for trace in figure.data):
        return figure
    narrow = go.Figure(figure)
    narrow.update_layout(margin={"r": MARGIN_PIXELS}, xaxis={"nticks": MOST_TICKS})
    for mark in narrow.data:
        if mark.marker.size is not None:
            mark.marker.size *= MARKER_SHARE
    for label in narrow.layout.annotations:
        if _reading(label):
            label.update(
                xanchor="right", xshift=0, yshift=LIFTED_PIXELS, borderpad=0, bgcolor=figure.layout.paper_bgcolor
            )
    return narrow


def _reading(label: go.layout.Annotation) -> bool:
    return (label.xref, label.x, label.xanchor) == ("paper", 1, "left")
