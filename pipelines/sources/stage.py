"""One canonical table out of raw text: mapped, parsed, checked row by row. Grain: one row per row of the export."""

from collections.abc import Mapping, Sequence

from pipelines.contracts.sources import SQL_TYPE, Column
from pipelines.engine import Engine
from pipelines.errors import ContractError
from pipelines.settings import Profile
from pipelines.sources.ledger import set_aside_faults
from pipelines.sources.parsing import Parse, parse_column
from pipelines.sources.privacy import keyed_hash
from pipelines.sources.quoting import name, text, texts
from pipelines.sources.spec import FileSpec, TableSpec, suggestion

BLANKS = " \t\r\n\u00a0\ufeff"


def stage_table(
    engine: Engine,
    profile: Profile,
    spec: TableSpec,
    file: FileSpec,
    relation: str,
    found: Sequence[str],
    pads: tuple[bytes, bytes],
) -> frozenset[str]:
    """Create the table in the engine, quarantine its faulty rows; returns the canonical columns supplied.

    The table holds the contract's columns and ``_file`` and ``_line``. Raises ``ContractError`` when a column is
    missing or nothing is left.
    """
    mapped = _mapped_columns(spec, found)
    supplied = frozenset(mapped) | frozenset(spec.constants)
    columns = [c for c in spec.table.columns if c.name in supplied]
    parses = {
        c.name: parse_column(
            c, spec.time_zones.get(c.name, profile.time_zone), spec.formats.get(c.name, ()), file.decimal
        )
        for c in columns
    }
    faults = [(c.name, reason, condition) for c in columns for reason, condition in _faults(c, parses[c.name])]
    uses_key = any(c.person for c in columns)
    engine.run(
        f"CREATE TABLE {name(spec.table.name)} AS {_select(spec, file, relation, mapped, parses, faults)}",
        pads if uses_key else (),
    )
    set_aside_faults(engine, spec.table.name, [(column, reason) for column, reason, _ in faults])
    return supplied


def _mapped_columns(spec: TableSpec, found: Sequence[str]) -> dict[str, str]:
    """Canonical name → column of the export."""
    by_lower = {column.lower(): column for column in found}
    if not spec.columns:
        return {c: by_lower[c] for c in spec.table.by_name if c in by_lower}
    for canonical, column in spec.columns.items():
        if column.lower() not in by_lower:
            raise ContractError(
                f"[tables.{spec.table.name}]: no column {column!r} for {canonical}; found {', '.join(found)}. "
                f"{suggestion(column, found)}"
            )
    return {canonical: by_lower[column.lower()] for canonical, column in spec.columns.items()}


def _faults(column: Column, parse: Parse) -> list[tuple[str, str]]:
    missing = [("missing", f"{name(column.name)} IS NULL")] if column.required else []
    return [*missing, *parse.faults]


def _select(
    spec: TableSpec,
    file: FileSpec,
    relation: str,
    mapped: Mapping[str, str],
    parses: Mapping[str, Parse],
    faults: Sequence[tuple[str, str, str]],
) -> str:
    raw = [f"{_text(spec, file, c, mapped)} AS {name(c)}" for c in parses]
    middle = [f"{sql} AS {alias}" for parse in parses.values() for alias, sql in parse.middle.items()]
    values = [f"{_value(c, parses)} AS {name(c.name)}" for c in spec.table.columns]
    cases = " ".join(f"WHEN {condition} THEN {i}" for i, (_, _, condition) in enumerate(faults, start=1))
    fault = f"CASE {cases} ELSE 0 END" if cases else "0"
    return (
        f"SELECT {', '.join(values)}, _file, _line, {fault} AS _fault FROM ("
        f"SELECT {', '.join(['*', *middle])} FROM (SELECT {', '.join([*raw, '_file', '_line'])} FROM {relation}))"
    )


def _text(spec: TableSpec, file: FileSpec, column: str, mapped: Mapping[str, str]) -> str:
    if column not in mapped:
        return text(spec.constants[column])
    trimmed = f"nullif(trim({name(mapped[column])}, {text(BLANKS)}), '')"
    if file.nulls:
        trimmed = f"CASE WHEN {trimmed} NOT IN ({texts(file.nulls)}) THEN {trimmed} END"
    values = spec.values.get(column, {})
    if not values:
        return trimmed
    cases = " ".join(f"WHEN {text(given)} THEN {text(canonical)}" for given, canonical in values.items())
    return f"CASE {trimmed} {cases} ELSE {trimmed} END"


def _value(column: Column, parses: Mapping[str, Parse]) -> str:
    if column.name not in parses:
        return f"CAST(NULL AS {SQL_TYPE[column.kind]})"
    value = parses[column.name].value
    return keyed_hash(value) if column.person else value
