"""What a check of a published folder found, and what of it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from amends.answer import Answer
from pipelines.contracts.message import Fault
from pipelines.publish.check import Checked, check
from pipelines.publish.store import Store
from words.speech import PLAIN


@dataclass(frozen=True)
class Findings:
    """Runs there, runs that are whole, and each fault by its code and in words."""

    runs: int
    whole: int
    mended: Sequence[Fault]
    left: Sequence[Fault]
    said: Sequence[str]


def checked(store: Store, *, mend: bool) -> Answer:
    """Check every run, the pointer and the journal. Ends with 2 where something is left to mend."""
    found = check(store, mend=mend)
    said = [*_lines("cli.check.mended", found.mended), *_lines("cli.check.left", found.left), *_next(found, mend=mend)]
    head = PLAIN.text("cli.check.head", runs=found.runs, whole=PLAIN.count(found.whole), folder=str(store.published))
    data = Findings(found.runs, found.whole, found.mended, found.left, said)
    return Answer("\n".join([head, *said]), data, code=2 if found.left else 0)


def _lines(code: str, faults: Sequence[Fault]) -> list[str]:
    return [PLAIN.text(code, fault=fault) for fault in faults]


def _next(found: Checked, *, mend: bool) -> list[str]:
    lines = [PLAIN.text("cli.check.not_mended", why=found.busy)] if found.busy and mend else []
    if found.whole < found.runs:
        lines.append(PLAIN.text("cli.check.restore"))
    return lines
