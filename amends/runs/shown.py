"""Which run a command speaks of: the one asked for, else the one shown; and what is said where that isn't current."""

from pipelines.contracts.messages.doing import Progress, ShownInstead
from pipelines.publish.store import Store


def shown(store: Store, asked: str | None, progress: Progress) -> str:
    """The run that was asked for, else the one that is shown, whose reason is told where it isn't the current one."""
    if asked:
        return asked
    standing = store.standing()
    if standing.trouble:
        progress(ShownInstead(standing.trouble, standing.run_id))
    return standing.run_id
