"""Every row of a file is kept, set aside for a reason, or passed on to no table by the profile's SQL."""

import random

import pytest

from pipelines.contracts.catalog.rows import RowReason

TOML = """
[files]
tickets = { path = "tickets.csv" }
sites = { path = "sites.csv" }
[tables.incidents]
sql = "incidents.sql"
"""
JOINED = (
    "SELECT t.id AS incident_id, t.opened AS opened_at, s.region, t._file, t._line "
    "FROM tickets t LEFT JOIN sites s USING (site) "
)
MOMENTS, STATES = ("2024-05-01 10:00", "2024-06-03 11:30", "soon"), ("open", "spam", "test")
SITES = "site,region\na,north\nb,south\nunused,east\n"


def tickets(seed, rows=200):
    """Tickets of two sites; some without a moment that can be read, some lines too short."""
    chance = random.Random(seed)
    lines = [f"T{n},{chance.choice('ab')},{chance.choice(MOMENTS)},{chance.choice(STATES)}" for n in range(rows)]
    return "id,site,opened,state\n" + "".join(line + "\n" if chance.random() < 0.95 else "short\n" for line in lines)


def counts(result, table):
    return {row.reason: row.rows for row in result.loaded.quality if row.table == table}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("where", ["", "WHERE state <> 'spam'", "WHERE state = 'open' AND site = 'a'"])
def test_rows_read_are_rows_accounted_for(load_files, seed, where):
    content = tickets(seed)
    result = load_files(TOML, {"tickets.csv": content, "sites.csv": SITES}, sql={"incidents.sql": JOINED + where})
    read, made = counts(result, "files.tickets"), counts(result, "incidents")
    assert read[RowReason.ROWS_IN] == content.count("\n") - 1
    assert read[RowReason.ROWS_IN] == sum(rows for reason, rows in read.items() if reason is not RowReason.ROWS_IN)
    assert made[RowReason.ROWS_IN] == read[RowReason.KEPT], "what is passed on comes in"
    assert made[RowReason.ROWS_IN] == sum(rows for reason, rows in made.items() if reason is not RowReason.ROWS_IN)
    left = sum(1 for line in content.splitlines()[1:] if line.endswith("spam")) if "spam" in where else None
    assert left is None or read[RowReason.NOT_PASSED_ON] == left


def test_rows_that_are_only_looked_up_in_are_not_called_left_out(load_files):
    result = load_files(TOML, {"tickets.csv": tickets(1), "sites.csv": SITES}, sql={"incidents.sql": JOINED})
    assert RowReason.NOT_PASSED_ON not in counts(result, "files.sites")


def test_rows_folded_together_are_counted_as_passed_on_once(load_files):
    folded = (
        "SELECT min(id) AS incident_id, opened AS opened_at, any_value(_file) AS _file, min(_line) AS _line "
        "FROM tickets WHERE opened <> 'soon' GROUP BY opened"
    )
    toml = TOML.replace('sites = { path = "sites.csv" }\n', "")
    result = load_files(toml, {"tickets.csv": tickets(2)}, sql={"incidents.sql": folded})
    read = counts(result, "files.tickets")
    assert read[RowReason.KEPT] == 2
    assert read[RowReason.ROWS_IN] == sum(rows for reason, rows in read.items() if reason is not RowReason.ROWS_IN)


def test_without_lines_nothing_is_said_of_what_was_left_out(load_files):
    blind = "SELECT id AS incident_id, opened AS opened_at FROM tickets WHERE state = 'open' AND opened <> 'soon'"
    toml = TOML.replace('sites = { path = "sites.csv" }\n', "")
    result = load_files(toml, {"tickets.csv": tickets(3)}, sql={"incidents.sql": blind})
    assert RowReason.NOT_PASSED_ON not in counts(result, "files.tickets")
