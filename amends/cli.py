"""The command line. Exit codes: 0 done, 2 the user's input or configuration, 1 a bug.

Progress goes to standard error; the summary, or with ``--json`` one JSON object, to standard output.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from amends.answer import as_json
from amends.arguments import parser
from amends.commands import COMMANDS
from pipelines.contracts.messages.doing import LOUD
from pipelines.contracts.messages.faults import NoMemoryLeft
from pipelines.errors import MachineError, PipelineUserError, why
from words.speech import PLAIN

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from pipelines.contracts.message import Doing
    from pipelines.contracts.messages.doing import Progress


# Whatever is written is readable by its owner alone.
OTHERS_NOTHING = 0o077


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; user errors become one line on standard error and exit code 2.

    A terminal that is gone, or a reader that has read enough, stops nothing; a signal that asks to end ends the run
    as Ctrl-C does, with its folders cleared.
    """
    options = parser().parse_args(arguments)
    os.umask(OTHERS_NOTHING)
    with _ended_by_signals() as signals:
        try:
            answer = COMMANDS[options.command](options, _progress(options))
        except BaseException as error:
            # What a library makes of a signal that reached it is no error of the export.
            if signals or isinstance(error, KeyboardInterrupt):
                return _refused(PLAIN.text("cli.stopped"), PLAIN.text("cli.stopped"), options)
            if isinstance(error, MemoryError):
                error = MachineError(NoMemoryLeft())
            if isinstance(error, PipelineUserError):
                why = " ".join(PLAIN.say(error.fault).split())
                return _refused(PLAIN.text("cli.refused", why=why), why, options)
            raise
    return answer.code if _said(as_json(answer.data) if options.json else answer.text) else 2


def _refused(line: str, why: str, options: argparse.Namespace) -> int:
    _told_line(line)
    if options.json:
        _said(as_json({"error": why}))
    return 2


@contextmanager
def _ended_by_signals() -> Iterator[list[int]]:
    """Signals that ask to end are an interruption; yields those that came. What was ignored before stays ignored."""
    came: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        came.append(number)
        # After a KeyboardInterrupt Python may end itself by a signal, whoever caught it.
        raise SystemExit(2)

    here = threading.current_thread() is threading.main_thread()
    asked = [s for s in (signal.SIGTERM, signal.SIGHUP) if here and signal.getsignal(s) is signal.SIG_DFL]
    for number in asked:
        signal.signal(number, end)
    try:
        yield came
    finally:
        for number in asked:
            signal.signal(number, signal.SIG_DFL)


def _said(text: str) -> bool:
    """Whether the answer could be written. A reader that has read enough has read it."""
    try:
        print(text, flush=True)
    except OSError as error:
        # Python flushes once more at its end, and would call that an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            _told_line(PLAIN.text("cli.unsaid", why=why(error)))
            return False
    return True


def _told_line(line: str) -> None:
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def _progress(options: argparse.Namespace) -> Progress:
    return _silent if options.json or options.quiet else _told


def _silent(step: Doing) -> None:
    """Only what changes the meaning of the answer: machines and the quiet want the end alone."""
    if isinstance(step, LOUD):
        _told_line(PLAIN.text("cli.warning", step=step))


def _told(step: Doing) -> None:
    _told_line(PLAIN.text("cli.warning" if isinstance(step, LOUD) else "cli.doing", step=step))


if __name__ == "__main__":
    sys.exit(main())
