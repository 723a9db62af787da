"""A profile's SQL: one SELECT over the files it names."""

import pytest
from refusals import refused

from pipelines.contracts.catalog.rows import RowReason
from pipelines.engine import open_sealed
from pipelines.errors import SourceError
from pipelines.reading.tables.queries import query_rows
from pipelines.settings.machine import EngineSettings

TOML = """
[files]
tickets = { path = "tickets.csv" }
guests = { path = "guests.csv", optional = true }
[tables]
incidents = { sql = "incidents.sql" }
"""
ALONE = TOML.replace('guests = { path = "guests.csv", optional = true }\n', "")
FILES = {"tickets.csv": "Nr,Opened,Guest,Kind\n1,2024-03-01,7,noise\n2,soon,8,noise\n3,2024-03-03,9\n"}
JOINED = {**FILES, "guests.csv": "Guest,Mail\n7,ann@example.org\n"}
QUERY = """
-- One row per ticket.
WITH people AS (SELECT Guest, Mail FROM guests)
SELECT Nr AS incident_id, Opened AS opened_at, p.Mail AS customer_id, t._file, t._line
FROM tickets t LEFT JOIN people p USING (Guest);
"""


def test_files_meet_in_a_query_and_rows_keep_their_line(load_files):
    result = load_files(TOML, JOINED, sql={"incidents.sql": QUERY})
    assert result.column("incidents", "incident_id") == ["1"]
    assert len(result.column("incidents", "customer_id")[0]) == 32
    assert [(q.table, q.file, q.line, q.reason) for q in result.loaded.quarantine] == [
        ("files.tickets", "tickets.csv", 4, RowReason.WRONG_NUMBER_OF_FIELDS),
        ("incidents", "tickets.csv", 3, RowReason.NOT_A_TIME),
    ]
    assert result.reasons("files.tickets") == {"rows in": 3, "kept": 2, "wrong number of fields": 1}
    assert result.reasons("incidents") == {"rows in": 2, "kept": 1, "not a time": 1}
    assert result.reasons("files.guests") == {"rows in": 1, "kept": 1}


def test_without_line_the_query_itself_is_named(load_files):
    query = "SELECT Nr AS incident_id, Opened AS opened_at FROM tickets"
    result = load_files(ALONE, FILES, sql={"incidents.sql": query})
    assert [(q.file, q.line) for q in result.loaded.quarantine if q.table == "incidents"] == [("incidents.sql", None)]


def test_the_maps_of_a_table_hold_for_its_query_too(load_files):
    toml = (
        ALONE + '[tables.incidents.values.category]\nnoise = "loud"\n[tables.incidents.constants]\nchannel = "desk"\n'
    )
    toml = toml.replace("[tables]\nincidents = {", "[tables.incidents]\n").replace(
        '"incidents.sql" }', '"incidents.sql"'
    )
    query = "SELECT Opened AS opened_at, Kind AS category FROM tickets"
    result = load_files(toml, FILES, sql={"incidents.sql": query})
    assert result.engine.rows("SELECT category, channel FROM incidents") == [("loud", "desk")]


def test_a_table_whose_optional_file_is_absent_is_not_supplied(load_files):
    toml = TOML + 'word_of_mouth = { sql = "word_of_mouth.sql" }\n'
    sql = {
        "incidents.sql": "SELECT Opened AS opened_at FROM tickets",
        "word_of_mouth.sql": "SELECT Mail AS customer_id, 'post' AS kind, '2024-01-01' AS posted_at FROM guests",
    }
    assert set(load_files(toml, FILES, sql=sql).loaded.supplied) == {"incidents"}
    assert set(load_files(toml, JOINED, sql=sql).loaded.supplied) == {"incidents", "word_of_mouth"}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("DROP TABLE tickets", "one SELECT"),
        ("SELECT 1; SELECT 2", "one SELECT"),
        ("SELEC Opened FROM tickets", "one SELECT"),
        ("SELECT * FROM read_csv('/etc/passwd')", "unknown table function 'read_csv'"),
        ("SELECT * FROM '/etc/passwd'", "unknown file '/etc/passwd'"),
        ("SELECT (SELECT content FROM read_text('x')) AS opened_at FROM tickets", "unknown table function"),
        ("SELECT * FROM ticket", "Did you mean 'tickets'"),
        ("SELECT opened FROM tickets", "unknown canonical column 'Opened'"),
        ("SELECT Open AS opened_at FROM tickets", 'column "Open" not found'),
        ("SELECT Opened AS opened_at, 1 AS opend_at FROM tickets", "Did you mean 'opened_at'"),
        ("SELECT 'x' AS channel FROM tickets", "no column 'opened_at'"),
    ],
)
def test_anything_else_is_an_error(load_files, query, message):
    with refused(SourceError if "no column" not in message else Exception, match=message) as caught:
        load_files(ALONE, FILES, sql={"incidents.sql": query})
    assert "\n" not in caught.said


def test_the_sql_has_to_be_there_and_within_the_profile(load_files):
    with refused(SourceError, match="can't be read"):
        load_files(TOML, FILES)
    with refused(SourceError, match="outside the profile"):
        load_files(TOML.replace("incidents.sql", "../data/tickets.csv"), FILES)


def test_texts_that_mean_nothing_are_nothing_to_a_query_too(load_files):
    query = "SELECT Opened AS opened_at, coalesce(Kind, 'blank') AS category FROM tickets"
    told = {"tickets.csv": "Opened,Kind\n2024-03-01,n/a\n2024-03-02, n/a \n2024-03-03,noise\n"}
    toml = ALONE.replace('"tickets.csv" }', '"tickets.csv", nulls = ["n/a"] }')
    result = load_files(toml, told, sql={"incidents.sql": query})
    assert result.column("incidents", "category", "opened_at") == ["blank", "blank", "noise"]
    assert (
        load_files(ALONE, told, sql={"incidents.sql": query}).column("incidents", "category", "opened_at")[0] == "n/a"
    )


def test_a_decimal_sign_that_no_map_reads_is_refused(load_files):
    toml = ALONE.replace('"tickets.csv" }', '"tickets.csv", decimal = "," }')
    with refused(SourceError, match=r"\[files\.tickets\] decimal says nothing where only SQL reads the file"):
        load_files(toml, FILES, sql={"incidents.sql": "SELECT Opened AS opened_at FROM tickets"})


def test_what_a_query_makes_keeps_its_types(load_files):
    query = """
    SELECT CAST(Nr AS DOUBLE) AS incident_id, TIMESTAMPTZ '2024-03-01 10:00:00+02' AS opened_at,
        CAST('nan' AS DOUBLE) AS loss_amount, true AS public_complaint,
        DATE '2024-03-05' AS resolved_at, 'EUR' AS currency
    FROM tickets WHERE Nr = '1'
    UNION ALL
    SELECT 2, TIMESTAMPTZ '2024-03-01 10:00:00+02', 12.345, false, NULL, 'EUR'
    """
    result = load_files('[profile]\ntime_zone = "Europe/Paris"\n' + ALONE, FILES, sql={"incidents.sql": query})
    columns = "SELECT incident_id, opened_at, loss_amount, public_complaint FROM incidents ORDER BY 1"
    first, second = result.engine.rows(columns)
    assert [str(value) for value in second] == ["2", "2024-03-01 08:00:00", "12.3450", "False"]
    assert (first[2], result.unread("incidents")) == (None, [("loss_amount", "not a finite number")])


def test_a_query_that_doesn_t_end_is_ended():
    impatient = EngineSettings(threads=1, memory_limit="500MB", query_seconds=0.3)
    endless = "SELECT count(*) FROM range(1000000000000) WHERE range % 7 = 8"
    with open_sealed(impatient) as engine, refused(SourceError, match=r"incidents\.sql didn't end within"):
        query_rows(engine, endless, "incidents.sql")
    with open_sealed(impatient) as engine:
        assert query_rows(engine, "SELECT 1", "incidents.sql") == [(1,)]
