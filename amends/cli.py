"""The command line. Exit codes: 0 done, 2 the user's input or configuration, 1 a bug.

Progress goes to standard error; the summary, or with ``--json`` one JSON object, to standard output.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from amends.answer import as_json
from amends.arguments import parser
from amends.commands import COMMANDS
from pipelines.errors import PipelineUserError
from words.speech import PLAIN

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pipelines.contracts.message import Doing
    from pipelines.contracts.messages.doing import Progress


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; user errors become one line on standard error and exit code 2."""
    options = parser().parse_args(arguments)
    try:
        answer = COMMANDS[options.command](options, _progress(options))
    except PipelineUserError as error:
        return _refused(PLAIN.say(error.fault), options)
    except KeyboardInterrupt:
        print(PLAIN.text("cli.stopped"), file=sys.stderr)
        return 2
    print(as_json(answer.data) if options.json else answer.text)
    return 0


def _refused(message: str, options: argparse.Namespace) -> int:
    line = " ".join(message.split())
    print(PLAIN.text("cli.refused", why=line), file=sys.stderr)
    if options.json:
        print(as_json({"error": line}))
    return 2


def _progress(options: argparse.Namespace) -> Progress:
    return _silent if options.json or options.quiet else _told


def _silent(step: Doing) -> None:
    """Nothing: machines and the quiet want the end alone."""


def _told(step: Doing) -> None:
    print(PLAIN.text("cli.doing", step=step), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
