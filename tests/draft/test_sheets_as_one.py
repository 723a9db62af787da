"""A workbook with a sheet a month is one table, and a sheet of another shape is none of it."""

from datetime import datetime

from made_workbook import write_xlsx

from pipelines.engine import open_engine
from pipelines.reading.draft import draft_profile, make_draft
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN

MONTHS = ("januari", "februari", "mars")


def month(number):
    rows = [[f"Ä{number}{i}", datetime(2024, number, i + 1, 9), "sen", "vip"] for i in range(10)]
    return [["Ärenden"], ["Ticket number", "Opened", "Reason", "Segment"], *rows, ["Summa", "", "", "10"]]


def loaded(data, profile):
    draft_profile(data, profile, PLAIN.say)
    with open_engine() as engine:
        found = load(engine, load_profile(str(profile)), data, id_key=b"key", data_cut=None, progress=lambda step: None)
        return found, engine.rows("SELECT count(*), min(opened_at), max(opened_at) FROM incidents")


def test_a_sheet_a_month_is_one_table(tmp_path):
    write_xlsx(tmp_path / "exports" / "ärenden 2024.xlsx", {name: month(i) for i, name in enumerate(MONTHS, start=1)})
    result, rows = loaded(tmp_path / "exports", tmp_path / "profile")
    assert rows == [(30, datetime(2024, 1, 1, 9), datetime(2024, 3, 10, 9))]
    assert {q.file for q in result.quarantine} == {f"ärenden 2024.xlsx[{name}]" for name in MONTHS}
    assert len(result.quarantine) == len(MONTHS)


def test_other_sheets_of_the_workbook_stay_apart(tmp_path):
    sheets = {f"2024 {name}": month(i) for i, name in enumerate(MONTHS, start=1)}
    write_xlsx(tmp_path / "exports" / "tickets.xlsx", {**sheets, "Codes": [["Code", "Meaning"], ["a", "sen"]]})
    draft = make_draft(tmp_path / "exports", tmp_path / "profile")
    assert {s.spec.sheet: s.rows for s in draft.samples.values()} == {"2024 *": 33, "Codes": 1}
