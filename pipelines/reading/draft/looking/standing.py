"""Rows that stand: those of a loader's copy that aren't deleted, each in its last version."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from pipelines.contracts.message import Remark
from pipelines.engine import Engine
from pipelines.reading.draft.guess import Gone, Sampled, Standing
from pipelines.reading.draft.lexicon import DATA, values
from pipelines.reading.draft.notes import DeletedLeftOut, OlderVersionsLeftOut
from pipelines.reading.files.quoting import as_text, name, text, texts

_ID_ENDS = ("id", "key", "number", "no", "nr", "ref", "uuid", "guid")


def find_standing(engine: Engine, relation: str, columns: Sequence[str]) -> Standing | None:
    """What the columns of a file tell of its rows: which are deleted, and which are older versions of others."""
    by_lower = {column.lower(): column for column in columns}
    found = [gone for column in _named(by_lower, "deleted_flags") if (gone := _flagged(engine, relation, column))]
    found += [gone for column in _named(by_lower, "operations") if (gone := _operation(engine, relation, column))]
    found += [Gone(c) for c in _named(by_lower, "deleted_at") if _is_blank_somewhere(engine, relation, c)]
    versions = _named(by_lower, "versions")
    own = [c for low, c in by_lower.items() if low not in _listed("versions") and not low.startswith("_")]
    key = _key(engine, relation, own, versions[0]) if versions else ""
    return Standing(tuple(found), key, versions[0] if key else "") if found or key else None


def standing_rows(relation: str, standing: Standing | None) -> str:
    """SQL of a file's rows that stand, to be read under a name; of a file without others, the file itself."""
    if standing is None:
        return relation
    rows = f"SELECT * FROM {relation}"
    if standing.key:
        last = f"PARTITION BY {as_text(standing.key)} ORDER BY {name(standing.version)} DESC NULLS LAST, _line DESC"
        rows += f" QUALIFY row_number() OVER ({last}) = 1"
    gone = [f"NOT coalesce({_is_gone(gone)}, false)" for gone in standing.gone]
    return f"(SELECT * FROM ({rows}) AS v WHERE {' AND '.join(gone)})" if gone else f"({rows})"


def standing_notes(engine: Engine, sample: Sampled, relation: str) -> list[Remark]:
    """How many rows of a file are left out, and by which columns."""
    standing = sample.standing
    if standing is None:
        return []
    file, notes = sample.spec.path, list[Remark]()
    if standing.key:
        versions = engine.value(f"SELECT count(*) - count(DISTINCT {as_text(standing.key)}) FROM {relation}")
        notes.append(OlderVersionsLeftOut(file, standing.key, standing.version, versions))
    last = standing_rows(relation, Standing((), standing.key, standing.version))
    for gone in standing.gone:
        rows = engine.value(f"SELECT count(*) FROM {last} AS v WHERE {_is_gone(gone)}")
        notes.append(DeletedLeftOut(file, gone.column, rows))
    return notes


def _flagged(engine: Engine, relation: str, column: str) -> Gone | None:
    """A flag of deleted rows, where every filled value is a yes or a no, and some row stands."""
    yes, no = (tuple(word.lower() for word in values().flag[side]) for side in ("yes", "no"))
    listed = _values(engine, relation, column)
    gone = tuple(value for value in listed if value in yes)
    found = Gone(column, tuple(sorted(gone)))
    return found if gone and listed <= {*yes, *no} and _some_stand(engine, relation, found) else None


def _operation(engine: Engine, relation: str, column: str) -> Gone | None:
    gone = tuple(sorted(_values(engine, relation, column) & set(_listed("gone"))))
    return Gone(column, gone) if gone and _some_stand(engine, relation, Gone(column, gone)) else None


def _is_blank_somewhere(engine: Engine, relation: str, column: str) -> bool:
    filled, rows = engine.rows(f"SELECT count(*) FILTER ({as_text(column)} <> ''), count(*) FROM {relation}")[0]
    return bool(0 < filled < rows)


def _some_stand(engine: Engine, relation: str, gone: Gone) -> bool:
    return bool(engine.value(f"SELECT count(*) FROM {relation} WHERE NOT coalesce({_is_gone(gone)}, false)"))


def _key(engine: Engine, relation: str, columns: Sequence[str], version: str) -> str:
    """The column that numbers things of which the file holds several versions; empty where it holds one of each."""
    ids = [column for column in columns if column.lower().rstrip("_").endswith(_ID_ENDS)]
    counted = []
    for column in ids:
        thing, pair = as_text(column), f"({as_text(column)}, {as_text(version)})"
        counts = f"count(*), count({name(column)}), count(DISTINCT {thing}), count(DISTINCT {pair})"
        rows, filled, things, pairs = engine.rows(f"SELECT {counts} FROM {relation}")[0]
        if rows == filled == things:
            return ""
        if rows == filled == pairs:
            counted.append((things, column))
    return max(counted)[1] if counted else ""


def _values(engine: Engine, relation: str, column: str) -> set[str]:
    found = engine.rows(
        f"SELECT DISTINCT lower({as_text(column)}) FROM {relation} WHERE {as_text(column)} <> '' LIMIT 20"
    )
    return {value for (value,) in found}


def _is_gone(gone: Gone) -> str:
    written = as_text(gone.column)
    return f"lower({written}) IN ({texts(gone.texts)})" if gone.texts else f"{written} <> {text('')}"


def _named(by_lower: Mapping[str, str], list_name: str) -> list[str]:
    return [by_lower[listed] for listed in _listed(list_name) if listed in by_lower]


@cache
def _listed(list_name: str) -> tuple[str, ...]:
    return tuple(tomllib.loads((DATA / "loaders.toml").read_text(encoding="utf-8"))[list_name])
