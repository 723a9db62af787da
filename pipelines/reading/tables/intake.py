"""From the profile's files to staged canonical tables, each row still known by file and line."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.messages.doing import Progress
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.engine import Engine
from pipelines.errors import SourceError
from pipelines.reading.columns.mapping import Origin
from pipelines.reading.files.columnar import table_rows
from pipelines.reading.files.exports import Data, find_exports, read_whole
from pipelines.reading.files.faults import FileChanged
from pipelines.reading.files.raw import Source, read_source
from pipelines.reading.shapes.derive import Shaped, derived_origin, derived_tables, read_shaped
from pipelines.reading.tables.checks import run_checks
from pipelines.reading.tables.faults import DecimalForSql, FileReadByNoTable
from pipelines.reading.tables.ledger import RowCounts, set_aside_rejected, set_aside_unread
from pipelines.reading.tables.queries import files_of, query_text, run_query
from pipelines.reading.tables.stage import Desk, stage_table
from pipelines.reading.tables.warnings import counted
from pipelines.settings.faults import Names
from pipelines.settings.files import FileSpec
from pipelines.settings.profile import Profile
from pipelines.settings.sources import Sources
from pipelines.settings.tables import TableSpec

# What files that only queries read are called among tables.
_FILES = "files."
_UNTRACED = "SELECT coalesce(bool_or(_line IS NULL), FALSE) FROM {relation}"
# The profile's own checks read files as a table's query does.
CHECKS = "[checks]"


@dataclass(frozen=True)
class Intake:
    """The tables staged: their supplied columns, rows in per (table, file), and the files read.

    ``inputs``: file → SHA-256 of the bytes that were read. ``rows_read`` counts what was read of files that queries
    use and passed on, under the table name ``files.<alias>``; ``not_passed_on`` what none of them passes on.
    """

    supplied: dict[str, frozenset[str]]
    rows_in: RowCounts
    rows_read: RowCounts
    not_passed_on: RowCounts
    inputs: dict[str, str]
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class _Plan:
    """What reads what: the queries, and the files that each table (and the checks) needs."""

    queries: Mapping[str, str]
    needs: Mapping[str, frozenset[str]]

    @property
    def files(self) -> list[str]:
        """Every file that is read at all."""
        return sorted(frozenset().union(*self.needs.values()))

    @property
    def queried_files(self) -> list[str]:
        """Files that queries read, as a whole."""
        return sorted(frozenset().union(*(self.needs[name] for name in self.queries)))


def take_in(
    engine: Engine,
    desk: Desk,
    profile: Profile,
    spec: Sources,
    data: Data,
    progress: Progress,
) -> Intake:
    """Read every file that a table needs, and stage the tables whose files are there."""
    plan = _plan(desk.engine, profile, spec)
    _check_files(profile, plan)
    exports = find_exports(spec.files, plan.files, data)
    sources = {
        alias: read_source(desk.engine, spec.files[alias], found, _wanted(spec, plan, alias), progress)
        for alias, found in exports.items()
        if found
    }
    supplied: dict[str, frozenset[str]] = {}
    rows_in, rows_read = _queried(engine, plan, sources)
    shaped = _shaped(engine, desk, profile, sources)
    for alias, of in shaped.items():
        for reading in sources[alias].readings:
            unread = sum(file == reading.file for file, *_ in of.unread)
            rows_in[f"files.{alias}", reading.file] = reading.rows_in
            rows_read[f"files.{alias}", reading.file] = reading.rows_in - len(reading.rejected) - unread
    warnings: list[Diagnostic] = []
    queried: dict[str, str] = {}
    for name, table in spec.tables.items():
        if plan.needs[name] <= set(sources):
            if table.file in shaped and name in derived_tables(spec, table.file):
                origin, table = derived_origin(desk.engine, shaped[table.file], table)
                counts = _per_file(desk.engine, origin.relation)
            else:
                origin, counts = _origin(engine, desk.engine, table, plan, sources)
                queried |= {name: origin.relation} if table.sql else {}
            rows_in |= {(name, file): rows for file, rows in counts.items()}
            staged = stage_table(engine, desk, profile, table, origin)
            supplied[name] = staged.supplied
            warnings += [*counted(Check.CLOCK_PUT_BACK, name, staged.folds), *staged.warnings]
    if CHECKS in plan.queries and plan.needs[CHECKS] <= set(sources):
        warnings += run_checks(desk.engine, plan.queries[CHECKS], spec.checks)
    left = _not_passed_on(desk.engine, plan, spec, queried, rows_read)
    rows_read = {key: rows - left.get(key, 0) for key, rows in rows_read.items()}
    return Intake(supplied, rows_in, rows_read, left, _inputs(sources), tuple(warnings))


def digests_of_inputs(engine: Engine, profile: Profile, spec: Sources, data: Data) -> dict[str, str]:
    """File → SHA-256 of everything that :func:`take_in` would read, without reading it as tables."""
    plan = _plan(engine, profile, spec)
    digests = {}
    for alias, exports in find_exports(spec.files, plan.files, data).items():
        for export in exports:
            table = export.database and table_rows(export, _wanted(spec, plan, alias))
            digests[export.name] = table[2] if table else read_whole(export)[1]
    return digests


def _plan(engine: Engine, profile: Profile, spec: Sources) -> _Plan:
    named = {name: (table.sql, f"[tables.{name}]") for name, table in spec.tables.items() if table.sql}
    named |= {CHECKS: (spec.checks, CHECKS)} if spec.checks else {}
    queries = {name: query_text(profile, file, at) for name, (file, at) in named.items()}
    needs = {name: frozenset({table.file}) for name, table in spec.tables.items() if table.file}
    needs |= {name: files_of(engine, queries[name], file, spec.files) for name, (file, _) in named.items()}
    return _Plan(queries, needs)


def _check_files(profile: Profile, plan: _Plan) -> None:
    """A file that nothing is made of, or a sign that nobody reads, was declared for something else."""
    sources = profile.sources
    contacts = {sources.contacts.file} if sources.contacts else set()
    mapped = {table.file for table in sources.tables.values()} | contacts
    for alias, file in sources.files.items():
        if alias not in {*plan.files, *contacts}:
            raise SourceError(FileReadByNoTable(profile.path, alias))
        if file.decimal != "." and alias not in mapped:
            raise SourceError(DecimalForSql(profile.path, alias))


def _wanted(spec: Sources, plan: _Plan, alias: str) -> frozenset[str] | None:
    """Columns that tables take of a file, in lower case; all for a query. What nobody maps never enters an engine."""
    if alias in plan.queried_files:
        return None
    tables = [table for name, table in spec.tables.items() if alias in plan.needs[name]]
    shape = spec.shapes.get(alias)
    derived = derived_tables(spec, alias)
    columns = [
        {c.lower() for c in table.columns.values()}
        or (set() if table.table.name in derived else set(table.table.by_name))
        for table in tables
    ]
    return frozenset().union(*columns, (c.lower() for c in shape.read_columns) if shape else ())


def _queried(engine: Engine, plan: _Plan, sources: Mapping[str, Source]) -> tuple[RowCounts, RowCounts]:
    """Rows in and rows read of the files that queries use; what couldn't be read is set aside under the file's name."""
    rows_in: RowCounts = {}
    rows_read: RowCounts = {}
    for alias in plan.queried_files:
        readings = sources[alias].readings if alias in sources else ()
        set_aside_rejected(engine, f"{_FILES}{alias}", readings)
        rows_in |= {(f"{_FILES}{alias}", r.file): r.rows_in for r in readings}
        rows_read |= {(f"{_FILES}{alias}", r.file): r.rows_in - len(r.rejected) for r in readings}
    return rows_in, rows_read


def _not_passed_on(
    engine: Engine, plan: _Plan, spec: Sources, queried: Mapping[str, str], rows_read: RowCounts
) -> RowCounts:
    """Rows of files that no query passes on, by file and line.

    Nothing is told of a file whose rows are only looked up in, that a table maps as a whole, or that a query reads
    without passing lines on.
    """
    if not queried:
        return {}
    untraced = {t for t, relation in queried.items() if engine.value(_UNTRACED.format(relation=relation))}
    told = {alias for alias in plan.queried_files if not any(alias in plan.needs[table] for table in untraced)}
    told -= {table.file for table in spec.tables.values()}
    lines = " UNION ALL ".join(f"SELECT _file, _line FROM {relation}" for relation in queried.values())
    passed = dict(engine.rows(f"SELECT _file, count(DISTINCT _line) FROM ({lines}) GROUP BY 1"))
    return {
        (table, file): rows - passed[file]
        for (table, file), rows in rows_read.items()
        if table.removeprefix(_FILES) in told and 0 < passed.get(file, 0) < rows
    }


def _shaped(engine: Engine, desk: Desk, profile: Profile, sources: Mapping[str, Source]) -> dict[str, Shaped]:
    """The shaped files that are there, read; what nothing can be made of is set aside under the file's name."""
    found: dict[str, Shaped] = {}
    for alias in profile.sources.shapes:
        if alias in sources and derived_tables(profile.sources, alias):
            found[alias] = read_shaped(desk.engine, profile, alias, sources[alias].origin)
            set_aside_rejected(engine, f"files.{alias}", sources[alias].readings)
            set_aside_unread(engine, f"files.{alias}", found[alias].unread)
    return found


def _per_file(sealed: Engine, relation: str) -> dict[str, int]:
    return dict(sealed.rows(f"SELECT _file, count(*) FROM {relation} GROUP BY _file"))


def _inputs(sources: Mapping[str, Source]) -> dict[str, str]:
    """File → hash of its bytes. A file that is read under two names has to be the same both times."""
    inputs: dict[str, str] = {}
    for reading in (reading for source in sources.values() for reading in source.readings):
        if inputs.setdefault(reading.file, reading.sha256) != reading.sha256:
            raise SourceError(FileChanged(reading.file))
    return inputs


def _origin(
    engine: Engine, sealed: Engine, table: TableSpec, plan: _Plan, sources: Mapping[str, Source]
) -> tuple[Origin, dict[str, int]]:
    """What a table is staged from, and its rows in per file."""
    if table.file:
        source = sources[table.file]
        set_aside_rejected(engine, table.table.name, source.readings)
        return source.origin, {reading.file: reading.rows_in for reading in source.readings}
    relation, columns = run_query(sealed, plan.queries[table.table.name], table)
    counts = _per_file(sealed, relation)
    return Origin(relation, columns, FileSpec(), Names((table.sql,)), tuple(columns)), counts
