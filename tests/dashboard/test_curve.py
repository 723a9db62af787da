import numpy as np
import pytest

from dashboard.figures.curve import Line, Point, Scale, curve
from dashboard.figures.theme import LIGHT

SHARES = Scale(((0.0, "0 %"), (1.0, "100 %")), "compensation as a share of the loss")
UNIT = "returning guests per 100"


def line(label="adjusted", role="adjusted", level=30.0, supported=(True, True, True, False)):
    points = tuple(
        Point(i / 2, level + i, level + i - 1, level + i + 2, ok, 100 if ok else 3) for i, ok in enumerate(supported)
    )
    return Line(label, role, points)


def named(figure, name):
    return next(t for t in figure.data if t.name == name)


def words(figure):
    return [a.text for a in figure.layout.annotations]


def test_the_line_and_its_band_hold_the_published_values():
    figure = curve([line()], SHARES, LIGHT, UNIT)
    assert list(named(figure, "adjusted").y) == [30, 31, 32]
    band = named(figure, "adjusted band")
    assert list(band.y) == [29, 30, 31, 34, 33, 32]
    assert band.fill == "toself"
    assert UNIT in words(figure)
    assert figure.layout.xaxis.title.text == "compensation as a share of the loss"
    assert list(figure.layout.xaxis.ticktext) == ["0 %", "100 %"]


def test_nothing_is_drawn_where_the_data_ends_but_the_strip_shows_how_little_there_is():
    figure = curve([line()], SHARES, LIGHT, UNIT)
    assert max(named(figure, "adjusted").x) == 1.0
    strip = named(figure, "support")
    heights = {x: y for x, y in zip(strip.x, strip.y, strict=True) if y}
    assert heights[0.0] == pytest.approx(1.0)
    assert heights[1.5] == pytest.approx(np.sqrt(0.03))


def test_a_gap_in_the_data_is_never_bridged():
    figure = curve([line(supported=(True, True, False, True, True))], SHARES, LIGHT, UNIT)
    assert [list(t.x) for t in figure.data if t.name == "adjusted"] == [[0.0, 0.5], [1.5, 2.0]]
    assert len([t for t in figure.data if t.name == "adjusted band"]) == 2


def test_several_lines_are_named_at_their_ends_without_touching():
    lines = [
        line("nuisance", "fourth", 31.0),
        line("disruption", "third", 30.9),
        line("stay spoiled", "adjusted", 20.0),
    ]
    figure = curve(lines, SHARES, LIGHT, UNIT)
    labels = {a.text: a for a in figure.layout.annotations if a.text.startswith("<b>")}
    assert set(labels) == {"<b>nuisance</b>", "<b>disruption</b>", "<b>stay spoiled</b>"}
    heights = sorted(a.y for a in labels.values())
    assert min(np.diff(heights)) >= 0.07 * (35 - 19)
    assert {a.font.color for a in labels.values()} == {LIGHT.fourth, LIGHT.third, LIGHT.adjusted}


def test_one_line_needs_no_name():
    assert not any(text.startswith("<b>") for text in words(curve([line()], SHARES, LIGHT, UNIT)))


def test_spans_of_time_are_drawn_on_a_log_axis():
    scale = Scale(((15, "15 min"), (60, "1 h")), "everyone answered within …", log=True)
    assert curve([line()], scale, LIGHT, UNIT).layout.xaxis.type == "log"


@pytest.mark.parametrize("lines", [[], [line(supported=(False, False))]])
def test_without_support_no_line_is_drawn(lines):
    figure = curve(lines, SHARES, LIGHT, UNIT)
    assert not [t for t in figure.data if t.name != "support"]
