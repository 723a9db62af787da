"""A database is read as files are: the same rows, the same rules, everything as of one moment, and nothing written."""

import json
import sqlite3
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import adbc_driver_postgresql.dbapi
import pytest
from postgresql_server import server
from refusals import refused

from amends.cli import main
from pipelines.engine import open_engine
from pipelines.reading.databases.opening import opened
from pipelines.reading.draft import draft_profile
from pipelines.reading.load import load
from pipelines.settings.load import load_profile
from pipelines.settings.machine import EngineSettings
from words.speech import PLAIN

SETTINGS = EngineSettings(threads=1, memory_limit="500MB")
DAYS = [f"2024-{month:02d}-{day:02d}" for month in range(1, 7) for day in range(1, 21)]
TICKETS = [(n, 1000 + n % 40, f"{day} 09:{n % 60:02d}:00", ["late", "lost"][n % 2]) for n, day in enumerate(DAYS)]
ORDERS = [(n, 1000 + n % 40, f"{DAYS[n % 120]} 12:00:00", f"{n}.50") for n in range(240)]
SHOP = """
CREATE TABLE tickets (ticket_id integer PRIMARY KEY, customer_id integer, created_at {moment}, reason text);
CREATE TABLE orders (order_id integer PRIMARY KEY, customer_id integer, order_date {moment}, total {amount});
"""
PROFILE = """
[profile]
currency = "EUR"
[files]
tickets = { path = "TICKETS", format = "table" }
[tables.incidents]
file = "tickets"
[tables.incidents.columns]
incident_id = "ticket_id"
opened_at = "created_at"
category = "reason"
"""


@pytest.fixture(scope="module")
def postgresql():
    with server() as where:
        yield where


@pytest.fixture
def new_database(postgresql, request):
    """``new_database(sql)`` → address of a PostgreSQL database made for the test."""
    name = f"test_{abs(hash(request.node.name))}"

    def make(sql):
        execute(f"postgresql:///postgres{postgresql}", f"CREATE DATABASE {name}")
        execute(f"postgresql:///{name}{postgresql}", sql)
        return f"postgresql:///{name}{postgresql}"

    return make


def execute(address, sql):
    with adbc_driver_postgresql.dbapi.connect(address, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in filter(str.strip, sql.split(";\n")):
            cursor.execute(statement)


def filled(moment, amount):
    rows = [
        f"INSERT INTO tickets VALUES {', '.join(map(str, TICKETS))}",
        f"INSERT INTO orders VALUES {', '.join(map(str, ORDERS))}",
    ]
    return SHOP.format(moment=moment, amount=amount) + ";\n".join(rows)


@pytest.fixture
def sqlite_file(tmp_path):
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as made:
        made.executescript(filled("text", "numeric"))
    made.close()
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "shop"
    path.mkdir()
    for name, header, rows in (
        ("tickets", "ticket_id,customer_id,created_at,reason", TICKETS),
        ("orders", "order_id,customer_id,order_date,total", ORDERS),
    ):
        (path / f"{name}.csv").write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]))
    return path


def profile_of(tmp_path, text, sql=None):
    path = tmp_path / "written"
    path.mkdir(exist_ok=True)
    (path / "source.toml").write_text(text)
    for name, query in (sql or {}).items():
        (path / name).write_text(query)
    return load_profile(str(path))


def tables(data, profile):
    """Everything loaded, row by row, without the names of files."""
    with open_engine(SETTINGS) as engine:
        loaded = load(engine, profile, data, id_key=b"key", data_cut=None, progress=lambda step: None)
        found = {table: engine.rows(f"SELECT * FROM {table} ORDER BY ALL") for table in loaded.supplied}
    return found, [(row.table, row.reason, row.rows) for row in loaded.quality if "." not in row.table], loaded


def drafted(address, tmp_path, name):
    with opened(address) as data:
        draft_profile(data, tmp_path / name, PLAIN.say)
        return tables(data, load_profile(str(tmp_path / name)))


def test_a_draft_of_a_database_reads_what_a_draft_of_the_same_files_reads(new_database, sqlite_file, folder, tmp_path):
    rows, quality, _ = drafted(str(folder), tmp_path, "of_files")
    assert len(rows["incidents"]) == 120
    assert len(rows["orders"]) == 240
    addresses = {
        "of_postgresql": new_database(filled("timestamp", "numeric(10, 2)")),
        "of_sqlite": f"sqlite:///{sqlite_file}",
        "of_a_sqlite_file": str(sqlite_file),
    }
    for name, address in addresses.items():
        of_database, of_quality, _ = drafted(address, tmp_path, name)
        assert of_database == rows, name
        assert of_quality == quality, name


TYPED = """
CREATE TYPE kind AS ENUM ('late', 'lost');
CREATE TABLE cases (id uuid PRIMARY KEY, at timestamptz, reason kind, loss numeric, closed timestamptz, notes jsonb);
INSERT INTO cases VALUES
  ('00000000-0000-0000-0000-000000000001', '2024-03-01 12:00+02', 'late', 12.3456, 'infinity', '{"a": 1}'),
  ('00000000-0000-0000-0000-000000000002', '2024-07-01 12:00+02', 'lost', -0.5, '2024-07-02 00:00+00', NULL)
"""
TYPED_PROFILE = """
[profile]
currency = "EUR"
[files]
cases = { path = "public.cases", format = "table" }
[tables.incidents]
file = "cases"
columns = { incident_id = "id", opened_at = "at", category = "reason", loss_amount = "loss", closed_at = "closed" }
"""


def test_types_of_postgresql_mean_what_they_say(new_database, tmp_path):
    with opened(new_database(TYPED)) as data, open_engine(SETTINGS) as engine:
        profile = profile_of(tmp_path, TYPED_PROFILE)
        loaded = load(engine, profile, data, id_key=b"key", data_cut=None, progress=lambda step: None)
        read = engine.rows("SELECT opened_at, category, loss_amount, closed_at FROM incidents ORDER BY opened_at")
    assert read[0] == (datetime(2024, 3, 1, 10), "late", Decimal("12.3456"), None)
    assert [row[2] for row in read[1:]] == [None]
    (unread,) = [row for row in loaded.warnings if row.check == "unreadable_cells"]
    assert (unread.subject, unread.reasons[0].why.value) == ("incidents.loss_amount", "below_0")


def test_everything_is_read_as_of_one_moment(new_database, tmp_path):
    address = new_database(filled("timestamp", "numeric"))
    with opened(address) as data:
        execute(address, "INSERT INTO tickets VALUES (9999, 1, '2024-05-05', 'late')")
        before, _, _ = tables(data, profile_of(tmp_path, PROFILE.replace("TICKETS", "public.tickets")))
    with opened(address) as data:
        after, _, _ = tables(data, profile_of(tmp_path, PROFILE.replace("TICKETS", "public.tickets")))
    assert (len(before["incidents"]), len(after["incidents"])) == (120, 121)


def test_what_was_read_is_known_by_its_digest_whatever_the_order_of_rows(new_database, postgresql, tmp_path):
    address = new_database(filled("timestamp", "numeric"))
    profile = profile_of(tmp_path, PROFILE.replace("TICKETS", "public.tickets"))

    def digest():
        with opened(address) as data:
            return tables(data, profile)[2].inputs["public.tickets"]

    first = digest()
    execute(address, "UPDATE tickets SET reason = reason WHERE ticket_id < 60")
    assert digest() == first
    execute(address, "UPDATE tickets SET reason = 'late' WHERE ticket_id = 1")
    assert digest() != first


def test_nothing_can_be_written(new_database, sqlite_file):
    for address in (new_database(filled("timestamp", "numeric")), f"sqlite:///{sqlite_file}"):
        with (
            opened(address) as data,
            data._connection.cursor() as cursor,
            pytest.raises(Exception, match=r"read.?only"),
        ):
            cursor.execute("INSERT INTO tickets VALUES (9999, 1, '2024-05-05', 'late')")


def test_partitions_are_one_table_and_what_loaders_keep_for_themselves_is_left_alone(new_database):
    address = new_database(
        "CREATE TABLE orders (id int, at date) PARTITION BY RANGE (at);\n"
        "CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\n"
        "CREATE VIEW late_orders AS SELECT * FROM orders"
    )
    with opened(address) as data:
        assert data.tables == ("public.late_orders", "public.orders")


def test_sql_of_a_profile_reads_tables(sqlite_file, tmp_path):
    text = PROFILE.replace("TICKETS", "tickets").replace('file = "tickets"', 'sql = "late.sql"')
    text = text[: text.index("[tables.incidents.columns]")]
    query = "SELECT ticket_id AS incident_id, created_at AS opened_at, _file, _line FROM tickets WHERE reason = 'late'"
    with opened(str(sqlite_file)) as data:
        rows, *_ = tables(data, profile_of(tmp_path, text, {"late.sql": query}))
    assert len(rows["incidents"]) == 60


def test_a_column_of_sqlite_holds_numbers_only_where_all_its_values_are(tmp_path):
    path = tmp_path / "mixed.sqlite"
    with sqlite3.connect(path) as made:
        made.executescript(
            "CREATE TABLE cases (id, at, loss);INSERT INTO cases VALUES (1, '2024-01-01', 5), ('A2', '2024-01-02', 2.5)"
        )
    made.close()
    text = PROFILE.replace("TICKETS", "cases")
    text = text[: text.index("incident_id")] + 'incident_id = "id"\nopened_at = "at"\nloss_amount = "loss"\n'
    with opened(str(path)) as data, open_engine(SETTINGS) as engine:
        load(engine, profile_of(tmp_path, text), data, id_key=b"k", data_cut=None, progress=lambda step: None)
        assert engine.rows("SELECT incident_id, loss_amount FROM incidents ORDER BY ALL") == [
            ("1", 5),
            ("A2", Decimal("2.5")),
        ]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgresql://analyst:hunter2@127.0.0.1/shop", "PGPASSWORD"),
        ("postgresql://analyst@127.0.0.1/shop?password=hunter2", "PGPASSWORD"),
        ("postgresql://analyst@127.0.0.1:1/shop?connect_timeout=2", "can't be opened"),
        ("sqlite:////nowhere/shop.db", "can't be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_is_refused_without_its_secrets(address, reason, tmp_path, capsys):
    assert main(["validate", "--data", address, "--profile", "sample"]) == 2
    told = capsys.readouterr().err
    assert reason in told
    assert "hunter2" not in told


def test_a_profile_of_tables_wants_a_database_and_one_of_files_a_folder(sqlite_file, folder, tmp_path):
    of_tables = profile_of(tmp_path, PROFILE.replace("TICKETS", "tickets"))
    with refused(match="database's address"):
        tables(folder, of_tables)
    with opened(str(sqlite_file)) as data, refused(match="tickets_of_may"):
        tables(data, profile_of(tmp_path, PROFILE.replace("TICKETS", "tickets_of_may")))
    of_files = PROFILE.replace("TICKETS", "tickets.csv").replace(', format = "table"', "")
    with opened(str(sqlite_file)) as data, refused(match="Give a folder"):
        tables(data, profile_of(tmp_path, of_files))


def test_a_run_keeps_the_address_without_options(sqlite_file, tmp_path, monkeypatch):
    monkeypatch.setenv("AMENDS_ID_KEY", "k" * 32)
    monkeypatch.chdir(tmp_path)
    arguments = [
        "start",
        f"sqlite:///{sqlite_file}",
        "--yes",
        "--no-serve",
        "--published",
        "published",
        "--profile",
        "p",
    ]
    assert main(arguments) == 0
    (manifest,) = Path("published/runs").glob("*/manifest.json")
    made = json.loads(manifest.read_text())
    assert made["made"]["data"] == f"sqlite:///{sqlite_file}"
    assert set(made["inputs"]) == {"orders", "tickets"}


def test_a_run_over_an_unchanged_database_is_not_made_again(sqlite_file, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("AMENDS_ID_KEY", "k" * 32)
    monkeypatch.chdir(tmp_path)
    profile_of(tmp_path, PROFILE.replace("TICKETS", "tickets"))
    run = ["run", "--data", str(sqlite_file), "--profile", "written", "--published", "published", "--if-changed"]
    for runs in (1, 1):
        assert main(run) == 0
        assert len(list(Path("published/runs").iterdir())) == runs
    with sqlite3.connect(sqlite_file) as shop:
        shop.execute("UPDATE tickets SET reason = 'late' WHERE ticket_id = 1")
    shop.close()
    assert main(run) == 0
    assert len(list(Path("published/runs").iterdir())) == 2
