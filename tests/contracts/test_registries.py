"""Outcomes, treatments and checks: what derives from an entry, and that each entry is said."""

from dataclasses import replace

import pytest

from pipelines.contracts.catalog.checks import CHECKS, Check
from pipelines.contracts.catalog.estimation import AskedOf, Baseline, Group
from pipelines.contracts.catalog.needs import Given
from pipelines.contracts.catalog.outcomes import OUTCOMES, RETURNED, declared_outcome, every_outcome, named_columns
from pipelines.contracts.catalog.treatments import DOSES, TREATMENTS, TreatmentKind, every_treatment
from pipelines.contracts.mart import Named, incident_columns
from pipelines.contracts.sources import TABLES
from pipelines.contracts.types import REAL
from words.speech import PLAIN

MART = {column.name for column in incident_columns((365,))}


def is_said(code: str) -> bool:
    return PLAIN.label(code, "") != ""


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda o: o.id)
def test_every_outcome_has_a_column_and_its_words(outcome):
    assert outcome.column_at(365 if outcome.has_horizon else None) in MART | {c.name for c in named_columns()}
    assert is_said(f"outcome.{outcome.id}")
    assert is_said(f"outcome.{outcome.id}.inside")


@pytest.mark.parametrize("treatment", TREATMENTS.values(), ids=lambda t: t.id)
def test_every_treatment_has_a_column_and_its_words(treatment):
    assert treatment.column in MART or treatment.group is Group.FAILURE
    assert treatment.not_held == tuple(column for column in treatment.not_held if column in MART)
    assert is_said(f"treatment.{treatment.id}")
    assert PLAIN.label(AskedOf(treatment.asked_of))
    assert PLAIN.label(Baseline(treatment.baseline))


def test_what_leads_has_a_ladder_and_its_headline_is_one_of_its_steps():
    for id_ in DOSES:
        treatment = TREATMENTS[id_]
        assert treatment.kind in (TreatmentKind.TIME, TreatmentKind.DOSE)
        assert float(treatment.headline) in treatment.ladder
        assert treatment.unit is not None


def test_what_is_needed_is_a_column_of_a_table():
    needed = (need for entry in (*OUTCOMES.values(), *TREATMENTS.values()) for need in entry.needs)
    for need in needed:
        if isinstance(need, Given):
            assert set(need.columns) <= {column.name for column in TABLES[need.table].columns}


@pytest.mark.parametrize("check", Check)
def test_every_check_has_an_entry_and_its_words(check):
    assert check in CHECKS
    assert is_said(f"check.{check}")


def test_an_outcome_names_its_own_column_and_the_mart_has_it():
    shipped = OUTCOMES[RETURNED]
    own = replace(shipped, id="stars_of_friends", column=Named("stars_of_friends"), kind="score")
    (column,) = set(named_columns([*OUTCOMES.values(), own])) - set(named_columns())
    assert (column.name, column.type) == ("stars_of_friends", REAL)


def test_what_a_company_declares_stands_beside_what_is_shipped():
    own = declared_outcome("disputed", "Disputed", "cases", "binary", higher_is_better=False)
    assert every_outcome([own]) == {**OUTCOMES, own.id: own}
    assert not own.higher_is_better
    knock = replace(TREATMENTS["apology"], id="knock")
    assert every_treatment([knock]) == {**TREATMENTS, "knock": knock}
