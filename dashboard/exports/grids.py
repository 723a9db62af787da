"""A surface of the screen as a table of cells, masked where the figure leaves gaps."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from dashboard.exports.plate import Cell, Grid
from dashboard.exports.scales import plain_text
from words.speech import Speech


def grid_of(trace: Any, layout: Mapping[str, Any], speech: Speech) -> Grid:
    """The cells of a heat map, its first row on top as on screen; what it says comes from its texts."""
    values = np.array(trace.z, dtype=float)
    texts = None if trace.text is None else np.array(trace.text, dtype=object)
    rows = [
        tuple(_cell(values[i, j], None if texts is None else texts[i, j], speech) for j in range(values.shape[1]))
        for i in range(values.shape[0])
    ]
    columns, names = (_ticks(trace, layout, a, n) for a, n in (("x", values.shape[1]), ("y", values.shape[0])))
    upwards = (layout.get("yaxis") or {}).get("autorange") != "reversed"
    if upwards:
        rows, names = rows[::-1], names[::-1]
    return Grid(tuple(columns), tuple(names), tuple(rows), _title(layout, "x"), _title(layout, "y"))


def _cell(value: float, text: Any, speech: Speech) -> Cell:
    if np.isnan(value):
        return Cell("")
    first, _, beside = str(text or "").partition("<br>")
    return Cell(plain_text(f"{first} ({beside})" if beside else first) or speech.decimal(value, 1))


def _ticks(trace: Any, layout: Mapping[str, Any], axis: str, count: int) -> list[str]:
    settings = layout.get(f"{axis}axis") or {}
    words, places = settings.get("ticktext"), trace[axis]
    if words is not None and len(words) == count:
        return [plain_text(str(w)) for w in words]
    return [str(v) for v in places] if places is not None else [str(i + 1) for i in range(count)]


def _title(layout: Mapping[str, Any], axis: str) -> str:
    return ((layout.get(f"{axis}axis") or {}).get("title") or {}).get("text") or ""
