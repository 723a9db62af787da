"""How a command ends when it is asked to, or when nobody reads what it says."""

import os
import signal
import subprocess
import sys

import pytest

SLOW = """
import os, signal, sys
from amends import cli
def slow(options, progress):
    {body}
cli.COMMANDS = {{"runs": slow}}
sys.exit(cli.main(["runs"{json}]))
"""
ANSWER = "from amends.answer import Answer; from pipelines.contracts.messages.doing import Joining; "


def ran(body, *, json="", **options):
    script = SLOW.format(body=body, json=json)
    return subprocess.run([sys.executable, "-c", script], check=False, **options)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_that_asks_to_end_is_one_line_and_two(number):
    ended = ran(
        f"os.kill(os.getpid(), {int(number)}); raise ValueError('what a library makes of it')", capture_output=True
    )
    assert ended.returncode == 2
    assert ended.stderr.decode().strip() == "Stopped; nothing half-written is readable."


def test_machines_are_told_of_the_end_too():
    ended = ran("os.kill(os.getpid(), signal.SIGTERM)", json=', "--json"', capture_output=True)
    assert b'"error": "Stopped' in ended.stdout


def test_what_was_to_be_ignored_stays_ignored():
    body = ANSWER + "os.kill(os.getpid(), signal.SIGHUP); return Answer('done', 1)"
    ended = ran(body, capture_output=True, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    assert (ended.returncode, ended.stdout) == (0, b"done\n")


@pytest.mark.parametrize("gone", ["stdout", "stderr"])
def test_a_reader_that_is_gone_stops_nothing(gone):
    reader, writer = os.pipe()
    os.close(reader)
    others = {name: subprocess.PIPE for name in ("stdout", "stderr") if name != gone}
    ended = ran(
        ANSWER + "[progress(Joining()) for _ in range(9)]; return Answer('done', 1)", **{gone: writer}, **others
    )
    os.close(writer)
    assert ended.returncode == 0
    assert b"Traceback" not in (ended.stderr or b"")
    assert ended.stdout in (None, b"done\n")


def test_no_memory_left_is_the_machine_s_fault():
    ended = ran("raise MemoryError", capture_output=True)
    assert ended.returncode == 2
    assert b"no memory left" in ended.stderr
