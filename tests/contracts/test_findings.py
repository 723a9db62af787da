import pytest

from pipelines.contracts.findings import (
    GRADE_MEANING,
    curve_finding,
    ladder_finding,
    side_by_side_finding,
    voices_finding,
)
from pipelines.contracts.results import GRADES


def rung(label, low, high, grade="B"):
    return label, {"estimate": (low + high) / 2, "ci_low": low, "ci_high": high, "grade": grade}


REFUSED = ("Answering within 15 min", {"estimate": None, "ci_low": None, "ci_high": None, "grade": None})
FAST, SLOW, LATE = (
    rung("Answering within 1 hour", 1, 5),
    rung("Answering within 4 hours", 0.4, 3),
    rung("Answering within 24 hours", -1, 2),
)


def finding(*rungs):
    return ladder_finding(rungs, "returning guests", "promise")


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
    assert ladder_finding(posts, "negative posts", "promise", higher_is_better=False) == (
        "Answering within 4 hours is estimated to bring fewer negative posts"
    )
    assert ladder_finding([FAST], "negative posts", "promise", higher_is_better=False).startswith(
        "Answering within 1 hour goes with more negative posts"
    )


def test_every_grade_has_its_plain_meaning_and_only_a_is_called_proof():
    assert set(GRADE_MEANING) == {*GRADES, "none"}
    assert [g for g, text in GRADE_MEANING.items() if text.startswith("Proof")] == ["A"]
    assert GRADE_MEANING["B"].startswith("Good evidence, not proof")


def gain(label, low, grade="B", supported=True):
    return label, {"ci_low": low, "ci_high": low + 4, "supported": supported}, grade


def test_a_curve_names_the_weakest_point_above_its_baseline():
    gains = [gain("A promise of 15 min", 2.0), gain("A promise of 1 hour", 0.3), gain("A promise of 24 hours", -0.4)]
    assert curve_finding(gains, "today's answering times") == (
        "A promise of 1 hour does clearly better than today's answering times"
    )


def test_a_curve_of_hints_says_so():
    said = curve_finding([gain("Half of the loss", 2.0, "C")], "nothing given")
    assert said == "Half of the loss does clearly better than nothing given, after adjustment"


def test_a_gain_that_may_be_none_is_not_claimed():
    assert curve_finding([gain("a", -1), gain("b", 2, "D")], "nothing given") == (
        "Where the checks hold, nothing does clearly better than nothing given"
    )


def test_a_curve_of_what_should_fall_looks_below():
    falling = "a", {"ci_low": -3, "ci_high": -1, "supported": True}, "B"
    assert (
        curve_finding([falling], "nothing given", higher_is_better=False) == "a does clearly better than nothing given"
    )


@pytest.mark.parametrize("gains", [[], [gain("a", 2, supported=False)], [gain("a", 2, "D")]])
def test_a_curve_that_no_check_supports_allows_no_conclusion(gains):
    assert curve_finding(gains, "nothing given") == "No conclusion yet from this curve"


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
    assert side_by_side_finding(rungs, "returning guests", "action") == title


def test_what_people_clearly_say_more_or_less_of_is_named():
    voices = [
        rung("promoters", 1, 3),
        rung("negative posts", -2, -1),
        rung("referrals", -1, 1),
        rung("stories", 1, 2, "D"),
    ]
    assert voices_finding(voices) == "More promoters, fewer negative posts"
    assert voices_finding([rung("referrals", -1, 1)]) == "No clear change yet in what people say afterwards"
    assert voices_finding([rung("stories", 1, 2, "D")]).startswith("No conclusion yet")


@pytest.mark.parametrize(
    ("grade", "said"), [("B", "More guests: repair"), ("C", "More guests: repair, after adjustment")]
)
def test_a_title_made_of_hints_says_so(grade, said):
    row = {"estimate": 4.0, "ci_low": 1.0, "ci_high": 7.0, "grade": grade}
    assert side_by_side_finding([("Repair", row)], "guests", "action") == said
    assert voices_finding([("promoters", row)]).endswith("after adjustment") is (grade == "C")
