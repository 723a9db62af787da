"""A run made from the app: its own process, seen by any page, ended on demand, one at a time."""

import os
import signal
import time
from dataclasses import replace
from datetime import date

import pytest
from published_run import publish_run
from sealing import reseal
from test_pages import html, opened, said

from dashboard import rerun
from pipelines.contracts.manifest import Made
from pipelines.publish.lock import holder, turn
from pipelines.publish.store import local_store

MADE = Made(data="exports", profile="hotels", data_cut=date(2026, 10, 31), by="ada", seconds=1.0, verdicts={})


@pytest.fixture
def here(published, monkeypatch):
    """A folder with exports, and a run that says it was made of them."""
    folder = published.parent
    (folder / "exports").mkdir()
    monkeypatch.setenv("AMENDS_FROM", str(folder))
    run_id = local_store(published).current_id()
    reseal(
        published / "runs" / run_id,
        lambda m: m | {"made": {**vars(MADE), "verdicts": {}, "data_cut": "2026-10-31"}},
    )
    return published


def until(true, seconds=30.0):
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def slow(published, monkeypatch):
    """A run that holds the folder and says how far it is, until it is asked to end."""
    script = published.parent / "slow.py"
    script.write_text(
        "import sys, time\nfrom pathlib import Path\nfrom pipelines.publish.lock import turn\n"
        "with turn(Path(sys.argv[-1])):\n    print('… estimating', flush=True)\n    time.sleep(60)\n"
    )
    popen = rerun.subprocess.Popen

    def instead(command, **named):
        assert command[1:3] == ["-m", "amends.cli"]
        return popen([command[0], str(script), "amends", *command[3:]], **named)

    monkeypatch.setattr(rerun.subprocess, "Popen", instead)


def test_the_command_is_that_of_the_run_with_its_folder(tmp_path):
    assert rerun.words(MADE, tmp_path) == [
        "run", "--data", "exports", "--profile", "hotels", "--data-cut", "2026-10-31", "--published", str(tmp_path),
    ]  # fmt: skip
    assert "--data-cut" not in rerun.words(replace(MADE, data_cut=None), tmp_path)


def test_a_run_goes_on_by_itself_tells_how_far_it_is_and_ends_when_asked(here, monkeypatch):
    slow(here, monkeypatch)
    rerun.start(here, rerun.words(MADE, here))
    assert until(lambda: "… estimating" in rerun.state(here).tail)
    now = rerun.state(here)
    assert now.goes_on
    assert now.tail[0].startswith("$ amends run --data exports")
    process = int((here / rerun.PROCESS).read_text())
    assert os.getsid(process) == process
    assert str(process) in str(holder(here))
    rerun.cancel(here)
    assert until(lambda: not rerun.state(here).goes_on)
    assert until(lambda: holder(here) is None)


def test_the_page_starts_it_shows_it_after_a_reload_and_cancels_it(here, monkeypatch):
    slow(here, monkeypatch)
    app = opened("runs")
    app.button(key="rerun").click().run()
    assert until(lambda: "… estimating" in rerun.state(here).tail)
    again = opened("runs")
    assert not again.exception
    assert "… estimating" in said(again)
    assert again.button(key="rerun").disabled
    again.button(key="cancel_rerun").click().run()
    assert until(lambda: not rerun.state(here).goes_on)
    assert "It has ended" in said(opened("runs"))


def test_who_else_makes_a_run_is_named_and_a_second_start_is_told_so(here):
    with turn(here):
        assert f"process {os.getpid()}" in said(opened("runs"))
        rerun.start(here, rerun.words(MADE, here))
        assert until(lambda: not rerun.state(here).goes_on)
    assert "amends:" in rerun.state(here).tail[-1]
    assert len(local_store(here).run_ids()) == 1


def test_the_number_of_a_process_that_is_another_s_now_is_left_alone(here):
    (here / rerun.PROCESS).write_text(f"{os.getpid()}\n")
    assert not rerun.state(here).goes_on
    rerun.cancel(here)


@pytest.mark.parametrize("left", ["", "x", "-1", "9" * 40])
def test_what_stands_in_the_file_of_the_process_may_be_anything(here, left):
    (here / rerun.PROCESS).write_text(left)
    (here / rerun.LOG).write_bytes(b"\xff\xfe" * 9)
    assert not rerun.state(here).goes_on
    assert not opened("runs").exception


def test_exports_that_are_not_there_are_said_and_no_button_is_shown(here):
    (here.parent / "exports").rmdir()
    app = opened("runs")
    assert "exports isn't a folder seen from" in said(app)
    assert "rerun" not in [button.key for button in app.button]


def test_of_a_run_that_nobody_knows_how_it_was_made_there_is_no_button(tmp_path, monkeypatch):
    publish_run(tmp_path)
    monkeypatch.setenv("AMENDS_PUBLISHED", str(tmp_path))
    app = opened("runs")
    assert "rerun" not in [button.key for button in app.button]
    assert "run" in html(app)


def test_asking_who_is_at_it_keeps_nobody_out(tmp_path):
    publish_run(tmp_path)
    for _ in range(20):
        assert holder(tmp_path) is None
        with turn(tmp_path):
            assert holder(tmp_path) is not None


def test_signals_reach_all_of_it(here, monkeypatch):
    slow(here, monkeypatch)
    rerun.start(here, rerun.words(MADE, here))
    assert until(lambda: "… estimating" in rerun.state(here).tail)
    process = int((here / rerun.PROCESS).read_text())
    os.kill(process, signal.SIGSTOP)
    assert rerun.state(here).goes_on
    os.kill(process, signal.SIGCONT)
    rerun.cancel(here)
    assert until(lambda: not rerun.state(here).goes_on)
