"""From canonical tables to the two marts: one SELECT per noun, run in order."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pipelines.contracts.catalog.outcomes import OUTCOMES, OutcomeFamily, named_columns
from pipelines.contracts.mart import MartColumn, baseline_columns, incident_columns
from pipelines.contracts.sources import ComparisonSubjects
from pipelines.contracts.types import ColumnType
from pipelines.engine import Engine
from pipelines.errors import JoinError
from pipelines.join.declarations import declare
from pipelines.join.doubts import in_doubt
from pipelines.join.faults import NamesForSql, RowsMultiplied, UnknownOutcomes
from pipelines.join.mart import count_rows, mart_table, numbered
from pipelines.join.reported import measured_first, reported_columns
from pipelines.join.script import NOUNS, VIEWS, expand, read
from pipelines.settings.profile import Profile

INCIDENTS = "incident_mart"

__all__ = ["build_marts", "make", "mart_columns", "mart_table", "statements"]

SQL_TYPE: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "flag": "BOOLEAN",
    "whole": "BIGINT",
    "real": "DOUBLE",
    "money": "DECIMAL(18, 4)",
    "time": "TIMESTAMP",
}


def build_marts(engine: Engine, profile: Profile, supplied: Mapping[str, frozenset[str]], data_cut: date) -> None:
    """Create ``incident_mart`` (one row per valid incident) and ``baseline_mart`` (per moment without failure).

    ``engine`` holds every canonical table; ``supplied`` says which tables and columns the profile really gives.
    Raises ``JoinError`` when the mart would not have exactly one row per incident.
    """
    _check_outcomes(engine, profile)
    declare(engine, profile, supplied, data_cut)
    for noun, statement in statements(profile, declared_comparison=ComparisonSubjects.NAME in supplied).items():
        make(engine, noun, statement)
    _check_rows(engine)


def make(engine: Engine, noun: str, statement: str) -> None:
    """Run one noun's SELECT under its name, for as long as the engine is open (temporary tables skip compression)."""
    kind = "VIEW" if noun in VIEWS or noun.endswith("_mart") else "TABLE"
    engine.run(f"CREATE OR REPLACE TEMP {kind} {noun} AS {statement}")


def mart_columns(profile: Profile) -> dict[str, tuple[MartColumn, ...]]:
    """The columns of both marts under this profile."""
    declared = [outcome.id for outcome in profile.outcomes]
    return {
        "incident_mart": (*incident_columns(profile.horizons_days, profile.covariates, declared), *named_columns()),
        "baseline_mart": (
            *baseline_columns(profile.horizons_days, profile.covariates, declared),
            *named_columns(o for o in OUTCOMES.values() if o.family is OutcomeFamily.OWN),
        ),
    }


def statements(profile: Profile, *, declared_comparison: bool) -> dict[str, str]:
    """Every noun's SELECT in running order, placeholders written out, the marts projected onto their contract."""
    declared = [outcome.id for outcome in profile.outcomes]
    covariates = [name for name, _ in profile.covariates]
    _check_names([*declared, *covariates])
    lists: dict[str, Sequence[object]] = {
        "h": profile.horizons_days,
        "reported": [*OUTCOMES, *(name for name in declared if name not in OUTCOMES)],
        "reported_column": reported_columns(profile.horizons_days, declared),
        "covariate": covariates,
    }
    files = {noun: "declared_comparison" if declared_comparison and noun == "never_failed" else noun for noun in NOUNS}
    selects = {noun: expand(read(file), lists) for noun, file in files.items()}
    for mart, columns in mart_columns(profile).items():
        reports = measured_first(profile.horizons_days, profile.retention, declared)
        selects[numbered(mart)] = _typed(selects.pop(mart), columns, reports, profile.horizons_days)
        selects[mart] = f"SELECT {', '.join(c.name for c in columns)} FROM {numbered(mart)}"
    return selects


def _typed(select: str, columns: Sequence[MartColumn], reports: Mapping[str, str], horizons_days: Sequence[int]) -> str:
    """The mart's SELECT with the contract's columns, in its order and types, after the number of the subject.

    ``reports``: SQL of the columns that the company may report itself. What rests on something unread is unknown.
    """
    measured = {c.name: in_doubt(c.name, f"mart.{c.name}", horizons_days) for c in columns}
    values = [(reports.get(c.name, "{}").replace(f"mart.{c.name}", "{}"), c) for c in columns]
    values = [(sql.replace("{}", measured[c.name]), c) for sql, c in values]
    chosen = ",\n".join(f"    CAST({sql} AS {SQL_TYPE[c.type]}) AS {c.name}" for sql, c in values)
    typed = f"SELECT\n    mart.subject_id,\n{chosen}\nFROM (\n{select}\n) AS mart"
    typed += "\nLEFT JOIN doubted ON doubted.subject_id = mart.subject_id"
    if not reports:
        return typed
    joined = "LEFT JOIN reported_outcomes AS reported ON reported.subject_id = mart.subject_id\nCROSS JOIN supplied"
    return f"{typed}\n{joined}"


def _check_names(names: Sequence[str]) -> None:
    bad = [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)]
    if bad:
        raise JoinError(NamesForSql(tuple(bad)))


def _check_outcomes(engine: Engine, profile: Profile) -> None:
    known = [*OUTCOMES, *(outcome.id for outcome in profile.outcomes)]
    marks = ", ".join("?" for _ in known)
    lost = engine.value(f"SELECT count(*) FROM outcomes WHERE outcome NOT IN ({marks})", known)
    if lost:
        raise JoinError(UnknownOutcomes(lost))


def _check_rows(engine: Engine) -> None:
    incidents = engine.value("SELECT count(*) FROM incidents")
    rows = count_rows(engine, "incident_mart")
    if rows != incidents:
        raise JoinError(RowsMultiplied(rows, incidents))
