"""A run is shown only if it is what was published; else the newest whole one is, and why is said."""

import json
import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_up_rows import speed_effects
from published_run import publish_run
from refusals import refused
from sealing import reseal

from pipelines.contracts.messages.faults import (
    JournalGap,
    JournalLineUnreadable,
    LeftByDeadWriter,
    ManifestChanged,
    ManifestDamaged,
    ManifestOfAnother,
    PointerBehind,
    PointerDamaged,
    PointerMissing,
    PointerNamesNoRun,
    PublishedFileChanged,
    RowsMissing,
    SchemaUnknown,
    StrayName,
    TableDamaged,
)
from pipelines.publish import journal, whole
from pipelines.publish.check import check
from pipelines.publish.journal import Note, Pin
from pipelines.publish.store import NoRunError, UnreadableRunError, local_store


def publish_few(folder):
    """A run of few rows, as quickly as may be."""
    return publish_run(folder, effects=speed_effects(365), diagnostics=[])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "published"
    for _ in range(2):
        publish_few(folder)
    return folder


@pytest.fixture
def two(made, tmp_path):
    """A folder with two runs, and the folder of the newer one."""
    published = Path(shutil.copytree(made, tmp_path / "published"))
    return published, published / "runs" / (published / "current").read_text().strip()


@pytest.fixture
def one(two):
    """A folder with runs, for what is about the journal."""
    return two[0]


def rewritten(folder, table, change):
    path = folder / f"{table}.parquet"
    path.chmod(0o644)
    pq.write_table(change(pq.read_table(path)), path)


def ten_times(table):
    place = table.column_names.index("estimate")
    return table.set_column(place, "estimate", [[None if v is None else 10 * v for v in table["estimate"].to_pylist()]])


def manifest_of(folder, change):
    path = folder / "manifest.json"
    path.chmod(0o644)
    path.write_text(json.dumps(change(json.loads(path.read_text()))))


def halved(folder):
    rewritten(folder, "effects", lambda t: t.slice(0, len(t) // 2))


def without_rows(folder):
    rewritten(folder, "measures", lambda t: t.slice(0, 0))


def of_another(folder):
    path = folder / "manifest.json"
    path.chmod(0o644)
    path.write_bytes((folder.parent / "0001-ec3257b8" / "manifest.json").read_bytes())


DAMAGE = {
    "half the rows": (halved, PublishedFileChanged),
    "estimates ten times": (lambda f: rewritten(f, "effects", ten_times), PublishedFileChanged),
    "no rows": (without_rows, PublishedFileChanged),
    "a table gone": (lambda f: (f / "offers.parquet").unlink(), TableDamaged),
    "a folder for a file": (lambda f: ((f / "curves.parquet").unlink(), (f / "curves.parquet").mkdir()), TableDamaged),
    "a pipe for a file": (
        lambda f: ((f / "curves.parquet").unlink(), os.mkfifo(f / "curves.parquet")),
        TableDamaged,
    ),
    "another run's manifest": (of_another, ManifestOfAnother),
    "other counts": (lambda f: manifest_of(f, lambda m: m | {"rows": {}}), ManifestChanged),
    "no digests": (lambda f: manifest_of(f, lambda m: {k: v for k, v in m.items() if k != "files"}), ManifestChanged),
    "no seal": (lambda f: manifest_of(f, lambda m: {k: v for k, v in m.items() if k != "seal"}), ManifestChanged),
    "a later schema": (lambda f: reseal(f, lambda m: m | {"schema_version": 99}), SchemaUnknown),
    "nulls": (lambda f: manifest_of(f, lambda m: m | {"profile": None}), ManifestChanged),
    "no object": (lambda f: manifest_of(f, lambda m: None), ManifestDamaged),
    "deep": (
        lambda f: ((f / "manifest.json").unlink(), (f / "manifest.json").write_text("[" * 99999)),
        ManifestDamaged,
    ),
    "no text": (
        lambda f: ((f / "manifest.json").unlink(), (f / "manifest.json").write_bytes(b"\xff\xfe")),
        ManifestDamaged,
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_run_is_named_and_the_newest_whole_one_is_shown(two, damage):
    published, folder = two
    harm, fault = DAMAGE[damage]
    store = local_store(published)
    assert store.standing().trouble is None
    harm(folder)
    standing = store.standing()
    assert standing.run_id == store.run_ids()[0]
    assert type(standing.trouble) is fault
    assert fault in {type(found) for found in check(store, mend=True).left}
    with pytest.raises(UnreadableRunError):
        store.run(folder.name)
    assert store.current().run_id == standing.run_id


@pytest.mark.parametrize(
    ("pointer", "fault"),
    [
        (None, PointerMissing),
        (b"", PointerDamaged),
        (b"\xff\x00", PointerDamaged),
        (b"0009-deadbeef\n", PointerNamesNoRun),
        (b"../../etc", PointerDamaged),
        (b"x" * 100_000, PointerDamaged),
        ("a folder", PointerDamaged),
        ("a pipe", PointerDamaged),
    ],
)
def test_a_pointer_that_names_no_run_is_said_and_mended(two, pointer, fault):
    published, folder = two
    path = published / "current"
    path.unlink()
    if isinstance(pointer, bytes):
        path.write_bytes(pointer)
    elif pointer:
        path.mkdir() if pointer == "a folder" else os.mkfifo(path)
    store = local_store(published)
    standing = store.standing()
    assert (standing.run_id, type(standing.trouble)) == (folder.name, fault)
    assert fault in map(type, check(store, mend=False).left)
    assert fault in map(type, check(store, mend=True).mended)
    assert store.standing().trouble is None


def test_a_newer_whole_run_that_was_to_be_shown_is_made_current_again(two):
    published, folder = two
    store = local_store(published)
    (published / "current").write_text(store.run_ids()[0])
    assert store.standing().trouble is None
    assert [type(f) for f in check(store, mend=True).mended] == [PointerBehind]
    assert store.current_id() == folder.name


def test_strange_names_and_leavings_are_told_and_only_leavings_removed(two):
    published, folder = two
    runs = published / "runs"
    for name in ("²-a", "00x-1", "0007", "notes.txt", "0003-ec3257b8.bak"):
        (runs / name).write_text("")
    for name in (".incoming", ".gone-0001-ec3257b8"):
        (runs / name).mkdir()
    (folder / "more.parquet").write_text("")
    (published / "current.new").write_text("")
    store = local_store(published)
    assert len(store.listed()) == 2
    found = check(store, mend=True)
    assert sum(isinstance(f, StrayName) for f in found.left) == 6
    assert sum(isinstance(f, LeftByDeadWriter) for f in found.mended) == 3
    assert not check(store, mend=True).mended
    assert publish_few(published).sequence == 3


def test_where_no_run_is_whole_that_is_said(two):
    published, _ = two
    for run_id in local_store(published).run_ids():
        halved(published / "runs" / run_id)
    with refused(UnreadableRunError, match="no run is whole"):
        local_store(published).standing()
    with pytest.raises(NoRunError):
        local_store(published / "nowhere").standing()


def test_a_run_without_digests_is_held_against_its_counts_and_said_to_bear_none(two):
    published, folder = two
    manifest_of(folder, lambda m: {k: v for k, v in m.items() if k not in ("files", "seal")})
    run = local_store(published).current()
    assert [type(p).__name__ for p in run.provisos] == ["FilesUnsealed"]
    halved(folder)
    assert type(local_store(published).standing().trouble) is RowsMissing


def test_a_file_is_read_once_for_its_digest_and_again_when_it_changes(two, monkeypatch):
    published, folder = two
    store, read, digest = local_store(published), [], whole.digest
    monkeypatch.setattr(whole, "digest", lambda path: read.append(path.name) or digest(path))
    whole._digest.cache_clear()
    for _ in range(3):
        store.standing()
    assert sorted(read) == sorted(set(read))
    first = len(read)
    rewritten(folder, "effects", lambda t: t)
    store.standing()
    assert len(read) > first


def test_a_run_held_back_is_shown_last_of_all(two):
    published, folder = two
    reseal(folder, lambda m: m | {"held_back": True})
    (published / "current").unlink()
    assert local_store(published).current_id() != folder.name


WRONG_LINES = (
    b"null", b"[]", b"{}", b"\xff\xfe", b"[" * 50_000, b'{"sequence": true}', b'{"sequence": 1e9}',
    b'{"sequence": 7, "kind": []}', b'{"sequence": 8, "kind": "pin"}', b'{"sequence": 9, "kind": "pin", "at": 5}',
    b'{"sequence": 10, "kind": "pin", "at": "0001-01-01T00:00:00+14:00", "run_id": "a", "label": "b"}',
    b'{"sequence": 11, "kind": "decision", "at": "2026-01-01", "what": 1, "owner": 2, "run_id": 3, '
    b'"decided": "2026-01-01", "due": "9999-12-31", "data_cut": "2026-01-01"}',
    b'{"sequence": 12, "kind": "decision", "at": "2026-01-01", "what": "a", "owner": "b", "run_id": "c", '
    b'"decided": "2026-01-01", "due": "2026-01-02", "data_cut": "2026-01-01", "effect": ["x"]}',
    b'{"sequence": 13, "kind": "decision", "at": "2026-01-01", "what": "a", "owner": "b", "run_id": "c", '
    b'"decided": "2026-01-01", "due": "2026-01-02", "data_cut": "2026-01-01", "effect": {"outcome": "returned", '
    b'"treatment": "speed", "estimate": "five"}}',
)  # fmt: skip


@pytest.mark.parametrize("line", WRONG_LINES, ids=lambda line: line[:60].decode("latin-1"))
def test_a_wrong_line_of_the_journal_is_passed_over_and_told_and_costs_no_other(one, line):
    store = local_store(one)
    journal.append(store, Pin("0001-a", "Board"))
    with (one / "journal.jsonl").open("ab") as file:
        file.write(line + b"\n")
    journal.append(store, Note("0001-a", "", "storm"))
    assert [e.said for e in journal.entries(store)] == [Pin("0001-a", "Board"), Note("0001-a", "", "storm")]
    assert JournalLineUnreadable(one / "journal.jsonl", "2") in check(store, mend=True).left


def test_a_number_changed_in_the_journal_is_noticed(one):
    store = local_store(one)
    journal.append(store, Pin("0001-a", "Board 2026"))
    journal.append(store, Pin("0002-a", "Board 2027"))
    path = one / "journal.jsonl"
    path.write_text(path.read_text().replace("Board 2026", "Board 2036"))
    assert journal.names(store) == {"0002-a": "Board 2027"}
    assert {JournalLineUnreadable, JournalGap} == set(map(type, check(store, mend=True).left))


@pytest.mark.parametrize("keep", [0, 1])
def test_entries_cut_off_at_the_end_are_missed_and_their_numbers_not_given_again(one, keep):
    store = local_store(one)
    for label in "abc":
        journal.append(store, Pin("0001-a", label))
    path = one / "journal.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:keep]))
    assert check(store, mend=True).left == (JournalGap(path, str(keep + 1), "3"),)
    assert journal.append(store, Pin("0001-a", "d")).sequence == 4


def test_a_line_that_stands_there_twice_counts_once(one):
    store = local_store(one)
    journal.append(store, Note("0001-a", "", "storm"))
    path = one / "journal.jsonl"
    path.write_bytes(path.read_bytes() * 2)
    assert len(journal.entries(store)) == 1


def test_a_journal_that_is_a_folder_is_told_and_nothing_is_written(one):
    (one / "journal.jsonl").mkdir()
    store = local_store(one)
    assert journal.entries(store) == ()
    assert check(store, mend=True).left
    with refused(match="journal"):
        journal.append(store, Pin("0001-a", "Board"))
