import pytest

from dashboard.figures.ladder import NO_ESTIMATE, RUNG_PIXELS, Rung, ladder
from dashboard.figures.theme import DARK, LIGHT

RUNGS = (
    Rung("within 15 min", 5.1, 2.3, 7.4, 11.2),
    Rung("within 24 hours", 0.6, -0.3, 1.5, 1.9, digits=1),
    Rung("within 72 hours", None, None, None, None),
)


def traces(figure, name):
    return [t for t in figure.data if t.name == name]


def words(figure):
    return [a.text for a in figure.layout.annotations]


def test_points_intervals_and_raw_sit_at_their_values_from_top_to_bottom():
    figure = ladder(RUNGS, LIGHT, "more returning guests per 100")
    (adjusted,) = traces(figure, "adjusted")
    assert list(adjusted.x) == [5.1, 0.6]
    assert adjusted.y[0] > adjusted.y[1]
    assert [tuple(t.x) for t in traces(figure, "interval")] == [(2.3, 7.4), (-0.3, 1.5)]
    (raw,) = traces(figure, "unadjusted")
    assert list(raw.x) == [11.2, 1.9]
    assert all(r < a for r, a in zip(raw.y, adjusted.y, strict=True))
    assert figure.layout.xaxis.title.text == "more returning guests per 100"
    assert list(figure.layout.yaxis.ticktext) == [r.label for r in RUNGS]


def test_a_point_never_goes_without_its_interval_in_words():
    texts = words(ladder(RUNGS, LIGHT, ""))
    assert "<b>+5 (2 to 7)</b>" in texts
    assert "+0.6 (−0.3 to 1.5)" in texts


def test_what_may_be_nothing_is_grey_and_what_is_clear_is_not():
    for colours in (LIGHT, DARK):
        (adjusted,) = traces(ladder(RUNGS, colours, ""), "adjusted")
        assert list(adjusted.marker.color) == [colours.adjusted, colours.quiet]


def test_a_clear_interval_stays_grey_where_the_checks_allow_no_conclusion():
    weak = Rung("within 1 hour", 3.2, 1.2, 5.1, grade="D", conclusive=False)
    figure = ladder([weak], LIGHT, "")
    (adjusted,) = traces(figure, "adjusted")
    assert list(adjusted.marker.color) == [LIGHT.quiet]
    assert words(figure) == ["+3 (1 to 5) D"]


def test_a_rung_without_estimate_keeps_its_place_and_says_so():
    figure = ladder(RUNGS, LIGHT, "")
    assert "within 72 hours" in figure.layout.yaxis.ticktext
    assert NO_ESTIMATE in words(figure)
    assert not any("None" in text or "nan" in text for text in words(figure))


def test_raw_has_its_own_marker_and_colour():
    figure = ladder(RUNGS, LIGHT, "")
    (raw,), (adjusted,) = traces(figure, "unadjusted"), traces(figure, "adjusted")
    assert raw.marker.symbol != adjusted.marker.symbol
    assert raw.marker.color == LIGHT.raw


@pytest.mark.parametrize("rungs", [(), (Rung("within 1 hour", None, None, None, None),)])
def test_nothing_to_show_still_draws_the_zero_line_and_no_mark(rungs):
    figure = ladder(rungs, LIGHT, "more returning guests per 100")
    assert all(not t.x for t in figure.data)
    low, high = figure.layout.xaxis.range
    assert low < 0 < high


def test_everything_drawn_lies_inside_the_axis():
    figure = ladder((Rung("a", -9.0, -14.0, -4.0, 3.0), Rung("b", 1.0, 0.5, 21.0, -16.0)), LIGHT, "")
    low, high = figure.layout.xaxis.range
    assert low < -16
    assert high > 21


def test_a_long_reading_has_room_at_the_right_edge():
    def room(low):
        return ladder([Rung("Within 1 hour", -12.4, low, -10.9, grade="C", digits=1)], LIGHT, "per 100").layout.margin.r

    assert room(-188888.8) - room(-18.8) >= 4 * 5


def test_without_colours_a_clear_change_is_still_told_from_one_that_may_be_none():
    (adjusted,) = traces(ladder(RUNGS, LIGHT, "per 100"), "adjusted")
    assert [symbol.endswith("-open") for symbol in adjusted.marker.symbol] == [False, True]


def test_the_key_of_the_diamonds_stands_above_the_plot_where_it_can_cover_nothing():
    for raw in (-8.0, 0.1):
        figure = ladder([Rung("All failures", -6.8, -8.8, -4.9, raw=raw)], LIGHT, "per 100")
        (key,) = (a for a in figure.layout.annotations if "unadjusted" in a.text)
        assert (key.yref, key.y, key.yanchor) == ("paper", 1, "bottom")
        assert figure.layout.margin.t > ladder([Rung("All failures", -6.8, -8.8, -4.9)], LIGHT, "").layout.margin.t


def test_a_diamond_never_touches_the_marks_it_is_compared_with():
    figure = ladder(RUNGS, LIGHT, "per 100")
    (raw,), (adjusted,) = traces(figure, "unadjusted"), traces(figure, "adjusted")
    apart_pixels = RUNG_PIXELS * (adjusted.y[0] - raw.y[0])
    assert apart_pixels >= (raw.marker.size + adjusted.marker.size) / 2 + raw.marker.line.width + 3
