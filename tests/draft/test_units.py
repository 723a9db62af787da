"""Units that headers name, and units that nothing names: hundredths, and hours that stand still at night."""

from decimal import Decimal

import pytest
from made_company import write_csv

from pipelines.engine import open_engine
from pipelines.reading.draft import draft_profile, make_draft
from pipelines.reading.draft.asking.answers import Answers
from pipelines.reading.draft.asking.questions import open_questions
from pipelines.reading.draft.why import Way
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN


def loaded(data, profile, query):
    draft_profile(data, profile, PLAIN.say)
    with open_engine() as engine:
        load(engine, load_profile(str(profile)), data, id_key=b"key", data_cut=None, progress=lambda step: None)
        return engine.rows(query)


def shop(folder, amount, number="O{}", currency="EUR"):
    write_csv(
        folder / "cases.csv",
        ("Case number", "Customer number", "Opened", "Reason"),
        [(f"T{i}", f"K{i:05}", f"2024-08-17 13:{10 + i}", "late") for i in range(30)],
    )
    write_csv(
        folder / "orders.csv",
        ("Order number", "Customer number", "Ordered at", amount, "Currency", "Status"),
        [(number.format(1000 + i), f"K{i:05}", "2024-09-01", 1995 + i, currency, "paid") for i in range(30)],
    )
    return folder


@pytest.mark.parametrize("header", ["amount_cents", "Amount (cents)", "Betrag in Cent", "order_total_minor"])
def test_headers_that_name_hundredths_are_believed(header, tmp_path):
    found = loaded(
        shop(tmp_path / "exports", header), tmp_path / "profile", "SELECT min(amount), max(amount) FROM orders"
    )
    assert found == [(Decimal("19.95"), Decimal("20.24"))]


def test_whole_amounts_of_a_program_wait_until_somebody_says(tmp_path):
    data = shop(tmp_path / "exports", "amount", "py_{}")
    assert loaded(data, tmp_path / "profile", "SELECT count(*) FROM orders") == [(0,)]
    assert "are these amounts in cents?" in (tmp_path / "profile" / "source.toml").read_text()
    (asked,) = open_questions(make_draft(data, tmp_path / "other"))
    for said, hundredths in (("cents", True), ("units", False)):
        settled = make_draft(data, tmp_path / "other", Answers((asked.answered(said),)))
        assert not open_questions(settled)
        assert any(g.way is Way.HUNDREDTHS for g in settled.of_table("orders")) is hundredths


@pytest.mark.parametrize(("number", "currency"), [("O{}", "EUR"), ("py_{}", "JPY")])
def test_whole_amounts_of_people_and_of_yen_are_what_they_are(number, currency, tmp_path):
    data = shop(tmp_path / "exports", "amount", number, currency)
    assert loaded(data, tmp_path / "profile", "SELECT min(amount) FROM orders") == [(Decimal(1995),)]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("First response time (business hours)", ("3.5", "1.25")),
        ("Antwortzeit in Minuten (Geschäftszeiten)", ("35", "12")),
        ("Delai de reponse (heures ouvrees)", ("3,5", "1,5")),
        ("First response time (in hrs)", ("03:10:00", "00:45:00")),
        ("Response time minutes", ("0", "35")),
    ],
)
def test_business_hours_are_never_added_to_an_opening(header, values, tmp_path):
    rows = [(f"T{i}", f"2024-08-17 13:{i}", "late", values[i % 2]) for i in range(10, 40)]
    write_csv(tmp_path / "exports" / "tickets.csv", ("Ticket number", "Opened", "Reason", header), rows)
    draft = make_draft(tmp_path / "exports", tmp_path / "profile")
    assert draft.tables() == ("incidents",)


def test_a_time_that_runs_day_and_night_is_added(tmp_path):
    rows = [(f"T{i}", f"2024-08-17 13:{i}", "late", i) for i in range(10, 40)]
    write_csv(
        tmp_path / "exports" / "tickets.csv", ("Ticket number", "Opened", "Reason", "Response time minutes"), rows
    )
    query = "SELECT min(contacted_at - opened_at) FROM interactions JOIN incidents USING (incident_id)"
    assert [str(wait) for (wait,) in loaded(tmp_path / "exports", tmp_path / "profile", query)] == ["0:10:00"]
