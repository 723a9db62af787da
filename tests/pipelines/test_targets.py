"""Targets are checked when the profile is read: the measure is one that is computed, the value on its scale."""

import pytest
from refusals import refused

from pipelines.contracts.catalog.company import Retention
from pipelines.contracts.targets import AMOUNTS, COUNTS, share_measures
from pipelines.errors import SourceError
from pipelines.models.ask.plan import main_horizon
from pipelines.models.facts import Facts
from pipelines.policy.company import Company
from pipelines.policy.mart import return_column
from pipelines.settings.load import SHIPPED_PROFILES, load_profile


def target(tmp_path, measure, value, profile=""):
    text = f'{profile}\n[[targets]]\nmeasure = "{measure}"\nvalue = {value}\nowner = "COO"\n'
    (tmp_path / "source.toml").write_text(text, encoding="utf-8")
    (found,) = load_profile(str(tmp_path)).targets
    return found


@pytest.mark.parametrize("measure", share_measures((90, 365), "transactional"))
def test_every_share_takes_a_value_from_0_to_1(tmp_path, measure):
    assert target(tmp_path, measure, 0.8).value == 0.8


@pytest.mark.parametrize("measure", COUNTS)
def test_counts_take_numbers_of_cases(tmp_path, measure):
    assert target(tmp_path, measure, 5).value == 5
    with refused(SourceError, match="0 or more"):
        target(tmp_path, measure, -1)


@pytest.mark.parametrize("measure", AMOUNTS)
def test_sums_take_amounts_of_the_reporting_currency(tmp_path, measure):
    assert target(tmp_path, measure, 4.5).value == 4.5
    with refused(SourceError, match="an amount of the reporting currency, 0 or more"):
        target(tmp_path, measure, -1)


def test_80_instead_of_080_is_refused_with_what_to_write(tmp_path):
    with refused(SourceError) as refusal:
        target(tmp_path, "standard_met", 80)
    assert "standard_met must be a share from 0 to 1: write 0.80 for 80 %" in refusal.said
    assert "[[targets]] 1" in refusal.said
    with refused(SourceError, match="share from 0 to 1"):
        target(tmp_path, "standard_met", -0.1)


def test_a_measure_that_nothing_is_computed_for_names_the_nearest(tmp_path):
    with refused(SourceError, match="answered_within_60_minutes"):
        target(tmp_path, "answered_within_60_minuts", 0.8)


@pytest.mark.parametrize(
    ("horizons", "retention"), [((90, 365), "transactional"), ((30, 90), "transactional"), ((365, 540), "contractual")]
)
def test_who_came_back_is_named_as_its_rows_are(horizons, retention):
    company = Company(Facts(horizons, 1.0, retention=Retention(retention)), None)
    assert share_measures(horizons, retention)[-1] == return_column(company.facts, main_horizon(company.facts))


def test_the_return_is_that_of_the_main_horizon(tmp_path):
    assert target(tmp_path, "returned_within_180d", 0.3, "[profile]\nhorizons_days = [30, 180]").value == 0.3
    with refused(SourceError, match="returned_within_180d"):
        target(tmp_path, "returned_within_30d", 0.3, "[profile]\nhorizons_days = [30, 180]")


def test_the_guide_lists_every_measure():
    guide = (SHIPPED_PROFILES.parent / "docs" / "profiles.md").read_text(encoding="utf-8")
    named = guide[guide.index("### Measures a target") : guide.index("## `[files]`")]
    for measure in (*share_measures((365,), "transactional"), *COUNTS):
        stem = measure if not measure.startswith("answered_within") else "_" + measure.split("_")[2] + "_"
        assert stem in named, measure
