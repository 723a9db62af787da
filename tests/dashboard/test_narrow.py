"""What a phone changes about a chart: the room its bars have, never what they say."""

from dashboard.figures.curve import Line, Point, Scale, curve
from dashboard.figures.ladder import Rung, ladder
from dashboard.figures.narrow import narrowed
from dashboard.figures.theme import LIGHT

RUNGS = (Rung("within 15 min", 5.1, 2.3, 7.4, 11.2), Rung("within 24 hours", 0.6, 0.5, 0.7, 1.9, digits=1))


def marks(figure):
    return [(trace.name, tuple(trace.x), tuple(trace.y)) for trace in figure.data]


def test_every_mark_and_every_word_stays():
    desk = ladder(RUNGS, LIGHT, "returning guests per 100")
    phone = narrowed(desk)
    assert marks(phone) == marks(desk)
    assert [a.text for a in phone.layout.annotations] == [a.text for a in desk.layout.annotations]


def test_the_column_of_readings_is_given_to_the_bars():
    desk = ladder(RUNGS, LIGHT, "returning guests per 100")
    assert desk.layout.margin.r - narrowed(desk).layout.margin.r > 90
    lifted = [a for a in narrowed(desk).layout.annotations if a.x == 1]
    assert len(lifted) == len(RUNGS)
    assert all(a.xanchor == "right" and a.yshift > 0 for a in lifted)


def test_readers_share_the_desk_s_figure_so_it_is_left_alone():
    desk = ladder(RUNGS, LIGHT, "returning guests per 100")
    before = desk.to_json()
    narrowed(desk)
    assert desk.to_json() == before


def test_a_curve_has_no_bars_to_make_room_for():
    line = Line("today", "adjusted", (Point(1, 2.0, 1.0, 3.0, True, 5), Point(2, 3.0, 2.0, 4.0, True, 9)))
    figure = curve([line], Scale(((1, "1"),), "days"), LIGHT, "per 100")
    assert narrowed(figure) is figure
