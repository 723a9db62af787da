"""A target is said on the scale of its measure, and the sample names an owner for all that executives read."""

import pytest
from published_run import SPEECH

from dashboard.week import KNOWN_NOW
from dashboard.words import target_cell
from pipelines.contracts.targets import COUNTS, is_ceiling
from pipelines.settings.load import load_profile


@pytest.mark.parametrize(
    ("measure", "target", "said"),
    [
        ("standard_met", 0.8, "80\u202f%"), ("under_the_rug", 0.05, "at most 5\u202f%"),
        ("promises_broken", 0.0, "0"), ("silent_for_a_week_now", 1200.0, "at most 1,200"),
        ("compensation_cost", 35.0, "at most €\u202f35"), ("restored", None, "none set"),
    ],
)  # fmt: skip
def test_a_target_is_said_on_the_scale_of_its_measure(measure, target, said):
    assert target_cell(measure, target, SPEECH) == said


def test_everything_that_is_counted_has_a_ceiling_and_not_a_floor():
    assert COUNTS
    assert all(map(is_ceiling, COUNTS))


def test_the_sample_names_target_and_owner_of_all_that_executives_read():
    declared = {target.measure: target.owner for target in load_profile("sample").targets}
    assert {*KNOWN_NOW, "returned_within_365d", "restored"} <= set(declared)
    assert all(declared.values())
