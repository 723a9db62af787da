"""The only reader of published runs: for the app, the command line and tests. A run is shown as it was published,
and only if it is what was published: every file is held against its digest before anything of it is shown.

No Streamlit here, and nothing is computed.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from pipelines.contracts.access import Actor, Scope
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.manifest import Manifest, ProfileFacts
from pipelines.contracts.message import Caveat, Fault
from pipelines.contracts.messages.earlier import FilesUnsealed
from pipelines.contracts.messages.faults import NoRun, NoWholeRun, PointerNamesNoRun, UnknownRun
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.contracts.tables.measure import Measured, SeriesPoint
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.contracts.tables.published import SCHEMA_VERSION, TABLES
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.contracts.tables.valuation import Valuation
from pipelines.contracts.tables.worklist import LostCase
from pipelines.publish import pointer, whole
from pipelines.publish.faults import NoRunError as NoRunError
from pipelines.publish.faults import StoreError as StoreError
from pipelines.publish.faults import UnknownRunError as UnknownRunError
from pipelines.publish.faults import UnreadableRunError as UnreadableRunError
from pipelines.publish.lease import Lease, lease
from pipelines.publish.lock import user

C = TypeVar("C")


@dataclass(frozen=True)
class Run:
    """One published run: its manifest and its small tables as rows (nulls are ``None``).

    ``provisos``: what a run of an earlier version can't say. While a run is held it isn't pruned.
    """

    manifest: Manifest
    effects: tuple[Effect, ...] = ()
    curves: tuple[CurvePoint, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    measures: tuple[Measured, ...] = ()
    series: tuple[SeriesPoint, ...] = ()
    contrasts: tuple[Contrasted, ...] = ()
    valuations: tuple[Valuation, ...] = ()
    decision_reviews: tuple[DecisionReview, ...] = ()
    quality: tuple[RowsCounted, ...] = ()
    events: tuple[EventMeasure, ...] = ()
    policies: tuple[Policy, ...] = ()
    offers: tuple[Offer, ...] = ()
    scenario_cells: tuple[ScenarioCell, ...] = ()
    scenario_factors: tuple[ScenarioFactor, ...] = ()
    findings: tuple[Finding, ...] = ()
    worklist: tuple[LostCase, ...] = ()
    provisos: tuple[Caveat, ...] = ()
    lease: Lease | None = field(default=None, repr=False, compare=False)

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
class Standing:
    """The run shown where none is asked for; ``trouble`` says why it isn't the one that was published to be shown."""

    run_id: str
    trouble: Fault | None


@dataclass(frozen=True)
class Store:
    """The runs of one published folder, as one actor may see them."""

    published: Path
    actor: Actor
    scope: Scope

    def current_id(self) -> str:
        """The run that is shown where none is asked for. Raises as :meth:`standing` does."""
        return self.standing().run_id

    def standing(self) -> Standing:
        """The run the pointer names if it is whole, else the newest that is, with the reason why.

        Raises :class:`NoRunError` where there is no run at all, :class:`UnreadableRunError` where none is whole.
        """
        pointed = pointer.pointed_at(self.published)
        while True:
            trouble = self._trouble(pointed)
            if trouble is None:
                return Standing(str(pointed), None)
            # A run may be published, and the one before it pruned, between two looks.
            again = pointer.pointed_at(self.published)
            if again == pointed:
                return self._newest_whole(trouble)
            pointed = again

    def _trouble(self, pointed: str | Fault) -> Fault | None:
        """Why the run that is pointed at can't be shown; nothing where it can."""
        if not isinstance(pointed, str):
            return pointed
        try:
            self.check(pointed)
        except UnknownRunError:
            return PointerNamesNoRun(self.published, pointed)
        except UnreadableRunError as error:
            return error.fault
        return None

    def _newest_whole(self, trouble: Fault) -> Standing:
        for run_id in self.whole_ids():
            return Standing(run_id, trouble)
        if not (run_ids := self.run_ids()):
            raise NoRunError(NoRun(self.published))
        raise UnreadableRunError(trouble if len(run_ids) == 1 else NoWholeRun(self.published, trouble))

    def whole_ids(self) -> Iterator[str]:
        """Every run that is what was published, newest first, those that were held back last."""
        found = [one.manifest for one in self.listed() if one.manifest is not None]
        for manifest in sorted(found, key=lambda m: m.held_back):
            if not any(whole.faults_of(self.published / "runs" / manifest.run_id, manifest)):
                yield manifest.run_id

    def run_ids(self) -> tuple[str, ...]:
        """Ids of every run in the folder, oldest first."""
        try:
            folders = [f.name for f in (self.published / "runs").iterdir() if pointer.is_run_id(f.name) and f.is_dir()]
        except OSError:
            return ()
        return tuple(sorted(folders, key=lambda name: (pointer.number(name), name)))

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
        folder = self.published / "runs" / run_id
        if not pointer.is_run_id(run_id) or not folder.is_dir():
            raise UnknownRunError(UnknownRun(self.published, run_id))
        return folder

    def manifest(self, run_id: str) -> Manifest:
        """The manifest of one run, checked. Raises :class:`UnknownRunError` or :class:`UnreadableRunError`."""
        return whole.manifest_of(self.folder(run_id), SCHEMA_VERSION)

    def check(self, run_id: str) -> None:
        """Raises :class:`UnknownRunError`, or :class:`UnreadableRunError` for a run that isn't what was published."""
        whole.check_whole(self.folder(run_id), self.manifest(run_id))

    def run(self, run_id: str) -> Run:
        """One run with its tables. Raises :class:`UnknownRunError` or :class:`UnreadableRunError`.

        A table that came later is empty in a run whose manifest doesn't count it, and a later column holds its default.
        """
        folder = self.folder(run_id)
        held = lease(folder)
        manifest = self.manifest(run_id)
        whole.check_whole(folder, manifest)
        return Run(manifest, **self._tables(folder, manifest), lease=held)

    def _tables(self, folder: Path, manifest: Manifest) -> dict[str, Any]:
        """The tables of a run by name, and what it can't say."""
        from pipelines.publish import older, tables

        latest = manifest.schema_version == SCHEMA_VERSION
        found: dict[str, Any]
        if manifest.schema_version < older.CODED:
            earlier = tables.guarded(
                folder, lambda: older.read(folder, manifest, [TABLES[name] for name in READ], tables.cells)
            )
            found, provisos = dict(earlier.tables), earlier.provisos
        else:
            found = {name: tables.rows(folder, TABLES[name], whole=latest) for name in READ if name in manifest.rows}
            provisos = () if latest else older.never_had(manifest, READ)
        return {**found, "provisos": provisos if manifest.files else (*provisos, FilesUnsealed())}

    def current(self) -> Run:
        """The current run. Raises :class:`NoRunError` or :class:`UnreadableRunError`."""
        return self.run(self.current_id())

    def incidents(self, run_id: str, case: type[C]) -> Iterator[C]:
        """The incidents of a run as ``case``, a dataclass whose fields are the columns of the mart that are wanted.

        They are read as they are asked for, never all at once. Raises :class:`UnreadableRunError` for columns that the
        run doesn't have.
        """
        from pipelines.publish import tables

        folder = self.folder(run_id)
        held = lease(folder)
        self.check(run_id)
        return tables.incidents(folder, case, held)


def local_store(published: Path | None = None) -> Store:
    """The runs of a folder (unsaid: of :func:`published_folder`) as the user of this machine sees them: everything."""
    return Store(published or published_folder(), Actor(user()), Scope.everything())


def published_folder(given: str | None = None) -> Path:
    """The published folder: what was named, else ``AMENDS_PUBLISHED``, else ``published/``."""
    return Path(given or os.environ.get("AMENDS_PUBLISHED") or "published")
