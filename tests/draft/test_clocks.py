"""A day and its clock in two columns are one moment; a time that lasts is not."""

from datetime import datetime

import pytest
from made_company import write_csv

from pipelines.engine import open_engine
from pipelines.reading.draft import draft_profile, make_draft
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN


def loaded(data, profile, query):
    draft_profile(data, profile, PLAIN.say)
    with open_engine() as engine:
        load(engine, load_profile(str(profile)), data, id_key=b"key", data_cut=None, progress=lambda step: None)
        return engine.rows(query)


@pytest.mark.parametrize(
    ("headers", "written"),
    [
        (("Opened date", "Opened time", "First reply date", "First reply time"), ("03/17/2024", "1:30 PM", "3:00 PM")),
        (("Datum", "Uhrzeit", "Datum erste Antwort", "Uhrzeit erste Antwort"), ("17.03.2024", "13:30", "15:00")),
        (
            ("Fecha", "Hora", "Fecha primera respuesta", "Hora primera respuesta"),
            ("2024-03-17", "13:30:00", "15:00:00"),
        ),
    ],
)
def test_days_and_their_clocks_are_moments(headers, written, tmp_path):
    day, opened, answered = written
    rows = [(f"T{i}", day, opened, day, answered, "late") for i in range(9)]
    write_csv(tmp_path / "exports" / "tickets.csv", ("Ticket number", *headers, "Reason"), rows)
    query = "SELECT DISTINCT opened_at, contacted_at FROM incidents JOIN interactions USING (incident_id)"
    found = loaded(tmp_path / "exports", tmp_path / "profile", query)
    assert found == [(datetime(2024, 3, 17, 13, 30), datetime(2024, 3, 17, 15))]
    unused = {
        column
        for columns in make_draft(tmp_path / "exports", tmp_path / "p").unmapped.values()
        for column, _ in columns
    }
    assert not unused & set(headers)


def test_a_clock_beside_a_moment_is_none_of_its(tmp_path):
    rows = [(f"T{i}", "2024-03-17 13:30", "02:15", "late") for i in range(9)]
    write_csv(tmp_path / "exports" / "tickets.csv", ("Ticket number", "Date", "Time", "Reason"), rows)
    found = loaded(tmp_path / "exports", tmp_path / "profile", "SELECT DISTINCT opened_at FROM incidents")
    assert found == [(datetime(2024, 3, 17, 13, 30),)]


def test_a_case_without_its_clock_keeps_its_day(tmp_path):
    rows = [(f"T{i}", "17.03.2024", "" if i == 3 else "13:30", "late") for i in range(9)]
    write_csv(tmp_path / "exports" / "tickets.csv", ("Ticket number", "Datum", "Uhrzeit", "Reason"), rows)
    query = "SELECT opened_at, count(*) FROM incidents GROUP BY 1 ORDER BY 1"
    found = loaded(tmp_path / "exports", tmp_path / "profile", query)
    assert found == [(datetime(2024, 3, 17), 1), (datetime(2024, 3, 17, 13, 30), 8)]
