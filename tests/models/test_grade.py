"""The grade is its weakest component, and only a draw by lot reaches A."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.messages.grounds import AgentsUnknown, SitesUnknown
from pipelines.models.judge.grade import Evidence, grade

CLEAN = Evidence(
    randomised=False, headline=True, soft_failures=(), hard_failures=(), reversed=False, balance=0.04, ess_share=0.6,
    df=60.0, remaining={0.5: 0.9, 1.0: 0.7, 2.0: 0.3}, control_p=0.6, control_share=0.1, control_power=0.95, spread=0.4,
    flips=False, across_p=0.5, within_p=0.5, controls_power=0.95,
)  # fmt: skip


def test_clean_observation_is_b_and_a_clean_experiment_a():
    assert grade(CLEAN)[0] == "B"
    assert grade(replace(CLEAN, randomised=True))[0] == "A"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"soft_failures": (Check.OVERLAP,)}, "C"),
        ({"hard_failures": (Check.OVERLAP,)}, "D"),
        ({"balance": 0.15}, "C"),
        ({"balance": 0.25}, "D"),
        ({"ess_share": 0.2}, "C"),
        ({"ess_share": 0.05}, "D"),
        ({"df": 12.0}, "C"),
        ({"df": 6.0}, "D"),
        ({"df": 6.0, "headline": False}, "C"),
        ({"remaining": {0.5: 0.2, 1.0: -0.1}}, "C"),
        ({"remaining": {0.5: -0.2, 1.0: -0.9}}, "D"),
        ({"control_p": 0.03}, "C"),
        ({"control_p": 0.001}, "D"),
        ({"control_power": 0.4}, "C"),
        ({"control_share": 0.8}, "C"),
        ({"control_p": None}, "C"),
        ({"spread": 1.7}, "C"),
        ({"spread": 2.5}, "D"),
        ({"flips": True}, "D"),
        ({"across_p": 0.04}, "D"),
        ({"across_p": 0.04, "unrecorded": (AgentsUnknown(),)}, "D"),
        ({"within_p": 0.04}, "C"),
        ({"controls_power": 0.5}, "C"),
        ({"across_p": None}, "C"),
        ({"unrecorded": (SitesUnknown(),)}, "C"),
    ],
)
def test_one_weak_component_decides(change, expected):
    assert grade(replace(CLEAN, **change))[0] == expected


@given(
    st.builds(
        Evidence,
        randomised=st.booleans(),
        headline=st.booleans(),
        soft_failures=st.sampled_from([(), (Check.OVERLAP,)]),
        hard_failures=st.sampled_from([(), (Check.OVERLAP,)]),
        reversed=st.sampled_from([None, True, False]),
        balance=st.none() | st.floats(0, 1),
        ess_share=st.none() | st.floats(0, 1),
        df=st.floats(1, 500),
        remaining=st.none() | st.fixed_dictionaries({0.5: st.floats(-1, 1), 1.0: st.floats(-1, 1)}),
        control_p=st.none() | st.floats(0, 1),
        control_share=st.none() | st.floats(0, 3),
        control_power=st.none() | st.floats(0, 1),
        spread=st.none() | st.floats(0, 5),
        flips=st.booleans(),
        unrecorded=st.sampled_from([(), (SitesUnknown(),)]),
        across_p=st.none() | st.floats(0, 1),
        within_p=st.none() | st.floats(0, 1),
        controls_power=st.none() | st.floats(0, 1),
    )
)
def test_grade_is_the_worst_component_and_a_needs_a_draw(evidence):
    letter, components = grade(evidence)
    assert letter == max(components.values())
    assert letter != "A" or evidence.randomised
