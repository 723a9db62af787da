"""The ladder: what each promise (or offer) gains, adjusted with its interval, the unadjusted comparison beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.figures.theme import INTERVAL, MARKERS, TEXT_SIZE, Palette, Role, axis, blank, note
from pipelines.contracts.catalog.grades import Grade
from words.speech import PLAIN, Speech

RUNG_PIXELS, RAW_DROP, KEY_PIXELS = 52, 0.36, 18
LABEL_LETTERS, LABEL_PIXELS, WIDEST_LABELS = 24, 7, 180
READING_PIXELS, READING_LETTER_PIXELS = 124, 5.8
NO_ESTIMATE = "no estimate"


@dataclass(frozen=True)
class Rung:
    """One rung, per 100 customers. Without an estimate its place stays empty and is labelled so.

    ``grade`` is written beside the reading; a rung that isn't ``conclusive`` stays grey whatever its interval;
    ``digits`` are the decimals its error allows, ``speech`` writes its reading.
    """

    label: str
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    raw: float | None = None
    grade: Grade | None = None
    conclusive: bool = True
    digits: int = 0
    speech: Speech = PLAIN

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero and the checks allow a conclusion."""
        if self.ci_low is None or self.ci_high is None or not self.conclusive:
            return False
        return self.ci_low > 0 or self.ci_high < 0

    def colour(self, colours: Palette) -> str:
        """Full colour for a clear change, grey (and hollow) for one that may be none or allows no conclusion."""
        return colours.adjusted if self.clear else colours.quiet

    @property
    def reading(self) -> str:
        """What the rung says: ``+3 (1 to 5) B``, the letter being its grade."""
        if self.estimate is None or self.ci_low is None or self.ci_high is None:
            return NO_ESTIMATE
        text = (
            f"{self.speech.signed(self.estimate, self.digits)} "
            f"({self.speech.span(self.ci_low, self.ci_high, self.digits)})"
        )
        return f"{text} {self.grade}" if self.grade else text


def ladder(rungs: Sequence[Rung], colours: Palette, unit: str) -> go.Figure:
    """Rungs from top to bottom on one axis of change per 100, named by ``unit``; zero is the heavier line."""
    labels = ["<br>".join(wrap(rung.label, LABEL_LETTERS)) for rung in rungs]
    longest = max((len(part) for text in labels for part in text.split("<br>")), default=0)
    margin = min(LABEL_PIXELS * longest + 12, WIDEST_LABELS)
    placed = [(rung, len(rungs) - 1 - i) for i, rung in enumerate(rungs)]
    readings = max(READING_PIXELS, round(READING_LETTER_PIXELS * max((len(r.reading) for r in rungs), default=0)) + 12)
    key = KEY_PIXELS if any(rung.raw is not None for rung in rungs) else 0
    figure = blank(colours, height=RUNG_PIXELS * len(rungs) + 54 + key, l=margin, r=readings, t=8 + key)
    figure.update_layout(
        xaxis=axis(colours, unit, tickformat="+", labelalias={"+0": "0"}, nticks=5, range=_extent(rungs)),
        yaxis=axis(
            colours,
            showgrid=False,
            tickvals=[height for _, height in placed],
            ticktext=labels,
            tickfont={"size": TEXT_SIZE, "color": colours.ink},
            range=[-0.6, len(rungs) - 0.4],
        ),
    )
    figure.add_vline(x=0, line={"color": colours.axis, "width": 1.5}, layer="below")
    _raw(figure, placed, colours)
    _adjusted(figure, placed, colours)
    for rung, height in placed:
        text = rung.reading
        figure.add_annotation(
            note(f"<b>{text}</b>" if rung.clear else text, rung.colour(colours), xref="paper", x=1, y=height)
            | {"xanchor": "left", "xshift": 8}
        )
    return figure


def _extent(rungs: Sequence[Rung]) -> list[float]:
    values = [v for r in rungs for v in (r.estimate, r.ci_low, r.ci_high, r.raw) if v is not None]
    low, high = min([*values, -0.5]), max([*values, 0.5])
    pad = 0.06 * (high - low)
    return [low - pad, high + 2 * pad]


def _adjusted(figure: go.Figure, placed: Sequence[tuple[Rung, int]], colours: Palette) -> None:
    known = [(rung, height) for rung, height in placed if rung.estimate is not None]
    for rung, height in known:
        figure.add_scatter(
            x=[rung.ci_low, rung.ci_high],
            y=[height, height],
            mode="lines",
            name=INTERVAL,
            hoverinfo="skip",
            line={"color": rung.colour(colours), "width": 3},
        )
    shades = [rung.colour(colours) for rung, _ in known]
    figure.add_scatter(
        x=[rung.estimate for rung, _ in known],
        y=[height for _, height in known],
        mode="markers",
        name="adjusted",
        marker={
            "symbol": [MARKERS[Role.ADJUSTED if rung.clear else Role.QUIET] for rung, _ in known],
            "size": 12,
            "line": {"width": 2.5, "color": shades},
            "color": shades,
        },
        customdata=[[rung.label, rung.reading] for rung, _ in known],
        hovertemplate="<b>%{customdata[0]}</b><br>adjusted: %{customdata[1]}<extra></extra>",
    )


def _raw(figure: go.Figure, placed: Sequence[tuple[Rung, int]], colours: Palette) -> None:
    known = [(rung, rung.raw, height - RAW_DROP) for rung, height in placed if rung.raw is not None]
    if not known:
        return
    figure.add_scatter(
        x=[raw for _, raw, _ in known],
        y=[height for _, _, height in known],
        mode="markers",
        name="unadjusted",
        marker={"symbol": MARKERS[Role.RAW], "size": 10, "color": colours.raw, "line": {"width": 2}},
        customdata=[[rung.label, rung.speech.signed(raw, rung.digits)] for rung, raw, _ in known],
        hovertemplate="<b>%{customdata[0]}</b><br>unadjusted: %{customdata[1]}<extra></extra>",
    )
    figure.add_annotation(
        note("◇ unadjusted", colours.raw, xref="paper", x=0, yref="paper", y=1, yanchor="bottom", xanchor="left")
    )
