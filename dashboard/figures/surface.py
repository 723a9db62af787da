"""Speed × compensation: the change at each pair of promise and offer; pairs that were hardly ever done stay empty."""

from dataclasses import replace

import plotly.graph_objects as go

from dashboard.effects import Aim
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import sample_size
from dashboard.figures.theme import SMALL_SIZE, Palette, axis, blank, note
from dashboard.speech import speech_of
from pipelines.publish.store import Row, Rows, Run
from words.changes import counted, noun
from words.speech import Speech

ROW_PIXELS = 46
MASKED = "Empty: fewer than 30 cases were like this, so nothing is shown."
SERIES = "surface"


def surface_rows(run: Run, aim: Aim) -> tuple[Row | None, Rows]:
    """The exchange rate's effect, and the points of the surface that hangs on it."""
    wanted = [r for r in run.effects if aim.asks(r) and r.spec == "adjusted"]
    if not wanted:
        return None, ()
    points = [c for c in run.curves if c.effect_id == wanted[0].effect_id and c.series == SERIES]
    return wanted[0], tuple(sorted(points, key=lambda c: (c.x, c.x2)))


def surface_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """Offers from top to bottom, promises from left to right; each cell holds the change with its interval."""
    speech = speech_of(run)
    row, points = surface_rows(run, aim)
    shown = [c for c in points if c.supported and c.estimate is not None]
    if row is None or not shown:
        return None
    scale = replace(row, unit="per 100 customers")
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


def _cells(points: Rows, colours: Palette, speech: Speech) -> go.Figure:
    times, shares = sorted({c.x for c in points}), sorted({c.x2 for c in points})
    found = {(c.x, c.x2): c for c in points if c.supported and c.estimate is not None}
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
        colorscale=[[0, colours.band("raw")], [0.5, colours.background], [1, colours.band("adjusted")]],
        zmid=0,
        xgap=3,
        ygap=3,
        showscale=False,
        hoverongaps=False,
        hovertemplate="within %{x}, %{y} of the loss<br>%{text}<extra></extra>",
        name=SERIES,
    )
    return figure


def _reading(point: Row, speech: Speech) -> str:
    return f"<b>{speech.signed(point.estimate)}</b><br>{speech.span(point.ci_low, point.ci_high)}"


def _said(point: Row, speech: Speech) -> str:
    mix = f"within {speech.duration(point.x)} and {speech.percent(point.x2)}"
    return f"{mix}: {speech.signed(point.estimate)} ({speech.span(point.ci_low, point.ci_high)})"


def _title(shown: list[Row], what: str, speech: Speech) -> str:
    clear = [c for c in shown if c.ci_low > 0]
    if not clear:
        return "No mix of speed and money is clearly better than what was done"
    least = max(clear, key=lambda c: (c.x, -c.x2))
    mix = f"within {speech.duration(least.x)} and {speech.percent(least.x2)} of the loss"
    return f"The least that clearly goes with more {what}: {mix}"
