"""What a profile says of its sources: files, tables, words to look for, checks of its own, and where contacts are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from pipelines.contracts.canonical import Column, Table
from pipelines.contracts.catalog.company import Retention
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.catalog.vocabulary import ACTIONS
from pipelines.contracts.sources import (
    TABLES,
    ComparisonOutcomes,
    ComparisonSubjects,
    Incidents,
    Interactions,
    Outcomes,
)
from pipelines.errors import SourceError
from pipelines.settings.declared import check_known
from pipelines.settings.faults import FlagsNotSupplied, Noun
from pipelines.settings.faults_of_files import (
    ContactsNeed,
    NoIncidents,
    PartMustBeKeys,
    WordsMustBe,
    WordsWithoutMessages,
)
from pipelines.settings.faults_of_shapes import ShapeChangesNothing
from pipelines.settings.files import FileSpec, read_file_spec
from pipelines.settings.shapes import ShapeSpec, read_shape
from pipelines.settings.tables import TableSpec, read_table_spec

T = TypeVar("T")
Covariates = Sequence[tuple[str, Literal["number", "label"]]]


@dataclass(frozen=True)
class ContactSpec:
    """``[contacts]``: the file that holds contacts, its incident column, and the columns to hand on."""

    file: str
    incident_id: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """Everything a profile says about its sources.

    ``action_words``: action → words that show it in a message. ``checks``: the SQL file of the profile's own checks.
    ``shapes``: file → its shape, where more than a map makes tables of it; ``tables`` has these tables too.
    """

    files: Mapping[str, FileSpec] = field(default_factory=dict)
    tables: Mapping[str, TableSpec] = field(default_factory=dict)
    action_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: str = ""
    contacts: ContactSpec | None = None
    shapes: Mapping[str, ShapeSpec] = field(default_factory=dict)


SECTIONS = (
    "profile", "files", "shape", "tables", "rates", "targets", "declared_outcomes", "covariates", "action_words",
    "checks", "contacts", "questions", "experiment",
)  # fmt: skip


def read_sources(document: Mapping[str, Any], path: Path, covariates: Covariates, outcomes: Sequence[str]) -> Sources:
    """The profile's files, tables and word lists; unknown keys raise ``SourceError`` with the nearest known one.

    ``covariates`` and ``outcomes`` are the profile's own, which its incidents and outcomes may hold.
    """
    check_known(document, SECTIONS, f"{path}:", Noun.SECTION)
    files = {
        alias: read_file_spec(alias, entry, path)
        for alias, entry in _keys(document.get("files", {}), f"{path}: [files]").items()
    }
    declared = _keys(document.get("tables", {}), f"{path}: [tables]")
    check_known(declared, TABLES, f"{path}: [tables]", Noun.TABLE)
    shapes = {
        alias: read_shape(alias, entry, files, (*OUTCOMES, *outcomes), path)
        for alias, entry in _keys(document.get("shape", {}), f"{path}: [shape]").items()
    }
    timeless = any(not shape.has_clock for shape in shapes.values())

    def contract(name: str) -> Table:
        return _contract(TABLES[name], covariates, outcomes, timeless=timeless)

    tables = {name: read_table_spec(contract(name), entry, files, path) for name, entry in declared.items()}
    tables = _with_derived(tables, shapes, lambda name: TableSpec(contract(name)), path)
    checks = _keys(document.get("checks", {}), f"{path}: [checks]")
    check_known(checks, {"sql"}, f"{path}: [checks]", Noun.KEY)
    return Sources(
        files=files,
        tables=tables,
        action_words=_action_words(document.get("action_words", {}), path),
        checks=str(checks.get("sql", "")),
        contacts=_contacts(document.get("contacts"), files, f"{path}: [contacts]"),
        shapes=shapes,
    )


def _keys(entry: Any, at: str) -> Mapping[str, Any]:
    """A part of the document that has to be keys and values."""
    if not isinstance(entry, Mapping):
        raise SourceError(PartMustBeKeys(at))
    return entry


def check_sources(sources: Sources, retention: Retention, path: Path) -> None:
    """Raise ``SourceError`` without the one table needed, and for what is declared of tables that aren't."""
    if Incidents.NAME not in sources.tables:
        raise SourceError(NoIncidents(path))
    if retention is Retention.FLAG and Outcomes.NAME not in sources.tables:
        raise SourceError(FlagsNotSupplied(path))
    if sources.action_words and Interactions.NAME not in sources.tables:
        raise SourceError(WordsWithoutMessages(path))


def _contract(table: Table, covariates: Covariates, outcomes: Sequence[str], *, timeless: bool) -> Table:
    """The table's contract with what the profile declares: covariates, and outcomes of its own.

    ``timeless``: a shape without a clock gives the incidents, so that no moment can be required of them.
    """
    columns = table.columns
    if table.name in (Outcomes.NAME, ComparisonOutcomes.NAME):
        allowed = (*OUTCOMES, *outcomes)
        outcome = Column(Outcomes.outcome, replace(Outcomes.outcome.holds, allowed=allowed))
        columns = tuple(outcome if c == outcome else c for c in columns)
    if table.name in (Incidents.NAME, ComparisonSubjects.NAME):
        columns = (*columns, *(Column(name, kind) for name, kind in covariates))
        moments = (Incidents.opened_at, ComparisonSubjects.index_at) if timeless else ()
        columns = tuple(Column(c, replace(c.holds, required=False)) if c in moments else c for c in columns)
    return replace(table, columns=columns)


def _with_derived(
    tables: Mapping[str, TableSpec], shapes: Mapping[str, ShapeSpec], contract: Callable[[str], TableSpec], where: Path
) -> dict[str, TableSpec]:
    """The tables of a profile with those that its shapes give; ``contract`` is an empty table of a name.

    A table that the profile takes from elsewhere is left alone; a shape that gives none then is refused.
    """
    found = dict(tables)
    for shape in shapes.values():
        for table in shape.tables:
            if table not in found:
                found[table] = replace(contract(table), file=shape.file)
        if not any(found[table].file == shape.file for table in shape.tables):
            raise SourceError(ShapeChangesNothing(f"{where}: [shape.{shape.file}]", shape.tables))
        own, incidents = found.get(ComparisonSubjects.NAME), found.get(Incidents.NAME)
        if own and incidents and own.file == incidents.file == shape.file:
            found[ComparisonSubjects.NAME] = _both_sides(incidents, own)
    return found


def _both_sides(incidents: TableSpec, own: TableSpec) -> TableSpec:
    """What is known of incidents is known of those whom nothing failed: the same columns, read alike."""
    shared = set(own.table.by_name) - {ComparisonSubjects.customer_id, ComparisonSubjects.index_at}

    def both(of: Mapping[str, T], besides: Mapping[str, T]) -> dict[str, T]:
        return {column: said for column, said in of.items() if column in shared} | dict(besides)

    return replace(
        own,
        columns=both(incidents.columns, own.columns),
        values=both(incidents.values, own.values),
        constants=both(incidents.constants, own.constants),
        formats=both(incidents.formats, own.formats),
        time_zones=both(incidents.time_zones, own.time_zones),
    )


def _action_words(entry: Mapping[str, Any], path: Path) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for language, actions in _keys(entry, f"{path}: [action_words]").items():
        at = f"{path}: [action_words.{language}"
        check_known(_keys(actions, f"{at}]"), ACTIONS, f"{at}]", Noun.ACTION)
        for action, lists in actions.items():
            check_known(_keys(lists, f"{at}.{action}]"), {"words"}, f"{at}.{action}]", Noun.KEY)
            if not isinstance(lists.get("words"), list):
                raise SourceError(WordsMustBe(f"{at}.{action}]", 'words = ["…", "…"]'))
            words[action] = (*words.get(action, ()), *map(str, lists["words"]))
    return words


def _contacts(entry: Any, files: Collection[str], at: str) -> ContactSpec | None:
    if entry is None:
        return None
    if not isinstance(entry, Mapping):
        raise SourceError(ContactsNeed(at))
    check_known(entry, tuple(ContactSpec.__dataclass_fields__), at, Noun.KEY)
    columns = entry.get("columns")
    named = isinstance(columns, list) and columns and all(isinstance(column, str) for column in columns)
    if not named or not all(isinstance(entry.get(key), str) for key in ("file", Incidents.incident_id)):
        raise SourceError(ContactsNeed(at))
    check_known([entry["file"]], files, at, Noun.FILE)
    return ContactSpec(entry["file"], entry[Incidents.incident_id], tuple(columns or ()))
