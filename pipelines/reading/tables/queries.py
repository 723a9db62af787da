"""A profile's SQL: one SELECT over the files it names, and nothing else."""

import json
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.files.quoting import name, text
from pipelines.reading.tables.faults import (
    NoSql,
    NotOneSelect,
    SqlLeavesProfile,
    SqlReachesOut,
    SqlRefused,
    SqlStopped,
    SqlTooSlow,
)
from pipelines.settings.declared import check_known
from pipelines.settings.faults import Noun
from pipelines.settings.profile import Profile
from pipelines.settings.tables import TableSpec

_TRACES = ("_file", "_line")
# Functions that make rows without reading anything.
_ROW_MAKERS = {"unnest", "range", "generate_series"}
# What the engine says of these is about names and syntax; other errors may quote a value.
_ABOUT_NAMES = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)


def query_text(profile: Profile, file: str, at: str) -> str:
    """The text of an SQL file of the profile; ``at`` is where the profile names it."""
    path = (profile.folder / file).resolve()
    if not path.is_relative_to(profile.folder.resolve()):
        raise SourceError(SqlLeavesProfile(at, file))
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(NoSql(at, path)) from error


def files_of(engine: Engine, query: str, file: str, aliases: Collection[str]) -> frozenset[str]:
    """The files a query reads; ``SourceError`` unless it is one SELECT over files of the profile.

    A name that the query gives to a part of its own may also be a file elsewhere in it, so both count as read: a path
    that hides behind such a name is refused by the engine, which has no way to files.
    """
    tree = json.loads(engine.value("SELECT json_serialize_sql($1)", [query]))
    if tree["error"] or len(tree["statements"]) != 1:
        raise SourceError(NotOneSelect(file))
    nodes = list(_nodes(tree))
    for node in nodes:
        if node.get("type") == "TABLE_FUNCTION":
            check_known([node["function"]["function_name"]], _ROW_MAKERS, f"{file}:", Noun.TABLE_FUNCTION)
    own = {entry["key"] for node in nodes for entry in node.get("cte_map", {}).get("map", [])}
    named = {node["table_name"] for node in nodes if node.get("type") == "BASE_TABLE"}
    check_known(sorted(named - own), aliases, f"{file}:", Noun.FILE)
    return frozenset(named & set(aliases))


def query_rows(engine: Engine, query: str, file: str) -> list[tuple[Any, ...]]:
    """Rows of a query over the raw files."""
    with _told(engine, file):
        return engine.rows(query)


def run_query(engine: Engine, query: str, spec: TableSpec) -> tuple[str, dict[str, str]]:
    """Hold the query's rows; returns the relation (with ``_file`` and ``_line``) and its columns' engine types.

    A query that doesn't pass ``_file`` and ``_line`` on gives rows known by the SQL file only.
    """
    held = f"{spec.table.name} query"
    with _told(engine, spec.sql):
        engine.see(held, engine.table(query))
        types = {column: kind for column, kind, *_ in engine.rows(f"DESCRIBE {name(held)}")}
    check_known(list(types), [*spec.table.by_name, *_TRACES], f"{spec.sql}:", Noun.CANONICAL_COLUMN)
    columns = {column: kind for column, kind in types.items() if column not in _TRACES}
    file = f"coalesce(_file, {text(spec.sql)})" if "_file" in types else text(spec.sql)
    line = "CAST(_line AS BIGINT)" if "_line" in types else "CAST(NULL AS BIGINT)"
    chosen = "".join(f"{name(column)}, " for column in columns)
    return f"(SELECT {chosen}{file} AS _file, {line} AS _line FROM {name(held)})", columns


@contextmanager
def _told(engine: Engine, file: str) -> Iterator[None]:
    """What goes wrong in a query is told without any value of the files; one that takes too long is ended."""
    end = threading.Timer(engine.settings.query_seconds, engine.connection.interrupt)
    end.daemon = True
    end.start()
    try:
        yield
    except duckdb.InterruptException:
        raise SourceError(SqlTooSlow(file, engine.settings.query_seconds / 60)) from None
    except duckdb.PermissionException:
        raise SourceError(SqlReachesOut(file)) from None
    except _ABOUT_NAMES as error:
        raise SourceError(SqlRefused(file, str(error).splitlines()[0])) from None
    except duckdb.Error as error:
        raise SourceError(SqlStopped(file, type(error).__name__)) from None
    finally:
        end.cancel()


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for branch in tree:
            yield from _nodes(branch)
