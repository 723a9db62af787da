"""What a profile says about files and tables: ``source.toml`` as frozen, checked declarations. docs/profiles.md."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pipelines.contracts.sources import ACTIONS, TABLES, Column, Table
from pipelines.errors import SourceError
from pipelines.settings import Profile

Format = Literal["csv", "parquet", "xlsx"]
FORMATS: dict[str, Format] = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet", ".xlsx": "xlsx"}

_SECTIONS = {"profile", "files", "tables", "rates", "targets", "declared_outcomes", "covariates", "action_words"}
_FILE_KEYS = {
    "path", "format", "optional", "encoding", "delimiter", "quote", "header_row", "sheet", "decimal", "nulls",
}  # fmt: skip
_TABLE_KEYS = {"file", "sql", "columns", "values", "constants", "formats", "time_zones"}


@dataclass(frozen=True)
class FileSpec:
    """One ``[files.<alias>]``: where an export lies and how it is written.

    ``header_row`` counts physical rows from 1; two numbers mean a header of two rows. ``encoding`` empty: UTF-8, or
    what a byte order mark says.
    """

    alias: str
    path: str
    format: Format
    optional: bool = False
    encoding: str = ""
    delimiter: str = ","
    quote: str = '"'
    header_row: tuple[int, ...] = (1,)
    sheet: str = ""
    decimal: Literal[".", ","] = "."
    nulls: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSpec:
    """One ``[tables.<name>]``: a canonical table out of one file, or out of one SELECT over files.

    ``columns`` maps canonical to export names; empty with a file: headers that are canonical names are taken as they
    are. ``values`` maps export values to canonical ones per column.
    """

    table: Table
    file: str = ""
    sql: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    time_zones: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceSpec:
    """Everything a profile says about its sources."""

    files: Mapping[str, FileSpec]
    tables: Mapping[str, TableSpec]
    action_words: Mapping[str, tuple[str, ...]]


def read_spec(profile: Profile) -> SourceSpec:
    """The profile's files, tables and word lists; unknown keys raise ``SourceError`` with the nearest known one."""
    document, where = profile.document, profile.folder / "source.toml"
    _known(document, _SECTIONS, f"{where}:", "section")
    files = {alias: _file(alias, entry, where) for alias, entry in document.get("files", {}).items()}
    tables = {}
    for name, entry in document.get("tables", {}).items():
        _known([name], TABLES, f"{where}: [tables]", "table")
        tables[name] = _table(_contract(name, profile), entry, files, where)
    if "incidents" not in tables:
        raise SourceError(
            f"{where}: no [tables.incidents]. Say which file holds the incidents; it is the one table needed."
        )
    return SourceSpec(files, tables, _action_words(document.get("action_words", {}), where))


def suggestion(name: str, known: Collection[str]) -> str:
    """``Did you mean 'x'?`` for the nearest known name, else what is known."""
    near = difflib.get_close_matches(name.lower(), {k.lower(): k for k in known}, n=1, cutoff=0.6)
    by_lower = {k.lower(): k for k in known}
    return f"Did you mean {by_lower[near[0]]!r}?" if near else f"Known: {', '.join(sorted(known))}."


def _known(names: Collection[str], known: Collection[str], where: str, noun: str) -> None:
    for name in names:
        if name not in known:
            raise SourceError(f"{where} unknown {noun} {name!r}. {suggestion(name, known)}")


def _file(alias: str, entry: Mapping[str, Any], where: Path) -> FileSpec:
    at = f"{where}: [files.{alias}]"
    if not alias.isidentifier():
        raise SourceError(f"{at} use letters, digits and _ for the name of a file, so that SQL can name it too.")
    _known(entry, _FILE_KEYS, at, "key")
    if not isinstance(entry.get("path"), str):
        raise SourceError(f'{at} says no path. Add path = "export.csv" (a * is allowed).')
    given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    if isinstance(given.get("header_row"), int):
        given["header_row"] = (given["header_row"],)
    return FileSpec(**{"alias": alias, "format": _format(entry["path"], at), **given})


def _format(path: str, at: str) -> Format:
    suffix = Path(path.removesuffix(".gz")).suffix.lower()
    if suffix not in FORMATS:
        raise SourceError(f'{at} the ending {suffix!r} is not known. Say format = "csv", "parquet" or "xlsx".')
    return FORMATS[suffix]


def _contract(name: str, profile: Profile) -> Table:
    table = TABLES[name]
    if name != "incidents":
        return table
    covariates = tuple(Column(covariate, kind) for covariate, kind in profile.covariates)
    return replace(table, columns=(*table.columns, *covariates))


def _table(table: Table, entry: Mapping[str, Any], files: Mapping[str, FileSpec], where: Path) -> TableSpec:
    at = f"{where}: [tables.{table.name}]"
    _known(entry, _TABLE_KEYS, at, "key")
    if ("file" in entry) == ("sql" in entry):
        raise SourceError(f'{at} needs either file = "<name under [files]>" or sql = "{table.name}.sql".')
    if "file" in entry:
        _known([entry["file"]], files, at, "file")
    for part in ("columns", "values", "constants", "formats", "time_zones"):
        _known(entry.get(part, {}), table.by_name, f"{at[:-1]}.{part}]", "column")
    listed = {c: (f,) if isinstance(f, str) else tuple(f) for c, f in entry.get("formats", {}).items()}
    constants = {c: str(v) for c, v in entry.get("constants", {}).items()}
    return TableSpec(table=table, **{**entry, "formats": listed, "constants": constants})


def _action_words(entry: Mapping[str, Any], where: Path) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for language, actions in entry.items():
        at = f"{where}: [action_words.{language}]"
        _known(actions, ACTIONS, at, "action")
        for action, lists in actions.items():
            _known(lists, {"words"}, f"{at[:-1]}.{action}]", "key")
            words[action] = (*words.get(action, ()), *lists["words"])
    return words
