"""What the machine allows: the limits of the engine. Source: the environment."""

import os
from dataclasses import dataclass


@dataclass(frozen=True)
class EngineSettings:
    """Limits of the join engine. ``memory_limit`` is what DuckDB may hold before it spills to a temporary folder."""

    threads: int = 2
    memory_limit: str = "2GB"

    @staticmethod
    def from_environment() -> "EngineSettings":
        """``AMENDS_THREADS`` and ``AMENDS_MEMORY_LIMIT``, else two threads (or fewer cores) and 2 GB."""
        return EngineSettings(
            threads=int(os.environ.get("AMENDS_THREADS") or min(2, os.cpu_count() or 1)),
            memory_limit=os.environ.get("AMENDS_MEMORY_LIMIT") or "2GB",
        )
