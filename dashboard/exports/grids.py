"""A surface of the screen as a table of cells, masked where the figure leaves gaps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.exports.plate import Cell, Grid
from dashboard.exports.scales import AxisLayout, plain_text
from words.speech import Speech


def grid_of(trace: go.Heatmap, layout: go.Layout, speech: Speech) -> Grid:
    """The cells of a heat map, its first row on top as on screen; what it says comes from its texts."""
    values = np.array(trace.z, dtype=float)
    texts = None if trace.text is None else np.array(trace.text, dtype=object)
    rows = [
        tuple(_cell(values[i, j], None if texts is None else texts[i, j], speech) for j in range(values.shape[1]))
        for i in range(values.shape[0])
    ]
    columns = _ticks(layout.xaxis, trace.x, values.shape[1])
    names = _ticks(layout.yaxis, trace.y, values.shape[0])
    if layout.yaxis.autorange != "reversed":
        rows, names = rows[::-1], names[::-1]
    return Grid(columns, names, tuple(rows), layout.xaxis.title.text or "", layout.yaxis.title.text or "")


def _cell(value: float, text: Any, speech: Speech) -> Cell:
    if np.isnan(value):
        return Cell("")
    first, _, beside = str(text or "").partition("<br>")
    return Cell(plain_text(f"{first} ({beside})" if beside else first) or speech.decimal(value, 1))


def _ticks(axis: AxisLayout, places: Sequence[Any] | None, count: int) -> tuple[str, ...]:
    if axis.ticktext is not None and len(axis.ticktext) == count:
        return tuple(plain_text(str(word)) for word in axis.ticktext)
    return tuple(str(v) for v in (places if places is not None else range(1, count + 1)))
