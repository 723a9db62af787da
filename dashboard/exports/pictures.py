"""Charts as PNG and SVG: the very figures of the screen through Chromium where one is found, else our own drawing."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import kaleido
import plotly.graph_objects as go
import typst

from dashboard.exports.manifest import Format
from dashboard.exports.pdf.press import FACES
from dashboard.exports.review import Finding
from dashboard.exports.svg import framed_svg
from dashboard.figures.theme import FONT, LIGHT
from pipelines.contracts.messages.doing import MakingPicture, Progress

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, SCALE, DOTS_PER_INCH = 900, 2, 144
HEAD, FOOT = 76, 44
NO_BROWSER = (
    "Chromium was not found, so the pictures were drawn without it: the same numbers, simpler type. "
    "Install Chromium for pictures of the charts as on screen."
)


def browser() -> str | None:
    """The Chromium of this machine, if any."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pictures(findings: Iterable[Finding], kinds: Iterable[Format], progress: Progress) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of every chart in every kind, one at a time; tables have no picture."""
    drawable = [f for f in findings if f.plate.grid is None]
    kinds = tuple(kinds)
    path = browser() if drawable and kinds else None
    if path is None:
        yield from _own(drawable, kinds)
        return
    kaleido.start_sync_server(path=path, mathjax=False, silence_warnings=True)
    try:
        for number, finding in enumerate(drawable, start=1):
            progress(MakingPicture(number, len(drawable)))
            framed = _framed(finding)
            for kind in kinds:
                yield f"{finding.id}.{kind}", kaleido.calc_fig_sync(framed, opts=_options(framed, kind))
    finally:
        kaleido.stop_sync_server(silence_warnings=True)


def _options(figure: go.Figure, kind: Format) -> Mapping[str, Any]:
    return {"format": kind, "width": WIDTH, "height": figure.layout.height, "scale": SCALE if kind is Format.PNG else 1}


def _framed(finding: Finding) -> go.Figure:
    """A copy of the figure that stands alone: its finding above, where it comes from below."""
    figure = go.Figure(finding.drawn.figure)
    margin = figure.layout.margin
    top, bottom = margin.t + HEAD, margin.b + FOOT
    tall = figure.layout.height + HEAD + FOOT
    figure.update_layout(
        height=tall,
        margin={"l": margin.l + 24, "r": margin.r + 24, "t": top, "b": bottom},
        title={
            "text": f"<b>{_plain(finding.headline)}</b><br><span style='font-size:13px;color:{LIGHT.quiet}'>"
            f"{_plain(finding.subtitle)}</span>",
            "x": 0, "xref": "container", "xanchor": "left", "pad": {"l": 24}, "yref": "container", "y": 1 - 34 / tall,
            "font": {"family": FONT, "size": 18, "color": LIGHT.ink},
        },
    )  # fmt: skip
    figure.add_annotation(
        text=_plain(finding.source), xref="paper", yref="paper", x=0, y=0, xanchor="left", yanchor="bottom",
        xshift=-margin.l, yshift=16 - bottom, showarrow=False, font={"size": 12, "color": LIGHT.quiet},
    )  # fmt: skip
    return figure


def _plain(text: str) -> str:
    """Words that the plotting library takes for words."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _own(findings: Iterable[Finding], kinds: Iterable[Format]) -> Iterator[tuple[str, bytes]]:
    for finding in findings:
        drawing = framed_svg(finding.plate, finding.headline, finding.subtitle, finding.source, finding.alt)
        for kind in kinds:
            yield f"{finding.id}.{kind}", drawing.encode() if kind is Format.SVG else _png(drawing)


def _png(drawing: str) -> bytes:
    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    faces = typst.Fonts(font_paths=[FACES])
    return typst.compile(source, font_paths=faces, format="png", ppi=DOTS_PER_INCH, sys_inputs={"svg": drawing})
