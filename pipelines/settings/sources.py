"""What a profile says of its sources: files, tables, words to look for, checks of its own, and where contacts are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pipelines.contracts.canonical import Column, Table
from pipelines.contracts.catalog.company import Retention
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.catalog.vocabulary import ACTIONS
from pipelines.contracts.sources import TABLES, Incidents, Interactions, Outcomes
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
from pipelines.settings.files import FileSpec, read_file_spec
from pipelines.settings.tables import TableSpec, read_table_spec

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
    """

    files: Mapping[str, FileSpec] = field(default_factory=dict)
    tables: Mapping[str, TableSpec] = field(default_factory=dict)
    action_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: str = ""
    contacts: ContactSpec | None = None


SECTIONS = (
    "profile", "files", "tables", "rates", "targets", "declared_outcomes", "covariates", "action_words", "checks",
    "contacts", "questions",
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
    tables = {
        name: read_table_spec(_contract(TABLES[name], covariates, outcomes), entry, files, path)
        for name, entry in declared.items()
    }
    checks = _keys(document.get("checks", {}), f"{path}: [checks]")
    check_known(checks, {"sql"}, f"{path}: [checks]", Noun.KEY)
    return Sources(
        files=files,
        tables=tables,
        action_words=_action_words(document.get("action_words", {}), path),
        checks=str(checks.get("sql", "")),
        contacts=_contacts(document.get("contacts"), files, f"{path}: [contacts]"),
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


def _contract(table: Table, covariates: Covariates, outcomes: Sequence[str]) -> Table:
    """The table's contract with what the profile declares: covariates, and outcomes of its own."""
    if table.name == Incidents.TABLE.name:
        return replace(table, columns=(*table.columns, *(Column(name, kind) for name, kind in covariates)))
    if table.name == Outcomes.TABLE.name:
        allowed = (*OUTCOMES, *outcomes)
        outcome = Column(Outcomes.outcome, replace(Outcomes.outcome.holds, allowed=allowed))
        columns = tuple(outcome if c == outcome else c for c in table.columns)
        return replace(table, columns=columns)
    return table


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
