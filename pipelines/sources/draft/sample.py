"""Exports as the pipeline itself reads them, with a look at some thousand rows of each."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pipelines.engine import Engine
from pipelines.errors import PipelineUserError
from pipelines.sources.draft.files import identifier
from pipelines.sources.draft.guess import Sampled
from pipelines.sources.draft.traits import Traits, read_traits
from pipelines.sources.exports import Export
from pipelines.sources.file_spec import FileSpec
from pipelines.sources.quoting import name
from pipelines.sources.raw import Source, read_source

ROWS_LOOKED_AT = 4000
# Texts that stand for "nothing" in exports.
NOTHING = (
    "N/A",
    "n/a",
    "NA",
    "NULL",
    "null",
    "NaN",
    "nan",
    "#N/A",
    "\\N",
    "-",
    "--",
    "k.A.",
    "(null)",
    "(blank)",
    "None",
)


def sample_files(engine: Engine, folder: Path, specs: Sequence[FileSpec]) -> tuple[list[Sampled], list[str]]:
    """Read every file, files that only differ by a number in their name as one; notes say what couldn't be read."""
    samples: list[Sampled] = []
    notes: list[str] = []
    for spec, parts in _series(folder, specs):
        for attempt in ([spec], parts):
            read, refused = _sample_all(engine, folder, attempt)
            if not refused:
                break
        samples += read
        notes += refused
    return samples, notes


def _sample_all(engine: Engine, folder: Path, specs: Sequence[FileSpec]) -> tuple[list[Sampled], list[str]]:
    samples, refused = [], []
    for spec in specs:
        try:
            samples.append(_sample(engine, folder, spec))
        except PipelineUserError as error:
            refused.append(f"{spec.path}: left out, {error}")
    return samples, refused


def _series(folder: Path, specs: Sequence[FileSpec]) -> list[tuple[FileSpec, list[FileSpec]]]:
    """Files written alike whose names differ only in numbers, under one name with a * in it; others by themselves."""
    groups: dict[FileSpec, list[FileSpec]] = defaultdict(list)
    for spec in specs:
        pattern = re.sub(r"\d+", "*", spec.path)
        together = replace(spec, path=pattern, alias=identifier(re.sub(r"[\d_-]+(?=[._-]|$)", "", spec.alias)))
        groups[together].append(spec)
    series: list[tuple[FileSpec, list[FileSpec]]] = []
    for together, members in groups.items():
        exact = {p.relative_to(folder).as_posix() for p in folder.glob(together.path)} == {m.path for m in members}
        if len(members) > 1 and exact and together.alias not in {s.alias for s in specs}:
            series.append((together, members))
        else:
            series += [(member, [member]) for member in members]
    return series


def _sample(engine: Engine, folder: Path, spec: FileSpec) -> Sampled:
    paths = sorted(folder.glob(spec.path)) if "*" in spec.path else [folder / spec.path]
    exports = [Export(spec, path, path.relative_to(folder).as_posix()) for path in paths]
    source = read_source(engine, spec, exports, None, lambda step: None)
    texts = _texts(engine, source)
    nulls = tuple(n for n in NOTHING if any(n in values for values in texts.values()))
    columns = tuple(
        read_traits(column, [None if value in nulls else value for value in values]) for column, values in texts.items()
    )
    return Sampled(
        spec=replace(spec, nulls=nulls, decimal=_decimal(columns)),
        files=tuple(export.name for export in exports),
        rows=sum(reading.rows_in for reading in source.readings),
        columns=columns,
        relation=source.origin.relation,
    )


def _texts(engine: Engine, source: Source) -> dict[str, list[str | None]]:
    """Values of some thousand rows spread over the file, always the same ones."""
    columns = list(source.origin.columns)
    chosen = ", ".join(f"trim(CAST({name(column)} AS VARCHAR))" for column in columns)
    rows = engine.rows(
        f"SELECT {chosen} FROM {source.origin.relation} ORDER BY hash(_line), _file, _line LIMIT {ROWS_LOOKED_AT}"
    )
    return {column: [row[i] for row in rows] for i, column in enumerate(columns)}


def _decimal(columns: Sequence[Traits]) -> Literal[".", ","]:
    signs = Counter(
        c.amounts.decimal for c in columns if c.amounts.share > 0.8 and c.amounts.decimal and not c.dates.share
    )
    return "," if signs[","] > signs["."] else "."
