"""Balance: how far apart the compared groups are in what was known before, unweighted and after weighting."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.figures.theme import MARKERS, Palette, Role, axis, blank, note
from pipelines.contracts.catalog.estimation import Stage

LINE_PIXELS, SHOWN, LABEL_LETTERS = 30, 12, 22
PAD = 0.06


@dataclass(frozen=True)
class Difference:
    """One covariate: absolute standardised difference between the groups before and after weighting."""

    label: str
    before: float | None
    after: float | None


def balance(differences: Sequence[Difference], threshold: float, colours: Palette) -> go.Figure:
    """The largest differences on top; the dashed line is the limit under which groups count as alike."""
    shown = sorted(differences, key=lambda d: -max(d.before or 0.0, d.after or 0.0))[:SHOWN]
    heights = [len(shown) - 1 - i for i in range(len(shown))]
    figure = blank(colours, height=LINE_PIXELS * len(shown) + 84, l=150, r=24, t=26)
    figure.update_layout(
        xaxis=axis(colours, "difference in standard deviations", range=_extent(shown, threshold), nticks=6),
        yaxis=axis(
            colours,
            tickvals=heights,
            ticktext=["<br>".join(wrap(d.label, LABEL_LETTERS)) for d in shown],
            range=[-0.7, len(shown) - 0.3],
            tickfont={"size": 13, "color": colours.ink},
        ),
    )
    figure.add_vline(x=threshold, line={"color": colours.axis, "width": 1.5, "dash": "dot"}, layer="below")
    figure.add_annotation(
        note("limit", colours.quiet, x=threshold, yref="paper", y=1, yanchor="bottom", xanchor="left", xshift=4)
    )
    sides = (
        (Stage.BEFORE, Role.RAW, [d.before for d in shown]),
        (Stage.AFTER, Role.ADJUSTED, [d.after for d in shown]),
    )
    for stage, role, values in sides:
        name = f"{stage} weighting"
        figure.add_scatter(
            cliponaxis=False,
            x=values,
            y=heights,
            mode="markers",
            name=name,
            marker={
                "symbol": MARKERS[role],
                "size": 10,
                "color": colours.colour(role),
                "line": {"width": 2, "color": colours.colour(role)},
            },
            customdata=[d.label for d in shown],
            hovertemplate=f"<b>%{{customdata}}</b><br>{name}: %{{x:.2f}}<extra></extra>",
        )
    return figure


def _extent(shown: Sequence[Difference], threshold: float) -> list[float]:
    """From a little below zero, so that a marker there doesn't stand on its label."""
    most = max([threshold, *(v for d in shown for v in (d.before, d.after) if v is not None)])
    return [-PAD * most, (1 + PAD) * most]
