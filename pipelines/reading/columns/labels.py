"""Labels stay few and short: rare ones become ``other``, and long ones, which may be somebody's words, never pass."""

from collections.abc import Collection, Mapping

from pipelines.contracts.canonical import Column
from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.sources import Incidents
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.reading.files.quoting import name, text
from pipelines.reading.tables.warnings import counted
from pipelines.settings.tables import TableSpec

MOST_LABELS = 200
LONGEST_LABEL = 80
LONGEST_CODE = 3
OTHER, LONG = "other", "other_long_text"
# Codes with a check of their own.
_EXEMPT = (Incidents.currency,)


def bucket_labels(
    engine: Engine, tables: Mapping[str, TableSpec], supplied: Mapping[str, Collection[str]]
) -> list[Diagnostic]:
    """Bucket every label column that has no list of allowed values; equal names share their labels across tables."""
    holders: dict[str, list[str]] = {}
    for table, columns in sorted(supplied.items()):
        for column in tables[table].table.columns:
            if _is_open(column) and column.name in columns:
                holders.setdefault(column.name, []).append(table)
    return [row for column, where in holders.items() for row in _bucket(engine, column, where)]


def short_label(column: Column, value: str) -> str:
    """SQL for a label that is no text: a long one, or a currency that is no code, is gone before it is stored."""
    if column.name in _EXEMPT:
        return f"CASE WHEN length({value}) <= {LONGEST_CODE} THEN {value} ELSE left({value}, 0) END"
    return f"CASE WHEN length({value}) > {LONGEST_LABEL} THEN {text(LONG)} ELSE {value} END"


def _is_open(column: Column) -> bool:
    return column.kind == "label" and not column.allowed and column.name not in _EXEMPT


def _bucket(engine: Engine, column: str, tables: list[str]) -> list[Diagnostic]:
    quoted = name(column)
    long = sum(int(engine.value(f"SELECT count(*) FROM {t} WHERE {quoted} = {text(LONG)}")) for t in tables)
    union = " UNION ALL ".join(f"SELECT {quoted} AS label FROM {t} WHERE {quoted} IS NOT NULL" for t in tables)
    engine.run(
        f"CREATE TABLE raw._labels AS SELECT label FROM ({union}) GROUP BY label "
        f"ORDER BY count(*) DESC, label LIMIT {MOST_LABELS + 1}"
    )
    many = engine.value("SELECT count(*) FROM raw._labels") > MOST_LABELS
    frequent = f"SELECT label FROM raw._labels LIMIT {MOST_LABELS}"
    rare = sum(_relabel(engine, t, quoted, f"{quoted} NOT IN ({frequent})", OTHER) for t in tables) if many else 0
    engine.run("DROP TABLE raw._labels")
    subject = f"{'+'.join(tables)}.{column}"
    return [*counted(Check.LONG_LABELS, subject, long), *counted(Check.RARE_LABELS, subject, rare)]


def _relabel(engine: Engine, table: str, quoted: str, condition: str, label: str) -> int:
    rows = int(engine.value(f"SELECT count(*) FROM {table} WHERE {condition}"))
    if rows:
        engine.run(f"UPDATE {table} SET {quoted} = $1 WHERE {condition}", [label])
    return rows
