"""What states of orders, messages and cases mean, value by value: what counts, what doesn't, and what nobody knows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.contracts.sources import Incidents, Interactions
from pipelines.engine import Engine
from pipelines.reading.draft.guess import LeftRows
from pipelines.reading.draft.lexicon import Phrases, states, values
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.tables import Cast
from pipelines.reading.draft.matching.vocabulary import value_map
from pipelines.reading.draft.matching.words import name_score, tokens
from pipelines.reading.files.lists import first_of_name
from pipelines.reading.files.quoting import as_text, texts

MOST_VALUES = 2000
# What separates the tags of a case.
APART = r"[,;|\s]+"


def rows_left(engine: Engine, parts: Mapping[str, Cast]) -> tuple[LeftRows, ...]:
    """Messages that no customer got from a person, and cases that are none: merged, spam, tries."""
    found = [
        *(left for t in _of_messages(parts.get(Interactions.NAME)) if (left := _hidden(engine, parts, t))),
        *(
            left
            for t in _named(parts.get(Incidents.NAME), states().case_states)
            if (left := _no_cases(engine, parts, t))
        ),
    ]
    return tuple(found)


def without_visibility(parts: Mapping[str, Cast], left: Sequence[LeftRows]) -> dict[str, Cast]:
    """The parts, where a column that tells internal notes apart isn't taken for one of public threads."""
    said = {(rows.table, rows.column) for rows in left}
    return {
        table: replace(
            part,
            matches=tuple(m for m in part.matches if (table, m.export) not in said or m.column != Interactions.public),
        )
        for table, part in parts.items()
    }


def _named(part: Cast | None, phrases: Phrases) -> list[Traits]:
    if not part:
        return []
    named = {t.name: first_of_name(t.name, part.file.by_name) for t in part.file.columns if t.filled}
    return [part.file.by_name[column] for column, first in named.items() if name_score(first, phrases) == 1.0]


def _of_messages(part: Cast | None) -> list[Traits]:
    """Columns that may hide messages: by their name, or by a value such as "note" that says so of some."""
    if not part:
        return []
    named = _named(part, states().visibility)
    saying = [t for t in part.file.columns if t.label and any(_is(value, states().hidden) for value in t.labels)]
    return [*named, *(t for t in saying if t not in named)]


def _hidden(engine: Engine, parts: Mapping[str, Cast], traits: Traits) -> LeftRows | None:
    """Of a column of messages: the values that hide one. Customers write no internal notes, so theirs prove another."""
    part = parts[Interactions.NAME]
    inward = name_score(traits.name, states().inward) == 1.0
    concealing = values().flag["yes" if inward else "no"]
    hidden = tuple(v.lower() for v in traits.labels if _is(v, concealing) or _is(v, states().hidden))
    if not hidden or len(hidden) == len(traits.labels) or _by_customers(engine, part, traits.name, hidden):
        return None
    return _left(engine, part, traits.name, hidden)


def _by_customers(engine: Engine, part: Cast, column: str, hidden: Sequence[str]) -> bool:
    actor = next((m.export for m in part.matches if m.column == Interactions.actor), "")
    if not actor:
        return False
    role = next(c for c in Interactions.TABLE.columns if c.name == Interactions.actor)
    labels = part.file.by_name[actor].labels
    mapped = value_map(Interactions.NAME, role, labels) or {}
    customers = [label for label in labels if mapped.get(label, label.lower()) == "customer"]
    if not customers:
        return False
    return bool(
        engine.value(
            f"SELECT count(*) FROM {part.file.relation} WHERE {_among(column, hidden)} "
            f"AND {as_text(actor)} IN ({texts(customers)})"
        )
    )


def _no_cases(engine: Engine, parts: Mapping[str, Cast], traits: Traits) -> LeftRows | None:
    part, column = parts[Incidents.NAME], traits.name
    listed = engine.rows(
        f"SELECT DISTINCT lower({as_text(column)}) FROM {part.file.relation} WHERE {as_text(column)} <> '' "
        f"ORDER BY 1 LIMIT {MOST_VALUES}"
    )
    pieces = {piece for (value,) in listed for piece in (value, *re.split(APART, value)) if piece}
    none = tuple(sorted(piece for piece in pieces if _is(piece, states().no_case)))
    return _left(engine, part, column, none) if none else None


def _left(engine: Engine, part: Cast, column: str, left: tuple[str, ...]) -> LeftRows | None:
    rows, out = engine.rows(f"SELECT count(*), count(*) FILTER ({_among(column, left)}) FROM {part.file.relation}")[0]
    return LeftRows(part.table, part.file.spec.alias, column, left, out) if out < rows else None


def among(written: str, left: Sequence[str]) -> str:
    """SQL: whether a text is one of these in lower case, or a list that holds one."""
    pieces = f"regexp_split_to_array(lower({written}), '{APART}')"
    return f"(lower({written}) IN ({texts(left)}) OR list_has_any({pieces}, [{texts(left)}]))"


def _among(column: str, left: Sequence[str]) -> str:
    return among(as_text(column), left)


def _is(value: str, phrases: Phrases) -> bool:
    return tokens(value) in {tokens(phrase) for phrase in phrases}
