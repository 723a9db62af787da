"""The catalogue of measures: ids that hold a number, what derives from entries, and that each is said and defined."""

import pytest

from pipelines.contracts.catalog.measures import (
    Measure,
    MeasureFamily,
    answered_within,
    entry,
    of_outcome,
    steps_of,
    together,
)
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.targets import AMOUNTS, COUNTS, SHARES, is_ceiling
from words.measures import definition, measure_label
from words.speech import PLAIN

EVERY = (*Measure, *(family.at(90) for family in MeasureFamily))


def test_a_number_in_an_id_is_found_again_and_belongs_to_one_family_alone():
    for family in MeasureFamily:
        assert family.number_in(family.at(90)) == 90
        assert [f for f in MeasureFamily if f.number_in(family.at(90)) is not None] == [family]
    assert MeasureFamily.SPEND.number_in("spend_d") is None
    assert entry("spend_without_voucher_365d") is None


def test_steps_taken_together_come_apart_again():
    steps = (Measure.CONTACTED, Measure.FIXED, Measure.RETURNED)
    assert steps_of(together(steps)) == steps
    assert together(steps[:1]) is Measure.CONTACTED


@pytest.mark.parametrize("measure", EVERY)
def test_every_measure_has_a_name_and_says_what_it_counts(measure):
    assert measure_label(measure, PLAIN)
    assert definition(measure, PLAIN).endswith(".")


def test_what_a_company_declares_is_called_by_its_own_name():
    measure, column = of_outcome("disputed")
    assert (measure, column) == ("outcome_disputed", "outcome_disputed")
    assert definition(measure, PLAIN) == ""


def test_a_ladder_of_minutes_says_its_minutes_where_it_has_no_words_of_its_own():
    assert measure_label(answered_within(60), PLAIN) == "Answered by a person within an hour"
    assert measure_label(answered_within(15), PLAIN) == "Answered by a person within 15 minutes"


def test_every_sum_and_count_that_may_be_a_target_is_a_ceiling():
    assert all(is_ceiling(measure) for measure in (*AMOUNTS, *COUNTS))
    assert not is_ceiling(Measure.STANDARD_MET)
    assert not is_ceiling("outcome_disputed")


def test_an_outcome_that_is_also_counted_is_good_the_same_way():
    both = [Measure(name) for name in OUTCOMES if name in set(Measure)]
    assert both
    for measure in both:
        up = OUTCOMES[measure].direction == "higher_is_better"
        assert measure.higher_is_better is up, measure


def test_targets_on_shares_are_of_measures_whose_unit_is_a_share():
    known = [entry(measure) for measure in SHARES]
    assert all(found is not None and found.unit.is_share and found.may_be_target for found in known)
