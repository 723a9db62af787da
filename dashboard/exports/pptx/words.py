"""Text on slides: boxes that fit, paragraphs in the direction of their script, tables of the house's own style."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from dashboard.exports.listing import Listing
from dashboard.exports.pptx.places import Box
from dashboard.exports.widths import fitting_points, lines_of, width_of
from dashboard.figures.theme import LIGHT

SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
LEADING = 1.22
CELL_PAD_POINTS, SHORT_POINTS = 5.0, 100.0


def rgb(colour: str) -> Any:
    """A colour as the library wants it."""
    return RGBColor.from_string(colour.lstrip("#").upper())


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is read from the right."""
    strong = (unicodedata.bidirectional(c) for c in text)
    return next((d for d in strong if d in ("L", "R", "AL")), "L") in ("R", "AL")


def add_text(
    slide: Any, box: Box, text: str, *, size: float = 12.0, colour: str = LIGHT.ink, bold: bool = False,
    heading: bool = False, sizes: Sequence[float] = (), anchor: Any = MSO_ANCHOR.TOP, name: str = "", end: bool = False,
) -> Any:  # fmt: skip
    """A box of text; with ``sizes`` the largest that fits, and what still doesn't fit ends in an ellipsis."""
    shape = slide.shapes.add_textbox(*(Emu(v) for v in box.emu))
    shape.name = name or shape.name
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    if sizes:
        size = fitting_points(text, *box.points, tuple(sizes), leading=LEADING)
        text = _cut(text, *box.points, size)
    for i, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        _write(paragraph, line, size, colour, bold=bold, heading=heading)
        if end:
            paragraph.alignment = PP_ALIGN.RIGHT
    return shape


def _write(paragraph: Any, text: str, size: float, colour: str, *, bold: bool, heading: bool = False) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = rgb(colour)
    if heading:
        face = parse_xml(f'<a:latin {nsdecls("a")} typeface="+mj-lt"/>')
        run._r.get_or_add_rPr().append(face)
    if right_to_left(text):
        paragraph.alignment = PP_ALIGN.RIGHT
        paragraph._p.get_or_add_pPr().set("rtl", "1")


def _cut(text: str, width: float, height: float, size: float) -> str:
    room = max(1, int(height / (size * LEADING)))
    while sum(lines_of(p, width, size) for p in text.split("\n")) > room and " " in text:
        text = text.rstrip("…").rstrip().rpartition(" ")[0] + " …"
    return text


def set_title(slide: Any, text: str, box: Box, sizes: Sequence[float] = (26, 24, 22, 20, 18, 16)) -> None:
    """The slide's title in its own place, as large as fits."""
    size = fitting_points(text, box.points[0] * 0.94, box.points[1], tuple(sizes), leading=1.15)
    frame = slide.shapes.title.text_frame
    frame.clear()
    run = frame.paragraphs[0].add_run()
    run.text = _cut(text, box.points[0] * 0.94, box.points[1] * 1.06, size)
    run.font.size = Pt(size)
    if right_to_left(text):
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
        frame.paragraphs[0]._p.get_or_add_pPr().set("rtl", "1")


def add_table(slide: Any, box: Box, listing: Listing, name: str) -> int:
    """A table of as many lines as fit; how many those are. Only hairlines between rows, no bands, no boxes.

    Where the lines need several slides they are shared out evenly, so that none is left with a single one.
    """
    columns = len(listing.head)
    size = 11.0 if columns <= 6 else 10.0
    widths = _widths(listing, box.points[0], size)
    lines = (listing.head, *listing.lines)
    heights = [_height(line, widths, size) for line in lines]
    shown = _share(heights[1:], box.points[1] - heights[0])
    frame = slide.shapes.add_table(shown + 1, columns, *(Emu(v) for v in box.emu[:3]), Pt(sum(heights[: shown + 1])))
    frame.name = name
    table = frame.table
    _plain(table)
    for i, width in enumerate(widths):
        table.columns[i].width = Pt(width)
    for i, line in enumerate(lines[: shown + 1]):
        table.rows[i].height = Pt(heights[i])
        for j, text in enumerate(line):
            _cell(table.cell(i, j), text, size, head=i == 0)
    return shown


def _share(heights: Sequence[float], room: float) -> int:
    """How many rows the first slide takes: all if they fit, else an even share."""
    slides, used, first = 1, 0.0, 0
    for height in heights:
        if used and used + height > room:
            slides, used = slides + 1, 0.0
        used += height
        first += slides == 1
    return max(1, min(first, -(-len(heights) // slides)))


def _widths(listing: Listing, room: float, size: float) -> list[float]:
    """Widths in points: short columns what they need, wordy ones their longest word and a share of what is left."""
    columns = list(zip(listing.head, *listing.lines[:60], strict=True))
    pad = 2 * CELL_PAD_POINTS + 6
    wants = [max(width_of(t, size, bold=True) for t in column) + pad for column in columns]
    words = [max(width_of(w, size, bold=True) for t in column for w in t.split(" ")) + pad for column in columns]
    floors = [
        want if want <= SHORT_POINTS else min(want, max(word, 56.0)) for want, word in zip(wants, words, strict=True)
    ]
    spare = room - sum(floors)
    hunger = [max(want - floor, 0.0) for want, floor in zip(wants, floors, strict=True)]
    if spare <= 0:
        return [f * room / sum(floors) for f in floors]
    if sum(hunger) <= spare:
        return [floor + more for floor, more in zip(floors, hunger, strict=True)]
    return [floor + spare * more / sum(hunger) for floor, more in zip(floors, hunger, strict=True)]


def _height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    lines = max(lines_of(t, w - 2 * CELL_PAD_POINTS, size) for t, w in zip(texts, widths, strict=True))
    return lines * size * 1.2 + 8.0


def _cell(cell: Any, text: str, size: float, *, head: bool) -> None:
    frame = cell.text_frame
    frame.word_wrap = True
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Pt(CELL_PAD_POINTS)
    cell.margin_top = cell.margin_bottom = Pt(2)
    _write(frame.paragraphs[0], text, size, LIGHT.quiet if head else LIGHT.ink, bold=head)
    properties = cell._tc.get_or_add_tcPr()
    colour, points = (LIGHT.axis, 1.0) if head else (LIGHT.grid, 0.75)
    for side in ("lnL", "lnR", "lnT"):
        properties.append(parse_xml(f'<a:{side} {nsdecls("a")} w="0"><a:noFill/></a:{side}>'))
    properties.append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{round(points * 12700)}"><a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/>'
            "</a:solidFill></a:lnB>"
        )
    )
    properties.append(parse_xml(f"<a:noFill {nsdecls('a')}/>"))


def _plain(table: Any) -> None:
    """Drop the application's own table style, keep the mark that the first row is a head."""
    properties = table._tbl.tblPr
    properties.set("bandRow", "0")
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
