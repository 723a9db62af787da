"""Whole runs ended at random moments: no customer's words or id is readable in anything they leave behind."""

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("AMENDS_KILLS", "200"))
INCIDENTS = 4000
CANARIES = ("slartibartfast", "vogon-poetry")
PROFILE = """
[profile]
currency = "EUR"
horizons_days = [90]
[action_words.en.apologise]
words = ["sorry"]
[files]
tickets = { path = "tickets.csv" }
replies = { path = "replies.csv", encoding = "utf-16" }
orders = { path = "orders.csv" }
[tables.incidents]
sql = "incidents.sql"
[tables.interactions]
file = "replies"
[tables.orders]
file = "orders"
"""
QUERY = "SELECT incident_id, customer_id, opened_at, category, _file, _line FROM tickets ORDER BY notes"


@pytest.fixture
def place(tmp_path):
    """Exports with canaries as ids, in texts, in long labels and in rows that are set aside; empty folders beside."""
    for folder in ("data", "profile", "scratch", "home"):
        (tmp_path / folder).mkdir()
    (tmp_path / "profile" / "source.toml").write_text(PROFILE)
    (tmp_path / "profile" / "incidents.sql").write_text(QUERY)
    chance, start = random.Random(7), datetime(2024, 1, 1)
    people = [f"{CANARIES[0]}{i}@example.org" for i in range(INCIDENTS // 2)]
    words = [f"We are sorry, says {CANARIES[1]} number {i}. " * 4 for i in range(200)]
    opened = [start + timedelta(minutes=chance.randrange(500_000)) for _ in range(INCIDENTS)]
    tickets = [
        (
            f"T{i}",
            chance.choice(people),
            at if i % 50 else f"{CANARIES[1]}?",
            chance.choice(words) if i % 9 == 0 else "noise",
            f"{CANARIES[0]} {i}",
        )
        for i, at in enumerate(opened)
    ]
    replies = [
        (f"T{i}", at + timedelta(hours=chance.randrange(1, 90)), "agent", chance.choice(words))
        for i, at in enumerate(opened)
    ]
    orders = [
        (person, f"O{i}", start + timedelta(days=chance.randrange(500)), 100, "EUR")
        for i, person in enumerate(people * 2)
    ]
    for name, encoding, header, rows in (
        ("tickets.csv", "utf-8", ("incident_id", "customer_id", "opened_at", "category", "notes"), tickets),
        ("replies.csv", "utf-16", ("incident_id", "contacted_at", "actor", "message"), replies),
        ("orders.csv", "utf-8", ("customer_id", "order_id", "ordered_at", "amount", "currency"), orders),
    ):
        with (tmp_path / "data" / name).open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return tmp_path


def started(place):
    folders = ["--data", place / "data", "--profile", place / "profile", "--published", place / "published"]
    return subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "run", *folders],
        cwd=place / "home",
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(place / "scratch"), "AMENDS_MEMORY_LIMIT": "200MB"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def readable(place):
    """Where a canary is, in bytes or in what a database that was left behind still answers."""
    found = []
    signs = [canary.encode(encoding) for canary in CANARIES for encoding in ("utf-8", "utf-16-le")]
    for folder in ("scratch", "published", "home"):
        for path in (p for p in (place / folder).rglob("*") if p.is_file()):
            content = path.read_bytes().lower()
            found += [path.name for sign in signs if sign in content]
            if path.name == "engine.duckdb":
                found += answered(path, place / "copy")
    return found


def answered(database, copy):
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(database.parent, copy)
    try:
        with duckdb.connect(str(copy / database.name)) as opened:
            tables = [t for (t,) in opened.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            said = {t: repr(opened.execute(f'SELECT * FROM "{t}"').fetchall()).lower() for t in tables}
    except duckdb.Error:
        return []
    return [table for table, rows in said.items() if any(canary in rows for canary in CANARIES)]


@pytest.mark.long
def test_no_kill_leaves_anything_readable_and_the_next_run_sweeps(place):
    begun = time.monotonic()
    whole = started(place)
    _, said = whole.communicate()
    assert whole.returncode == 0, said.decode()
    seconds, chance, left = time.monotonic() - begun, random.Random(11), 0
    for i in range(KILLS):
        how = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP)[i % 3]
        process = started(place)
        time.sleep(chance.uniform(0.1, 1.0) * seconds)
        process.send_signal(how)
        _, said = process.communicate()
        assert b"Traceback" not in said, said.decode()
        assert not readable(place), (i, how)
        left += any((place / "scratch").iterdir())
        if how is not signal.SIGKILL:
            assert process.returncode in (0, 2, -how), (process.returncode, said.decode())
    last = started(place)
    last.communicate()
    assert last.returncode == 0
    assert not list((place / "scratch").iterdir())
    print(f"{KILLS} kills within {seconds:.1f} s, {left} of them left a folder")
