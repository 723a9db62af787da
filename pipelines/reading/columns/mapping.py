"""From the columns of an export to canonical columns, still as written there: maps, constants, blanks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipelines.contracts.message import Fault
from pipelines.errors import ContractError
from pipelines.reading.columns.faults import (
    ConstantBesideColumn,
    NeededColumnMissing,
    NoColumn,
    NoColumnButOne,
    NothingSupplies,
    OneOfSeveral,
)
from pipelines.reading.columns.readings import is_number, is_time
from pipelines.reading.files.lists import is_one_of_several
from pipelines.reading.files.quoting import BLANKS, name, text, texts
from pipelines.settings.declared import shown, suggestion
from pipelines.settings.faults import Shown
from pipelines.settings.files import FileSpec, Format
from pipelines.settings.tables import TableSpec

# What begins and ends with a visible ASCII character needs no trimming, which costs ten times the test.
_TRIM = "[!-~](.*[!-~])?"


@dataclass(frozen=True)
class Origin:
    """What a canonical table is made of: a relation with ``_file`` and ``_line``, its columns and their types.

    ``where`` and ``found`` are for messages: the files, and all columns of the export.
    """

    relation: str
    columns: Mapping[str, str]
    file: FileSpec
    where: Shown
    found: tuple[str, ...]


@dataclass(frozen=True)
class Mapped:
    """One canonical column as SQL over the relation, and the engine type of that SQL."""

    sql: str
    native: str


def map_columns(spec: TableSpec, origin: Origin) -> dict[str, Mapped]:
    """Canonical column → SQL, for the columns that the profile supplies, in the contract's order.

    Raises ``ContractError`` when a column that the profile names, or the contract needs, isn't there.
    """
    sources = _sources(spec, origin)
    _check_used(spec, origin, sources)
    mapped = {}
    for column in spec.table.columns:
        if column.name in sources:
            mapped[column.name] = _mapped(spec, origin, column.name, sources[column.name])
        elif column.name in spec.constants:
            mapped[column.name] = Mapped(text(spec.constants[column.name]), "VARCHAR")
        elif column.required:
            raise ContractError(NeededColumnMissing(origin.where, column.name, spec.table.name, shown(origin.found)))
    return mapped


def _check_used(spec: TableSpec, origin: Origin, sources: Collection[str]) -> None:
    """What is said of a column has to be about one that is there, and no constant hides behind a column."""
    inside = f"[tables.{spec.table.name}"
    for part, columns in (("values", spec.values), ("formats", spec.formats), ("time_zones", spec.time_zones)):
        for column in columns:
            if column not in sources and column not in spec.constants:
                raise ContractError(NothingSupplies(origin.where, f"{inside}.{part}]", column))
    for column in spec.constants:
        if column in sources:
            raise ContractError(ConstantBesideColumn(origin.where, f"{inside}.constants]", column))


def _sources(spec: TableSpec, origin: Origin) -> dict[str, str]:
    by_lower = {column.lower(): column for column in origin.columns}
    given = spec.columns or {canonical: canonical for canonical in spec.table.by_name if canonical in by_lower}
    for canonical, column in given.items():
        if column.lower() not in by_lower:
            raise ContractError(_no_column(origin, column, canonical, spec.table.name))
        if is_one_of_several(column, (*origin.columns, *origin.found)):
            raise ContractError(OneOfSeveral(origin.where, column, canonical, spec.table.name))
    return {canonical: by_lower[column.lower()] for canonical, column in given.items()}


def _no_column(origin: Origin, column: str, canonical: str, table: str) -> Fault:
    found, meant = shown(origin.found), suggestion(column, origin.found)
    if len(origin.found) == 1 and origin.file.format is Format.CSV:
        return NoColumnButOne(origin.where, column, canonical, table, found, meant, origin.file.alias)
    return NoColumn(origin.where, column, canonical, table, found, meant)


def written_text(column: str, native: str, nulls: tuple[str, ...]) -> str:
    """SQL of a column as the export writes it, without blanks around it and texts that mean "nothing"."""
    return _with_nulls(_as_text(column, native), nulls)


def with_values(written: str, values: Mapping[str, str]) -> str:
    """SQL of a written text under its canonical value, where the profile maps it."""
    return _with_values(written, values)


def _mapped(spec: TableSpec, origin: Origin, canonical: str, column: str) -> Mapped:
    native = origin.columns[column]
    values, kind = spec.values.get(canonical, {}), spec.table.by_name[canonical].kind
    typed = {"time": is_time, "date": is_time, "flag": "BOOLEAN".__eq__}.get(kind, is_number)
    if not values and not origin.file.nulls and kind not in ("id", "label", "text") and typed(native):
        return Mapped(name(column), native)
    written = _with_nulls(_as_text(column, native), origin.file.nulls)
    return Mapped(_with_values(written, values), "VARCHAR")


def _as_text(column: str, native: str) -> str:
    source = name(column)
    if native == "VARCHAR":
        trimmed = f"nullif(trim({source}, {text(BLANKS)}), '')"
        return f"CASE WHEN regexp_full_match({source}, '{_TRIM}') THEN {source} ELSE {trimmed} END"
    if native in ("FLOAT", "DOUBLE"):
        whole = f"CAST(TRY_CAST({source} AS BIGINT) AS VARCHAR)"
        return f"CASE WHEN {source} = floor({source}) THEN {whole} ELSE CAST({source} AS VARCHAR) END"
    return f"CAST({source} AS VARCHAR)"


def _with_nulls(written: str, nulls: tuple[str, ...]) -> str:
    return f"CASE WHEN {written} NOT IN ({texts(nulls)}) THEN {written} END" if nulls else written


def _with_values(written: str, values: Mapping[str, str]) -> str:
    if not values:
        return written
    given = {value: canonical for value, canonical in values.items() if value not in ("", "*")}
    cases = "".join(f" WHEN {written} = {text(value)} THEN {_literal(to)}" for value, to in given.items())
    blank = f"WHEN {written} IS NULL THEN {_literal(values.get('', ''))}"
    other = _literal(values["*"]) if "*" in values else written
    return f"CASE {blank}{cases} ELSE {other} END"


def _literal(value: str) -> str:
    return text(value) if value else "NULL"
