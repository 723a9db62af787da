"""Which file is which canonical table: by its columns together, and by its name."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pipelines.contracts.catalog.thresholds import LEAST_RIVAL_SHARE
from pipelines.contracts.sources import TABLES, Compensations, Incidents, WordOfMouth
from pipelines.reading.draft.guess import Sampled
from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.matching.match import Match, match_columns
from pipelines.reading.draft.matching.systems import recognise
from pipelines.reading.draft.matching.words import name_score

ENOUGH = 1.4
NAME_WEIGHT = 2.0
MOST_STARS = 5
# Required columns that a constant can fill, or that are found later by the values files share.
FOUND_LATER = {Compensations.kind, Incidents.customer_id, Incidents.incident_id}


@dataclass(frozen=True)
class Cast:
    """A file in the part of a canonical table, and how much speaks for it."""

    table: str
    file: Sampled
    matches: tuple[Match, ...]
    score: float


def cast_files(
    files: Sequence[Sampled], chosen: Mapping[str, str], said: Mapping[tuple[str, str], Mapping[str, str]]
) -> dict[str, Cast]:
    """Canonical table → the one file that fits it best; a file plays one part, the one that most speaks for.

    ``chosen``: canonical table → alias of the file that somebody said it is, whether it has all that is needed or not;
    ``said``: table and file → canonical column → the column that somebody said it is.
    """
    possible = sorted((c for file in files for c in _parts(file, said)), key=lambda c: -c.score)
    parts = {
        table: Cast(table, file, match_columns(TABLES[table], file, said.get((table, alias), {})), ENOUGH)
        for table, alias in chosen.items()
        for file in files
        if file.spec.alias == alias
    }
    for part in possible:
        if part.table not in parts and part.file.spec.alias not in {p.file.spec.alias for p in parts.values()}:
            parts[part.table] = part
    return {table: parts[table] for table in TABLES if table in parts}


def rivals_of(files: Sequence[Sampled], parts: Mapping[str, Cast], table: str) -> tuple[Cast, ...]:
    """Files that play no part and fit a table nearly as well as the one that plays it."""
    used = {part.file.spec.alias for part in parts.values()}
    possible = [c for file in files if file.spec.alias not in used for c in _parts(file) if c.table == table]
    return tuple(c for c in possible if c.score >= LEAST_RIVAL_SHARE * parts[table].score)


def nearly(files: Sequence[Sampled], parts: Mapping[str, Cast], table: str) -> tuple[Sampled, str] | None:
    """A file that is called like a table, or that a known tool writes so, and the one column that it lacks for that."""
    used = {part.file.spec.alias for part in parts.values()}
    for file in files:
        known = recognise(file.by_name)
        called = name_score(f"{file.spec.stem} {file.spec.sheet}", names().files[table]) > 0
        found = {m.column for m in match_columns(TABLES[table], file)}
        needed = [c.name for c in TABLES[table].columns if c.required and c.name not in found | FOUND_LATER]
        told = called or (known is not None and known.table == table)
        if file.spec.alias not in used and told and len(needed) == 1 and found:
            return file, needed[0]
    return None


def reviews_as_incidents(parts: Mapping[str, Cast]) -> tuple[Mapping[str, Cast], str]:
    """Where no file holds cases, reviews with one or two stars are the incidents; and the column of the stars.

    The parts as they are, and no column, when there are no reviews with stars, or no day they were opened.
    """
    reviews = parts.get(WordOfMouth.NAME)
    score = next((m.export for m in reviews.matches if m.column == WordOfMouth.score), "") if reviews else ""
    if Incidents.NAME in parts or not reviews or not score or reviews.file.by_name[score].amounts.largest > MOST_STARS:
        return parts, ""
    matches = tuple(m for m in match_columns(TABLES[Incidents.NAME], reviews.file) if m.export != score)
    if not any(m.column == Incidents.opened_at for m in matches):
        return parts, ""
    others = {table: part for table, part in parts.items() if table != WordOfMouth.NAME}
    return {Incidents.NAME: Cast(Incidents.NAME, reviews.file, matches, reviews.score), **others}, score


def _parts(file: Sampled, said: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType({})) -> list[Cast]:
    alias = file.spec.alias
    matches = {name: match_columns(table, file, said.get((name, alias), {})) for name, table in TABLES.items()}
    shared = Counter(export for found in matches.values() for export in {m.export for m in found})
    parts = [Cast(name, file, found, _score(file, name, found, shared)) for name, found in matches.items()]
    return [p for p in parts if p.score >= ENOUGH and _has_required(p)]


def _score(file: Sampled, table: str, found: Sequence[Match], shared: Mapping[str, int]) -> float:
    """What a column fits in few tables says more than what fits in many; a known tool says as much as a file's name."""
    stem = re.sub(r"\d+", " ", f"{file.spec.stem} {file.spec.sheet}")
    known = recognise(file.by_name)
    told = NAME_WEIGHT if known and known.table == table else 0.0
    return sum(m.score / shared[m.export] for m in found) + told + NAME_WEIGHT * name_score(stem, names().files[table])


def _has_required(part: Cast) -> bool:
    matched = {m.column for m in part.matches} | FOUND_LATER
    return all(c.name in matched for c in TABLES[part.table].columns if c.required) and bool(part.matches)
