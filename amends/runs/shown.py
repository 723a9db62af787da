"""Which run a command speaks of: the one asked for, else the one shown; and what is said where that isn't current."""

from pipelines.contracts.messages.doing import JournalFlawed, Progress, ShownInstead
from pipelines.publish import journal
from pipelines.publish.store import Store


def shown(store: Store, asked: str | None, progress: Progress) -> str:
    """The run that was asked for, else the one that is shown, whose reason is told where it isn't the current one."""
    if asked:
        return asked
    standing = store.standing()
    if standing.trouble:
        progress(ShownInstead(standing.trouble, standing.run_id))
    return standing.run_id


def tell_of_journal(store: Store, progress: Progress) -> None:
    """Say so where names, notes and decisions aren't all that was written."""
    if journal.flaws(store).any:
        progress(JournalFlawed(store.published / journal.FILE))
