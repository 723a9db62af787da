"""What would overturn an estimate is said from its checks, each on the side its verdict puts it."""

import pytest
from rows_in_short import effect_row

from pipelines.contracts.catalog.checks import Check, CheckVerdict
from pipelines.contracts.catalog.estimation import Spec, Stage
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.diagnostic import Diagnostic
from words.conventions import NARROW
from words.doubts import covariate_words, doubts, weighed
from words.speech import Speech

PLAIN, GUESTS = Speech(), Speech(customers_word="guests")


def effect(estimate, spec="adjusted", **columns):
    return effect_row(
        treatment="speed", outcome="returned", horizon_days=365, level_to="60", spec=spec, unit="per 100 customers",
        estimate=estimate, std_error=1.0, ci_low=estimate - 2, ci_high=estimate + 2, grade="B", **columns,
    )  # fmt: skip


def check(name, value, subject="", passed=None, multiple=None):
    verdict = CheckVerdict.SHOWN
    return Diagnostic("e", name, Stage.AFTER, subject, value, Unit.SHARE, None, passed, verdict, multiple)


def hidden_cause(left, subject):
    return check(Check.HIDDEN_CAUSE, left, subject, left is not None and left > 0, multiple=1.0)


ROW = effect(3.0)


@pytest.mark.parametrize(
    ("left", "words"),
    [(0.85, f"85{NARROW}% of the change"), (1.4, f"100{NARROW}% of the change"), (-5.9, "none of the change")],
)
def test_a_hidden_cause_is_measured_against_one_that_is_known(left, words):
    """What would leave most of the change speaks for the estimate; what would leave none of it overturns it."""
    said = f"Had something nobody recorded mattered as much as loyalty tier, {words} would remain."
    found = weighed(ROW, [hidden_cause(left, "loyalty_tier")], {}, PLAIN)
    assert found == (((said,), ()) if left > 0 else ((), (said,)))


@pytest.mark.parametrize(("passed", "words"), [(True, "as they should"), (False, "which they should not")])
def test_earlier_purchases_speak_for_or_against(passed, words):
    found = weighed(ROW, [check("negative_control_p", 0.4, passed=passed)], {}, PLAIN)
    (sentence,) = found.stands_on if passed else found.would_overturn
    assert words in sentence


def test_a_clean_control_that_could_see_nothing_speaks_for_nothing():
    control, blind = (
        check("negative_control_p", 0.4, passed=True),
        check("negative_control_power", 0.31, passed=False),
    )
    found = weighed(ROW, [control, blind], {}, PLAIN)
    assert found.stands_on == ()
    assert f"seen only 31{NARROW}% of the time" in found.would_overturn[0]


def test_how_strong_a_hidden_cause_must_be_is_what_would_overturn_it():
    point, limit = check("robustness_value", 0.11, "point"), check("robustness_value", 0.05, "limit")
    assert doubts(ROW, [limit, point], {}, PLAIN) == [
        f"Something nobody recorded that explained 11{NARROW}% of what is "
        "still unexplained, in who got it and in the outcome, "
        "would undo it."
    ]


def test_other_ways_of_asking_are_given_with_their_interval():
    others = {Spec.WITHOUT_THREATENED: effect(1.0, "without_threatened"), Spec.RAW: effect(8.0, "raw")}
    assert weighed(ROW, [], others, GUESTS) == (
        ("Unadjusted, the comparison says 8 more returning guests per 100 within a year (6 to 10).",),
        (
            "Without guests who threatened to leave or whose case was passed up, it is 1 more returning guests per 100 "
            "within a year (−1 to 3).",
        ),
    )


def test_a_raw_comparison_that_points_the_other_way_is_called_so():
    (sentence,) = doubts(ROW, [], {Spec.RAW: effect(-2.5, "raw")}, GUESTS)
    assert sentence.startswith("Unadjusted, the comparison says the other way: ")


def test_checks_that_were_not_made_leave_no_sentence():
    refused = effect_row(treatment="speed", outcome="returned", spec="raw")
    assert (
        doubts(ROW, [hidden_cause(None, "severity")], {Spec.RAW: refused, Spec.WITHOUT_THREATENED: refused}, PLAIN)
        == []
    )


def test_covariates_read_as_words():
    assert covariate_words("x_nights", PLAIN) == "nights"
    assert covariate_words("severity=stay_spoiled", PLAIN) == "severity: stay spoiled"
