from dataclasses import replace

import pytest
from made_up_rows import SPEED, curves, dose_level, effect, refused, speed_effects
from published_run import all_effects

from dashboard.effects import (
    Aim,
    curve_rows,
    headline_row,
    horizons,
    ladder_rows,
    leading_aim,
    leading_treatment,
    outcomes,
    specifications,
)
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import DARK, LIGHT
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade

REASON = "There are no orders, so nobody can be seen to return. Add orders."


TREATMENT = {
    "speed_ladder": "speed",
    "speed_curve": "speed",
    "compensation_ladder": "compensation",
    "compensation_curve": "compensation",
}


def draw(chart_id, run, aim=None):
    return CHARTS[chart_id].draw(run, aim or leading_aim(run, TREATMENT[chart_id]), LIGHT)


def points(drawn, name):
    return next(t for t in drawn.figure.data if t.name == name)


def with_effects(run, effects):
    return replace(run, effects=tuple(effects), curves=tuple(curves(effects)))


def test_the_longest_horizon_up_to_a_year_with_an_estimate_leads(run):
    assert horizons(run.effects, "speed", "returned") == (90, 365)
    assert leading_aim(run, "speed") == Aim("speed", "returned", 365)
    assert leading_aim(run, "speed", horizon_days=90) == Aim("speed", "returned", 90)
    longer = with_effects(run, [*all_effects(), effect("speed", "60", "adjusted", 540, estimate=1.0)])
    assert leading_aim(longer, "speed") == Aim("speed", "returned", 365)
    young = with_effects(run, [*speed_effects(90), refused("speed", "60", "adjusted", REASON)])
    assert leading_aim(young, "speed") == Aim("speed", "returned", 90)
    assert leading_aim(run, "explanation") is None


def test_an_outcome_with_an_estimate_leads_before_a_refused_one(run):
    posts = effect("speed", "60", "adjusted", None, outcome="negative_post", estimate=-0.4, ci_low=-0.8, ci_high=-0.1)
    own = effect("speed", "60", "adjusted", None, outcome="disputed", estimate=1.0, ci_low=0.1, ci_high=2.0)
    mixed = with_effects(run, [own, refused("speed", "60", "adjusted", REASON), posts])
    assert outcomes(mixed.effects, "speed") == ("negative_post", "disputed")
    assert leading_aim(mixed, "speed") == Aim("speed", "negative_post", None)
    assert leading_aim(mixed, "speed", "disputed") == Aim("speed", "disputed", None)


def test_fewer_negative_posts_are_a_gain(run):
    rows = [replace(r, outcome="negative_post", horizon_days=None) for r in speed_effects()]
    rows = [replace(r, estimate=-r.estimate, ci_low=-r.ci_high, ci_high=-r.ci_low) for r in rows]
    drawn = draw("speed_ladder", with_effects(run, rows))
    assert drawn.title == "Answering within 4 hours is estimated to bring fewer negative posts"
    assert drawn.figure.layout.xaxis.title.text == "change in negative posts per 100"


def test_a_profile_s_own_outcome_is_never_called_a_gain(run):
    rows = [replace(r, outcome="disputed", horizon_days=None) for r in speed_effects()]
    own = with_effects(run, rows)
    assert draw("speed_ladder", own).title.startswith("More disputed: answering within 15 min")
    assert "clearly" not in draw("speed_curve", own).title


def test_the_specification_taken_has_the_error_of_the_headline(run):
    other = effect("speed", "60", "raw", se_type="independent", estimate=8.4, ci_low=-90.0, ci_high=90.0, grade=None)
    row = headline_row(run, leading_aim(run, "speed"))
    assert specifications(with_effects(run, [*speed_effects(), other]), row)["raw"].se_type == row.se_type


def test_what_a_company_can_change_leads_before_the_failure_itself(run):
    failure = effect("failure", "failed", "adjusted", estimate=-9.0, ci_low=-11.0, ci_high=-7.0)
    only = with_effects(run, [refused("speed", "60", "adjusted", REASON), failure])
    declared = replace(only, manifest=replace(only.manifest, supplied={"comparison_subjects": ("customer_id",)}))
    assert leading_treatment(declared) == "failure"
    assert leading_treatment(only) == "speed"
    assert headline_row(only, leading_aim(only, "failure")).estimate == -9.0
    assert leading_treatment(with_effects(run, [failure, *speed_effects()])) == "speed"


def test_only_horizons_with_an_estimate_can_be_chosen(run):
    young = with_effects(run, [*speed_effects(90), refused("speed", "60", "adjusted", REASON)])
    assert horizons(young.effects, "speed", "returned") == (90,)


def test_a_segment_never_poses_as_everyone(run):
    segment = effect("speed", "60", "adjusted", segment="severity=nuisance", estimate=99.0, ci_low=98.0, ci_high=100.0)
    mixed = with_effects(run, [segment, *all_effects()])
    assert headline_row(mixed, leading_aim(mixed, "speed")).estimate == 3.2


def test_rungs_go_by_their_number_and_not_by_their_text(run):
    assert [r.level_to for r in ladder_rows(run, leading_aim(run, "speed"), Spec.ADJUSTED)] == [
        "15",
        "60",
        "240",
        "1440",
        "4320",
    ]


def test_the_speed_ladder_shows_each_promise_adjusted_and_raw(run):
    drawn = draw("speed_ladder", run)
    assert list(points(drawn, "adjusted").x) == [estimate for estimate, *_ in SPEED.values()]
    assert list(points(drawn, "unadjusted").x) == [raw for *_, raw in SPEED.values()]
    assert drawn.title == "Answering within 4 hours is estimated to bring more returning guests"
    assert "Returning guests per 100 within a year" in drawn.subtitle
    assert drawn.source == "7,412 incidents, telling as much as 1,130 independent ones"
    assert drawn.figure.layout.xaxis.title.text == "change in returning guests per 100"


def test_the_horizon_asked_for_is_the_one_shown(run):
    drawn = draw("speed_ladder", run, leading_aim(run, "speed", horizon_days=90))
    assert "within 90 days" in drawn.subtitle
    assert points(drawn, "adjusted").x[0] == pytest.approx(0.6 * 5.1)


def test_an_offer_without_estimate_says_why_below_the_chart(run):
    drawn = draw("compensation_ladder", run)
    assert [c for c in drawn.caveats if c.startswith("No estimate for 150\u202f%. Only 12 incidents")]
    assert len(points(drawn, "adjusted").x) == len(drawn.rows) - 1


def test_a_rung_that_allows_no_conclusion_is_grey_and_lettered(run):
    weak = with_effects(run, [replace(r, grade=Grade.D) if r.level_to == "15" else r for r in speed_effects()])
    drawn = draw("speed_ladder", weak)
    assert list(points(drawn, "adjusted").marker.color)[:2] == [LIGHT.quiet, LIGHT.adjusted]
    assert any(a.text == "+5 (2 to 7) D" for a in drawn.figure.layout.annotations)
    assert any("no conclusion" in caveat for caveat in drawn.caveats)


def test_a_curve_that_allows_no_conclusion_is_grey_and_says_why(run):
    weak = with_effects(run, [replace(r, grade=Grade.D) for r in speed_effects()])
    drawn = draw("speed_curve", weak)
    assert points(drawn, "adjusted").line.color == LIGHT.quiet
    assert drawn.caveats[0].startswith("Drawn in grey: of grade D at 1 hour.")


def test_the_curve_is_the_band_over_the_whole_curve_in_levels(run):
    drawn = draw("compensation_curve", run)
    line = points(drawn, "adjusted")
    assert line.y[0] == pytest.approx(dose_level(0.0))
    assert line.customdata[0][0] == pytest.approx(dose_level(0.0) - 1.8)
    assert max(line.x) == pytest.approx(1.25)
    assert drawn.figure.layout.xaxis.title.text == "compensation as a share of the loss"
    assert "too few cases were like this" in drawn.caveats[0]
    assert drawn.title == "50\u202f% of the loss does clearly better than nothing given"


def test_the_speed_curve_hangs_on_the_adjusted_row_only(run):
    rows = curve_rows(run, leading_aim(run, "speed"))
    assert len(rows) == 28
    adjusted = {r.effect_id for r in ladder_rows(run, leading_aim(run, "speed"), Spec.ADJUSTED)}
    assert {r.effect_id for r in rows} <= adjusted


@pytest.mark.parametrize("chart_id", TREATMENT)
def test_what_is_said_of_a_chart_holds_no_gap_and_no_machine_word(run, chart_id):
    drawn = draw(chart_id, run)
    texts = (drawn.title, drawn.subtitle, drawn.alt, drawn.source, *drawn.caveats)
    assert all(texts)
    assert not [t for t in texts if "None" in t or "nan" in t or "_" in t or "customers" in t]
    assert drawn.title in drawn.alt


@pytest.mark.parametrize("chart_id", TREATMENT)
def test_both_themes_draw_the_same_numbers(run, chart_id):
    chart = CHARTS[chart_id]
    aim = leading_aim(run, TREATMENT[chart_id])
    light, dark = (chart.draw(run, aim, colours).figure for colours in (LIGHT, DARK))
    assert [t.name for t in light.data] == [t.name for t in dark.data]
    assert all(list(a.x) == list(b.x) for a, b in zip(light.data, dark.data, strict=True))
    assert light.layout.paper_bgcolor != dark.layout.paper_bgcolor


@pytest.mark.parametrize("chart_id", TREATMENT)
def test_a_refused_question_draws_nothing(run, chart_id):
    treatment = TREATMENT[chart_id]
    level = "60" if treatment == "speed" else "0.5"
    nothing = with_effects(run, [refused(treatment, level, spec, REASON) for spec in ("adjusted", "raw")])
    assert draw(chart_id, replace(nothing, curves=())) is None


def test_the_page_leads_with_the_nearest_promise_that_carries_good_evidence(run):
    grades = {"15": "D", "60": "D", "240": "C", "1440": "B", "4320": "B"}
    rows = [effect("speed", level, "adjusted", estimate=3.0, grade=grade) for level, grade in grades.items()]
    graded = with_effects(run, rows)
    assert headline_row(graded, leading_aim(graded, "speed")).level_to == "1440"


def test_without_good_evidence_the_page_leads_with_the_usual_promise(run):
    rows = [effect("speed", level, "adjusted", estimate=3.0, grade="D") for level in ("15", "60", "240")]
    graded = with_effects(run, rows)
    assert headline_row(graded, leading_aim(graded, "speed")).level_to == "60"


def test_where_the_usual_promise_has_no_number_the_nearest_that_has_one_leads(run):
    rows = [refused("speed", "60", "adjusted", REASON), effect("speed", "1440", "adjusted", estimate=3.0, grade="D")]
    only = with_effects(run, rows)
    assert headline_row(only, leading_aim(only, "speed")).level_to == "1440"


def test_what_one_part_of_the_failed_shows_never_speaks_for_all_of_them(run):
    unrepaired = effect("failure", "not_recovered", "adjusted", estimate=-11.0, ci_low=-13.0, ci_high=-8.0, grade="B")
    everyone = effect("failure", "failed", "adjusted", estimate=-7.0, ci_low=-9.0, ci_high=-5.0, grade="C")
    failed = with_effects(run, [unrepaired, everyone])
    assert headline_row(failed, leading_aim(failed, "failure")).level_to == "failed"
