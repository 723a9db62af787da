"""Make one pack in a process of its own: ``python -m dashboard.exports PUBLISHED RUN REQUEST FILE``.

The request is JSON. Progress goes to standard error. Exit codes: 0 done, 2 the run or the request can't be exported.
"""

import json
import sys
from pathlib import Path

from dashboard.exports.choice import Choice
from dashboard.exports.compose import review_of
from dashboard.exports.pack import Asked, write_pack
from pipelines.contracts.document import read
from pipelines.contracts.message import Doing
from pipelines.publish.store import StoreError, local_store
from words.speech import PLAIN

NOTHING = "None of the charts chosen has an answer in this run. Choose others, or another outcome."


def main(published: str, run_id: str, request: str, to: str) -> int:
    """Write the pack."""
    asked = read(Asked, json.loads(request))
    try:
        review = review_of(local_store(Path(published)), run_id, asked.choice, _doing)
    except StoreError as error:
        _tell(PLAIN.say(error.fault))
        return 2
    if not review.findings and asked.choice != Choice():
        _tell(NOTHING)
        return 2
    write_pack(review, asked, Path(to), _doing)
    return 0


def _doing(step: Doing) -> None:
    _tell(PLAIN.say(step))


def _tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
