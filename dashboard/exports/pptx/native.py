"""A plate as a native, editable chart on a slide."""

from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from dashboard.exports.plate import Label, Plate
from dashboard.exports.pptx import chart_xml as xml
from dashboard.exports.pptx.places import Box
from dashboard.exports.pptx.series import frame_of, series_of
from dashboard.exports.pptx.words import rgb
from dashboard.exports.widths import width_of, wrapped

WORDS_POINTS, SMALLEST_POINTS = 12.0, 8.0
WIDEST_NAMES, GAP_POINTS = 0.32, 8.0
POINT = 12_700


def add_chart(slide: Any, plate: Plate, box: Box, name: str, alt: str) -> None:
    """Draw the plate into ``box``; every number in it can be edited in the application."""
    frame = _bars(slide, plate, box) if plate.bars else _xy(slide, plate, box)
    xml.described(frame, name, alt)


def _xy(slide: Any, plate: Plate, box: Box) -> Any:
    points = _words_points(plate, box)
    left, right, top, bottom = _margins(plate, box, points)
    wide, tall = box.width / POINT, box.height / POINT
    plot = wide - left - right
    frame = frame_of(plate)
    series = series_of(
        plate, frame, plot, left - GAP_POINTS - points / 2, points, _lines(plate, tall - top - bottom, points)
    )
    data = XyChartData()
    for one in series:
        added = data.add_series(one.name)
        for x, y in one.xy:
            added.add_data_point(x, y)
    shape = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box.emu, data)
    chart = shape.chart
    chart.has_legend, chart.has_title = False, False
    for element, one in zip(chart._chartSpace.xpath(".//c:ser"), series, strict=True):
        xml.style_series(element, one, points)
    _axes(chart, plate, frame, points, left, wide, tall)
    xml.exact_plot_area(chart, left / wide, top / tall, plot / wide, (tall - top - bottom) / tall)
    xml.no_rounding(chart)
    return shape


def _axes(chart: Any, plate: Plate, frame: Any, points: float, left: float, wide: float, tall: float) -> None:
    x_axis, y_axis = chart._chartSpace.xpath(".//c:valAx")
    silent_x, silent_y = plate.x.named or plate.x.log, plate.y.named or bool(plate.support)
    xml.quiet_axis(
        x_axis, frame.x_low, frame.x_high, step=plate.x.step, log=plate.x.log,
        grid=plate.hairline if plate.x.grid and not plate.x.named else "", labels="" if silent_x else plate.quiet,
        points=points, form=plate.x.form,
    )  # fmt: skip
    xml.quiet_axis(
        y_axis, frame.y_low, frame.y_high, step=plate.y.step, log=plate.y.log,
        grid=plate.hairline if plate.y.grid and not plate.y.named else "", labels="" if silent_y else plate.quiet,
        points=points, form=plate.y.form,
    )  # fmt: skip
    small = points - 0.5
    if plate.x.title:
        xml.axis_title(x_axis, plate.x.title, plate.quiet, small, left / wide, 1 - 1.55 * small / tall)


def _words_points(plate: Plate, box: Box) -> float:
    """The size of words: as large as the rows allow."""
    if not plate.y.named or not plate.y.ticks:
        return WORDS_POINTS
    row = box.height / POINT * 0.82 / max(len(plate.y.ticks), 1)
    return max(SMALLEST_POINTS, min(WORDS_POINTS, row * 0.55))


def _lines(plate: Plate, tall: float, points: float) -> int:
    """How many lines of a name fit into a row of a plot so many points tall."""
    return max(1, int(tall / max(len(plate.y.ticks), 1) / (points * 1.25)))


def _margins(plate: Plate, box: Box, points: float) -> tuple[float, float, float, float]:
    """Points left of, right of, above and below the plot: what the words there need."""
    wide = box.width / POINT
    names = [text for _, text in plate.y.ticks] if plate.y.named or plate.support else ["−00.0"]
    left = min(max((width_of(t, points) for t in names), default=0) + GAP_POINTS + points, WIDEST_NAMES * wide)
    readings = [label for label in plate.labels if _at_right(label)]
    right = max((width_of(r.text, points, bold=r.bold) for r in readings), default=0) + 18
    above = any(label.y_share and label.y == 1 and not label.x_share for label in plate.labels)
    below = points * (2.0 + (1.6 if plate.x.title else 0))
    return left, min(right, 0.4 * wide), points * (2.0 if above else 0.6), below


def _at_right(label: Label) -> bool:
    return label.x_share and label.x == 1 and label.anchor == "left"


def _bars(slide: Any, plate: Plate, box: Box) -> Any:
    """Bars as a native bar chart, in the order of the figure."""
    bars = sorted(plate.bars, key=lambda b: b.place)
    data = CategoryChartData()
    data.categories = [wrapped(b.label, 0.3 * box.width / POINT, WORDS_POINTS) for b in bars]
    data.add_series(plate.x.title or plate.y.title or "value", [b.value for b in bars])
    kind = XL_CHART_TYPE.BAR_CLUSTERED if plate.lying else XL_CHART_TYPE.COLUMN_CLUSTERED
    shape = slide.shapes.add_chart(kind, *box.emu, data)
    chart = shape.chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.color.rgb = Pt(WORDS_POINTS), rgb(plate.ink)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.format.line.fill.background()
    plot = chart.plots[0]
    plot.gap_width, plot.vary_by_categories = 45, False
    series = plot.series[0]
    for point, bar in zip((series.points[i] for i in range(len(bars))), bars, strict=True):
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(bar.colour)
        label = point.data_label
        label.has_text_frame = True
        label.text_frame.text = bar.text
        label.position = XL_LABEL_POSITION.OUTSIDE_END
    xml.no_rounding(chart)
    return shape
