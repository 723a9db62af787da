from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_review import finding_of, rungs

from dashboard.exports.from_plotly import plate_of
from dashboard.exports.pptx.parts import parts_of
from dashboard.exports.pptx.series import frame_of
from dashboard.exports.scales import round_step
from dashboard.exports.widths import width_of, wrapped
from words.speech import PLAIN


def test_every_rung_becomes_a_mark_with_its_interval_and_reading(review):
    finding = next(f for f in review.findings if f.id == "speed_ladder")
    marks = {m.text.partition(":")[0]: m for g in finding.plate.marks if g.name == "adjusted" for m in g.marks}
    for row, (_, name) in zip(finding.rows, finding.plate.y.ticks, strict=True):
        mark = marks[name]
        assert (mark.x, mark.low, mark.high) == (row.estimate, row.ci_low, row.ci_high)
    readings = [label.text for label in finding.plate.labels]
    assert "+5 (2 to 7) B" in readings


def test_a_curve_keeps_line_band_and_support(review):
    finding = next(f for f in review.findings if f.id == "speed_curve")
    shown = [r for r in finding.rows if r.supported]
    (line,), (band,) = finding.plate.lines, finding.plate.bands
    assert line.points == tuple((r.x, r.estimate) for r in shown)
    assert band.points == tuple((r.x, r.ci_low, r.ci_high) for r in shown)
    assert len(finding.plate.support) == len([r for r in finding.rows if r.n_near])
    assert finding.plate.x.log
    assert [text for _, text in finding.plate.x.ticks][:2] == ["15 min", "1 h"]


def test_marks_that_differ_in_colour_stay_apart_and_a_gap_stays_a_gap():
    plate = finding_of(tuple("abcdefg"), "x").plate
    made = rungs(tuple("abcdefg"))
    assert sum(len(g.marks) for g in plate.marks if g.name == "adjusted") == sum(r.estimate is not None for r in made)
    assert len(plate.y.ticks) == 7


def test_bars_carry_value_text_and_limits():
    figure = go.Figure(
        go.Bar(x=[3.0, 1.5], y=["won", "lost"], orientation="h", text=["3", "1.5"], marker={"color": "#0b6b65"},
               error_x={"array": [1.0, 0.5]})
    )  # fmt: skip
    bars = plate_of(figure, PLAIN).bars
    assert [(b.label, b.value, b.low, b.high, b.text) for b in bars] == [
        ("won", 3.0, 2.0, 4.0, "3"),
        ("lost", 1.5, 1.0, 2.0, "1.5"),
    ]


def test_a_surface_is_a_table_whose_unsupported_cells_are_masked():
    figure = go.Figure(
        go.Heatmap(z=[[1.0, None], [3.0, 4.0]], text=[["1", ""], ["3", "4"]], x=["a", "b"], y=["p", "q"])
    )
    grid = plate_of(figure, PLAIN).grid
    assert grid is not None
    assert (grid.columns, grid.rows) == (("a", "b"), ("q", "p"))
    assert [[cell.text for cell in row] for row in grid.cells] == [["3", "4"], ["1", ""]]


def test_forty_rows_are_shared_out_over_parts_that_lose_none():
    plate = finding_of(tuple(f"site {i}" for i in range(40)), "x").plate
    parts = parts_of(plate, 14)
    assert [len(p.y.ticks) for p in parts] == [14, 14, 12]
    assert [t for p in parts for t in p.y.ticks] == list(plate.y.ticks)
    assert sum(len(g.marks) for p in parts for g in p.marks) == sum(len(g.marks) for g in plate.marks)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_the_frame_holds_every_mark_and_starts_on_a_round_value(sign):
    plate = finding_of(("a", "b", "c"), "x", sign=sign).plate
    frame = frame_of(plate)
    values = [v for g in plate.marks for m in g.marks for v in (m.x, m.low, m.high) if v is not None]
    assert frame.x_low <= min(values)
    assert frame.x_high >= max(values)
    assert frame.x_low / plate.x.step == pytest.approx(round(frame.x_low / plate.x.step))


def test_an_axis_of_shares_starts_at_zero_and_not_below():
    plate = finding_of(("a", "b", "c"), "x").plate
    marks = tuple(
        replace(
            g,
            marks=tuple(replace(m, x=abs(m.x), low=m.low and abs(m.low), high=m.high and abs(m.high)) for m in g.marks),
        )
        for g in plate.marks
    )
    assert frame_of(replace(plate, marks=marks, x=replace(plate.x, low=-0.3))).x_low == 0.0
    assert frame_of(replace(plate, x=replace(plate.x, low=-0.3))).x_low <= -0.3


@given(st.floats(1e-6, 1e9), st.integers(3, 9))
def test_a_round_step_cuts_an_axis_into_a_few_parts(extent, most):
    step = round_step(extent, most)
    assert 1 <= extent / step <= most
    assert float(f"{step:.2g}") == pytest.approx(step)


@given(st.text(st.characters(categories=["L", "N", "Zs"]), max_size=80), st.integers(1, 3))
def test_wrapped_words_fit_their_room(text, lines):
    found = wrapped(text, 120.0, 12.0, lines).split("\n")
    assert all(found) or not text.strip()
    assert len(found) <= lines
    assert all(width_of(line, 12.0) <= 120.0 or len(line) <= 2 for line in found)


def test_words_on_a_logarithmic_axis_stand_where_the_figure_has_them():
    figure = go.Figure(go.Scatter(x=[1, 100], y=[0, 1], mode="markers", marker={"color": "#000000"}))
    figure.update_xaxes(type="log")
    figure.add_annotation(text="here", x=np.log10(10.0), y=0.5, showarrow=False)
    assert plate_of(figure, PLAIN).labels[0].x == pytest.approx(10.0)


@pytest.mark.parametrize("trace", [go.Pie(values=[1, 2]), go.Scatter(x=[1, 2], y=[1, 2], fill="tozeroy")])
def test_what_can_not_be_read_stops_the_export_instead_of_getting_lost(trace):
    with pytest.raises(ValueError, match="can't read"):
        plate_of(go.Figure(trace), PLAIN)
