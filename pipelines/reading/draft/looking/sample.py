"""Exports as the pipeline itself reads them, with a look at some thousand rows of each."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pipelines.contracts.message import Remark
from pipelines.engine import Engine
from pipelines.errors import PipelineUserError
from pipelines.reading.databases.database import Database
from pipelines.reading.draft.guess import Sampled
from pipelines.reading.draft.lexicon import values
from pipelines.reading.draft.looking.clocks import clock_columns, with_clocks
from pipelines.reading.draft.looking.series import find_series
from pipelines.reading.draft.looking.standing import find_standing, standing_notes, standing_rows
from pipelines.reading.draft.looking.traits import Traits, read_traits
from pipelines.reading.draft.notes import LeftOut, RefusedByReader
from pipelines.reading.files.exports import Data, exports_of
from pipelines.reading.files.quoting import name
from pipelines.reading.files.raw import read_source
from pipelines.settings.files import FileSpec

ROWS_LOOKED_AT = 4000
# Days that databases and spreadsheets write where there is none, with midnight or the last second beside them.
_NEVER = re.compile(
    r"^(?:0000-00-00|0001-01-01|1753-01-01|1899-12-3[01]|1900-01-0[01]|1970-01-01|2999-12-31|9999-12-31"
    r"|0?[01][./-]0?[01][./-](?:0000|0001|1753|1900|1970)|3[01][./-]12[./-](?:1899|2999|9999)"
    r"|12[./-]3[01][./-](?:1899|2999|9999))"
    r"(?:[ T](?:00:00(?::00)?|23:59(?::59)?|12:00(?::00)? AM)(?:\.0+)?Z?)?$"
)


def sample_files(engine: Engine, data: Data, specs: Sequence[FileSpec]) -> tuple[list[Sampled], list[Remark]]:
    """Read every file, parts of one export as one; notes say what couldn't be read."""
    samples, refused = _sample_all(engine, data, specs)
    series = [] if isinstance(data, Database) else find_series(data, samples)
    in_parts = {part.spec.alias for _, parts in series for part in parts}
    together, refused_together = _sample_all(engine, data, [spec for spec, _ in series])
    kept = [*together, *(s for s in samples if s.spec.alias not in in_parts)]
    left_out = [note for sample in kept for note in standing_notes(engine, sample, name(sample.spec.alias))]
    return kept, [*refused, *refused_together, *left_out]


def _sample_all(engine: Engine, data: Data, specs: Sequence[FileSpec]) -> tuple[list[Sampled], list[Remark]]:
    samples: list[Sampled] = []
    refused: list[Remark] = []
    for spec in specs:
        try:
            samples.append(_sample(engine, data, spec))
        except PipelineUserError as error:
            refused.append(LeftOut(spec.path, RefusedByReader(error.fault)))
    return samples, refused


def _sample(engine: Engine, data: Data, spec: FileSpec) -> Sampled:
    exports = exports_of(spec, data)
    source = read_source(engine, spec, exports, None, lambda step: None)
    origin = source.origin
    standing = find_standing(engine, origin.relation, list(origin.columns))
    relation = standing_rows(origin.relation, standing)
    texts = _texts(engine, relation, list(origin.columns))
    nulls = (*(n for n in values().nothing if any(n in written for written in texts.values())), *_never(texts))
    filled = {column: [None if value in nulls else value for value in written] for column, written in texts.items()}
    apart = tuple(read_traits(column, written) for column, written in filled.items())
    clocks = clock_columns(apart, filled)
    columns = with_clocks(apart, filled, clocks)
    return Sampled(
        spec=replace(spec, nulls=nulls, decimal=_decimal(columns)),
        files=tuple(export.name for export in exports),
        rows=sum(reading.rows_in for reading in source.readings),
        columns=columns,
        relation=relation,
        clocks=clocks,
        standing=standing,
    )


def _never(texts: Mapping[str, Sequence[str | None]]) -> tuple[str, ...]:
    """Moments that stand for none, such as 0000-00-00, in columns of moments."""
    found = {text for written in texts.values() for text in written if text and _NEVER.match(text)}
    return tuple(sorted(found))


def _texts(engine: Engine, relation: str, columns: Sequence[str]) -> dict[str, list[str | None]]:
    """Values of some thousand rows spread over the file, always the same ones."""
    chosen = ", ".join(f"trim(CAST({name(column)} AS VARCHAR))" for column in columns)
    rows = engine.rows(f"SELECT {chosen} FROM {relation} ORDER BY hash(_line), _file, _line LIMIT {ROWS_LOOKED_AT}")
    return {column: [row[i] for row in rows] for i, column in enumerate(columns)}


def _decimal(columns: Sequence[Traits]) -> Literal[".", ","]:
    signs = Counter(
        c.amounts.decimal for c in columns if c.amounts.share > 0.8 and c.amounts.decimal and not c.dates.share
    )
    return "," if signs[","] > signs["."] else "."
