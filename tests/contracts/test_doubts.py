import pytest

from pipelines.contracts.doubts import covariate_words, doubts
from pipelines.contracts.results import effect_row


def effect(estimate, spec="adjusted", **columns):
    return effect_row(
        treatment="speed", outcome="returned", horizon_days=365, level_to="60", spec=spec, unit="per 100 customers",
        estimate=estimate, std_error=1.0, ci_low=estimate - 2, ci_high=estimate + 2, grade="B", **columns,
    )  # fmt: skip


def check(name, value, subject="", passed=None):
    return {"check": name, "stage": "after", "value": value, "subject": subject, "passed": passed}


ROW = effect(3.0)


@pytest.mark.parametrize(
    ("left", "words"), [(0.85, "85 % of the change"), (1.4, "100 % of the change"), (-5.9, "nothing of the change")]
)
def test_a_hidden_cause_is_measured_against_one_that_is_known(left, words):
    assert doubts(ROW, [check("bound_1x", left, "loyalty_tier")], {}) == [
        f"A hidden cause as strong as loyalty tier would leave {words}."
    ]


@pytest.mark.parametrize(("passed", "words"), [(True, "as they should"), (False, "which they should not")])
def test_earlier_purchases_speak_for_or_against(passed, words):
    (sentence,) = doubts(ROW, [check("negative_control_p", 0.4, passed=passed)], {})
    assert words in sentence


def test_other_ways_of_asking_are_given_with_their_interval():
    others = {"without_threatened": effect(2.0, "without_threatened"), "raw": effect(8.0, "raw")}
    assert doubts(ROW, [], others, "guests") == [
        "Without guests who threatened to leave or whose case was passed up, it is 2 more returning guests per 100 "
        "within a year (0 to 4).",
        "Unadjusted, the comparison says 8 more returning guests per 100 within a year (6 to 10).",
    ]


def test_a_raw_comparison_that_points_the_other_way_is_called_so():
    (sentence,) = doubts(ROW, [], {"raw": effect(-2.5, "raw")}, "guests")
    assert sentence.startswith("Unadjusted, the comparison says the other way: ")


def test_checks_that_were_not_made_leave_no_sentence():
    refused = effect_row(treatment="speed", outcome="returned", spec="raw")
    assert doubts(ROW, [check("bound_1x", None, "severity")], {"raw": refused, "without_threatened": refused}) == []


def test_covariates_read_as_words():
    assert covariate_words("x_nights") == "nights"
    assert covariate_words("severity=stay_spoiled") == "severity: stay spoiled"
