"""Axes for paper: limits and round ticks where the figure left them to the browser."""

import math
from collections.abc import Sequence
from typing import TypeAlias

import plotly.graph_objects as go

from dashboard.exports.plate import Axis
from words.conventions import MINUS
from words.speech import Speech

PAD = 0.05
AxisLayout: TypeAlias = go.layout.XAxis | go.layout.YAxis
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def axis_of(layout: AxisLayout, values: Sequence[float], speech: Speech, *, pad: bool) -> Axis:
    """The axis of a Plotly layout over ``values``; ``pad`` leaves room around marks."""
    log = layout.type == "log"
    low, high = _limits(layout, values, log=log, pad=pad)
    title = layout.title.text or ""
    grid = layout.showgrid is not False
    places, words = layout.tickvals, layout.ticktext
    if places is not None:
        shown = words if words is not None else [_number(v, v, layout, speech) for v in places]
        ticks = tuple((float(v), plain_text(t)) for v, t in zip(places, shown, strict=True) if low <= v <= high)
        return Axis(title, low, high, ticks, named=words is not None, log=log, grid=grid)
    step = round_step(high - low, 2 + (layout.nticks or 6))
    first = math.ceil(low / step - 1e-9)
    count = math.floor(high / step + 1e-9) - first + 1
    ticks = tuple((v, _number(v, step, layout, speech)) for v in ((first + i) * step for i in range(count)))
    return Axis(title, low, high, ticks, log=log, grid=grid, step=step, form=_form(step, layout))


def round_step(extent: float, most: int) -> float:
    """The smallest round step that cuts ``extent`` into fewer than ``most`` parts."""
    rough = (extent or 1.0) / max(most - 1, 1)
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(s * power for s in STEPS if s * power >= rough * 0.999)


def plain_text(text: str) -> str:
    """A label without the little markup that figures use."""
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        text = text.replace(tag, "")
    return text.replace("<br>", " ")


def _limits(layout: AxisLayout, values: Sequence[float], *, log: bool, pad: bool) -> tuple[float, float]:
    if layout.range is not None:
        low, high = sorted(float(v) for v in layout.range)
        return (10.0**low, 10.0**high) if log else (low, high)
    known = [*values, *(layout.tickvals or ())] if not pad and log else list(values)
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    if log:
        return low, high
    at_zero = layout.rangemode == "tozero"
    if at_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    room = PAD * ((high - low) or abs(high) or 1.0)
    return (low - room if pad and not (at_zero and low == 0) else low), (high + room if pad else high)


def _number(value: float, step: float, layout: AxisLayout, speech: Speech) -> str:
    if abs(value) < 1e-9:
        return "0"
    form = str(layout.tickformat or "")
    scale = 100.0 if "%" in form else 1.0
    digits = _digits(step * scale)
    text = speech.decimal(abs(value) * scale, digits) + (" %" if "%" in form else "")
    sign = MINUS if value < 0 else "+" if form.startswith("+") else ""
    return f"{layout.tickprefix or ''}{sign}{text}{layout.ticksuffix or ''}"


def _digits(step: float) -> int:
    """Decimals that tell ticks a step apart."""
    return next(d for d in range(7) if d == 6 or math.isclose(round(step, d), step))


def _form(step: float, layout: AxisLayout) -> str:
    """The same numbers in the words of a spreadsheet's number format."""
    form = str(layout.tickformat or "")
    digits = _digits(step * (100.0 if "%" in form else 1.0))
    before, after = (f'"{words}"' if words else "" for words in (layout.tickprefix, layout.ticksuffix))
    number = f"{before}#,##0{'.' + '0' * digits if digits else ''}{'%' if '%' in form else ''}{after}"
    return f'{"+" if form.startswith("+") else ""}{number};"{MINUS}"{number};{before}0{after}'
