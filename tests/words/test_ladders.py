"""Titles of ladders and curves follow from intervals and grades alone."""

from dataclasses import replace

import pytest

from pipelines.contracts.catalog.estimation import Band, Series
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.effect import Effect
from words.effects import grade_meaning
from words.ladders import curve_finding, ladder_finding, side_by_side_finding, voices_finding
from words.speech import PLAIN


def rung(label, low, high, grade="B"):
    return label, effect((low + high) / 2, low, high, grade)


def effect(estimate, low, high, grade):
    row = Effect("returned", "speed", "within", estimate=estimate, ci_low=low, ci_high=high)
    return replace(row, grade=Grade(grade) if grade else None)


REFUSED = ("Answering within 15 min", effect(None, None, None, None))
FAST, SLOW, LATE = (
    rung("Answering within 1 hour", 1, 5),
    rung("Answering within 4 hours", 0.4, 3),
    rung("Answering within 24 hours", -1, 2),
)


def finding(*rungs):
    return ladder_finding(rungs, "returning guests", "promise", PLAIN)


def test_the_weakest_promise_with_a_clear_gain_is_named():
    assert finding(REFUSED, FAST, SLOW, LATE) == "Answering within 4 hours is estimated to bring more returning guests"


@pytest.mark.parametrize(
    ("grade", "words"), [("A", "brings more"), ("B", "is estimated to"), ("C", "goes with"), (None, "goes with")]
)
def test_the_verb_follows_the_grade_of_the_rung_it_names(grade, words):
    assert words in finding(FAST, rung("Answering within 4 hours", 0.4, 3, grade))


def test_where_zero_is_inside_every_interval_no_gain_is_claimed():
    assert finding(LATE) == "No promise shows a clear gain yet"


@pytest.mark.parametrize("rungs", [(), (REFUSED,), (rung("Answering within 1 hour", 1, 5, "D"),)])
def test_without_a_rung_that_can_be_judged_there_is_no_conclusion(rungs):
    assert finding(*rungs).startswith("No conclusion yet")


def test_a_clear_loss_is_said_before_any_gain():
    assert finding(FAST, rung("Answering within 4 hours", -3, -1)).startswith(
        "Answering within 4 hours goes with fewer"
    )


def test_fewer_is_a_gain_where_lower_is_better():
    posts = [rung("Answering within 1 hour", -2, -1), rung("Answering within 4 hours", -1, -0.5)]
    assert ladder_finding(posts, "negative posts", "promise", PLAIN, higher_is_better=False) == (
        "Answering within 4 hours is estimated to bring fewer negative posts"
    )
    assert ladder_finding([FAST], "negative posts", "promise", PLAIN, higher_is_better=False).startswith(
        "Answering within 1 hour goes with more negative posts"
    )


def test_every_grade_has_its_plain_meaning_and_only_a_is_called_proof():
    meanings = {grade: grade_meaning(grade, PLAIN) for grade in (*Grade, None)}
    assert [grade for grade, text in meanings.items() if text.startswith("Proof")] == [Grade.A]
    assert meanings[Grade.B].startswith("Good evidence, not proof")
    assert meanings[None].startswith("Not graded yet")


def gain(label, low, grade="B", supported=True):
    return label, point(low, low + 4, supported), Grade(grade)


def point(low, high, supported=True):
    return CurvePoint("e", Series.GAIN, 1.0, "minutes", low, low, high, Band.SIMULTANEOUS, supported, 50)


def test_a_curve_names_the_weakest_point_above_its_baseline():
    gains = [gain("A promise of 15 min", 2.0), gain("A promise of 1 hour", 0.3), gain("A promise of 24 hours", -0.4)]
    assert curve_finding(gains, "today's answering times", PLAIN) == (
        "A promise of 1 hour does clearly better than today's answering times"
    )


def test_a_curve_of_hints_says_so():
    said = curve_finding([gain("Half of the loss", 2.0, "C")], "nothing given", PLAIN)
    assert said == "Half of the loss does clearly better than nothing given, after adjustment"


def test_a_gain_that_may_be_none_is_not_claimed():
    assert curve_finding([gain("a", -1), gain("b", 2, "D")], "nothing given", PLAIN) == (
        "Where the checks hold, nothing does clearly better than nothing given"
    )


def test_a_curve_of_what_should_fall_looks_below():
    falling = "a", point(-3, -1), Grade.B
    assert (
        curve_finding([falling], "nothing given", PLAIN, higher_is_better=False)
        == "A does clearly better than nothing given"
    )


@pytest.mark.parametrize("gains", [[], [gain("a", 2, supported=False)], [gain("a", 2, "D")]])
def test_a_curve_that_no_check_supports_allows_no_conclusion(gains):
    assert curve_finding(gains, "nothing given", PLAIN) == "No conclusion yet from this curve"


@pytest.mark.parametrize(
    ("rungs", "title"),
    [
        ([rung("repair", 1, 3), rung("apology", -1, 1)], "More returning guests: repair"),
        (
            [rung("repair", 1, 3), rung("apology", -3, -1)],
            "More returning guests: repair; Fewer returning guests: apology",
        ),
        ([rung("apology", -1, 1)], "No action goes with a clear change yet"),
        ([rung("repair", 1, 3, "D")], "No conclusion yet: this data can't judge any action"),
        ([], "No conclusion yet: this data can't judge any action"),
    ],
)
def test_things_side_by_side_are_named_where_they_go_with_a_clear_change(rungs, title):
    assert side_by_side_finding(rungs, "returning guests", "action", PLAIN) == title


def test_what_people_clearly_say_more_or_less_of_is_named():
    voices = [
        rung("promoters", 1, 3),
        rung("negative posts", -2, -1),
        rung("referrals", -1, 1),
        rung("stories", 1, 2, "D"),
    ]
    assert voices_finding(voices, PLAIN) == "More promoters, fewer negative posts"
    assert voices_finding([rung("referrals", -1, 1)], PLAIN) == "No clear change yet in what people say afterwards"
    assert voices_finding([rung("stories", 1, 2, "D")], PLAIN).startswith("No conclusion yet")


@pytest.mark.parametrize(
    ("grade", "said"), [("B", "More guests: repair"), ("C", "More guests: repair, after adjustment")]
)
def test_a_title_made_of_hints_says_so(grade, said):
    row = effect(4.0, 1.0, 7.0, grade)
    assert side_by_side_finding([("repair", row)], "guests", "action", PLAIN) == said
    assert voices_finding([("promoters", row)], PLAIN).endswith("after adjustment") is (grade == "C")
