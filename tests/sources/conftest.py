"""Exports written on the spot and loaded: what a profile and some files come to."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.engine import Engine, open_engine, open_sealed
from pipelines.reading.load import Loaded, load
from pipelines.settings.load import load_profile
from pipelines.settings.machine import EngineSettings
from words.speech import PLAIN

SETTINGS = EngineSettings(threads=1, memory_limit="500MB")
INCIDENTS = """
[files]
tickets = { path = "tickets.csv" }
[tables.incidents]
file = "tickets"
"""


@dataclass(frozen=True)
class Result:
    """A loaded engine and what loading left beside it."""

    engine: Engine
    loaded: Loaded

    def column(self, table: str, column: str, order: str = "ALL") -> list[Any]:
        return [value for (value,) in self.engine.rows(f"SELECT {column} FROM {table} ORDER BY {order}")]

    def reasons(self, table: str) -> dict[str, int]:
        """Reason → rows of a table's quality, over all its files."""
        reasons: dict[str, int] = {}
        for row in self.loaded.quality:
            if row.table == table:
                reason = PLAIN.label(row.reason)
                reasons[reason] = reasons.get(reason, 0) + row.rows
        return reasons

    def aside(self, table: str) -> list[tuple[int | None, str | None, str]]:
        """(line, column, reason) of the table's quarantined rows."""
        return [(q.line, q.column, PLAIN.label(q.reason)) for q in self.loaded.quarantine if q.table == table]

    def unread(self, table: str) -> list[tuple[str, str]]:
        """(column, reason) of the table's cells that couldn't be read, once per cell."""
        rows = [w for w in self.loaded.warnings if w.check == "unreadable_cells" and w.subject.startswith(f"{table}.")]
        return [(w.subject.split(".")[1], PLAIN.label(w.reasons[0].why)) for w in rows for _ in range(int(w.value))]

    def warned(self, check: str) -> dict[str, float]:
        """Subject → value of the warnings of one check."""
        return {w.subject: w.value for w in self.loaded.warnings if w.check == check}


@pytest.fixture(scope="module")
def engine_for_module() -> Iterator[Engine]:
    """An empty engine that the tests of a module share."""
    with open_engine(SETTINGS) as opened:
        yield opened


@pytest.fixture(scope="module")
def sealed_for_module() -> Iterator[Engine]:
    """A sealed engine that the tests of a module share."""
    with open_sealed(SETTINGS) as opened:
        yield opened


@pytest.fixture
def load_files(tmp_path: Path) -> Iterator[Callable[..., Result]]:
    """``load_files(source_toml, {name: text or bytes})`` → Result, each in an engine of its own.

    ``sql``: further files of the profile's folder.
    """
    engines = ExitStack()

    def loading(
        toml: str,
        files: Mapping[str, str | bytes],
        *,
        sql: Mapping[str, str] | None = None,
        data_cut: date | None = None,
        id_key: bytes = b"key",
    ) -> Result:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        data, profile = folder / "data", folder / "profile"
        data.mkdir()
        for home, contents in ((data, files), (profile, {"source.toml": toml, **(sql or {})})):
            for file, content in contents.items():
                path = home / file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        engine = engines.enter_context(open_engine(SETTINGS))
        loaded = load(
            engine, load_profile(str(profile)), data, id_key=id_key, data_cut=data_cut, progress=lambda _: None
        )
        return Result(engine, loaded)

    with engines:
        yield loading


@pytest.fixture
def load_tickets(load_files: Callable[..., Result]) -> Callable[..., Result]:
    """``load_tickets(csv)``: one file of incidents with canonical column names; ``more`` goes into source.toml."""

    def loading(csv: str | bytes, more: str = "", **options: Any) -> Result:
        return load_files(
            f"{more}\n{INCIDENTS}" if more.startswith("[profile]") else INCIDENTS + more,
            {"tickets.csv": csv},
            **options,
        )

    return loading
