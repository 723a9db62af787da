"""The command line. Exit codes: 0 done, 2 the user's input or configuration, 1 a bug.

Progress goes to standard error; the summary, or with ``--json`` one JSON object, to standard output.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from amends import commands
from amends.arguments import parser
from pipelines.errors import PipelineUserError
from words.speech import Speech


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; user errors become one line on standard error and exit code 2."""
    options = parser().parse_args(arguments)
    try:
        result = options.command(options, _progress(options))
    except PipelineUserError as error:
        return _refused(Speech().say(error.fault), options)
    except KeyboardInterrupt:
        print("Stopped; nothing half-written is readable.", file=sys.stderr)
        return 2
    _show(result, options)
    return 0


def _refused(message: str, options: argparse.Namespace) -> int:
    line = " ".join(message.split())
    print(f"amends: {line}", file=sys.stderr)
    if options.json:
        print(json.dumps({"error": line}, ensure_ascii=False))
    return 2


def _show(result: dict[str, Any], options: argparse.Namespace) -> None:
    if options.json:
        print(json.dumps(result["data"], ensure_ascii=False, default=str))
    else:
        print(result["text"])


def _progress(options: argparse.Namespace) -> commands.Progress:
    quiet = options.json or options.quiet
    return (lambda step: None) if quiet else (lambda step: print(f"… {step}", file=sys.stderr, flush=True))


if __name__ == "__main__":
    sys.exit(main())
