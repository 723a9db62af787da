"""Trials: an honest draw is proof, one that can't have been drawn as declared is none, and says why first."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from asked import said
from trial_asked import asked_of, headlines

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.experiments.draw import Draw
from pipelines.simulate.worlds.trials import OUTCOME, Design, Fraud, honest, refutable

SIZE, EFFECT = 2_000, 0.5


@pytest.fixture(scope="module", params=[d for d in Design if d is not Design.NON_COMPLIANCE])
def true_trial(request):
    made = honest(request.param, SIZE, 11, EFFECT)
    return made, headlines(asked_of(made))


def test_an_honest_draw_is_proof_and_holds_the_truth(true_trial):
    made, rows = true_trial
    for arm, truth in made.effects.items():
        if arm != "0":
            assert rows[arm].grade is Grade.A
            assert abs(rows[arm].estimate - truth) < 3 * rows[arm].std_error


@pytest.fixture(scope="module", params=list(Fraud))
def false_trial(request):
    return asked_of(refutable(request.param, SIZE, 12))


def test_what_was_drawn_otherwise_than_declared_is_refuted_and_says_so_first(false_trial):
    (row,) = headlines(false_trial).values()
    assert row.grade is Grade.D
    assert said(row).startswith("This can't have been drawn as declared")
    failed = [d for d in false_trial.diagnostics if d.check is Check.DRAW and not d.passed]
    assert failed


def test_unequal_shares_within_strata_bias_the_plain_difference_and_not_the_headline():
    made = honest(Design.STRATA, 6_000, 13, 0.0)
    results = asked_of(made)
    raw, row = headlines(results, Spec.RAW)["new"], headlines(results)["new"]
    assert raw.ci_low > 0
    assert row.ci_low < 0 < row.ci_high


def test_the_plain_difference_is_the_difference_in_means():
    made = honest(Design.SIMPLE, SIZE, 14, EFFECT)
    raw = headlines(asked_of(made), Spec.RAW)["new"]
    means = made.mart.groupby("assignment")[OUTCOME].mean()
    assert raw.estimate == pytest.approx(means["new"] - means["usual"], abs=1e-12)
    assert raw.baseline_estimate == pytest.approx(means["usual"], abs=1e-12)


def test_few_drawn_sites_get_limits_by_drawing_again_and_a_handful_none():
    made = honest(Design.FEW_SITES, SIZE, 15, EFFECT)
    row = headlines(asked_of(made))["new"]
    assert row.se_type == "redrawn"
    assert row.n_clusters == 24
    sites = made.mart["site_id"].unique()
    arms = made.mart.groupby("site_id")["assignment"].first()
    few = [*[s for s in sites if arms[s] == "new"][:3], *[s for s in sites if arms[s] == "usual"][:3]]
    handful = replace(made, mart=made.mart[made.mart["site_id"].isin(few)].reset_index(drop=True))
    row = headlines(asked_of(handful))["new"]
    assert row.grade is Grade.D
    assert "chance could give any result" in said(row)


def test_the_arm_others_are_compared_with_is_the_declared_one():
    made = honest(Design.SIMPLE, SIZE, 16, EFFECT)
    turned = asked_of(replace(made, draw=Draw(control="new", shares=made.draw.shares)))
    row, before = headlines(turned)["usual"], headlines(asked_of(made))["new"]
    assert row.estimate == pytest.approx(-before.estimate)


def test_cases_before_the_draw_began_and_under_the_period_before_are_left_out():
    made = honest(Design.SWITCHBACK, SIZE, 17)
    later = replace(made, draw=replace(made.draw, since=date(2024, 4, 1)))
    n = headlines(asked_of(later))["new"].n_incidents
    hour, day = made.mart["opened_hour"], made.mart["opened_day"]
    wanted = (hour >= 3) & (day >= (date(2024, 4, 1) - date(1970, 1, 1)).days)
    assert n == wanted.sum() < headlines(asked_of(made))["new"].n_incidents < len(made.mart)


def test_the_effect_on_those_who_took_it_up_is_told_where_the_draw_moved_that():
    made = honest(Design.NON_COMPLIANCE, 4_000, 18, 1.0)
    results = asked_of(made)
    taken, offered = headlines(results, Spec.TAKEN_UP)["new"], headlines(results)["new"]
    assert taken.ci_low < 1.0 < taken.ci_high
    assert offered.estimate < taken.estimate
    nobody = replace(made, mart=made.mart.assign(x_got=np.where(np.arange(4_000) % 9 == 0, "yes", "no")))
    refused = headlines(asked_of(nobody), Spec.TAKEN_UP)["new"]
    assert refused.estimate is None
    assert "hardly changed" in said(refused)


def test_a_dose_has_a_jump_and_a_slope():
    made = honest(Design.DOSE, 6_000, 19, EFFECT)
    rows = {(r.contrast, r.level_to): r for r in asked_of(made).effects if r.spec is Spec.ADJUSTED}
    jump, slope = rows["any_dose", "5"], rows["one_more", "1"]
    assert jump.ci_low < EFFECT * 1.25 < jump.ci_high
    assert slope.ci_low < EFFECT / 20 < slope.ci_high


def test_limits_at_any_look_are_wider_and_hold_around_the_same_number():
    results = asked_of(honest(Design.SIMPLE, SIZE, 20, EFFECT))
    row, ever = headlines(results)["new"], headlines(results, Spec.ALWAYS_VALID)["new"]
    assert ever.estimate == row.estimate
    assert ever.ci_low < row.ci_low < row.ci_high < ever.ci_high


def test_an_arm_that_nobody_declared_is_refused_by_name():
    made = honest(Design.SIMPLE, SIZE, 21)
    odd = replace(made, mart=made.mart.assign(assignment=["pilot", *made.mart["assignment"][1:]]))
    row = next(r for r in asked_of(odd).effects if r.spec is Spec.ADJUSTED)
    assert row.estimate is None
    assert "pilot" in said(row)


def test_a_declared_arm_without_a_case_refutes_the_draw():
    made = honest(Design.SIMPLE, SIZE, 22)
    three = Draw(shares={"usual": 0.4, "new": 0.4, "third": 0.2})
    row = headlines(asked_of(replace(made, draw=three)))["new"]
    assert row.grade is Grade.D
    assert "third" in said(row)


def test_an_arm_that_is_too_small_is_told_so_and_doesn_t_stop_the_others():
    made = honest(Design.SEVERAL_ARMS, SIZE, 23, EFFECT)
    few = made.mart["assignment"].ne("new") | made.mart.groupby("assignment").cumcount().lt(6)
    rows = headlines(asked_of(replace(made, mart=made.mart[few].reset_index(drop=True), draw=Draw())))
    assert rows["new"].estimate is None
    assert "6 cases" in said(rows["new"])
    assert abs(rows["third"].estimate - EFFECT) < 3 * rows["third"].std_error


def test_an_arm_of_one_in_twenty_is_compared():
    made = honest(Design.SIMPLE, SIZE, 24, EFFECT)
    rng = np.random.default_rng(24)
    arm = np.where(rng.random(SIZE) < 0.05, "new", "usual")
    y = made.mart[OUTCOME] - EFFECT * (made.mart["assignment"] == "new") + EFFECT * (arm == "new")
    small = replace(
        made, mart=made.mart.assign(assignment=arm, **{OUTCOME: y}), draw=Draw(shares={"usual": 0.95, "new": 0.05})
    )
    row = headlines(asked_of(small))["new"]
    assert row.grade is Grade.A
    assert abs(row.estimate - EFFECT) < 3 * row.std_error


def test_agents_who_were_drawn_refute_a_draw_of_single_cases():
    made = honest(Design.TEAMS, SIZE, 25)
    agents = made.mart.assign(first_agent=made.mart["x_team"])
    told = asked_of(replace(made, mart=agents.drop(columns="x_team"), draw=Draw(), covariates=made.covariates[:2]))
    assert headlines(told)["new"].grade is Grade.D
