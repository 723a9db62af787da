"""What weakens either of two effects, each said once and all limits in one."""

from collections.abc import Sequence

from pipelines.contracts.message import PlainReason, Reason
from pipelines.contracts.tables.row import in_words

LIMITS = "What limits it:"


def both(one: Sequence[Reason], other: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons of two effects, the second's last."""
    texts = [" ".join(map(in_words, reasons)).partition(LIMITS) for reasons in (one, other)]
    limits = dict[str, None]()
    for _, _, named in texts:
        limits |= dict.fromkeys(filter(None, named.strip().removesuffix(".").split("; ")))
    said = [*dict.fromkeys(filter(None, (before.strip() for before, _, _ in texts)))]
    text = " ".join([*said, f"{LIMITS} {'; '.join(limits)}."] if limits else said)
    return (PlainReason(text),) if text else ()
