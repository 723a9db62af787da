"""One ``[tables.<name>]`` of a profile: which export, and which column and value of it, is which canonical one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.contracts.canonical import Table
from pipelines.contracts.sources import Fixes, Incidents
from pipelines.errors import SourceError
from pipelines.settings.declared import check_known, frozen, plain_text
from pipelines.settings.faults import Noun
from pipelines.settings.faults_of_files import (
    ColumnHasNoClock,
    ColumnIsNoTime,
    FileOrSql,
    FormatsMustBe,
    NoZone,
    OwnersAreNotRead,
    PartMustBeKeys,
    TableMustBeKeys,
    ValuesMustBe,
)

T = TypeVar("T")
OWNED = (Incidents.NAME, Fixes.NAME)


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


PARTS = tuple(f.name for f in fields(TableSpec) if f.name != "table")


def read_table_spec(table: Table, entry: Any, files: Collection[str], where: Path) -> TableSpec:
    """Check one entry; ``SourceError`` names the key that is wrong."""
    at = f"{where}: [tables.{table.name}]"
    if not isinstance(entry, Mapping):
        raise SourceError(TableMustBeKeys(at, f'{table.name} = {{ file = "…" }}'))
    check_known(entry, PARTS, at, Noun.KEY)
    if ("file" in entry) == ("sql" in entry):
        raise SourceError(FileOrSql(at, table.name))
    if "file" in entry:
        check_known([str(entry["file"])], files, at, Noun.FILE)
    spec = TableSpec(
        table=table,
        file=str(entry.get("file", "")),
        sql=str(entry.get("sql", "")),
        columns=_part(table, entry, "columns", at, lambda name, _: str(name)),
        values=_part(table, entry, "values", at, _value_map),
        constants=_part(table, entry, "constants", at, lambda value, _: plain_text(value)),
        formats=_part(table, entry, "formats", at, _formats),
        time_zones=_part(table, entry, "time_zones", at, lambda zone, _: str(zone)),
    )
    _check_times(spec, at)
    _check_labels(spec, at)
    return spec


def _part(table: Table, entry: Mapping[str, Any], part: str, at: str, read: Callable[[Any, str], T]) -> dict[str, T]:
    """Canonical column → what a part of the entry says of it; ``read`` is told where that stands."""
    given, inside = entry.get(part, {}), at[:-1]
    if not isinstance(given, Mapping):
        raise SourceError(PartMustBeKeys(f"{inside}.{part}]"))
    if part == "columns" and table.name in OWNED and "owner" in given:
        raise SourceError(OwnersAreNotRead(f"{inside}.{part}]"))
    check_known(given, table.by_name, f"{inside}.{part}]", Noun.COLUMN)
    beside = part == "formats"
    return {c: read(v, f"{inside}.{part}] {c}" if beside else f"{inside}.{part}.{c}]") for c, v in given.items()}


def _formats(value: Any, at: str) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    if not given or not all(isinstance(text, str) for text in given):
        raise SourceError(FormatsMustBe(at, '"%d.%m.%Y"'))
    return tuple(frozen(given))


def _value_map(values: Any, at: str) -> dict[str, str]:
    if not isinstance(values, Mapping):
        raise SourceError(ValuesMustBe(at))
    return {given: plain_text(canonical) for given, canonical in values.items()}


def _check_times(spec: TableSpec, at: str) -> None:
    for part, columns in (("formats", spec.formats), ("time_zones", spec.time_zones)):
        for column in columns:
            kind = spec.table.by_name[column].kind
            if kind not in ("time", "date"):
                raise SourceError(ColumnIsNoTime(f"{at[:-1]}.{part}]", column))
            if kind == "date" and part == "time_zones":
                raise SourceError(ColumnHasNoClock(f"{at[:-1]}.{part}]", column))
    for column, zone in spec.time_zones.items():
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SourceError(NoZone(f"{at[:-1]}.time_zones]", column, zone)) from error


def _check_labels(spec: TableSpec, at: str) -> None:
    """What maps and constants give must be labels that the contract accepts."""
    for column in spec.table.columns:
        given = {*spec.values.get(column.name, {}).values(), *filter(None, [spec.constants.get(column.name)])} - {""}
        if column.allowed:
            check_known(sorted(given), column.allowed, f"{at} {column.name}:", Noun.VALUE)
