"""What a profile says about files and tables: ``source.toml`` as frozen, checked declarations. See docs/profiles.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.contracts.sources import TABLES
from pipelines.contracts.table import Column, Table
from pipelines.contracts.vocabulary import ACTIONS
from pipelines.errors import SourceError
from pipelines.reading.files.file_spec import FileSpec, read_file_spec
from pipelines.settings.names import check_known
from pipelines.settings.profile import Profile

_SECTIONS = {
    "profile", "files", "tables", "rates", "targets", "declared_outcomes", "covariates", "action_words", "checks",
    "contacts",
}  # fmt: skip
_TABLE_KEYS = {"file", "sql", "columns", "values", "constants", "formats", "time_zones"}


@dataclass(frozen=True)
class TableSpec:
    """One ``[tables.<name>]``: a canonical table out of one file, or out of one SELECT over files.

    ``columns`` maps canonical to export names; empty: headers that are canonical names are taken as they are.
    ``values`` maps export values to canonical ones per column ("*": any other, "": nothing).
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
    """Everything a profile says about its sources.

    ``action_words``: action → words that show it in a message. ``checks``: the SQL file of the profile's own checks.
    """

    files: Mapping[str, FileSpec]
    tables: Mapping[str, TableSpec]
    action_words: Mapping[str, tuple[str, ...]]
    checks: str = ""


def read_spec(profile: Profile) -> SourceSpec:
    """The profile's files, tables and word lists; unknown keys raise ``SourceError`` with the nearest known one."""
    document, where = profile.document, profile.folder / "source.toml"
    check_known(document, _SECTIONS, f"{where}:", "section")
    files = {alias: read_file_spec(alias, entry, where) for alias, entry in document.get("files", {}).items()}
    check_known(document.get("tables", {}), TABLES, f"{where}: [tables]", "table")
    tables = {
        name: _table(_contract(TABLES[name], profile), entry, files, where)
        for name, entry in document.get("tables", {}).items()
    }
    if "incidents" not in tables:
        raise SourceError(f"{where}: no [tables.incidents]. Say which file holds the incidents, the one table needed.")
    checks = document.get("checks", {})
    check_known(checks, {"sql"}, f"{where}: [checks]", "key")
    words = _action_words(document.get("action_words", {}), where)
    return SourceSpec(files, tables, words, str(checks.get("sql", "")))


def _contract(table: Table, profile: Profile) -> Table:
    """The table's contract with what the profile declares: covariates, and outcomes of its own."""
    if table.name == "incidents":
        return replace(table, columns=(*table.columns, *(Column(name, kind) for name, kind in profile.covariates)))
    if table.name == "outcomes":
        allowed = (*OUTCOMES, *(o.id for o in profile.outcomes))
        columns = tuple(replace(c, allowed=allowed) if c.name == "outcome" else c for c in table.columns)
        return replace(table, columns=columns)
    return table


def _table(table: Table, entry: Any, files: Mapping[str, FileSpec], where: Path) -> TableSpec:
    at = f"{where}: [tables.{table.name}]"
    if not isinstance(entry, Mapping):
        raise SourceError(f'{at} write it as {table.name} = {{ file = "…" }}.')
    check_known(entry, _TABLE_KEYS, at, "key")
    if ("file" in entry) == ("sql" in entry):
        raise SourceError(f'{at} needs either file = "<name under [files]>" or sql = "{table.name}.sql".')
    if "file" in entry:
        check_known([str(entry["file"])], files, at, "file")
    parts = {
        part: _part(table, entry, part, at) for part in ("columns", "values", "constants", "formats", "time_zones")
    }
    spec = TableSpec(
        table=table,
        file=str(entry.get("file", "")),
        sql=str(entry.get("sql", "")),
        columns={c: str(name) for c, name in parts["columns"].items()},
        values={c: _value_map(values, f"{at[:-1]}.values.{c}]") for c, values in parts["values"].items()},
        constants={c: plain_text(v) for c, v in parts["constants"].items()},
        formats={c: _formats(v, f"{at[:-1]}.formats] {c}") for c, v in parts["formats"].items()},
        time_zones={c: str(zone) for c, zone in parts["time_zones"].items()},
    )
    _check_times(spec, at)
    _check_labels(spec, at)
    return spec


def _part(table: Table, entry: Mapping[str, Any], part: str, at: str) -> Mapping[str, Any]:
    given = entry.get(part, {})
    if not isinstance(given, Mapping):
        raise SourceError(f"{at[:-1]}.{part}] must be a table of column = value.")
    check_known(given, table.by_name, f"{at[:-1]}.{part}]", "column")
    return given


def _formats(value: object, at: str) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    if not given or not all(isinstance(text, str) for text in given):
        raise SourceError(f'{at} must be a text such as "%d.%m.%Y", or a list of them.')
    return tuple(given)


def _value_map(values: Any, at: str) -> dict[str, str]:
    if not isinstance(values, Mapping):
        raise SourceError(f'{at} must be a table of "value in the export" = "canonical value".')
    return {given: plain_text(canonical) for given, canonical in values.items()}


def _check_times(spec: TableSpec, at: str) -> None:
    for part, columns in (("formats", spec.formats), ("time_zones", spec.time_zones)):
        for column in columns:
            if spec.table.by_name[column].kind not in ("time", "date"):
                raise SourceError(f"{at[:-1]}.{part}] {column} is no time. Remove the line.")
    for column, zone in spec.time_zones.items():
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SourceError(
                f"{at[:-1]}.time_zones] {column}: {zone!r} is not a zone such as Europe/Paris."
            ) from error


def _check_labels(spec: TableSpec, at: str) -> None:
    """What maps and constants give must be labels that the contract accepts."""
    for column in spec.table.columns:
        given = {*spec.values.get(column.name, {}).values(), *filter(None, [spec.constants.get(column.name)])} - {""}
        if column.allowed:
            check_known(sorted(given), column.allowed, f"{at} {column.name}:", "value")


def _action_words(entry: Mapping[str, Any], where: Path) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for language, actions in entry.items():
        at = f"{where}: [action_words.{language}"
        check_known(actions, ACTIONS, f"{at}]", "action")
        for action, lists in actions.items():
            check_known(lists, {"words"}, f"{at}.{action}]", "key")
            if not isinstance(lists.get("words"), list):
                raise SourceError(f'{at}.{action}] needs words = ["…", "…"].')
            words[action] = (*words.get(action, ()), *map(str, lists["words"]))
    return words


def plain_text(value: Any) -> str:
    """A TOML value as an export would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)
