from dataclasses import replace

import pytest
from made_up_rows import delivered_measures, refused
from published_run import SPEECH
from rows_in_short import changed

from dashboard.delivered import delivered_table
from dashboard.effects import Aim, leading_treatment
from dashboard.figures.actions import ACTIONS
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT

AIM = Aim("repair", "returned", 365)


def draw(chart_id, run, aim=AIM):
    return CHARTS[chart_id].draw(run, aim, LIGHT)


def points(drawn, name):
    return next(t for t in drawn.figure.data if t.name == name)


def test_each_action_shows_its_effect_beside_the_raw_comparison(run):
    drawn = draw("actions", run)
    assert list(drawn.figure.layout.yaxis.ticktext) == ["Apology", "Empathy", "Repair"]
    assert list(points(drawn, "adjusted").x) == [0.5, 3.0, 4.0]
    assert list(points(drawn, "unadjusted").x) == [9.0]
    assert "speed and the other actions held" in drawn.subtitle


def test_the_title_names_clear_changes_only_and_leaves_grade_d_out(run):
    assert draw("actions", run).title == "More returning guests: repair"
    assert draw("kinds", run).title == "More returning guests: cash"


def test_forms_keep_their_order_and_their_words(run):
    assert list(draw("kinds", run).figure.layout.yaxis.ticktext) == ["Cash", "A manager's call"]


@pytest.mark.parametrize("chart_id", ["actions", "kinds"])
def test_another_outcome_or_a_refusal_draws_nothing(run, chart_id):
    assert draw(chart_id, run, Aim("repair", "promoter", None)) is None
    refusals = [refused(t, "yes", "adjusted", "Map action in interactions.") for t in ("repair", "compensation_kind")]
    assert draw(chart_id, replace(run, effects=tuple(refusals))) is None


def test_the_first_action_with_an_estimate_leads(run):
    assert leading_treatment(run, tuple(ACTIONS)) == "apology"
    assert leading_treatment(replace(run, effects=()), tuple(ACTIONS)) == "apology"
    only = tuple(r for r in run.effects if r.treatment == "repair")
    assert leading_treatment(replace(run, effects=only), tuple(ACTIONS)) == "repair"


def test_delivered_shares_are_those_over_everything_with_the_count_that_knows():
    assert delivered_table(delivered_measures(), SPEECH) == [
        {"Action": "An apology", "Done in": "44\u202f% (42 to 46)", "Known in": "7,200"},
        {"Action": "Repair for this customer", "Done in": "61\u202f% (59 to 63)", "Known in": "7,900"},
    ]


def test_a_suppressed_share_is_not_shown():
    (line,) = delivered_table(
        [changed(delivered_measures()[0], {"suppressed": True, "estimate": None, "n": 4})], SPEECH
    )
    assert line["Done in"] == "too few"
