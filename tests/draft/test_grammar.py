"""How exports write moments, zones and amounts, in the languages of the tools that write them."""

from datetime import datetime
from decimal import Decimal

import pytest
from made_company import write_csv
from refusals import refused

from amends.drafts import confirmed_profile
from pipelines.engine import open_engine
from pipelines.errors import SourceError
from pipelines.reading.draft import draft_profile
from pipelines.reading.draft.looking.amounts import read_amounts
from pipelines.reading.draft.matching.words import header_zone
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN

MOMENT = datetime(2024, 8, 17, 13, 59)


def loaded(data, profile, query):
    draft_profile(data, profile, PLAIN.say)
    with open_engine() as engine:
        load(engine, load_profile(str(profile)), data, id_key=b"key", data_cut=None, progress=lambda step: None)
        return engine.rows(query)


@pytest.mark.parametrize(
    "written",
    [
        "17.08.2024 13:59 Uhr", "17. August 2024, 13:59", "17.08.24 um 13:59 Uhr", "17 août 2024 à 13:59",
        "17/08/2024 13h59", "17 de agosto de 2024 às 13:59", "17/08/2024 às 13:59", "17/ago/2024 13:59",
        "17 ago. 2024 13:59", "17 agosto 2024 alle 13:59", "17 augustus 2024 om 13:59 uur", "17 sierpnia 2024 13:59",
        "17 augusti 2024 kl. 13:59", "17 aug. 2024 13:59", "17/Aug/24 1:59 PM", "2024年8月17日 13時59分",
        "2024년 8월 17일 13:59",
    ],
)  # fmt: skip
def test_moments_in_words_are_moments(written, tmp_path):
    rows = [(f"T{i}", written, "late") for i in range(9)]
    write_csv(tmp_path / "exports" / "tickets.csv", ("Ticket number", "Opened", "Reason"), rows)
    found = loaded(
        tmp_path / "exports", tmp_path / "profile", "SELECT DISTINCT opened_at, count(*) FROM incidents GROUP BY 1"
    )
    assert found == [(MOMENT, 9)]


@pytest.mark.parametrize(
    ("header", "rest", "zone"),
    [
        ("Created (EST)", "Created", ("Etc/GMT+5",)),
        ("closed_at_utc", "closed_at", ("UTC",)),
        ("Eröffnet am [MESZ]", "Eröffnet am", ("Etc/GMT-2",)),
        ("Abierto el (UTC-3)", "Abierto el", ("Etc/GMT+3",)),
        ("Opened GMT+01:00", "Opened", ("Etc/GMT-1",)),
        ("受付日時 (JST)", "受付日時", ("Asia/Tokyo",)),
    ],
)
def test_headers_name_zones(header, rest, zone):
    assert (header_zone(header).rest, header_zone(header).meant) == (rest, zone)


@pytest.mark.parametrize("header", ["Art", "est", "Numéro client", "Latest", "UTC", "Date", "Prix est", "Forecast"])
def test_other_headers_name_none(header):
    assert header_zone(header) == (header, "", ())


def desk(folder, opened, answered):
    rows = [(f"T{i}", "2024-07-01 22:30", "2024-07-01 14:00", "late") for i in range(9)]
    write_csv(folder / "tickets.csv", ("Ticket number", opened, answered, "Reason"), rows)
    return folder


def test_each_column_has_the_zone_of_its_header(tmp_path):
    data = desk(tmp_path / "exports", "Opened (KST)", "First reply at (UTC)")
    query = "SELECT DISTINCT opened_at, contacted_at FROM incidents JOIN interactions USING (incident_id)"
    assert loaded(data, tmp_path / "profile", query) == [(datetime(2024, 7, 1, 13, 30), datetime(2024, 7, 1, 14))]


def test_letters_of_several_zones_are_asked(tmp_path):
    data = desk(tmp_path / "exports", "Opened (CST)", "First reply at (UTC)")
    with refused(SourceError, match="Opened .CST.: which zone is meant"):
        confirmed_profile(data, tmp_path / "profile", ask=False, progress=lambda step: None)
    assert "#   America/Chicago: moments" in (tmp_path / "profile" / "answers.toml").read_text()


@pytest.mark.parametrize(
    "nothing", ["0000-00-00 00:00:00", "1970-01-01", "9999-12-31", "01/01/1900", "31.12.9999", "?"]
)
def test_days_that_stand_for_none_cost_no_case(nothing, tmp_path):
    rows = [(f"T{i}", "2024-08-17 13:59", nothing if i % 2 else "2024-08-18 08:00", "late") for i in range(9)]
    write_csv(tmp_path / "exports" / "tickets.csv", ("Ticket number", "Opened", "Closed", "Reason"), rows)
    query = "SELECT count(*), count(closed_at) FROM incidents"
    assert loaded(tmp_path / "exports", tmp_path / "profile", query) == [(9, 5)]


@pytest.mark.parametrize(
    "written", [("-12.50", "(7.50)"), ("'-12.50", "7.50-"), ("(€12.50)", "(€7.50)"), ("-12,50", "-7,50")]
)
def test_what_was_given_is_given_though_written_below_0(written, tmp_path):
    rows = [(f"T{i}", "2024-08-17 13:59", "late") for i in range(10)]
    write_csv(tmp_path / "exports" / "cases.csv", ("Case number", "Opened", "Reason"), rows)
    given = [(f"T{i}", "2024-08-19", written[i % 2], "EUR") for i in range(10)]
    write_csv(tmp_path / "exports" / "refunds.csv", ("Case number", "Refunded at", "Refund amount", "Currency"), given)
    query = "SELECT count(*), sum(face_amount) FROM compensations"
    assert loaded(tmp_path / "exports", tmp_path / "profile", query) == [(10, Decimal(100))]


def test_brackets_are_below_0_in_orders(tmp_path):
    rows = [(f"T{i}", f"K{i:05}", "2024-08-17 13:59", "late") for i in range(10)]
    write_csv(tmp_path / "exports" / "cases.csv", ("Case number", "Customer number", "Opened", "Reason"), rows)
    orders = [(f"O{i}", f"K{i:05}", "2024-09-01", "(5.25)" if i == 3 else "1,005.25", "usd") for i in range(10)]
    head = ("Order number", "Customer number", "Ordered at", "Total", "Currency")
    write_csv(tmp_path / "exports" / "orders.csv", head, orders)
    query = "SELECT min(amount), max(amount), any_value(currency) FROM orders"
    assert loaded(tmp_path / "exports", tmp_path / "profile", query) == [(Decimal("-5.25"), Decimal("1005.25"), "USD")]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009", "’"])
def test_narrow_blanks_group_thousands(blank):
    amounts = read_amounts([f"1{blank}234,50 €", f"12{blank}345,00 €"])
    assert (amounts.share, amounts.decimal, amounts.largest) == (1.0, ",", 12345.0)
