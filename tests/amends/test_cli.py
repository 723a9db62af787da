"""The command line from outside: exit codes, one line per error, one object for machines."""

import json
import random
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from amends.arguments import parser
from amends.cli import main
from amends.commands import COMMANDS


@pytest.fixture
def company(tmp_path, monkeypatch):
    """A working folder with exports of tickets and orders that no profile was written for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AMENDS_ID_KEY", "a key for tests, 32 characters or more")
    monkeypatch.delenv("AMENDS_PUBLISHED", raising=False)
    rng = random.Random(5)
    start = datetime(2022, 1, 1)
    (tmp_path / "exports").mkdir()
    tickets = ["Ticket ID;Customer ID;Created at;First reply at;Solved at;Priority;Reason"]
    for i in range(400):
        opened = start + timedelta(minutes=rng.randrange(700 * 1440))
        answered = opened + timedelta(minutes=rng.expovariate(1 / 500))
        moments = ";".join(f"{moment:%Y-%m-%d %H:%M}" for moment in (opened, answered, answered))
        labels = f"{rng.choice(['Low', 'High'])};{rng.choice(['late', 'lost'])}"
        tickets.append(f"{i};C{rng.randrange(300):05d};{moments};{labels}")
    orders = ["Order ID,Customer ID,Order date,Total"]
    for i in range(1500):
        day = start + timedelta(days=rng.randrange(1000))
        orders.append(f"{i},C{rng.randrange(300):05d},{day:%Y-%m-%d},{rng.randrange(10, 900)}.00")
    (tmp_path / "exports" / "tickets.csv").write_text("\n".join(tickets))
    (tmp_path / "exports" / "orders.csv").write_text("\n".join(orders))
    return tmp_path


def test_two_files_become_a_published_run_and_then_a_list(company, capsys):
    assert main(["start", "exports", "--yes", "--no-serve"]) == 0
    shown = capsys.readouterr()
    assert "400 incidents" in shown.out
    assert "incidents.customer_id" in shown.err
    assert (company / "published" / "current").is_file()
    assert (company / "exports-profile" / "source.toml").is_file()

    assert main(["start", "exports", "--yes", "--no-serve", "--json"]) == 0
    shown = capsys.readouterr()
    again = json.loads(shown.out)
    assert (again["rows"]["incident_mart"], again["run_id"][:4], shown.err) == (400, "0002", "")

    assert main(["worklist", "--to", "list.csv", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["cases"] > 0


def test_a_draft_is_shown_and_validates(company, capsys):
    assert main(["init", "--data", "exports", "--profile", "mine"]) == 0
    assert "incidents.opened_at" in capsys.readouterr().out
    assert main(["validate", "--data", "exports", "--profile", "mine", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["incidents"] == 400
    assert not (company / "published").exists()


def test_a_draft_for_machines(company, capsys):
    assert main(["init", "--data", "exports", "--profile", "mine", "--json"]) == 0
    drafted = json.loads(capsys.readouterr().out)
    assert {"table": "incidents", "column": "category", "file": "tickets", "export": "Reason"}.items() <= next(
        g for g in drafted["guesses"] if g["column"] == "category"
    ).items()


WRONG = {
    "no such exports": (["init", "--data", "nowhere", "--profile", "mine"], "nowhere"),
    "nothing to draft from": (["init", "--data", "empty", "--profile", "mine"], "no export"),
    "a folder in use": (["init", "--data", "exports", "--profile", "exports"], "not empty"),
    "nobody to ask": (["start", "exports", "--no-serve"], "--yes"),
    "no such profile": (["run", "--data", "exports", "--profile", "nobody"], "no such profile"),
    "no such data": (["run", "--data", "nowhere", "--profile", "sample"], "nowhere"),
    "no run yet": (["worklist", "--to", "list.csv"], "no published run yet"),
    "no run to pin": (["pin", "0007-x", "--label", "x"], "0007-x"),
    "a folder not empty": (["simulate", "--out", "exports"], "not empty"),
}


@pytest.mark.parametrize(("arguments", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_users_mistake_is_one_line_and_exit_code_2(company, capsys, arguments, says):
    (company / "empty").mkdir()
    assert main([*arguments, "--quiet"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("amends: ")
    assert shown.err.count("\n") == 1
    assert says in shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize(("arguments", "says"), WRONG.values(), ids=WRONG.keys())
def test_a_users_mistake_for_machines_is_one_object(company, capsys, arguments, says):
    (company / "empty").mkdir()
    assert main([*arguments, "--json"]) == 2
    assert says in json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["run"],
        ["run", "--data", "d", "--profile", "p", "--data-cut", "yesterday"],
        ["simulate", "--out", "o", "--incidents", "3"],
    ],
)
def test_a_command_that_isnt_one_is_explained_with_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: amends" in capsys.readouterr().err


def test_every_command_that_can_be_asked_for_has_its_function():
    (asked,) = (action for action in parser()._actions if action.dest == "command")
    assert set(asked.choices) == set(COMMANDS)


def test_stopping_is_no_traceback(monkeypatch, capsys):
    def stopped(options, progress):
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS, "runs", stopped)
    assert main(["runs"]) == 2
    assert capsys.readouterr().err.startswith("Stopped")


def test_the_exit_codes_of_the_process_itself(tmp_path):
    def amends(*arguments):
        command = [sys.executable, "-m", "amends.cli", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert amends("runs", "--json").stdout == "[]\n"
    refused = amends("worklist", "--to", "list.csv")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Traceback" not in refused.stderr
