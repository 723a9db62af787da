"""Exports that no profile was written for: which file is which table, which column which canonical column."""

import re

import made_company
import made_exports as made
import made_habits as habits
import pytest
from refusals import refused

from pipelines.engine import open_engine
from pipelines.errors import SourceError
from pipelines.reading.draft import draft_profile, make_draft
from pipelines.reading.draft.notes import LeftOut
from pipelines.reading.files.exports import find_paths
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from words.speech import PLAIN

STYLES = (
    made.help_desk_and_shop,
    made.german,
    made.workbook,
    made.columnar,
    habits.over_order_number,
    habits.american_by_year,
    habits.many_files,
)


def drafted(make, tmp_path):
    return make_draft(make(tmp_path / "exports"), tmp_path / "profile")


def taken(draft, table):
    return {g.column: g.export or f"={g.constant}" for g in draft.of_table(table)}


@pytest.mark.parametrize("make", STYLES)
def test_every_draft_is_a_profile_that_loads(make, tmp_path):
    draft = draft_profile(make(tmp_path / "exports"), tmp_path / "profile", PLAIN.say)
    spec = load_profile(str(tmp_path / "profile")).sources
    assert set(spec.tables) == set(draft.tables())
    assert set(spec.files) <= set(draft.samples)


@pytest.mark.parametrize("make", STYLES)
def test_every_column_is_either_used_or_listed_as_unused(make, tmp_path):
    draft = drafted(make, tmp_path)
    for alias, sample in draft.samples.items():
        used = {g.export for g in draft.guesses if g.file == alias} | (
            {draft.link.incident_column} if draft.link else set()
        )
        listed = {column for column, _ in draft.unmapped.get(alias, ())}
        assert used | listed >= set(sample.by_name)


def test_a_help_desk_and_a_shop_that_share_addresses_only(tmp_path):
    draft = drafted(made.help_desk_and_shop, tmp_path)
    assert taken(draft, "incidents") == {
        "incident_id": "Id",
        "customer_id": "Requester email",
        "opened_at": "Created at",
        "channel": "Via",
        "category": "Topic",
        "severity": "Priority",
        "resolved_at": "Solved at",
    }
    assert taken(draft, "orders") == {
        "customer_id": "Email",
        "order_id": "Name",
        "ordered_at": "Created at",
        "amount": "Total",
        "currency": "Currency",
        "status": "Financial Status",
    }
    assert taken(draft, "interactions") == {
        "incident_id": "Id",
        "contacted_at": "First reply time in minutes",
        "actor": "=agent",
    }


def test_german_names_marks_and_severities(tmp_path):
    data = made.german(tmp_path / "exports")
    draft = draft_profile(data, tmp_path / "profile", PLAIN.say)
    profile = load_profile(str(tmp_path / "profile"))
    spec = profile.sources
    assert profile.severity_order == ("niedrig", "mittel", "hoch", "dringend")
    assert {(f.delimiter, f.encoding, f.decimal) for f in spec.files.values()} == {(";", "cp1252", ",")}
    assert taken(draft, "incidents")["loss_amount"] == "Schadenshöhe"
    assert taken(draft, "compensations") == {
        "incident_id": "Vorgangsnummer",
        "face_amount": "Erstattungsbetrag",
        "kind": "=refund",
        "currency": "=EUR",
    }
    assert spec.tables["orders"].values["status"] == {"storniert": "cancelled"}


def test_sheets_under_title_rows(tmp_path):
    draft = drafted(made.workbook, tmp_path)
    files = {s.spec.sheet: s.spec.header_row for s in draft.samples.values()}
    assert files == {"Complaints": (5,), "Bookings": (2,)}
    assert taken(draft, "interactions")["contacted_at"] == "First response date"
    assert taken(draft, "orders")["currency"] == "=GBP"


def test_typed_columns_need_no_formats(tmp_path):
    draft_profile(made.columnar(tmp_path / "exports"), tmp_path / "profile", PLAIN.say)
    text = (tmp_path / "profile" / "source.toml").read_text()
    assert "formats" not in text
    assert '# severity_order = ["1", "2", "3", "4"]' in text


def test_customers_are_found_over_an_order_number(tmp_path):
    draft = drafted(habits.over_order_number, tmp_path)
    assert draft.link is not None
    assert (draft.link.incident_column, draft.link.order_column) == ("Pedido", "Número de pedido")
    assert taken(draft, "incidents")["customer_id"] == "Cliente"


def test_files_of_several_years_are_read_as_one(tmp_path):
    draft = drafted(habits.american_by_year, tmp_path)
    assert draft.samples["cases_parts"].files == ("cases_2023.csv", "cases_2024.csv")
    assert draft.samples["cases_parts"].rows == 300


def test_a_system_with_a_file_for_everything(tmp_path):
    draft = drafted(habits.many_files, tmp_path)
    assert draft.tables() == ("incidents", "interactions", "compensations", "orders", "customers", "word_of_mouth")
    assert taken(draft, "word_of_mouth")["kind"] == "=nps"
    assert "several rows per order" in PLAIN.all(draft.notes)
    assert "may tell who apologised" in PLAIN.all(draft.notes)


def test_one_file_is_enough(tmp_path):
    made.help_desk_and_shop(tmp_path / "exports")
    (tmp_path / "exports" / "orders_export.csv").unlink()
    draft = make_draft(tmp_path / "exports", tmp_path / "profile")
    assert draft.tables() == ("incidents", "interactions")
    assert 'retention = "none"' in "".join(draft_text(draft))


def draft_text(draft):
    from pipelines.reading.draft.document import profile_texts

    return profile_texts(draft, PLAIN.say)["source.toml"]


def test_orders_alone_are_refused_with_what_is_needed(tmp_path):
    made.help_desk_and_shop(tmp_path / "exports")
    (tmp_path / "exports" / "tickets-export.csv").unlink()
    draft = draft_profile(tmp_path / "exports", tmp_path / "profile", PLAIN.say)
    assert re.search(r"no file looks like incidents.*orders_export.csv \(orders\)", PLAIN.say(draft.stopped))
    text = (tmp_path / "profile" / "source.toml").read_text()
    assert "Which file is the table of" in text
    assert "orders_export.csv" in text
    with open_engine() as engine, refused(SourceError, match="nothing can be run before a question is answered"):
        profile = load_profile(str(tmp_path / "profile"))
        load(engine, profile, tmp_path / "exports", id_key=b"key", data_cut=None, progress=lambda step: None)


def test_junk_beside_the_exports_is_noted_and_harmless(tmp_path):
    data = made.help_desk_and_shop(tmp_path / "exports")
    (data / "README.md").write_text("# read me")
    (data / "empty.csv").touch()
    (data / "twice.csv").write_text("1,1\n1,2\n")
    draft = make_draft(data, tmp_path / "profile")
    assert set(draft.tables()) == {"incidents", "orders", "interactions"}
    assert sum(isinstance(note, LeftOut) for note in draft.notes) == 3


def test_a_folder_without_exports_is_refused(tmp_path):
    (tmp_path / "exports").mkdir()
    draft = draft_profile(tmp_path / "exports", tmp_path / "profile", PLAIN.say)
    assert "no export that can be read" in PLAIN.say(draft.stopped)
    assert load_profile(str(tmp_path / "profile")).questions


def test_customers_that_nobody_shares_are_said(tmp_path):
    data = made.help_desk_and_shop(tmp_path / "exports")
    orders = data / "orders_export.csv"
    orders.write_text(orders.read_text().replace("guest", "other"))
    assert "who came back can't be seen" in PLAIN.all(make_draft(data, tmp_path / "profile").notes)


def test_a_folder_with_something_in_it_is_never_written_into(tmp_path):
    data = made.columnar(tmp_path / "exports")
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "mine.txt").write_text("mine")
    with refused(SourceError, match="not empty"):
        draft_profile(data, tmp_path / "profile", PLAIN.say)
    assert [p.name for p in (tmp_path / "profile").iterdir()] == ["mine.txt"]


def test_the_same_exports_give_the_same_draft(tmp_path):
    data = habits.many_files(tmp_path / "exports")
    texts = []
    for name in ("one", "two"):
        draft_profile(data, tmp_path / name, PLAIN.say)
        texts.append((tmp_path / name / "source.toml").read_text())
    assert texts[0] == texts[1]


def reviews(folder, stars=(1, 2, 3, 4, 5)):
    rows = [
        (f"r{i}", stars[i % len(stars)], f"2024-0{i % 9 + 1}-10 08:00", f"2024-0{i % 9 + 1}-11 09:00" if i % 2 else "")
        for i in range(100)
    ]
    made_company.write_csv(folder / "app_reviews.csv", ("review_id", "score", "at", "replied_at"), rows)
    return folder


def test_poor_reviews_are_the_incidents_where_no_file_holds_cases(tmp_path):
    draft = draft_profile(reviews(tmp_path / "exports"), tmp_path / "profile", PLAIN.say)
    assert draft.tables() == ("incidents", "interactions")
    for query in ("incidents.sql", "interactions.sql"):
        assert "<= 2" in (tmp_path / "profile" / query).read_text()
    assert "one or two stars" in PLAIN.all(draft.notes)


def test_scores_up_to_ten_are_answers_to_a_survey(tmp_path):
    data = made.columnar(tmp_path / "exports")
    rows = [(100_000 + i, i % 11, "2024-05-01") for i in range(100)]
    made_company.write_csv(data / "responses_q2.csv", ("user_id", "score", "submitted_at"), rows)
    assert taken(make_draft(data, tmp_path / "profile"), "word_of_mouth")["kind"] == "=nps"


def test_a_shipped_profile_written_for_these_names_is_pointed_at(tmp_path):
    data = tmp_path / "exports"
    made_company.write_csv(
        data / "incidents.csv.gz", ("incident_id", "opened_at"), [(i, "2024-05-01") for i in range(20)]
    )
    assert "shipped profile sample" in PLAIN.all(make_draft(data, tmp_path / "profile").notes)


def test_texts_for_nothing_are_declared_and_orders_cancelled_by_a_date_are(tmp_path):
    data = tmp_path / "exports"
    tickets = [(i, f"C{i:05d}", "2024-05-01 10:00", "N/A" if i % 3 else "2024-05-02 10:00") for i in range(60)]
    made_company.write_csv(data / "tickets.csv", ("ticket_id", "customer_id", "created_at", "closed_at"), tickets)
    orders = [(i, f"C{i:05d}", "2024-06-01", "10.00", "2024-06-02" if i % 4 == 0 else "") for i in range(60)]
    made_company.write_csv(
        data / "orders.csv", ("order_id", "customer_id", "order_date", "total", "cancelled_at"), orders
    )
    draft = draft_profile(data, tmp_path / "profile", PLAIN.say)
    assert draft.samples["tickets"].spec.nulls == ("N/A",)
    assert taken(draft, "incidents")["closed_at"] == "closed_at"
    assert "'cancelled'" in (tmp_path / "profile" / "orders.sql").read_text()


def tickets(folder, name, first, encoding="utf-8"):
    rows = [(first + i, f"2024-0{i % 9 + 1}-10 08:00", "späte Antwort") for i in range(40)]
    made_company.write_csv(folder / name, ("ticket_id", "created_at", "reason"), rows, encoding=encoding)


@pytest.mark.parametrize(
    ("one", "two", "pattern"),
    [
        ("tickets_north.csv", "tickets_south.csv", "tickets_*.csv"),
        ("2023/tickets.csv", "2024/tickets.csv", "*/tickets.csv"),
        ("Q1 cases.csv", "Q2 cases.csv", "Q* cases.csv"),
    ],
)
def test_parts_with_the_same_columns_are_read_as_one(tmp_path, one, two, pattern):
    tickets(tmp_path / "exports", one, 1000)
    tickets(tmp_path / "exports", two, 2000)
    (sample,) = make_draft(tmp_path / "exports", tmp_path / "profile").samples.values()
    assert (sample.spec.path, sample.rows) == (pattern, 80)


def test_parts_that_no_pattern_finds_are_said_to_be_unused(tmp_path):
    tickets(tmp_path / "exports", "tickets_1.csv", 1000)
    tickets(tmp_path / "exports", "tickets_2.csv", 2000, encoding="latin-1")
    notes = make_draft(tmp_path / "exports", tmp_path / "profile").notes
    assert "has the columns of" in PLAIN.all(notes)


def test_names_that_a_pattern_would_misread_are_found_again(tmp_path):
    tickets(tmp_path / "exports", "tickets [new].csv", 1000)
    draft_profile(tmp_path / "exports", tmp_path / "profile", PLAIN.say)
    files = load_profile(str(tmp_path / "profile")).sources.files.values()
    assert [path.name for file in files for path in find_paths(tmp_path / "exports", file.path)] == [
        "tickets [new].csv"
    ]
