"""Checks that a profile declares: counts beside the results, and nothing else of the rows."""

import pytest
from refusals import refused

from pipelines.engine import open_engine
from pipelines.errors import SourceError
from pipelines.reading.load import load
from pipelines.settings.load import load_profile

PROFILE = """
[profile]
title = "A shop"

[files]
tickets = { path = "tickets.csv" }
parcels = { path = "parcels.csv" }

[tables.incidents]
file = "tickets"

[checks]
sql = "checks.sql"
"""
TICKETS = "incident_id,opened_at\n1,2024-05-01 10:00:00\n2,2024-05-02 10:00:00\n"
PARCELS = "parcel,weight\nfrom-anna,12\nfrom-bert,none\n"
HEAVY = """
SELECT 'heavy_parcel' AS "check", 'parcels over 10 kg' AS subject, count(*) AS value, 'parcels' AS unit
FROM parcels WHERE TRY_CAST(weight AS INTEGER) > {limit}
"""


@pytest.fixture
def loaded(tmp_path):
    """Load a shop whose profile declares these checks."""

    def load_with(checks):
        (tmp_path / "source.toml").write_text(PROFILE)
        (tmp_path / "checks.sql").write_text(checks)
        (tmp_path / "tickets.csv").write_text(TICKETS)
        (tmp_path / "parcels.csv").write_text(PARCELS)
        profile = load_profile(str(tmp_path))
        with open_engine() as engine:
            return load(engine, profile, tmp_path, id_key=b"k", data_cut=None, progress=lambda step: None)

    return load_with


def the_check(loaded):
    (row,) = [row for row in loaded.warnings if row.check == "heavy_parcel"]
    return row


def test_a_check_that_finds_rows_is_a_warning_of_no_effect(loaded):
    row = the_check(loaded(HEAVY.format(limit=10)))
    assert (row.value, row.unit, row.passed, row.effect_id) == (1.0, "parcels", False, "")


def test_a_check_that_finds_none_passes(loaded):
    row = the_check(loaded(HEAVY.format(limit=100)))
    assert (row.value, row.passed) == (0.0, True)


def test_a_file_read_for_checks_alone_is_among_the_inputs(loaded):
    assert set(loaded(HEAVY.format(limit=10)).inputs) == {"tickets.csv", "parcels.csv"}


def test_a_check_that_stops_at_a_value_names_the_file_and_not_the_value(loaded):
    careless = HEAVY.format(limit=10).replace("TRY_CAST", "CAST")
    with refused(SourceError, match=r"checks\.sql") as error:
        loaded(careless)
    assert "none" not in error.said


@pytest.mark.parametrize("code", ["parcel", "'Over 10'", "NULL"])
def test_a_check_is_named_by_a_code_so_that_no_value_can_pass_for_one(loaded, code):
    with refused(SourceError, match="small letters"):
        loaded(f"SELECT {code} AS \"check\", 'parcels' AS subject, 1 AS value, 'rows' AS unit FROM parcels LIMIT 1")


def test_checks_read_the_profiles_files_only(loaded):
    with refused(SourceError, match=r"checks\.sql"):
        loaded("SELECT 'x' AS \"check\", 'y' AS subject, count(*) AS value, 'z' AS unit FROM read_csv('other.csv')")


def test_a_column_that_is_not_there_is_named(loaded):
    with refused(SourceError, match="hight"):
        loaded("SELECT 'x' AS \"check\", 'y' AS subject, max(hight) AS value, 'z' AS unit FROM parcels")
