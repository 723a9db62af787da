from dataclasses import replace

from made_up_rows import voice_effects, voice_measures
from published_run import SPEECH

from dashboard.effects import Aim
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from dashboard.figures.voices import RESPONDERS
from dashboard.voices import voices_table

AIM = Aim("speed", "negative_post", None)


def draw(run):
    return CHARTS["voices"].draw(run, AIM, LIGHT)


def test_each_way_of_speaking_has_its_rung_and_the_clear_ones_make_the_title(run):
    drawn = draw(run)
    assert list(drawn.figure.layout.yaxis.ticktext) == ["Promoter", "Negative post", "Referrals"]
    assert drawn.title == "Fewer negative posts"
    assert drawn.subtitle.startswith("Answering everyone within an hour: change per 100 guests")
    assert drawn.source == "1,300 to 7,000 incidents"


def test_promoters_are_known_of_responders_only_and_that_is_said(run):
    assert RESPONDERS in draw(run).caveats
    without = replace(run, effects=tuple(r for r in voice_effects() if r.outcome != "promoter"))
    assert RESPONDERS not in draw(without).caveats


def test_stars_are_not_drawn_on_an_axis_per_100(run):
    stars = [replace(r, unit="stars, 1–5") for r in voice_effects()]
    assert draw(replace(run, effects=tuple(stars))) is None


def test_what_is_said_stands_beside_those_who_never_failed():
    posts, stories, stars = voices_table(voice_measures(), SPEECH)
    assert posts["After an incident"] == "4\u202f% (2 to 6)"
    assert posts["Never failed"] == "0\u202f% (0 to 2)"
    assert stories["Within 90 days"] == "Told a positive story"
    assert (stories["After an incident"], stories["Never failed"]) == ("3\u202f% (1 to 5)", "3\u202f% (1 to 5)")
    assert stars["After an incident"] == "3.64 (3.51 to 3.76)"
    assert stars["Never failed"] == "–"


def test_without_word_of_mouth_there_is_no_table():
    assert voices_table([], SPEECH) == []
