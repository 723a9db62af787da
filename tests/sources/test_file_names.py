"""A name in a profile is a name; the bytes that are hashed are the bytes that are read."""

import gzip
import hashlib

import pytest
from refusals import refused

from pipelines.errors import SourceError
from pipelines.reading.files import exports
from pipelines.reading.files.exports import Export, find_paths, read_whole
from pipelines.settings.files import FileSpec

ROWS = "incident_id,opened_at\n{},2024-03-01\n"


def profile(path):
    return f"[files]\ntickets = {{ path = '{path}' }}\n[tables.incidents]\nfile = 'tickets'\n"


@pytest.mark.parametrize(
    "path", ["tickets[1].csv", "a*b.csv", "data?.csv", "[ab].csv", "**.csv", "[!x].csv", "it's.csv"]
)
def test_a_file_of_that_very_name_is_the_one_that_is_read(load_files, path):
    decoys = {"tickets1.csv": "X", "axb.csv": "X", "data1.csv": "X", "a.csv": "X", "y.csv": "X"}
    files = {name: ROWS.format(row) for name, row in {**decoys, path: "meant"}.items()}
    toml = f'[files]\ntickets = {{ path = "{path}" }}\n[tables.incidents]\nfile = "tickets"\n'
    result = load_files(toml, files)
    assert result.column("incidents", "incident_id") == ["meant"]
    assert list(result.loaded.inputs) == [path]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("part-*.csv", ["part-1.csv", "part-2.csv"]),
        ("part-[12].csv", []),
        ("part-?.csv", []),
        ("*[1].csv", ["x[1].csv"]),
        ("x[[]1].csv", ["x[1].csv"]),
        ("p[*]t.csv", []),
        ("year/*.csv", ["year/a.csv"]),
    ],
)
def test_only_a_star_stands_for_several(tmp_path, path, found):
    for name in ("part-1.csv", "part-2.csv", "x[1].csv", "pat.csv", "year/a.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a\n")
    assert [p.relative_to(tmp_path).as_posix() for p in find_paths(tmp_path, path)] == found


def test_the_hash_is_of_the_file_as_it_lies_there_packed_or_not(load_files):
    packed = gzip.compress(ROWS.format("i").encode("utf-16"))
    loaded = load_files(profile("tickets.csv.gz"), {"tickets.csv.gz": packed}).loaded
    assert loaded.inputs == {"tickets.csv.gz": hashlib.sha256(packed).hexdigest()}


def test_a_file_that_is_written_to_while_it_is_read_stops_the_run(tmp_path, monkeypatch):
    path = tmp_path / "t.csv"
    path.write_text("a\n1\n")
    looks, fstat = [], exports.os.fstat

    def looked(descriptor):
        if looks:
            path.write_text("a\n1\n2\n")
        looks.append(fstat(descriptor))
        return looks[-1]

    monkeypatch.setattr(exports.os, "fstat", looked)
    with refused(SourceError, match=r"t\.csv: changed while it was read"):
        read_whole(Export(FileSpec(alias="t", path="t.csv"), path, "t.csv"))


def test_a_file_that_changes_between_two_tables_of_a_run_stops_it(load_files, monkeypatch):
    toml = (
        "[files]\none = { path = 't.csv' }\nother = { path = 't.csv' }\n"
        "[tables.incidents]\nfile = 'one'\n[tables.interactions]\nfile = 'other'\n"
    )
    reads, sha256 = [], hashlib.sha256

    def hashed(content):
        reads.append(content)
        return sha256(content + bytes(len(reads)))

    monkeypatch.setattr(exports.hashlib, "sha256", hashed)
    with refused(SourceError, match=r"t\.csv: changed while it was read"):
        load_files(toml, {"t.csv": "incident_id,opened_at,contacted_at,actor\ni,2024-03-01,2024-03-01,agent\n"})


def test_a_file_that_is_gone_when_it_is_opened_is_told(tmp_path):
    with refused(SourceError, match=r"t\.csv: can't be opened \(No such file"):
        read_whole(Export(FileSpec(alias="t", path="t.csv"), tmp_path / "t.csv", "t.csv"))
