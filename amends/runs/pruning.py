"""What became of older runs: which were removed, and why others stay."""

from collections.abc import Sequence
from dataclasses import dataclass

from amends.answer import Answer
from pipelines.publish.prune import Fate, Spared, prune
from pipelines.publish.store import Store
from words.speech import PLAIN

WHY = {
    Spared.CURRENT: "cli.spared.current",
    Spared.NAMED: "cli.spared.named",
    Spared.NOTED: "cli.spared.noted",
    Spared.DECIDED: "cli.spared.decided",
    Spared.READ: "cli.spared.read",
}


@dataclass(frozen=True)
class Pruning:
    """Runs removed, runs that stay though they are old, and bytes made free; ``dry``: nothing has been removed yet."""

    removed: Sequence[str]
    spared: Sequence[Fate]
    freed_bytes: int
    dry: bool


def pruned(store: Store, keep: int, *, dry: bool) -> Answer:
    """Remove all but the newest ``keep`` runs and those that are spared. Raises ``PublishError``."""
    before = len(store.run_ids())
    fates = prune(store, keep, dry=dry)
    removed = [fate for fate in fates if fate.spared is None]
    freed = sum(fate.bytes for fate in removed)
    code = "cli.prune.would_be" if dry else "cli.prune.done"
    megabytes, left = PLAIN.number(freed / 1e6), PLAIN.count(before - len(removed))
    lines = [_line(fate, dry=dry) for fate in fates]
    lines.append(PLAIN.text(code, n=len(removed), freed=megabytes, left=left))
    said = Pruning([f.run_id for f in removed], [f for f in fates if f.spared], freed, dry)
    return Answer("\n".join(lines), said)


def _line(fate: Fate, *, dry: bool) -> str:
    if fate.spared is None:
        return PLAIN.text("cli.prune.would_remove" if dry else "cli.prune.removed", run=fate.run_id)
    named = {"run": fate.run_id} if fate.spared is Spared.NAMED else {}
    return PLAIN.text("cli.prune.spared", run=fate.run_id, why=PLAIN.text(WHY[fate.spared], **named))
