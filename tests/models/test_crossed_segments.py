"""Two-way segments: an effect that needs both levels is found where it is, and only declared pairs are asked."""

import numpy as np
import pytest
from frames import confounded, facts
from scipy.special import expit

from pipelines.models.estimate import estimate

LARGE = ("desk", "email", "phone")
MATTERS = "severity=high;channel=phone"
CROSSED = (("severity", "channel"),)


@pytest.fixture(scope="module")
def mart():
    """Speed matters for severe cases by phone, and for nobody else; the last channel is rare."""
    rng = np.random.default_rng(47)
    rows = 6000
    mart, _ = confounded(rows, 47)
    mart["severity"] = rng.choice(["high", "low"], rows)
    mart.loc[rng.random(rows) < 0.03, "channel"] = "fax"
    mart.loc[: rows // 20, "channel"] = None
    minutes = mart["first_contact_minutes"].fillna(20000.0).astype(float)
    both = (mart["severity"] == "high") & (mart["channel"] == "phone")
    odds = -0.3 + np.where(both, -0.8, 0.0) * (np.log1p(minutes) - 4.0)
    mart["returned_within_365d"] = rng.random(rows) < expit(odds)
    return mart


@pytest.fixture(scope="module")
def found(mart):
    return estimate(mart, None, facts(crossed_segments=CROSSED))


def two_way(results, spec="adjusted"):
    rows = [r for r in results.effects if ";" in r.segment and r.spec == spec]
    return {r.segment: r for r in rows if (r.treatment, r.level_to) == ("speed", "60")}


def test_the_cell_that_matters_stands_out_among_the_crossed(found):
    rows = two_way(found)
    assert rows[MATTERS].ci_low > 0
    assert rows[MATTERS].q_value < 0.05
    others = [row for name, row in rows.items() if name != MATTERS and row.estimate is not None]
    assert len(others) > 2
    assert all(row.ci_low < 0 < row.ci_high for row in others)
    (test,) = {d.value for d in found.diagnostics if d.subject == "severity*channel" and "speed" in _of(found, d)}
    assert test < 0.05


def _of(found, diagnostic):
    return {r.treatment for r in found.effects if r.effect_id == diagnostic.effect_id}


def test_crossed_cells_are_drawn_towards_each_other_and_small_ones_left_out(found):
    adjusted, shrunken = two_way(found), two_way(found, "shrunken")
    assert set(adjusted) == {f"severity={s};channel={c}" for s in ("high", "low") for c in LARGE}
    assert set(shrunken) == {name for name, row in adjusted.items() if row.estimate is not None}
    assert 0 < shrunken[MATTERS].estimate < adjusted[MATTERS].estimate


def test_nothing_is_crossed_that_was_not_declared_and_the_one_way_rows_stay_as_they_are(mart, found):
    plain = estimate(mart, None, facts())
    one_way = [r for r in found.effects if ";" not in r.segment]
    assert not two_way(plain)
    assert [(r.effect_id, r.estimate, r.q_value) for r in plain.effects] == [
        (r.effect_id, r.estimate, r.q_value) for r in one_way
    ]


def test_a_family_that_the_exports_do_not_hold_is_passed_over(mart):
    found = estimate(mart, None, facts(crossed_segments=(("severity", "fault"),)))
    assert not two_way(found)


def test_a_segment_counts_its_own_cases_and_not_those_of_the_whole_model(mart, found):
    asked = mart[mart["channel"].notna()]
    for name, row in two_way(found).items():
        if row.estimate is not None:
            severity, channel = (part.partition("=")[2] for part in name.split(";"))
            inside = asked[(asked["severity"] == severity) & (asked["channel"] == channel)]
            assert row.n_incidents == len(inside)
            assert row.n_clusters == inside["cluster_key"].nunique()
            assert row.effective_incidents <= row.n_incidents
