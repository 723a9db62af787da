"""Read and check published runs. No Streamlit here, and nothing is computed: a run is shown as it was published."""

import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.contracts.arrow import table_rows
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.manifest import Manifest, ProfileFacts, readable
from pipelines.contracts.numerals import DEFAULT
from pipelines.contracts.tables.moving import decisions_of, result_schema
from pipelines.contracts.tables.published import TABLES

Row = Any
Rows = tuple[Any, ...]

READ = (
    "effects", "curves", "diagnostics", "measures", "contrasts", "valuations", "decision_reviews", "quality", "events",
    "policies", "offers", "scenario_cells", "scenario_factors", "worklist",
)  # fmt: skip


class StoreError(Exception):
    """A published run can't be shown; the message says what and where."""


class NoRunError(StoreError):
    """Nothing has been published in this folder yet."""


class UnknownRunError(StoreError):
    """The run asked for is not in this folder."""


class UnreadableRunError(StoreError):
    """The run is there, but damaged or of a schema this version doesn't understand."""


@dataclass(frozen=True)
class Run:
    """One published run: its manifest and its small tables as rows (nulls are ``None``)."""

    manifest: Manifest
    effects: Rows = ()
    curves: Rows = ()
    diagnostics: Rows = ()
    measures: Rows = ()
    contrasts: Rows = ()
    valuations: Rows = ()
    decision_reviews: Rows = ()
    quality: Rows = ()
    events: Rows = ()
    policies: Rows = ()
    offers: Rows = ()
    scenario_cells: Rows = ()
    scenario_factors: Rows = ()
    worklist: Rows = ()

    @cached_property
    def decisions(self) -> Rows:
        """Counted measures of a topic, contrasts, valuations and reviews of decisions."""
        return decisions_of(self.measures, self.contrasts, self.valuations, self.decision_reviews)

    @cached_property
    def descriptive(self) -> Rows:
        """What happened, counted by segment and month."""
        return tuple(r for r in self.measures if r["topic"] == Topic.DESCRIPTIVE)

    @property
    def run_id(self) -> str:
        """The id that the address carries."""
        return self.manifest["run_id"]

    @property
    def profile(self) -> ProfileFacts:
        """What the company declared about its data."""
        return self.manifest["profile"]

    @property
    def locale(self) -> str:
        """How the company writes numbers and days; English in runs that don't say."""
        return self.profile.get("locale", DEFAULT)

    @property
    def data_cut(self) -> date:
        """The last day the data covers."""
        return date.fromisoformat(self.manifest["data_cut"])

    @property
    def created_at(self) -> datetime:
        """When the run was published, with its zone."""
        return datetime.fromisoformat(self.manifest["created_at"])


@dataclass(frozen=True)
class Listed:
    """One line of the list of runs; ``trouble`` says why it can't be opened, empty when it can."""

    run_id: str
    manifest: Manifest | None
    trouble: str


def published_folder() -> Path:
    """``AMENDS_PUBLISHED``, else ``published/``: the same folder the command line writes to."""
    return Path(os.environ.get("AMENDS_PUBLISHED") or "published")


def current_run_id(published: Path) -> str:
    """The run the pointer names. ``NoRunError`` when there is none."""
    try:
        run_id = (published / "current").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        run_id = ""
    if not run_id:
        raise NoRunError(f"{published}: no run has been published yet.")
    return run_id


def run_ids(published: Path) -> tuple[str, ...]:
    """Ids of every run in the folder, oldest first."""
    folders = published.glob("runs/[0-9]*-*")
    return tuple(sorted((f.name for f in folders), key=lambda name: (int(name.split("-")[0]), name)))


def list_runs(published: Path) -> tuple[Listed, ...]:
    """Every run, newest first, the ones that can't be opened included."""
    return tuple(_listed(published, run_id) for run_id in reversed(run_ids(published)))


def _listed(published: Path, run_id: str) -> Listed:
    try:
        return Listed(run_id, read_manifest(published, run_id), "")
    except StoreError as error:
        return Listed(run_id, None, str(error))


def run_names(published: Path) -> dict[str, str]:
    """Names that people gave to runs, the last one given per run. Torn or foreign lines of the journal are skipped."""
    path = published / "journal.jsonl"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    return {entry["run_id"]: entry["label"] for entry in map(_pin, lines) if entry}


def _pin(line: str) -> dict[str, str] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    named = isinstance(entry, dict) and entry.get("kind") == "pin"
    return entry if named and {"run_id", "label"} <= set(entry) else None


def read_manifest(published: Path, run_id: str) -> Manifest:
    """The manifest of one run, checked. Raises ``UnknownRunError`` or ``UnreadableRunError``."""
    if run_id not in run_ids(published):
        raise UnknownRunError(f"{published}: there is no run {run_id!r}.")
    path = published / "runs" / run_id / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableRunError(f"{run_id}: manifest.json is missing or damaged.") from error
    if not isinstance(manifest, dict):
        raise UnreadableRunError(f"{run_id}: manifest.json is damaged.")
    if not readable(manifest):
        version = manifest.get("schema_version")
        raise UnreadableRunError(f"{run_id}: written in schema {version}, which this version of Amends can't read.")
    lacking = Manifest.__required_keys__ - set(manifest)
    lacking |= ProfileFacts.__required_keys__ - set(manifest.get("profile", {}))
    if lacking:
        raise UnreadableRunError(f"{run_id}: manifest.json lacks {', '.join(sorted(lacking))}.")
    return cast(Manifest, manifest)


def read_run(published: Path, run_id: str) -> Run:
    """One run with its tables. Raises ``UnknownRunError`` or ``UnreadableRunError``.

    A table that came later is empty in a run whose manifest doesn't count it, and may lack columns added since.
    """
    manifest = read_manifest(published, run_id)
    folder = published / "runs" / run_id
    return Run(manifest, **{name: _read_rows(folder, name) for name in READ if name in manifest["rows"]})


def _read_rows(folder: Path, name: str) -> Rows:
    contract = result_schema(name)
    try:
        table = pq.read_table(folder / f"{name}.parquet")
    except (OSError, pa.ArrowInvalid) as error:
        raise UnreadableRunError(f"{folder.name}: {name}.parquet is missing or damaged.") from error
    found = {field.name: field.type for field in table.schema}
    wrong = [f.name for f in contract if found.get(f.name) != f.type]
    if wrong:
        raise UnreadableRunError(f"{folder.name}: {name}.parquet breaks its contract in {', '.join(wrong)}.")
    try:
        return table_rows(TABLES[name], table)
    except ValueError as error:
        raise UnreadableRunError(f"{folder.name}: {name}.parquet holds a code nobody declares: {error}.") from error
