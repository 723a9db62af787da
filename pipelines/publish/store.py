"""The only reader of published runs: for the app, the command line and tests. A run is shown as it was published.

No Streamlit here, and nothing is computed.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from pipelines.contracts.access import LOCAL, Actor, Scope
from pipelines.contracts.manifest import Manifest, ManifestError, ProfileFacts, decoded
from pipelines.contracts.message import Caveat, Fault
from pipelines.contracts.messages.faults import ManifestDamaged, ManifestLacks, NoRun, SchemaUnknown, UnknownRun
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.contracts.tables.published import SCHEMA_VERSION, TABLES
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.contracts.tables.valuation import Valuation
from pipelines.contracts.tables.worklist import LostCase
from pipelines.publish.faults import NoRunError as NoRunError
from pipelines.publish.faults import StoreError as StoreError
from pipelines.publish.faults import UnknownRunError as UnknownRunError
from pipelines.publish.faults import UnreadableRunError as UnreadableRunError

C = TypeVar("C")


@dataclass(frozen=True)
class Run:
    """One published run: its manifest and its small tables as rows (nulls are ``None``).

    ``provisos``: what a run of an earlier version can't say.
    """

    manifest: Manifest
    effects: tuple[Effect, ...] = ()
    curves: tuple[CurvePoint, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    measures: tuple[Measured, ...] = ()
    contrasts: tuple[Contrasted, ...] = ()
    valuations: tuple[Valuation, ...] = ()
    decision_reviews: tuple[DecisionReview, ...] = ()
    quality: tuple[RowsCounted, ...] = ()
    events: tuple[EventMeasure, ...] = ()
    policies: tuple[Policy, ...] = ()
    offers: tuple[Offer, ...] = ()
    scenario_cells: tuple[ScenarioCell, ...] = ()
    scenario_factors: tuple[ScenarioFactor, ...] = ()
    worklist: tuple[LostCase, ...] = ()
    provisos: tuple[Caveat, ...] = ()

    @property
    def run_id(self) -> str:
        """The id that the address carries."""
        return self.manifest.run_id

    @property
    def profile(self) -> ProfileFacts:
        """What the company declared about its data."""
        return self.manifest.profile

    @property
    def locale(self) -> str:
        """How the company writes numbers and days."""
        return self.profile.locale

    @property
    def data_cut(self) -> date:
        """The last day the data covers."""
        return self.manifest.data_cut

    @property
    def created_at(self) -> datetime:
        """When the run was published, with its zone."""
        return self.manifest.created_at


READ = tuple(f.name for f in fields(Run) if f.name in TABLES)


@dataclass(frozen=True)
class Listed:
    """One line of the list of runs; ``trouble`` says why it can't be opened, where it can't."""

    run_id: str
    manifest: Manifest | None
    trouble: Fault | None


@dataclass(frozen=True)
class Store:
    """The runs of one published folder, as one actor may see them."""

    published: Path
    actor: Actor
    scope: Scope

    def current_id(self) -> str:
        """The run the pointer names. Raises :class:`NoRunError` when there is none."""
        try:
            run_id = (self.published / "current").read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            run_id = ""
        if not run_id:
            raise NoRunError(NoRun(self.published))
        return run_id

    def run_ids(self) -> tuple[str, ...]:
        """Ids of every run in the folder, oldest first."""
        folders = self.published.glob("runs/[0-9]*-*")
        return tuple(sorted((f.name for f in folders), key=lambda name: (int(name.split("-")[0]), name)))

    def listed(self) -> tuple[Listed, ...]:
        """Every run, newest first, the ones that can't be opened included."""
        return tuple(self._listed(run_id) for run_id in reversed(self.run_ids()))

    def _listed(self, run_id: str) -> Listed:
        try:
            return Listed(run_id, self.manifest(run_id), None)
        except StoreError as error:
            return Listed(run_id, None, error.fault)

    def folder(self, run_id: str) -> Path:
        """Where the files of a run are. Raises :class:`UnknownRunError`."""
        if run_id not in self.run_ids():
            raise UnknownRunError(UnknownRun(self.published, run_id))
        return self.published / "runs" / run_id

    def manifest(self, run_id: str) -> Manifest:
        """The manifest of one run, checked. Raises :class:`UnknownRunError` or :class:`UnreadableRunError`."""
        path = self.folder(run_id) / "manifest.json"
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UnreadableRunError(ManifestDamaged(run_id)) from error
        if not isinstance(document, dict):
            raise UnreadableRunError(ManifestDamaged(run_id))
        version = document.get("schema_version")
        if not isinstance(version, int) or not 1 <= version <= SCHEMA_VERSION:
            raise UnreadableRunError(SchemaUnknown(run_id, str(version)))
        try:
            return decoded(document)
        except ManifestError as error:
            raise UnreadableRunError(ManifestLacks(run_id, str(error))) from error

    def run(self, run_id: str) -> Run:
        """One run with its tables. Raises :class:`UnknownRunError` or :class:`UnreadableRunError`.

        A table that came later is empty in a run whose manifest doesn't count it, and a later column holds its default.
        """
        from pipelines.publish import older, tables

        manifest, folder = self.manifest(run_id), self.folder(run_id)
        whole = manifest.schema_version == SCHEMA_VERSION
        found: dict[str, Any]
        if manifest.schema_version < older.CODED:
            earlier = older.read(folder, manifest, [TABLES[name] for name in READ], tables.cells)
            found = {**earlier.tables, "provisos": earlier.provisos}
        else:
            found = {name: tables.rows(folder, TABLES[name], whole=whole) for name in READ if name in manifest.rows}
            found["provisos"] = () if whole else older.never_had(manifest, READ)
        return Run(manifest, **found)

    def current(self) -> Run:
        """The current run. Raises :class:`NoRunError` or :class:`UnreadableRunError`."""
        return self.run(self.current_id())

    def incidents(self, run_id: str, case: type[C]) -> Iterator[C]:
        """The incidents of a run as ``case``, a dataclass whose fields are the columns of the mart that are wanted.

        They are read as they are asked for, never all at once. Raises :class:`UnreadableRunError` for columns that the
        run doesn't have.
        """
        from pipelines.publish import tables

        return tables.incidents(self.folder(run_id), case)


def local_store(published: Path | None = None) -> Store:
    """The runs of a folder (unsaid: of :func:`published_folder`) as the user of this machine sees them: everything."""
    return Store(published or published_folder(), LOCAL, Scope.everything())


def published_folder(given: str | None = None) -> Path:
    """The published folder: what was named, else ``AMENDS_PUBLISHED``, else ``published/``."""
    return Path(given or os.environ.get("AMENDS_PUBLISHED") or "published")
