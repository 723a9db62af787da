"""What docs/schedule.md promises: its examples work, a run is made only if something changed, serving ends whole."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from published_run import ORIGIN, PROFILE, publish_run

from amends.arguments import parser
from amends.cli import main
from pipelines.contracts.manifest import Made
from pipelines.publish import journal
from pipelines.publish.journal import Pin
from pipelines.publish.lock import turn
from pipelines.publish.provenance import Asked, _settings_hash, code_version, profile_hash, repeats
from pipelines.publish.store import local_store
from pipelines.publish.write import publish
from pipelines.settings.load import load_profile
from pipelines.unchanged import repeated

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs/schedule.md").read_text(encoding="utf-8")
EXPORTS = ROOT / "data" / "two_files"
KEY = b"a key for tests, 32 characters or more"


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", DOCUMENT, flags=re.DOTALL)


def commands():
    """Every command of the document, without what stands before and after it on its line."""
    found = re.findall(r"\S*\bamends ((?:run|prune|alert|check|serve) --[^|>\n`]*)", DOCUMENT)
    return [shlex.split(text) for text in found]


def test_every_command_of_the_document_is_one():
    assert len(commands()) >= 6
    for words in commands():
        if words != ["run", "--if-changed"]:
            assert parser().parse_args(words).command == words[0]


def test_lines_of_the_crontab_have_five_fields_of_time_and_run_in_a_shell(tmp_path):
    (crontab,) = blocks("cron")
    lines = [line for line in crontab.splitlines() if line and "=" not in line.split()[0]]
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    stub = tmp_path / ".venv" / "bin" / "amends"
    stub.write_text('#!/bin/sh\necho "$@"\n')
    stub.chmod(0o755)
    for line in lines:
        *when, command = line.split(maxsplit=5)
        assert all(re.fullmatch(r"\*|\d+", field) for field in when)
        assert "%" not in command
        subprocess.run(["/bin/sh", "-c", command.replace("/srv/amends", str(tmp_path))], check=True)
    assert len((tmp_path / "run.log").read_text().splitlines()) == len(lines) == 4


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units(tmp_path):
    names = re.findall(r"`/etc/systemd/system/([\w.-]+)`", DOCUMENT)
    units = dict(zip(names, blocks("ini"), strict=True))
    for name, text in units.items():
        (tmp_path / name).write_text(text.replace("/srv/amends/.venv/bin/amends", "/bin/true"))
    told = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in units)], capture_output=True, text=True
    )
    assert [line for line in told.stderr.splitlines() if str(tmp_path) in line or "amends" in line] == []


def a_run_of(folder, profile, inputs, /, **changes):
    """A made-up run that says it was made of these files with this profile, as `amends run` would say it."""
    made = Made(data=str(EXPORTS), profile="two_files", data_cut=None, by="", seconds=1.0, verdicts={})
    cut = date(2026, 6, 30)
    known = {
        "profile": replace(PROFILE, name=profile.name),
        "profile_hash": profile_hash(profile.folder),
        "settings_hash": _settings_hash(cut, (), KEY),
        "code_version": code_version(),
        "inputs": inputs,
        "made": made,
        "data_cut": cut,
    }
    with turn(folder) as mine:
        return publish(mine, {}, replace(ORIGIN, **{**known, **changes}))


@pytest.fixture
def asked():
    return Asked(EXPORTS, load_profile("two_files"), None, KEY)


@pytest.fixture
def inputs(asked):
    from hashlib import sha256

    return {path.name: sha256(path.read_bytes()).hexdigest() for path in EXPORTS.glob("*.csv")}


def test_a_run_over_the_same_is_recognised_and_one_over_anything_else_is_not(tmp_path, asked, inputs):
    store = local_store(tmp_path)
    assert repeated(asked, store) is None
    manifest = a_run_of(tmp_path, asked.profile, inputs)
    assert repeated(asked, store) == manifest
    assert repeated(replace(asked, data_cut=date(2026, 6, 30)), store) is None
    assert repeated(replace(asked, id_key=b"another"), store) is None


@pytest.mark.parametrize(
    "change",
    [
        {"profile_hash": "1" * 64},
        {"code_version": "0.0.1+x"},
        {"settings_hash": "2" * 64},
        {"inputs": {}},
        {"profile": PROFILE},
    ],
    ids=["profile", "code", "settings", "files", "another company"],
)
def test_whatever_changed_makes_a_run(tmp_path, asked, inputs, change):
    a_run_of(tmp_path, asked.profile, inputs, **change)
    assert repeated(asked, local_store(tmp_path)) is None


def test_a_file_that_came_later_is_a_change(tmp_path, asked, inputs):
    data = shutil.copytree(EXPORTS, tmp_path / "data")
    a_run_of(tmp_path / "published", asked.profile, inputs)
    store = local_store(tmp_path / "published")
    assert repeated(replace(asked, data=data), store) is not None
    with next(data.glob("*tickets.csv")).open("a") as file:
        file.write("\n")
    assert repeated(replace(asked, data=data), store) is None


def test_a_damaged_current_run_is_made_anew(tmp_path, asked, inputs):
    a_run_of(tmp_path, asked.profile, inputs)
    second = a_run_of(tmp_path, asked.profile, inputs)
    path = tmp_path / "runs" / second.run_id / "manifest.json"
    path.chmod(0o644)
    path.write_text("{}")
    assert repeated(asked, local_store(tmp_path)) is None


def test_a_cut_that_the_clock_made_may_move_tomorrow(asked, inputs, tmp_path):
    cut = date(2026, 6, 30)
    made_that_day = replace(
        a_run_of(tmp_path, asked.profile, inputs), created_at=ORIGIN.created_at.replace(year=2026, month=6, day=30)
    )
    assert repeats(made_that_day, asked, inputs, (), cut)
    assert not repeats(made_that_day, asked, inputs, (), cut + timedelta(days=1))


def test_the_command_says_that_nothing_changed_and_makes_no_run(tmp_path, asked, inputs, monkeypatch, capsys):
    monkeypatch.setenv("AMENDS_ID_KEY", KEY.decode())
    manifest = a_run_of(tmp_path, asked.profile, inputs)
    journal.append(local_store(tmp_path), Pin(manifest.run_id, "Names change nothing"))
    command = ["run", "--if-changed", "--data", str(EXPORTS), "--profile", "two_files", "--published", str(tmp_path)]
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"run_id": manifest.run_id, "changed": False}
    assert main(command) == 0
    assert "No run was made" in capsys.readouterr().out
    assert len(local_store(tmp_path).listed()) == 1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_serving_ends_with_all_it_started_and_zero(tmp_path, number):
    publish_run(tmp_path)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "amends.cli", "serve", "--published", str(tmp_path), "--port", str(port)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not (children := children_of(server.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    os.kill(server.pid, number)
    said, _ = server.communicate(timeout=30)
    assert (server.returncode, "Dashboard closed." in said) == (0, True)
    assert children
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def children_of(process):
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]
