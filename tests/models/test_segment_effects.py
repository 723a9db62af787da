"""Segments: differences that are there are found, noise is shrunk, and many tests are judged together."""

import numpy as np
import pytest
from frames import confounded, facts
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from pipelines.contracts.catalog.estimation import Baseline
from pipelines.models.estimate import estimate
from pipelines.models.fit.shrinkage import benjamini_hochberg, between_variance, shrink


@pytest.fixture(scope="module")
def found():
    """Speed matters by phone only."""
    rng = np.random.default_rng(41)
    mart, _ = confounded(6000, 41)
    slope = np.where(mart["channel"] == "phone", -0.7, 0.0)
    minutes = mart["first_contact_minutes"].fillna(20000.0).astype(float)
    mart["returned_within_365d"] = rng.random(6000) < expit(-0.3 + slope * (np.log1p(minutes) - 4.0))
    return estimate(mart, None, facts())


def effects_by_channel(found, spec):
    rows = [r for r in found.effects if r.segment.startswith("channel=") and r.spec == spec]
    return {r.segment: r for r in rows if (r.treatment, r.level_to) == ("speed", "60")}


def test_the_channel_that_matters_stands_out(found):
    rows = effects_by_channel(found, "adjusted")
    phone, desk = rows["channel=phone"], rows["channel=desk"]
    assert phone.ci_low > 0
    assert desk.ci_low < 0 < desk.ci_high
    assert phone.q_value < 0.05


def test_the_interaction_test_sees_it(found):
    tests = {d.subject: d for d in found.diagnostics if d.check == "interaction"}
    assert any(d.verdict == "differs" for d in found.diagnostics if d.check == "interaction")
    assert tests["channel"].value is not None


def test_segments_are_never_graded_better_than_the_whole(found):
    whole = {
        (r.treatment, r.level_to): r.grade
        for r in found.effects
        if r.spec == "adjusted" and r.outcome == "returned" and not r.segment
    }
    for row in found.effects:
        if row.segment and row.grade and row.outcome == "returned":
            assert row.grade >= whole[row.treatment, row.level_to]


def test_no_true_difference_leaves_no_difference():
    estimates, errors = np.array([0.9, 1.0, 1.1]), np.array([1.0, 1.0, 1.0])
    assert between_variance(estimates, errors) == 0.0
    assert np.ptp(shrink(estimates, errors)[0]) < 1e-12


def test_a_part_that_is_given_what_all_show_together_is_no_surer_than_the_whole(found):
    """Severities that differ by chance alone share one figure, learnt from the very cases of the whole."""
    rows = [r for r in found.effects if (r.treatment, r.outcome) == ("compensation", "returned")]
    whole = {r.level_to: r.std_error for r in rows if r.spec == "adjusted" and not r.segment}
    parts = [r for r in rows if r.spec == "shrunken" and r.segment.startswith("severity=")]
    assert len(parts) > 20
    for level in whole:
        assert np.ptp([r.estimate for r in parts if r.level_to == level]) < 1e-9
    assert all(r.std_error > 0.95 * whole[r.level_to] for r in parts)
    plain = {(r.segment, r.level_to): r.df for r in rows if r.spec == "adjusted"}
    assert all(r.df == plain[r.segment, r.level_to] for r in parts)


def test_published_benjamini_hochberg_example():
    """Benjamini & Hochberg (1995), section 3.2: four of fifteen hypotheses are rejected at 5 %."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528]
    p += [0.759, 1.0]
    assert sum(q <= 0.05 for q in benjamini_hochberg(p)) == 4


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_values_keep_the_order_and_never_fall_below_p(p):
    q = benjamini_hochberg(p)
    assert all(a >= b - 1e-12 for a, b in zip(q, p, strict=True))
    order = np.argsort(p)
    assert all(np.diff(np.array(q)[order]) >= -1e-12)


@pytest.fixture(scope="module")
def pairs():
    """Owning the fault helps where it is the company's and hurts where it isn't; the second apology does harm."""
    rng = np.random.default_rng(43)
    rows = 8000
    mart, _ = confounded(rows, 43)
    mart["fault"] = rng.choice(["company", "customer"], rows)
    earlier = rng.choice([0, 1, 3], rows, p=[0.6, 0.2, 0.2])
    owned, sorry = rng.random(rows) < 0.5, rng.random(rows) < 0.5
    mart["earlier_apologies"], mart["accountability_accepted"], mart["apology_given"] = earlier, owned, sorry
    odds = -0.3 + owned * np.where(mart["fault"] == "company", 0.6, -0.5) + sorry * np.where(earlier > 1, -0.6, 0.5)
    mart["returned_within_365d"] = rng.random(rows) < expit(odds)
    return estimate(mart, None, facts())


@pytest.mark.parametrize(
    ("treatment", "helped", "harmed"),
    [
        ("accountability", "fault=company", "fault=customer"),
        ("apology", "earlier_apologies=none", "earlier_apologies=several"),
    ],
)
def test_the_sign_may_change_with_whose_fault_it_was_and_how_often_one_was_sorry(pairs, treatment, helped, harmed):
    mine = [r for r in pairs.effects if (r.treatment, r.outcome) == (treatment, "returned")]
    rows = {(r.segment, r.spec): r for r in mine}
    whole = rows["", "adjusted"]
    assert rows[helped, "adjusted"].ci_low > 0 > rows[harmed, "adjusted"].ci_high
    assert rows[helped, "adjusted"].q_value < 0.05
    assert rows[helped, "shrunken"].estimate < rows[helped, "adjusted"].estimate
    assert rows[helped, "adjusted"].family != whole.family == "actions:returned"
    (test,) = [d for d in pairs.diagnostics if d.check == "interaction" and d.effect_id == whole.effect_id]
    assert test.subject == helped.partition("=")[0]
    assert test.verdict == "differs"


def test_compensation_is_asked_about_by_whose_fault_it_was(pairs):
    rows = [r for r in pairs.effects if r.treatment == "compensation" and r.segment.startswith("fault=")]
    assert {r.segment for r in rows if r.spec == "adjusted"} == {"fault=company", "fault=customer"}
    tests = [d for d in pairs.diagnostics if d.check == "interaction" and d.subject == "fault"]
    assert len(tests) == 3


def test_the_second_method_is_published_beside_the_headline(found):
    rows = {(r.treatment, r.level_to): r for r in found.effects if r.spec == "aipw" and not r.segment}
    headline = {
        r.level_to: r
        for r in found.effects
        if (r.treatment, r.outcome, r.spec, r.segment) == ("speed", "returned", "adjusted", "")
    }
    second, first = rows["speed", "60"], headline["60"]
    assert (second.estimator, second.estimand, second.grade) == ("aipw", "two_arm", None)
    assert abs(second.estimate - first.estimate) < 2 * max(second.std_error, first.std_error)
    assert rows["compensation", "any"].baseline is Baseline.WHAT_WAS_DONE


def test_a_segment_without_comparable_cases_of_its_own_allows_no_conclusion(found):
    """Nothing is inherited: what the whole has comparable cases for, a part may not."""
    own = {(d.effect_id, d.check): d.value for d in found.diagnostics if d.check in ("overlap", "balance")}
    parts = [r for r in found.effects if r.segment and r.spec == "adjusted" and (r.effect_id, "overlap") in own]
    alone = [r for r in parts if own[r.effect_id, "overlap"] > 0.2 or own[r.effect_id, "balance"] >= 0.2]
    assert alone
    assert {r.grade for r in alone} == {"D"}
    assert any(r.grade == "C" for r in parts)
