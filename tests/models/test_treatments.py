"""Treatments other than speed: actions, forms, experiments and the failure itself find what was put in."""

import numpy as np
import pandas as pd
import pytest
from asked import aim_of, said
from frames import EVERYTHING, confounded, empty_mart, facts
from scipy.special import expit

from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.catalog.treatments import APOLOGY, ASSIGNMENT, FAILURE, RESOLUTION, SILENCE
from pipelines.contracts.experiments.draw import Draw
from pipelines.models.ask.failure import ask_failure, stacked, won_back
from pipelines.models.ask.handling import UNKNOWN, action_codes
from pipelines.models.ask.landmark import ask_resolution, ask_silence
from pipelines.models.estimate import estimate
from pipelines.models.fit.solve import solve
from pipelines.models.trials.trial import Trial

ROWS = 4000


def rows_of(found, treatment, spec="adjusted"):
    wanted = (treatment, "returned", spec, "cv3")
    return [r for r in found.effects if (r.treatment, r.outcome, r.spec, r.se_type) == wanted]


@pytest.fixture(scope="module")
def acted():
    """Repair helps by a known amount and goes to the severe, who return less; apologies do nothing."""
    rng = np.random.default_rng(31)
    mart, _ = confounded(ROWS, 31)
    severity = mart["severity"].str[1:].astype(int).to_numpy()
    repaired = rng.random(ROWS) < expit(-1.0 + 0.6 * (severity - 2.5))
    base = -0.4 - 0.5 * (severity - 2.5)
    mart["returned_within_365d"] = rng.random(ROWS) < expit(base + 0.8 * repaired)
    mart["fixed_for_customer"] = repaired
    mart["apology_given"] = pd.Series(rng.random(ROWS) < 0.6, dtype="object").where(rng.random(ROWS) > 0.2)
    answered = mart["response_status"] == "answered"
    truth = 100 * (expit(base + 0.8) - expit(base))[answered].mean()
    return mart, truth


def test_repair_is_found_behind_its_confounding(acted):
    mart, truth = acted
    found = estimate(mart, None, facts())
    (row,), (raw,) = rows_of(found, "repair"), rows_of(found, "repair", "raw")
    assert row.ci_low < truth < row.ci_high
    assert abs(raw.estimate - truth) > abs(row.estimate - truth)


def test_apology_that_does_nothing_is_not_praised(acted):
    (row,) = rows_of(estimate(acted[0], None, facts()), "apology")
    assert row.ci_low < 0 < row.ci_high


def test_unknown_is_a_level_of_its_own_and_never_no(acted):
    codes = action_codes(acted[0], APOLOGY)
    assert np.sum(codes == UNKNOWN) == acted[0]["apology_given"].isna().sum() > 0


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(32)
    mart, _ = confounded(ROWS, 32)
    offered = rng.random(ROWS) < 0.5
    severity = mart["severity"].str[1:].astype(int).to_numpy()
    mart["assignment"] = np.where(offered, "offer", "usual")
    mart["returned_within_365d"] = rng.random(ROWS) < expit(-0.3 - 0.5 * (severity - 2.5) + 0.5 * offered)
    return mart


ARM = aim_of(ASSIGNMENT)


def test_only_a_declared_draw_is_read_as_an_experiment(drawn):
    supplied = EVERYTHING | {"incidents": EVERYTHING["incidents"] | {"assignment"}}
    (row,) = rows_of(estimate(drawn, None, facts(randomised="assignment", supplied=supplied)), "assignment")
    assert row.grade == "A"
    assert (row.level_from, row.level_to) == ("usual", "offer")
    assert row.estimate > 0
    (undeclared,) = rows_of(estimate(drawn, None, facts(supplied=supplied)), "assignment")
    assert undeclared.verdict == "not_estimable"
    assert "drawn by lot" in said(undeclared)


def peers(rows, seed):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"customer_key": [f"n{j}" for j in range(rows)], "orders_365d": rng.integers(0, 5, rows)})
    frame["returned_within_365d"] = rng.random(rows) < expit(-0.5 + 0.3 * frame["orders_365d"])
    return frame


def test_won_back_share_of_a_known_recovery():
    rng = np.random.default_rng(33)
    mart = empty_mart(ROWS)
    orders = rng.integers(0, 5, ROWS)
    recovered = rng.random(ROWS) < 0.5
    odds = -0.5 + 0.3 * orders - 1.0 + 0.6 * recovered
    mart["orders_365d"], mart["fixed_for_customer"] = orders, recovered
    mart["returned_within_365d"] = rng.random(ROWS) < expit(odds)
    standing = expit(-0.5 + 0.3 * orders).mean()
    lost, won = expit(-1.5 + 0.3 * orders).mean(), expit(-0.9 + 0.3 * orders).mean()
    aim = aim_of(FAILURE)
    question = ask_failure(stacked(mart, peers(8000, 34)), aim, facts())
    row = won_back(question, aim, Spec.ADJUSTED)
    truth = (won - lost) / (standing - lost)
    assert row.ci_low < truth < row.ci_high
    assert row.std_error < 0.12


def test_nothing_lost_means_nothing_to_win_back():
    rng = np.random.default_rng(35)
    mart = empty_mart(2000)
    orders = rng.integers(0, 5, 2000)
    mart["orders_365d"], mart["fixed_for_customer"] = orders, rng.random(2000) < 0.5
    mart["returned_within_365d"] = rng.random(2000) < expit(-0.5 + 0.3 * orders)
    aim = aim_of(FAILURE)
    row = won_back(ask_failure(stacked(mart, peers(2000, 36)), aim, facts()), aim, Spec.ADJUSTED)
    assert row.verdict == "not_estimable"
    assert "nothing to win back" in said(row)


def test_landmark_gives_slow_cases_no_immortal_time():
    """Resolution does nothing, but cases close once their customer is back: only the landmark sees no effect."""
    rng = np.random.default_rng(37)
    mart = empty_mart(9000)
    back = rng.exponential(40.0, 9000)
    open_hours = 24 * np.minimum(rng.exponential(6.0, 9000), back)
    mart["first_contact_minutes"], mart["resolved_hours"] = 30.0 + rng.integers(0, 600, 9000), open_hours
    mart["days_to_return"], mart["returned_within_365d"] = back, back <= 40
    question = ask_resolution(mart, aim_of(RESOLUTION), facts())
    found = solve(question, [question.base, question.contrasts[0].to]).contrast(1)
    assert found.ci_low < 0 < found.ci_high
    naive = mart["returned_within_365d"][open_hours <= 72].mean() - mart["returned_within_365d"][open_hours > 72].mean()
    assert naive > 0.01


def kept_waiting(rows, seed, gain):
    """Cases open after three days; grave ones are left silent more often and lose customers anyway."""
    rng = np.random.default_rng(seed)
    mart = empty_mart(rows)
    grave = rng.random(rows) < 0.5
    silent = np.where(rng.random(rows) < expit(0.8 * grave - 0.4), 60.0, 20.0)
    odds = -0.3 - 0.8 * grave + gain * (silent < 48)
    mart["severity"], mart["first_contact_minutes"] = (
        np.where(grave, "grave", "small"),
        30.0 + rng.integers(0, 600, rows),
    )
    mart["landmark_silence_hours"] = np.where(np.arange(rows) % 3 == 0, np.nan, silent)
    mart["days_to_return"] = np.where(rng.random(rows) < 0.05, 1.0, 100.0)
    mart["returned_within_365d"] = rng.random(rows) < expit(odds)
    still = np.isfinite(mart["landmark_silence_hours"].astype(float))
    truth = expit(-0.3 - 0.8 * grave + gain) - expit(-0.3 - 0.8 * grave)
    return mart, 100 * float(truth[still].mean())


@pytest.mark.parametrize("gain", [0.0, 0.7])
def test_silence_is_compared_among_cases_that_came_as_far(gain):
    mart, truth = kept_waiting(9000, 38, gain)
    (row,) = [r for r in rows_of(estimate(mart, None, facts()), "silence") if r.outcome == "returned"]
    assert row.ci_low < truth < row.ci_high
    assert row.std_error < 2.0
    question = ask_silence(mart, aim_of(SILENCE), facts())
    assert dict(question.left_out) == {
        "ended_before": int(mart["landmark_silence_hours"].isna().sum()),
        "returned_before": int(((mart["days_to_return"] == 1.0) & mart["landmark_silence_hours"].notna()).sum()),
    }


def test_too_few_silences_are_refused_with_their_number():
    mart, _ = kept_waiting(600, 39, 0.0)
    (row,) = rows_of(estimate(mart.assign(landmark_silence_hours=20.0), None, facts()), "silence")
    assert row.verdict == "not_estimable"
    assert "never silent for 48 hours" in said(row)


def drawn_by_site(seed, effect):
    """Forty sites of a hundred cases, half of the sites drawn; a site's own luck moves all of its cases."""
    rng = np.random.default_rng(seed)
    mart, _ = confounded(ROWS, seed, event_share=0.0)
    site = np.arange(ROWS) % 40
    offered = rng.permutation(np.arange(40) % 2 == 0)[site]
    mart["site_id"], mart["assignment"] = np.char.add("s", site.astype(str)), np.where(offered, "offer", "usual")
    mart["returned_within_365d"] = rng.random(ROWS) < expit(-0.3 + rng.normal(0, 0.5, 40)[site] + effect * offered)
    return mart


def arms_of(mart, draw):
    found = Trial(mart, facts(randomised="assignment", draw=draw)).answer(ARM, None)
    return next(row for row in found.effects if row.spec == "adjusted")


def test_what_was_drawn_is_what_errors_are_clustered_by():
    mart = drawn_by_site(41, 0.0)
    loose, honest = arms_of(mart, Draw()), arms_of(mart, Draw("site_id"))
    assert honest.n_clusters == 40
    assert honest.estimate == pytest.approx(loose.estimate, abs=1.0)
    assert honest.std_error > 2 * loose.std_error


def test_sites_that_were_drawn_refute_a_draw_of_single_cases():
    mart = drawn_by_site(41, 0.0)
    told = arms_of(mart, Draw())
    assert told.grade == "D"
    assert "can't have been drawn as declared" in said(told)
    assert arms_of(mart, Draw("site_id")).grade == "A"


def test_incidents_of_which_it_isnt_known_what_was_drawn_refuse_the_experiment():
    mart = drawn_by_site(42, 0.0)
    mart.loc[:6, "site_id"] = None
    told = arms_of(mart, Draw("site_id"))
    assert told.verdict == "not_estimable"
    assert "7" in said(told)
    assert "site" in said(told)
