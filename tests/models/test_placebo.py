"""The next customer's answer can't have acted: clean where all is recorded, stained where place hides a cause."""

import numpy as np
import pandas as pd
import pytest
from asked import RETURNED_BY_SPEED
from frames import confounded, empty_mart, facts
from scipy.special import expit

from pipelines.contracts.catalog.checks import CheckVerdict
from pipelines.contracts.catalog.estimation import Spec
from pipelines.contracts.messages.grounds import TooFewNeighbours
from pipelines.models.ask.speed import ask_speed
from pipelines.models.estimate import estimate
from pipelines.models.judge.placebo import placebo_rows
from pipelines.models.rows import asked

ROWS = 5000


def on_duty(seed, strength):
    """Crews that change weekly answer slowly or fast, and lose or keep customers for reasons nobody recorded."""
    rng = np.random.default_rng(seed)
    mart = empty_mart(ROWS)
    week, site = rng.integers(0, 100, ROWS), rng.integers(0, 5, ROWS)
    crew = rng.normal(0, 1, (100, 5))[week, site]
    log_minutes = np.maximum(4.0 + crew + rng.normal(0, 1, ROWS), 0.2)
    opened = pd.Timestamp("2024-01-01") + pd.to_timedelta(week * 7 + rng.uniform(0, 6, ROWS), unit="D")
    mart["opened_at"], mart["site_id"] = opened, np.char.add("s", site.astype(str))
    mart["first_contact_minutes"] = np.expm1(log_minutes)
    mart["returned_within_365d"] = rng.random(ROWS) < expit(0.8 - 0.25 * log_minutes - strength * crew)
    mart["returned_before_contact"] = False
    return mart


def checked(mart):
    question = ask_speed(mart, RETURNED_BY_SPEED, facts())
    return placebo_rows(asked(question.aim, question.contrasts[0].level, Spec.ADJUSTED), question, mart)


def test_speed_that_acts_but_is_not_confounded_leaves_the_placebo_clean():
    verdicts = [checked(on_duty(seed, 0.0))[0].verdict for seed in range(81, 86)]
    assert verdicts.count(CheckVerdict.CLEAN) >= 4


def test_a_hidden_cause_of_place_and_time_stains_it():
    change, p = checked(on_duty(86, 0.6))
    assert (change.verdict, change.passed) == (CheckVerdict.ASSOCIATED, False)
    assert change.value < 0
    assert p.value < 0.01


def test_one_customers_own_next_incident_is_no_placebo():
    mart = on_duty(87, 0.0).assign(customer_key="one")
    mart["cluster_key"] = mart["incident_id"]
    (row,) = checked(mart)
    assert row.value is None
    assert (row.verdict, row.reasons) == (CheckVerdict.NOT_CHECKED, (TooFewNeighbours(0),))


@pytest.mark.parametrize("lacking", ["opened_at", "site_id"])
def test_without_times_or_places_it_says_that_it_was_not_checked(lacking):
    (row,) = checked(on_duty(88, 0.0).assign(**{lacking: None}))
    assert row.verdict is CheckVerdict.NOT_CHECKED
    assert row.passed is None


def test_it_stands_among_the_checks_of_the_headline():
    mart, _ = confounded(1500, 89)
    mart["opened_at"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(1500) % 700, unit="D")
    found = estimate(mart, None, facts())
    leading = {(r.treatment, r.level_to) for r in found.effects if r.effect_id in {
        d.effect_id for d in found.diagnostics if d.check == "placebo_exposure"}}  # fmt: skip
    assert leading == {("speed", "60"), ("compensation", "0.5")}
