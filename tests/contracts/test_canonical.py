"""Canonical tables as classes: their columns are names, and hold what the contract says."""

import copy
import pickle

import pytest

from pipelines.contracts.canonical import CanonicalTable, Column, Grain
from pipelines.contracts.sources import CANONICAL, Incidents, Interactions, Outcomes


def test_a_column_is_its_name_wherever_a_name_is_wanted():
    assert f"{Incidents.opened_at}" == "opened_at"
    assert {Incidents.opened_at} == {"opened_at"}
    assert Incidents.opened_at.required
    assert Interactions.actor.allowed == ("agent", "bot", "customer")


@pytest.mark.parametrize("made", [copy.copy, copy.deepcopy, lambda c: pickle.loads(pickle.dumps(c))])
def test_a_copy_holds_the_same(made):
    column = made(Interactions.actor)
    assert (column, column.holds, type(column)) == (Interactions.actor, Interactions.actor.holds, Column)


def test_every_table_has_a_name_a_grain_and_its_key():
    assert [c.NAME for c in CANONICAL] == [t.value for t in CanonicalTable] == [g.value for g in Grain]
    assert Outcomes.TABLE.key == ("incident_id", "outcome")
    for canonical in CANONICAL:
        assert set(canonical.KEY) <= set(canonical.TABLE.by_name)
        assert canonical.__doc__
