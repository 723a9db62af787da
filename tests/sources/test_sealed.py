"""What a profile's SQL can't reach: files, the network, settings, other databases."""

import duckdb
import pytest
from refusals import refused

from pipelines.engine import open_engine, open_sealed
from pipelines.errors import MachineError, SourceError
from pipelines.settings.machine import EngineSettings

TOML = """
[files]
tickets = { path = "tickets.csv" }
[tables]
incidents = { sql = "incidents.sql" }
"""
FILES = {"tickets.csv": "Nr,Opened\n1,2024-03-01\n"}
SECRET = "Ford-Prefect"
SMALL = EngineSettings(threads=1, memory_limit="60MB")


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "private.csv"
    path.write_text(f"opened_at,channel\n2024-03-01,{SECRET}\n")
    return path


@pytest.mark.parametrize(
    "query",
    [
        'WITH "{secret}" AS (SELECT 1) SELECT * FROM "{secret}", tickets',
        'SELECT * FROM (WITH "{secret}" AS (SELECT 1) SELECT 1), "{secret}", tickets',
        "SELECT * FROM '{secret}'",
        'SELECT * FROM "{secret}"',
        "SELECT * FROM read_csv('{secret}')",
        "SELECT (SELECT content FROM read_text('{secret}')) AS opened_at FROM tickets",
        "SELECT * FROM glob('{secret}')",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM sqlite_scan('{secret}', 't')",
        "COPY tickets TO '{secret}'",
        "COPY tickets FROM '{secret}'",
        "ATTACH '{secret}' AS other",
        "ATTACH ':memory:' AS other",
        "INSTALL httpfs",
        "LOAD json",
        "PRAGMA database_list",
        "SET enable_external_access = true",
        "EXPORT DATABASE '{secret}'",
        "IMPORT DATABASE '{secret}'",
        "CREATE TABLE x AS SELECT 1",
        "SELECT Opened AS opened_at FROM tickets; COPY tickets TO '{secret}'",
    ],
)
def test_sql_that_reaches_out_is_refused_by_one_line_that_names_it(load_files, secret, query):
    before = secret.read_bytes()
    with refused(Exception, match=r"^incidents\.sql") as caught:
        load_files(TOML, FILES, sql={"incidents.sql": query.format(secret=secret)})
    assert SECRET not in caught.said
    assert "\n" not in caught.said
    assert secret.read_bytes() == before
    assert sorted(path.name for path in secret.parent.glob("*.csv")) == ["private.csv"]


def test_a_part_of_the_query_may_bear_the_name_of_the_file_it_is_made_of(load_files):
    query = "WITH tickets AS (SELECT Opened FROM tickets) SELECT Opened AS opened_at FROM tickets"
    assert load_files(TOML, FILES, sql={"incidents.sql": query}).column("incidents", "opened_at")


def test_variables_of_the_program_are_no_tables():
    hidden = [1]
    with open_sealed(SMALL) as sealed, pytest.raises(duckdb.CatalogException):
        sealed.rows("SELECT * FROM hidden")
    assert hidden


@pytest.mark.parametrize("opened", [open_engine, open_sealed])
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{secret}')",
        "COPY (SELECT 1) TO '{secret}'",
        "ATTACH '{secret}.db' AS other",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '9GB'",
        "SET temp_directory = '/tmp'",
    ],
)
def test_no_engine_has_a_way_out_or_opens_its_settings_again(opened, secret, statement):
    before = secret.read_bytes()
    with opened(SMALL) as engine, pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
        engine.run(statement.format(secret=secret))
    assert secret.read_bytes() == before


def test_the_sealed_engine_runs_out_of_memory_rather_than_write_down_what_it_reads():
    with open_sealed(SMALL) as sealed, refused(MachineError, match=r"more memory than the 60MB .* AMENDS_MEMORY_LIMIT"):
        sealed.run("CREATE TABLE much AS SELECT i, repeat('x', 100) || i AS t FROM range(3000000) AS r(i)")


def test_a_query_that_needs_more_memory_than_there_is_is_not_blamed_for_a_value(load_files):
    much = "string_agg(repeat('x', 1000) || i, '')"
    query = f"SELECT DATE '2024-03-01' AS opened_at, {much} AS category FROM tickets, range(2000000) AS r(i)"
    with refused(MachineError, match="AMENDS_MEMORY_LIMIT"):
        load_files(TOML, FILES, sql={"incidents.sql": query})


def test_a_path_behind_a_name_of_the_query_s_own_is_no_file_of_the_profile(load_files, secret):
    query = f'SELECT p.* FROM tickets, (WITH "{secret}" AS (SELECT 1) SELECT 1) AS own, "{secret}" AS p'
    with refused(SourceError, match=r"incidents\.sql: reads or writes something that is no file of the profile"):
        load_files(TOML, FILES, sql={"incidents.sql": query})
