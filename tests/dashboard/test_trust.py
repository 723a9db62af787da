from dataclasses import replace

import pytest
from made_up_rows import check, effect, speed_effects, trust_checks
from published_run import SPEECH

from dashboard.effects import headline_row, leading_aim
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import LIGHT
from dashboard.trust import COMPONENTS, UNCHECKED, checks_of, grade_table, proof_table
from pipelines.contracts.catalog.grades import Grade


def headline(run):
    return headline_row(run, leading_aim(run, "speed"))


def draw(chart_id, run):
    return CHARTS[chart_id].draw(run, leading_aim(run, "speed"), LIGHT)


def points(drawn, name):
    return next(t for t in drawn.figure.data if t.name == name)


def test_every_component_shows_its_grade_and_what_was_found_weakest_first(run):
    lines = grade_table(checks_of(run, headline(run)), SPEECH)
    assert [line["Grade"] for line in lines] == sorted((line["Grade"] for line in lines), reverse=True)
    assert {line["Component"] for line in lines} == {c.label for c in COMPONENTS.values()}
    found = {line["Component"]: line["Found"] for line in lines}
    assert found["Balance"] == "Largest difference 0.24 standard deviations; limit 0.1"
    assert found["Effective sample"] == "18\u202f% of them; at least 30\u202f%"
    assert found["Hidden causes"] == "One as strong as loyalty tier would leave nothing of the estimate"
    assert found["Negative control"] == "No clear difference (p = 0.63)"


def test_the_shown_grade_is_the_worst_component(run):
    assert grade_table(checks_of(run, headline(run)), SPEECH)[0]["Grade"] == headline(run).grade


def test_a_check_that_was_not_made_is_not_passed(run):
    graded = [d for d in trust_checks(headline(run)) if d.check.startswith("grade_")]
    assert {line["Found"] for line in grade_table(graded, SPEECH)} == {UNCHECKED}
    unknown = check(headline(run), "overlap", None, threshold=0.1)
    lines = grade_table([*graded, unknown], SPEECH)
    assert {line["Found"] for line in lines if line["Component"] == "Design"} == {UNCHECKED}


def test_an_effect_without_grade_has_no_components(run):
    raw = next(r for r in run.effects if r.spec == "raw")
    assert grade_table(checks_of(run, raw), SPEECH) == []


def test_other_ways_of_asking_stand_in_order_from_raw_to_all(run):
    drawn = draw("specification_ladder", run)
    assert list(drawn.figure.layout.yaxis.ticktext) == [
        "unadjusted",
        "within a week: the<br>headline",
        "in steps, no curve",
    ]
    assert list(points(drawn, "adjusted").x) == [8.4, 3.2, 2.9]
    assert drawn.title == "Every way of asking points the same way"


def test_a_change_of_sign_is_said(run):
    flipped = [replace(r, estimate=-r.estimate) if r.spec == "raw" else r for r in speed_effects()]
    drawn = draw("specification_ladder", replace(run, effects=tuple(flipped)))
    assert drawn.title == "Ways of asking disagree on the direction"


def test_where_the_grade_allows_no_conclusion_no_specification_looks_clear(run):
    weak = replace(run, effects=tuple(replace(r, grade=Grade.D) for r in speed_effects()))
    assert set(points(draw("specification_ladder", weak), "adjusted").marker.color) == {LIGHT.quiet}


def test_balance_shows_before_and_after_with_the_largest_difference_on_top(run):
    drawn = draw("balance", run)
    assert next(iter(drawn.figure.layout.yaxis.ticktext)) == "severity"
    assert next(iter(points(drawn, "before weighting").x)) == pytest.approx(0.62)
    assert next(iter(points(drawn, "after weighting").x)) == pytest.approx(0.24)
    assert drawn.title == "1 of 2 characteristics still differ after weighting"
    assert any(shape.x0 == 0.1 for shape in drawn.figure.layout.shapes)


def test_without_checks_there_is_no_balance_chart(run):
    assert draw("balance", replace(run, diagnostics=())) is None


def test_a_difference_of_nothing_stands_inside_the_axis_and_not_on_its_label(run):
    assert draw("balance", run).figure.layout.xaxis.range[0] < 0


def test_what_was_drawn_by_lot_is_shown_with_its_verb_of_proof_and_nothing_else_is(run):
    drawn = effect(
        "assignment", "credit_offer", "adjusted", level_from="usual", grade="A", population="as_assigned",
        estimate=10.7, ci_low=4.8, ci_high=16.6, n_incidents=962,
    )  # fmt: skip
    assert proof_table(run) == []
    (line,) = proof_table(replace(run, effects=(*run.effects, drawn)))
    assert line["Found"].startswith("Being assigned to 'credit offer' rather than 'usual' causes 11 more returning")
    assert (line["Cases"], line["Grade"]) == ("962", "A")
