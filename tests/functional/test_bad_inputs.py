"""Whatever exports hold: done, or refused in one line; never a traceback, never a row lost without a word."""

import json
import os
import time
from collections import defaultdict

import pytest
from bad_inputs import cases

from amends.cli import main

SHORT, LONG = 3, int(os.environ.get("AMENDS_BAD_INPUTS", "2000"))
KINDS = len({name.rsplit("-", 1)[0] for name, _ in cases(1)})
LONGEST_SECONDS = 10


def trouble(place, name, case, capsys):
    """What is wrong with how one case ends; empty where nothing is."""
    data, profile = place / "data", place / "profile"
    for folder, files in ((data, case.files), (profile, {"source.toml": case.toml.encode("utf-8", "surrogateescape")})):
        folder.mkdir(parents=True)
        for file, content in files.items():
            (folder / file).write_bytes(content)
    began = time.process_time()
    try:
        code = main(["validate", "--json", "--data", str(data), "--profile", str(profile)])
    except BaseException as error:
        return f"{name}: {type(error).__name__}: {error}"
    spent, said = time.process_time() - began, capsys.readouterr()
    if code not in (0, 2) or "Traceback" in said.err:
        return f"{name}: exit {code}: {said.err[-300:]}"
    if spent > LONGEST_SECONDS:
        return f"{name}: {spent:.0f} s"
    return lost(name, case, json.loads(said.out)) if code == 0 else ""


def lost(name, case, found):
    """Rows that came in and are nowhere, or never came in."""
    files = defaultdict(dict)
    for row in found["quality"]:
        files[row["table"], row["file"]][row["reason"]] = row["rows"]
    for rows in files.values():
        if rows["rows_in"] != sum(rows.values()) - rows["rows_in"]:
            return f"{name}: {rows}"
    tickets = sum(rows["rows_in"] for (table, _), rows in files.items() if table == "incidents")
    return "" if case.rows in (None, tickets) else f"{name}: {tickets} rows read of {case.rows}"


def battery(tmp_path, capsys, monkeypatch, each):
    monkeypatch.setenv("AMENDS_ID_KEY", "a key of the tests, long enough for anybody")
    found = [trouble(tmp_path / name, name, case, capsys) for name, case in cases(each)]
    return [one for one in found if one]


def test_bad_inputs_are_read_or_refused_in_one_line(tmp_path, capsys, monkeypatch):
    assert battery(tmp_path, capsys, monkeypatch, SHORT) == []


@pytest.mark.long
def test_thousands_of_bad_inputs_are_read_or_refused_in_one_line(tmp_path, capsys, monkeypatch):
    assert battery(tmp_path, capsys, monkeypatch, -(-LONG // KINDS)) == []
