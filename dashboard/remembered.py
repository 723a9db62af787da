"""Decisions that a page records and lists. The journal beside the runs is the only thing a page ever writes to."""

from datetime import date
from pathlib import Path

from pipelines.contracts.decided import KIND, Decision, entry_fields, remembered
from pipelines.publish import journal
from pipelines.publish.store import Row, Run


def decisions(published: Path) -> tuple[Decision, ...]:
    """What was decided, oldest first."""
    return remembered(journal.entries(published))


def record(published: Path, run: Run, effect: Row | None, *, what: str, owner: str, due: date, on: date) -> Decision:
    """Remember a decision taken on the day ``on``, with the gain that ``effect``, a row of ``run``, promises.

    Raises :class:`pipelines.errors.DecisionError` with a line for the reader when an entry can't be taken.
    """
    fields = entry_fields(
        what=what, owner=owner, decided=on, due=due, run_id=run.run_id, data_cut=run.manifest["data_cut"], effect=effect
    )
    return remembered([journal.append(published, KIND, fields)])[0]
