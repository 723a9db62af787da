"""Exports to canonical tables: read, map, check, quarantine, pseudonymise."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from pathlib import Path

from pipelines.contracts.canonical import COVARIATE_PREFIX, SQL_TYPE, Table
from pipelines.contracts.catalog.checks import Check
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.message import Fault
from pipelines.contracts.messages.doing import Checking, Progress, ReadingFolder
from pipelines.contracts.messages.faults import NoExportsFolder
from pipelines.contracts.sources import TABLES, Incidents, Interactions
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.intake import RowsCounted, SetAside
from pipelines.engine import Engine, open_sealed
from pipelines.errors import ContractError, SourceError
from pipelines.reading.columns.actions import code_actions
from pipelines.reading.columns.labels import bucket_labels
from pipelines.reading.columns.money import convert_money
from pipelines.reading.files.exports import Data
from pipelines.reading.files.quoting import name
from pipelines.reading.plausible.answers import answer_checks
from pipelines.reading.plausible.moments import moment_checks
from pipelines.reading.plausible.orders import order_checks
from pipelines.reading.plausible.spans import span_checks
from pipelines.reading.tables.cut import apply_cut, latest_day, lonely_end, today_utc
from pipelines.reading.tables.faults import (
    AndRefused,
    ColumnRefused,
    CovariateMissing,
    DrawnColumnMissing,
    MessagesNotMapped,
    NothingCameIn,
    NothingLeft,
    Refused,
    RowRefused,
)
from pipelines.reading.tables.intake import Intake, take_in
from pipelines.reading.tables.keys import settle_keys
from pipelines.reading.tables.ledger import kept_rows, open_ledger, quality, quarantined
from pipelines.reading.tables.links import link_customers, match_rates
from pipelines.reading.tables.privacy import key_pads
from pipelines.reading.tables.relations import oddities, set_aside_impossible
from pipelines.reading.tables.stage import Desk
from pipelines.reading.tables.unread import open_doubts, unknown_answers
from pipelines.reading.tables.warnings import warning
from pipelines.settings.faults_of_files import QuestionComesFirst
from pipelines.settings.profile import Profile
from pipelines.settings.sources import Sources, check_sources

# What was drawn as a whole, and the column of incidents that tells one from another.


@dataclass(frozen=True)
class Loaded:
    """What loading leaves beside the tables in the engine.

    ``supplied``: canonical table → columns the profile supplies. ``reported``: outcomes that the company holds itself.
    ``inputs``: file → SHA-256. ``warnings`` are checks of
    no effect.
    """

    supplied: dict[str, frozenset[str]]
    reported: frozenset[str]
    quality: tuple[RowsCounted, ...]
    quarantine: tuple[SetAside, ...]
    inputs: dict[str, str]
    data_cut: date
    warnings: tuple[Diagnostic, ...]


def load(
    engine: Engine,
    profile: Profile,
    data: Data,
    *,
    id_key: bytes,
    data_cut: date | None,
    progress: Progress,
) -> Loaded:
    """Fill the engine with every canonical table of ``contracts.sources``, empty where the profile supplies none.

    Afterwards: the contract's columns and types, times in UTC, money in the reporting currency, people's ids hashed,
    no free text. ``data_cut`` None: the profile's, else the last day the exports tell of. Raises ``SourceError`` where
    there is no folder to read.
    """
    if isinstance(data, Path) and not data.is_dir():
        raise SourceError(NoExportsFolder(data))
    progress(ReadingFolder(str(data)))
    spec = profile.sources
    if first := next((q for q in profile.questions if q.waits == Incidents.NAME), None):
        raise SourceError(QuestionComesFirst(profile.path, first.reason()))
    check_sources(spec, profile.retention, profile.path)
    open_ledger(engine)
    open_doubts(engine)
    with open_sealed(engine.settings) as sealed:
        intake = take_in(engine, Desk(sealed, key_pads(id_key)), profile, spec, data, progress)
    _check_declarations(profile, intake.supplied)
    for table in TABLES.values():
        if table.name not in intake.supplied:
            _create_empty(engine, table)
    progress(Checking())
    cut = data_cut or profile.data_cut or latest_day(engine, today_utc())
    warnings = [*intake.warnings, lonely_end(engine, cut), *_settle(engine, profile, spec, intake, cut)]
    kept = kept_rows(engine, sorted(intake.supplied))
    if not any(rows for (table, _), rows in kept.items() if table == Incidents.NAME):
        raise ContractError(_nothing_left(engine))
    counts = _with_shapes(spec, quality(engine, intake.rows_in, {**intake.rows_read, **kept}, intake.not_passed_on))
    loaded = Loaded(
        supplied=_after_coding(spec, intake.supplied),
        reported=frozenset(outcome for (outcome,) in engine.rows("SELECT DISTINCT outcome FROM outcomes")),
        quality=counts,
        quarantine=quarantined(engine),
        inputs=intake.inputs,
        data_cut=cut,
        warnings=(*_set_aside_shares(counts), *warnings),
    )
    _finish(engine, spec, loaded.supplied)
    return loaded


def _with_shapes(spec: Sources, counts: Sequence[RowsCounted]) -> tuple[RowsCounted, ...]:
    """What a row is, beside the rows of files whose shape the profile declares, and of the tables these give."""
    files = {f"files.{alias}": shape.shape for alias, shape in spec.shapes.items()}
    tables = {
        name: spec.shapes[table.file].shape
        for name, table in spec.tables.items()
        if table.file in spec.shapes and name in spec.shapes[table.file].tables
    }
    shapes = files | tables
    return tuple(replace(row, shape=shapes[row.table]) if row.table in shapes else row for row in counts)


def _settle(engine: Engine, profile: Profile, spec: Sources, intake: Intake, cut: date) -> list[Diagnostic]:
    """Everything that is checked between rows and tables, in the order in which it may be relied on."""
    supplied = intake.supplied
    warnings = [*moment_checks(engine, profile, supplied), *span_checks(engine, supplied)]
    warnings += apply_cut(engine, cut, supplied)
    for table in supplied:
        warnings += settle_keys(engine, spec.tables[table].table, supplied[table])
    warnings += set_aside_impossible(engine, profile, supplied)
    if Interactions.NAME in supplied:
        unknown_answers(engine)
    warnings += answer_checks(engine) if Interactions.NAME in supplied else []
    warnings += order_checks(engine, supplied)
    convert_money(engine, profile, supplied)
    warnings += link_customers(engine, supplied)
    warnings += bucket_labels(engine, spec.tables, supplied)
    return [*warnings, *match_rates(engine, supplied), *oddities(engine, profile, supplied)]


def _check_declarations(profile: Profile, supplied: Mapping[str, Collection[str]]) -> None:
    """What the profile declares of columns that nothing supplies would be lost without a word."""
    interactions = supplied.get(Interactions.NAME)
    if profile.sources.action_words and interactions is not None and Interactions.message not in interactions:
        raise SourceError(MessagesNotMapped(profile.path))
    if lacking := [name for name, _ in profile.covariates if name not in supplied[Incidents.NAME]]:
        raise SourceError(CovariateMissing(profile.path, tuple(lacking)))
    own = TABLES[Incidents.NAME].by_name
    for column in profile.draw.columns if profile.draw else ():
        if (column in own or column.startswith(COVARIATE_PREFIX)) and column not in supplied[Incidents.NAME]:
            raise SourceError(DrawnColumnMissing(profile.path, column))


def _set_aside_shares(counts: Sequence[RowsCounted]) -> list[Diagnostic]:
    """Tables of which so many rows were set aside that a wrong mapping is likelier than wrong rows."""
    shares: dict[str, float] = {}
    for table, file in dict.fromkeys((row.table, row.file) for row in counts):
        rows = {row.reason: row.rows for row in counts if (row.table, row.file) == (table, file)}
        came, left = rows[RowReason.ROWS_IN], rows[RowReason.KEPT] + rows.get(RowReason.NOT_PASSED_ON, 0)
        shares[f"{table} ({file})"] = 1 - left / came if came else 0.0
    found = [warning(Check.SET_ASIDE_SHARE, subject, share) for subject, share in shares.items()]
    return [row for row in found if not row.passed]


def _nothing_left(engine: Engine) -> Fault:
    reasons = engine.rows(
        'SELECT "column", reason, count(*) FROM raw._quarantine WHERE "table" = \'incidents\' '
        "GROUP BY ALL ORDER BY 3 DESC, 1, 2 LIMIT 3"
    )
    refused: list[Refused] = [
        ColumnRefused(rows, column, RowReason(why)) if column else RowRefused(rows, RowReason(why))
        for column, why, rows in reasons
    ]
    return NothingLeft(reduce(AndRefused, refused)) if refused else NothingCameIn()


def _after_coding(spec: Sources, supplied: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Texts are gone after loading; a coded message supplies the action."""
    coded = (
        {Interactions.action}
        if spec.action_words and Interactions.message in supplied.get(Interactions.NAME, ())
        else set[str]()
    )
    return {
        table: (columns | coded if table == Interactions.NAME else columns) - {Interactions.message}
        for table, columns in supplied.items()
    }


def _create_empty(engine: Engine, table: Table) -> None:
    columns = ", ".join(f"{name(c.name)} {SQL_TYPE[c.kind]}" for c in table.columns if c.kind != "text")
    engine.run(f"CREATE TABLE {name(table.name)} ({columns})")


def _finish(engine: Engine, spec: Sources, supplied: Mapping[str, frozenset[str]]) -> None:
    """Leave the contract's columns only: no texts, no traces of files, nothing raw."""
    if spec.action_words and Interactions.NAME in supplied:
        code_actions(engine)
    for table in supplied:
        contract = {c.name for c in TABLES[table].columns if c.kind != "text"}
        for column, *_ in engine.rows(f"DESCRIBE {name(table)}"):
            if column not in contract and not column.startswith(COVARIATE_PREFIX):
                engine.run(f"ALTER TABLE {name(table)} DROP COLUMN {name(column)}")
    engine.run("DETACH raw")
