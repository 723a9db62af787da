"""What the machine allows: the limits of the engine. Source: the environment."""

import os
import re
from dataclasses import dataclass

from pipelines.contracts.messages.faults import LimitUnreadable
from pipelines.errors import MachineError


@dataclass(frozen=True)
class EngineSettings:
    """Limits of a run. ``memory_limit`` is what DuckDB may hold before it spills to a temporary folder.

    ``threads`` join and estimate; ``query_seconds``: how long one SELECT of a profile may take.
    """

    threads: int = 2
    memory_limit: str = "2GB"
    query_seconds: float = 900.0

    @staticmethod
    def from_environment() -> "EngineSettings":
        """``AMENDS_THREADS``, ``AMENDS_MEMORY_LIMIT``, ``AMENDS_QUERY_SECONDS``, else two (or fewer cores), 2 GB, 900.

        Raises ``MachineError`` on a limit that is none.
        """
        threads = _limit("AMENDS_THREADS", r"[1-9][0-9]{0,2}", "2", str(min(2, os.cpu_count() or 1)))
        memory = _limit("AMENDS_MEMORY_LIMIT", r"[1-9][0-9]{0,5}(\.[0-9]+)? ?[KMGT]i?B", "4GB", "2GB")
        seconds = _limit("AMENDS_QUERY_SECONDS", r"[1-9][0-9]{0,5}", "3600", "900")
        return EngineSettings(threads=int(threads), memory_limit=memory, query_seconds=float(seconds))


def _limit(variable: str, form: str, such_as: str, usual: str) -> str:
    given = os.environ.get(variable, "").strip()
    if given and not re.fullmatch(form, given):
        raise MachineError(LimitUnreadable(variable, given, such_as))
    return given or usual
