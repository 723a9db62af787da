"""The deck's own look: paper, serif headlines, the palette of the app as the file's theme, two layouts and no more."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

from dashboard.exports.pptx.places import Places
from dashboard.exports.pptx.words import rgb
from dashboard.figures.theme import LIGHT

HEADING, BODY = "Georgia", "Arial"
COLOURS = {
    "dk1": LIGHT.ink, "lt1": LIGHT.background, "dk2": LIGHT.quiet, "lt2": "#f1efe8", "accent1": LIGHT.adjusted,
    "accent2": LIGHT.raw, "accent3": LIGHT.third, "accent4": LIGHT.fourth, "accent5": LIGHT.quiet,
    "accent6": LIGHT.axis, "hlink": LIGHT.adjusted, "folHlink": LIGHT.third,
}  # fmt: skip
KEPT_LAYOUTS = ("Title Only", "Blank")


def new_deck(places: Places) -> Any:
    """An empty presentation in the house style."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(places.width), Inches(places.height)
    master = deck.slide_masters[0]
    _theme(master)
    _theme(deck.notes_master)
    _paper(master)
    _no_thumbnail(deck)
    for layout in list(master.slide_layouts):
        if layout.name not in KEPT_LAYOUTS:
            master.slide_layouts.remove(layout)
    for holder in list(master.placeholders):
        if holder.placeholder_format.type is not None and "TITLE" not in str(holder.placeholder_format.type):
            holder._element.getparent().remove(holder._element)
    for layout in master.slide_layouts:
        _title(layout, places)
    _title(master, places)
    _title_style(master)
    return deck


def _title(layout: Any, places: Places) -> None:
    for holder in list(layout.placeholders):
        if "TITLE" not in str(holder.placeholder_format.type):
            holder._element.getparent().remove(holder._element)
            continue
        holder.left, holder.top, holder.width, holder.height = (Emu(v) for v in places.title.emu)
        holder.text_frame.word_wrap = True
        holder.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
            setattr(holder.text_frame, side, 0)


def _title_style(master: Any) -> None:
    style = master._element.find(f".//{qn('p:titleStyle')}")
    for level in list(style):
        style.remove(level)
    faces = "".join(
        f'<a:{kind} typeface="+mj-{short}"/>' for kind, short in (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
    )
    style.append(
        parse_xml(
            f'<a:lvl1pPr {nsdecls("a")} algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc>'
            '<a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/><a:defRPr sz="2600" b="1" kern="1200">'
            f'<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>{faces}</a:defRPr></a:lvl1pPr>'
        )
    )


def _no_thumbnail(deck: Any) -> None:
    """Drop the picture of somebody else's first slide that the empty file brings along."""
    relations = deck.part.package._rels
    for key in [k for k, r in relations.items() if r.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(key)


def _paper(master: Any) -> None:
    fill = master.background.fill
    fill.solid()
    fill.fore_color.rgb = rgb(LIGHT.background)


def _theme(master: Any) -> None:
    """Colours and faces of the file itself, so that whatever a reader adds takes them up."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    parsed = getattr(part, "_element", None)
    root = etree.fromstring(part.blob) if parsed is None else parsed
    root.set("name", "Amends")
    names = root.find(f".//{qn('a:clrScheme')}")
    names.set("name", "Amends")
    for name, colour in COLOURS.items():
        slot = names.find(qn(f"a:{name}"))
        for old in list(slot):
            slot.remove(old)
        etree.SubElement(slot, qn("a:srgbClr")).set("val", colour.lstrip("#"))
    for kind, face in (("majorFont", HEADING), ("minorFont", BODY)):
        root.find(f".//{qn(f'a:{kind}')}/{qn('a:latin')}").set("typeface", face)
    if parsed is None:
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
