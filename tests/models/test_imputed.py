"""Blanks that hide confounding: the level "unknown" leaves it in, filling in takes it out, and Rubin's rules say so."""

import numpy as np
import pytest
from asked import RETURNED_BY_SPEED, said
from frames import empty_mart, facts
from scipy.special import expit

from pipelines.contracts.catalog.estimation import Spec
from pipelines.models.ask.speed import ask_speed
from pipelines.models.estimate import estimate
from pipelines.models.fit.imputation import DRAWS, Incomplete, completions, pooled
from pipelines.models.fit.interval import interval
from pipelines.models.fit.solve import solve
from pipelines.models.judge.blanks_imputed import blanks, imputed
from pipelines.models.rows import effect_rows

ROWS = 4000


def hidden_in_blanks(seed):
    """Costly failures are answered late and lose customers; the loss is blank mostly where answers were late."""
    rng = np.random.default_rng(seed)
    mart = empty_mart(ROWS)
    nights = rng.normal(0, 1, ROWS)
    log_loss = 4.0 + 0.8 * nights + 0.5 * rng.normal(0, 1, ROWS)
    grave = rng.random(ROWS) < expit(1.5 * (log_loss - 4.0))
    log_minutes = np.maximum(4.5 + 0.9 * (log_loss - 4.0) + 0.8 * grave + rng.normal(0, 1.0, ROWS), 0.5)
    returned = rng.random(ROWS) < expit(1.0 - 0.15 * log_minutes - 0.9 * (log_loss - 4.0) - 0.8 * grave)
    mart["x_nights"], mart["loss_amount"] = nights, np.expm1(log_loss)
    mart["severity"] = np.where(grave, "grave", "small")
    mart["first_contact_minutes"], mart["returned_within_365d"] = np.expm1(log_minutes), returned
    mart["returned_before_contact"] = False
    late = expit(2.0 * (log_minutes - 5.5))
    seen = mart.assign(
        loss_amount=mart["loss_amount"].astype(float).where(rng.random(ROWS) > 0.7 * late),
        severity=mart["severity"].where(rng.random(ROWS) > 0.5 * late),
    )
    return mart, seen


KNOWN = facts(covariates=(("x_nights", "number"),))


def adjusted(mart):
    question = ask_speed(mart, RETURNED_BY_SPEED, KNOWN)
    return {
        r.level_to: r
        for r in effect_rows(solve(question, [question.base, *(c.to for c in question.contrasts)]), Spec.ADJUSTED)
    }


def filled_in(mart):
    question = ask_speed(mart, RETURNED_BY_SPEED, KNOWN)
    return {r.level_to: r for r in imputed(question, mart, KNOWN).effects}


@pytest.fixture(scope="module")
def found():
    return [(adjusted(full), adjusted(seen), filled_in(seen)) for full, seen in map(hidden_in_blanks, range(61, 65))]


@pytest.mark.parametrize("promise", ["60", "240"])
def test_filling_in_takes_out_what_the_unknown_level_leaves_in(found, promise):
    truth, unknown, filled = (np.mean([f[k][promise].estimate for f in found]) for k in range(3))
    error = np.mean([f[2][promise].std_error for f in found])
    assert abs(unknown - truth) > error
    assert abs(filled - truth) < 0.35 * abs(unknown - truth)


def test_what_is_lost_to_blanks_widens_the_interval(found):
    for full, _, filled in found:
        assert filled["60"].std_error > 0.95 * full["60"].std_error
        assert filled["60"].df < full["60"].df * 1.5
        assert f"filled in {DRAWS} times" in said(filled["60"])


def test_estimate_publishes_it_beside_the_headline_with_its_tipping_points():
    _, seen = hidden_in_blanks(66)
    results = estimate(seen, None, KNOWN)
    rows = [r for r in results.effects if r.spec is Spec.IMPUTED]
    assert {r.treatment for r in rows} == {"speed"}
    leading = [r.effect_id for r in rows if r.level_to == "60"]
    checks = {(d.check, d.subject): d for d in results.diagnostics if d.effect_id in leading}
    assert 0 < checks["variance_due_to_blanks", ""].value < 1
    assert checks["tipping_shift", "loss_amount"].verdict
    assert checks["tipping_level", "severity"].verdict


def test_little_or_too_much_missing_is_left_a_level_of_its_own():
    full, _ = hidden_in_blanks(67)
    place = np.arange(ROWS)
    changed = full.assign(
        loss_amount=full["loss_amount"].astype(float).where(place % 40 > 0),
        severity=full["severity"].where(place % 3 == 0),
        earlier_score=np.where(place % 4 > 0, 8.0, np.nan) + place % 2,
    )
    question = ask_speed(changed, RETURNED_BY_SPEED, KNOWN)
    assert blanks(question, changed, KNOWN) == []
    assert imputed(question, changed, KNOWN).effects == []


def test_a_large_company_is_refused_by_name(monkeypatch):
    _, seen = hidden_in_blanks(68)
    monkeypatch.setattr("pipelines.models.judge.blanks_imputed.MOST_FILLED_INCIDENTS", 100)
    question = ask_speed(seen, RETURNED_BY_SPEED, KNOWN)
    rows = imputed(question, seen, KNOWN).effects
    assert rows
    assert all(r.verdict == "not_estimable" and "up to 100 incidents" in said(r) for r in rows)


def test_completions_keep_what_is_known_and_its_relations():
    rng = np.random.default_rng(69)
    x = rng.normal(0, 1, 3000)
    number = 2.0 * x + rng.normal(0, 0.5, 3000)
    label = (rng.random(3000) < expit(2.0 * x)).astype(float) + (rng.random(3000) < 0.2)
    holes = rng.random(3000) < expit(x)
    columns = [Incomplete(np.where(holes, np.nan, number)), Incomplete(np.where(holes, np.nan, label), 3)]
    done = list(completions(x[:, None], columns, 1))
    assert len(done) == DRAWS
    for filled_number, filled_label in done[:3]:
        assert (filled_number[~holes] == number[~holes]).all()
        assert set(np.unique(filled_label)) == {0.0, 1.0, 2.0}
        assert np.polyfit(x[holes], filled_number[holes], 1)[0] == pytest.approx(2.0, abs=0.15)
        assert filled_label[holes].mean() == pytest.approx(label[holes].mean(), abs=0.08)


def test_rubins_rules_by_hand():
    """m = 3, within 4, between 1: T = 4 + 4/3; Barnard and Rubin's df lies below the complete one."""
    found, lost = pooled([interval(x, 2.0, 50.0) for x in (9.0, 10.0, 11.0)])
    assert found.estimate == 10.0
    assert found.std_error == pytest.approx(np.sqrt(4 + 4 / 3))
    assert lost == pytest.approx((4 / 3) / (4 + 4 / 3))
    seen = 51 / 53 * 50 * 0.75
    assert found.df == pytest.approx(1 / (1 / (2 / 0.25**2) + 1 / seen))


def test_without_any_difference_between_completions_nothing_is_lost():
    found, lost = pooled([interval(1.0, 0.5, 30.0)] * 5)
    assert lost == 0.0
    assert found.df == pytest.approx(31 / 33 * 30)
