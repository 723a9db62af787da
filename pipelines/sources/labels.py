"""Labels stay few and short: rare ones become ``other``, and long ones, which may be somebody's words, never pass."""

from collections.abc import Collection, Mapping

from pipelines.engine import Engine
from pipelines.sources.quoting import name
from pipelines.sources.spec import TableSpec
from pipelines.sources.warn import Row, counted

MOST_LABELS = 200
LONGEST_LABEL = 80
OTHER, LONG = "other", "other (long text)"
# Codes with a check of their own.
_EXEMPT = ("currency",)


def bucket_labels(
    engine: Engine, tables: Mapping[str, TableSpec], supplied: Mapping[str, Collection[str]]
) -> list[Row]:
    """Bucket every label column that has no list of allowed values; equal names share their labels across tables."""
    holders: dict[str, list[str]] = {}
    for table, columns in sorted(supplied.items()):
        for column in tables[table].table.columns:
            open_label = column.kind == "label" and not column.allowed and column.name not in _EXEMPT
            if open_label and column.name in columns:
                holders.setdefault(column.name, []).append(table)
    return [row for column, where in holders.items() for row in _bucket(engine, column, where)]


def _bucket(engine: Engine, column: str, tables: list[str]) -> list[Row]:
    quoted = name(column)
    long = sum(
        len(engine.rows(f"UPDATE {t} SET {quoted} = $1 WHERE length({quoted}) > {LONGEST_LABEL} RETURNING 1", [LONG]))
        for t in tables
    )
    union = " UNION ALL ".join(f"SELECT {quoted} AS label FROM {t} WHERE {quoted} IS NOT NULL" for t in tables)
    engine.run(
        f"CREATE TABLE raw._labels AS SELECT label FROM ({union}) GROUP BY label "
        f"ORDER BY count(*) DESC, label LIMIT {MOST_LABELS + 1}"
    )
    many = engine.value("SELECT count(*) FROM raw._labels") > MOST_LABELS
    rare = _make_rare_other(engine, quoted, tables) if many else 0
    engine.run("DROP TABLE raw._labels")
    subject = f"{'+'.join(tables)}.{column}"
    return [*counted("long_labels", subject, long), *counted("rare_labels", subject, rare)]


def _make_rare_other(engine: Engine, quoted: str, tables: list[str]) -> int:
    frequent = f"SELECT label FROM raw._labels LIMIT {MOST_LABELS}"
    return sum(
        len(engine.rows(f"UPDATE {t} SET {quoted} = $1 WHERE {quoted} NOT IN ({frequent}) RETURNING 1", [OTHER]))
        for t in tables
    )
