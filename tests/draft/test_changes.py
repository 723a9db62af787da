"""A file with a row per change of a case: the last one holds, and where none can be said to be it, a run stops."""

import pytest
from made_company import write_csv
from refusals import refused

from pipelines.engine import open_engine
from pipelines.errors import ContractError
from pipelines.reading.draft import draft_profile
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN

STATES = (("neu", ""), ("in Arbeit", ""), ("gelöst", "2024-05-20 12:00"))


def log(folder, changed, when):
    rows = [
        (f"V{case}", f"2024-05-{case + 1:02} 09:00", solved, state, when(case, step))
        for step, (state, solved) in enumerate(STATES)
        for case in range(15)
    ]
    write_csv(folder / "vorgaenge.csv", ("Vorgangsnummer", "Erstellt am", "Gelöst am", "Kategorie", changed), rows)
    return folder


def loaded(data, profile, query):
    draft_profile(data, profile, PLAIN.say)
    with open_engine() as engine:
        load(engine, load_profile(str(profile)), data, id_key=b"key", data_cut=None, progress=lambda step: None)
        return engine.rows(query)


@pytest.mark.parametrize("form", ["2024-06-{:02} 1{}:00", "{:02}.06.2024 1{}:00"])
def test_the_last_change_of_a_case_holds(form, tmp_path):
    data = log(tmp_path / "exports", "Geändert am", lambda case, step: form.format(case + 10, step))
    query = "SELECT count(*), count(resolved_at), min(category), max(category) FROM incidents"
    assert loaded(data, tmp_path / "profile", query) == [(15, 15, "gelöst", "gelöst")]


def test_changes_without_a_moment_stop_the_run(tmp_path):
    data = log(tmp_path / "exports", "Schritt", lambda case, step: step)
    with refused(ContractError, match="30 of 45 rows repeat incident_id"):
        loaded(data, tmp_path / "profile", "SELECT 1")


def test_questions_below_the_names_of_a_survey_are_part_of_them(tmp_path):
    write_csv(
        tmp_path / "exports" / "tickets.csv",
        ("Ticket number", "Opened", "Reason"),
        [(f"T{i}", f"2024-05-{i + 1:02} 09:00", "late") for i in range(20)],
    )
    head = ("EndDate", "RecordedDate", "ExternalReference", "QID7")
    asked = ("End Date", "Recorded Date", "External Data Reference", "How likely are you to recommend our ferries?")
    imported = tuple(f'{{"ImportId":"{name}"}}' for name in head)
    rows = [("2024-06-01 10:00", f"2024-06-{i + 1:02} 10:00", f"T{i}", i % 11) for i in range(20)]
    write_csv(tmp_path / "exports" / "NPS ferries.csv", head, [asked, imported, *rows])
    query = "SELECT count(*), count(incident_id), max(score), any_value(kind) FROM word_of_mouth"
    assert loaded(tmp_path / "exports", tmp_path / "profile", query) == [(20, 20, 10.0, "nps")]


@pytest.mark.parametrize(
    ("case", "opened", "reason", "answered"),
    [
        ("案件番号", "作成日時", "カテゴリ", "初回回答日時"),
        ("접수번호", "접수일시", "유형", "최초응답일시"),
        ("Codice reclamo", "Data apertura", "Tipologia", "Data prima risposta"),
        ("Klachtnummer", "Aangemaakt op", "Reden", "Eerste reactie"),
        ("Numer zgłoszenia", "Data zgłoszenia", "Kategoria", "Pierwsza odpowiedź"),
        ("Ärendenummer", "Skapad", "Orsak", "Första svar"),
    ],
)
def test_headers_of_further_languages(case, opened, reason, answered, tmp_path):
    rows = [(f"R{i}", "2024/05/20 09:00", "x", "2024/05/20 10:00") for i in range(20)]
    write_csv(tmp_path / "exports" / "a.csv", (case, opened, reason, answered), rows)
    query = "SELECT count(*), count(DISTINCT category) FROM incidents JOIN interactions USING (incident_id)"
    assert loaded(tmp_path / "exports", tmp_path / "profile", query) == [(20, 1)]
