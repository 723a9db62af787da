"""How large an experiment has to be: printed tables, and what shortens it really does."""

from dataclasses import replace

import pytest

from pipelines.policy.plans.experiment_size import per_arm
from pipelines.policy.plans.trial_plan import Rates, Shorter, shortened, sized

HALF = (0.5, 0.5)
RATES = Rates(share=0.3, weekly_cases=50.0, follow_up_days=365.0)


@pytest.mark.parametrize(("share", "other", "printed"), [(0.05, 0.10, 435), (0.50, 0.60, 388), (0.20, 0.30, 294)])
def test_sizes_are_near_those_of_the_tables(share, other, printed):
    """Fleiss, Levin & Paik 2003, table A.4 less its correction for continuity: per arm, 5 % two-sided, 80 %."""
    middle = Rates((share + other) / 2, 10.0)
    assert sized(middle, HALF, 100 * (other - share)).units / 2 == pytest.approx(printed, rel=0.03)


def test_one_size_is_told_everywhere():
    assert sized(RATES, HALF, 4.0).units / 2 == pytest.approx(per_arm(0.3, 4.0, 1.0), rel=0.01)


def test_clusters_cost_their_design_effect_and_arms_their_number():
    single, together = sized(RATES, HALF, 4.0), sized(replace(RATES, unit_cases=5.0, likeness=0.1), HALF, 4.0)
    assert together.units * 5 == pytest.approx(1.4 * single.units, rel=0.01)
    assert sized(RATES, (0.25,) * 4, 4.0).units > 2 * single.units


def test_few_sites_that_stay_never_end_however_long_they_gather():
    sites = Rates(0.3, 50.0, likeness=0.05, follow_up_days=90.0, standing=12)
    found = sized(sites, HALF, 2.0)
    assert found.weeks is None
    assert found.units > 12
    assert sized(replace(sites, standing=400, weekly_cases=900.0), HALF, 4.0).weeks is not None


def test_what_shortens_a_plan_is_told_with_its_arithmetic():
    ways = shortened(RATES, (0.8, 0.2), 2.0, [replace(RATES, follow_up_days=90.0)], None, explained=0.2)
    assert {way.how for way in ways} == set(Shorter) - {Shorter.SMALLER_UNITS}
    now = sized(RATES, (0.8, 0.2), 2.0)
    assert all(way.sized.weeks < now.weeks for way in ways)
    by = {way.how: way for way in ways}
    assert by[Shorter.LARGER_CONTRAST].sized.units == pytest.approx(now.units / 4, abs=1)
    assert by[Shorter.HELD_BEFORE].sized.units == pytest.approx(0.8 * now.units, abs=1)
    assert now.weeks - by[Shorter.EARLIER_OUTCOME].sized.weeks == pytest.approx(275 / 7, abs=1)
