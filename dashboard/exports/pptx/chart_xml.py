"""The parts of a native chart that the library has no words for: exact plot area, quiet axes, labels."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.exports.pptx.series import Series, Words

EMU_PER_POINT = 12_700
SYMBOLS = {"circle": "circle", "diamond": "diamond", "square": "square", "triangle": "triangle", "tick": "dash"}
NS = nsdecls("c", "a")
REPLACED = (
    "scaling", "majorGridlines", "numFmt", "majorTickMark", "minorTickMark", "tickLblPos", "spPr", "txPr", "majorUnit",
    "title", "crosses", "crossesAt",
)  # fmt: skip


def solid(colour: str, opacity: float = 1.0) -> str:
    """A solid fill as XML."""
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}">{alpha}</a:srgbClr></a:solidFill>'


def stroke(colour: str, points: float, *, opacity: float = 1.0, dashed: bool = False) -> str:
    """A line as XML; none for zero points."""
    if points <= 0:
        return "<a:ln><a:noFill/></a:ln>"
    dash = '<a:prstDash val="sysDash"/>' if dashed else ""
    return f'<a:ln w="{round(points * EMU_PER_POINT)}" cap="flat">{solid(colour, opacity)}{dash}<a:round/></a:ln>'


def text_style(colour: str, points: float, *, bold: bool = False) -> str:
    """Character properties as XML."""
    return f'<a:defRPr sz="{round(points * 100)}" b="{int(bold)}">{solid(colour)}</a:defRPr>'


def style_series(element: Any, series: Series, points: float) -> None:
    """Line, marks and words of one ``c:ser``; ``points`` is the size of its words."""
    for name in ("c:spPr", "c:marker", "c:dLbls", "c:smooth"):
        for old in element.findall(qn(name)):
            element.remove(old)
    line = stroke(series.colour, series.width, opacity=series.opacity, dashed=series.dashed)
    parts = [f"<c:spPr {NS}>{line}</c:spPr>", _marker(series)]
    if series.words:
        parts.append(_labels(series.words, points))
    before = element.find(qn("c:xVal"))
    for xml in parts:
        before.addprevious(parse_xml(xml))
    element.append(parse_xml(f'<c:smooth {NS} val="0"/>'))


def _marker(series: Series) -> str:
    if not series.symbol:
        return f'<c:marker {NS}><c:symbol val="none"/></c:marker>'
    fill = "<a:noFill/>" if series.hollow else solid(series.colour)
    edge = stroke(series.colour, 1.75 if series.hollow else 0.5)
    return (
        f'<c:marker {NS}><c:symbol val="{SYMBOLS[series.symbol]}"/><c:size val="{series.size}"/>'
        f"<c:spPr>{fill}{edge}</c:spPr></c:marker>"
    )


def _labels(words: tuple[Words, ...], points: float) -> str:
    shown = "".join(_label(i, word, points) for i, word in enumerate(words))
    flags = "".join(
        f'<c:{name} val="0"/>'
        for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    return f"<c:dLbls {NS}>{shown}{flags}</c:dLbls>"


def _label(index: int, word: Words, points: float) -> str:
    side = {"l": "r", "r": "l"}.get(word.position, "ctr")
    style = f'lang="en-US" sz="{round(points * 100)}" b="{int(word.bold)}"'
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{side}">{text_style(word.colour, points, bold=word.bold)}</a:pPr>'
        f"<a:r><a:rPr {style}>{solid(word.colour)}</a:rPr><a:t>{escape(line)}</a:t></a:r></a:p>"
        for line in word.text.split("\n")
    )
    return (
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr wrap="none" lIns="38100" rIns="38100"/><a:lstStyle/>'
        f'{paragraphs}</c:rich></c:tx><c:dLblPos val="{word.position}"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
    )


def exact_plot_area(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """The inner plot area in shares of the chart, so that nothing moves when an application lays it out anew."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, parse_xml(_layout(left, top, width, height, inner=True)))


def _layout(left: float, top: float, width: float, height: float, *, inner: bool) -> str:
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    size = f'<c:w val="{width:.4f}"/><c:h val="{height:.4f}"/>' if inner else ""
    return (
        f"<c:layout {NS}><c:manualLayout>{target}"
        '<c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left:.4f}"/><c:y val="{top:.4f}"/>{size}</c:manualLayout></c:layout>'
    )


def axis_title(axis: Any, text: str, colour: str, points: float, left: float, top: float) -> None:
    """The words of an axis, unturned, with their corner at a share of the chart."""
    for old in axis.findall(qn("c:title")):
        axis.remove(old)
    title = parse_xml(
        f'<c:title {NS}><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p>'
        f'<a:pPr>{text_style(colour, points)}</a:pPr><a:r><a:rPr lang="en-US" sz="{round(points * 100)}" b="0">'
        f"{solid(colour)}</a:rPr><a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        f'{_layout(left, top, 0, 0, inner=False).replace(NS, "")}<c:overlay val="0"/></c:title>'
    )
    place = axis.find(qn("c:majorGridlines"))
    (place if place is not None else axis.find(qn("c:axPos"))).addnext(title)


def quiet_axis(
    axis: Any, low: float, high: float, *, step: float | None, log: bool, grid: str, labels: str, points: float,
    form: str,
) -> None:  # fmt: skip
    """Limits, hairline grid and small numbers at the low end; ``labels`` is their colour, empty for none."""
    for name in REPLACED:
        for old in axis.findall(qn(f"c:{name}")):
            axis.remove(old)
    base = '<c:logBase val="10"/>' if log else ""
    limits = f'<c:max val="{high!r}"/><c:min val="{low!r}"/>'
    scaling = f'<c:scaling {NS}>{base}<c:orientation val="minMax"/>{limits}</c:scaling>'
    axis.find(qn("c:axId")).addnext(parse_xml(scaling))
    lines = f"<c:majorGridlines {NS}><c:spPr>{stroke(grid, 0.75)}</c:spPr></c:majorGridlines>" if grid else ""
    position = "low" if labels else "none"
    parts = [
        lines,
        f'<c:numFmt {NS} formatCode={quoteattr(form)} sourceLinked="0"/>',
        f'<c:majorTickMark {NS} val="none"/>',
        f'<c:minorTickMark {NS} val="none"/>',
        f'<c:tickLblPos {NS} val="{position}"/>',
        f"<c:spPr {NS}><a:ln><a:noFill/></a:ln></c:spPr>",
        f'<c:txPr {NS}><a:bodyPr rot="0"/><a:lstStyle/><a:p><a:pPr>{text_style(labels or "#000000", points)}</a:pPr>'
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr>',
    ]
    last = axis.find(qn("c:axPos"))
    for xml in filter(None, parts):
        element = parse_xml(xml)
        last.addnext(element)
        last = element
    crossing = axis.find(qn("c:crossAx"))
    crossing.addnext(parse_xml(f'<c:crosses {NS} val="min"/>'))
    if step:
        between = axis.find(qn("c:crossBetween"))
        unit = parse_xml(f'<c:majorUnit {NS} val="{step:.12g}"/>')
        (between if between is not None else axis.find(qn("c:crosses"))).addnext(unit)


def described(frame: Any, name: str, alt: str) -> None:
    """Name and alternative text of a shape, for who can't see it."""
    properties = frame._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", alt)


def no_rounding(chart: Any) -> None:
    """Square corners and no grey frame."""
    space = chart._chartSpace
    for old in space.findall(qn("c:roundedCorners")):
        space.remove(old)
    corners = etree.SubElement(space, qn("c:roundedCorners"))
    corners.set("val", "0")
    space.remove(corners)
    date = space.find(qn("c:date1904"))
    if date is None:
        space.insert(0, corners)
    else:
        date.addnext(corners)
