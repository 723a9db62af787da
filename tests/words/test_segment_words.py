import pytest

from pipelines.contracts.messages.estimation import Side, SideTooFewEvents
from words.segments import family_words, level_words, segment_words
from words.speech import PLAIN


@pytest.mark.parametrize(
    ("segment", "whole", "level"),
    [
        (
            "severity=stay_spoiled;value=low",
            "severity: stay spoiled, low customer value",
            "stay spoiled, low customer value",
        ),
        ("fault=third_party", "a third party's fault", "a third party's fault"),
        ("channel=web_form", "channel: web form", "web form"),
        ("site=a_1", "site: a 1", "a 1"),
        ("mass=single", "single incidents", "single incidents"),
        ("repeat=repeat", "repeated failure", "repeated failure"),
        ("earlier_apologies=none", "no earlier apology", "no earlier apology"),
        ("loyalty_tier=gold", "loyalty tier: gold", "gold"),
    ],
)
def test_a_segment_reads_without_its_code(segment, whole, level):
    assert segment_words(segment) == whole
    assert level_words(segment) == level
    assert segment_words(whole) == whole


def test_crossed_families_are_both_named():
    assert family_words("severity × value") == "severity × customer value"


@pytest.mark.parametrize(("events", "said"), [(1, "happened 1 time in 41"), (2, "happened 2 times in 41")])
def test_once_is_one_time(events, said):
    assert said in PLAIN.say(SideTooFewEvents(next(iter(Side)), events, 41, 10))
