"""Speed × compensation: the change at each pair of promise and offer; pairs that were hardly ever done stay empty."""

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from dashboard.effects import Aim
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import sample_size
from dashboard.figures.theme import SMALL_SIZE, SURFACE, Palette, Role, axis, blank, note
from dashboard.speech import speech_of
from pipelines.contracts.catalog.estimation import Series, Spec
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.changes import counted, noun
from words.speech import Speech

ROW_PIXELS = 46
MASKED = "Empty: fewer than 30 cases were like this, so nothing is shown."


def surface_rows(run: Run, aim: Aim) -> tuple[Effect | None, tuple[CurvePoint, ...]]:
    """The exchange rate's effect, and the points of the surface that hangs on it."""
    wanted = [r for r in run.effects if aim.asks(r) and r.spec is Spec.ADJUSTED]
    if not wanted:
        return None, ()
    points = [c for c in run.curves if c.effect_id == wanted[0].effect_id and c.series is Series.SURFACE]
    return wanted[0], tuple(sorted(points, key=_mix))


def surface_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Offers from top to bottom, promises from left to right; each cell holds the change with its interval."""
    speech = speech_of(run)
    row, points = surface_rows(run, aim)
    shown = [c for c in points if c.supported and c.estimate is not None]
    if row is None or not shown:
        return None
    scale = replace(row, unit=Unit.PER_100_CUSTOMERS)
    title = _title(shown, counted(scale, speech), speech)
    masked = len(points) - len(shown)
    return Drawn(
        title,
        f"Change against what was done. {noun(scale, speech).capitalize()}, 95 % interval of each cell on its own",
        _cells(points, colours, speech),
        points,
        sample_size((row,), speech),
        f"{title}. {'; '.join(_said(c, speech) for c in shown)}.",
        (*([f"{MASKED} ({speech.count(masked)} of {speech.count(len(points))} cells)"] if masked else []),),
    )


def _mix(point: CurvePoint) -> tuple[float, float]:
    """The promise in minutes, and the share of the loss."""
    return point.x, told(point.x2)


def _cells(points: Sequence[CurvePoint], colours: Palette, speech: Speech) -> go.Figure:
    times, shares = (sorted(set(ends)) for ends in zip(*map(_mix, points), strict=True))
    found = {_mix(c): c for c in points if c.supported and c.estimate is not None}
    figure = blank(colours, height=ROW_PIXELS * len(shares) + 110, l=58, t=30, b=56)
    figure.update_layout(
        xaxis=axis(colours, "everyone answered within", showgrid=False, type="category"),
        yaxis=axis(colours, showgrid=False, type="category", autorange="reversed"),
    )
    figure.add_annotation(
        note("given, of the loss", colours.quiet, xref="paper", x=0, yref="paper", y=1, yanchor="bottom", yshift=8)
        | {"xanchor": "left", "xshift": -58}
    )
    figure.add_heatmap(
        x=[speech.duration(t) for t in times],
        y=[speech.percent(s) for s in shares],
        z=[[found[t, s].estimate if (t, s) in found else None for t in times] for s in shares],
        text=[[_reading(found[t, s], speech) if (t, s) in found else "" for t in times] for s in shares],
        texttemplate="%{text}",
        textfont={"size": SMALL_SIZE - 1, "color": colours.ink},
        colorscale=[[0, colours.band(Role.RAW)], [0.5, colours.background], [1, colours.band(Role.ADJUSTED)]],
        zmid=0,
        xgap=3,
        ygap=3,
        showscale=False,
        hoverongaps=False,
        hovertemplate="within %{x}, %{y} of the loss<br>%{text}<extra></extra>",
        name=SURFACE,
    )
    return figure


def _reading(point: CurvePoint, speech: Speech) -> str:
    return f"<b>{speech.signed(told(point.estimate))}</b><br>{_limits(point, speech)}"


def _limits(point: CurvePoint, speech: Speech) -> str:
    return speech.span(told(point.ci_low), told(point.ci_high))


def _said(point: CurvePoint, speech: Speech) -> str:
    return f"{_mix_words(point, speech)}: {speech.signed(told(point.estimate))} ({_limits(point, speech)})"


def _mix_words(point: CurvePoint, speech: Speech) -> str:
    minutes, share = _mix(point)
    return f"within {speech.duration(minutes)} and {speech.percent(share)}"


def _title(shown: Sequence[CurvePoint], what: str, speech: Speech) -> str:
    clear = [c for c in shown if told(c.ci_low) > 0]
    if not clear:
        return "No mix of speed and money is clearly better than what was done"
    least = max(clear, key=lambda c: (c.x, -told(c.x2)))
    return f"The least that clearly goes with more {what}: {_mix_words(least, speech)} of the loss"
