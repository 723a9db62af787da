"""Outcomes that the company holds itself, under the columns of the catalogue: how a report is read, and when it counts.

A report tells a value and until when the incident was followed. What has happened by a day holds for every longer time,
what hasn't for every shorter one; a stay the other way round; an amount or a count for exactly its own time.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from pipelines.contracts.catalog.company import Retention
from pipelines.contracts.catalog.outcomes import OUTCOMES, RETURNED, Outcome, OutcomeFamily, OutcomeKind
from pipelines.contracts.mart import ColumnName, outcome_of_profile
from pipelines.contracts.sources import Incidents, Orders, Subscriptions, WordOfMouth

Supplied = Mapping[str, Collection[str]]

# Tables (and a column) that tell of such outcomes themselves, so that no report is needed; none: reports alone do.
MEASURED: Mapping[OutcomeFamily, tuple[tuple[str, str], ...]] = {
    OutcomeFamily.ORDERS: ((Orders.NAME, ""),),
    OutcomeFamily.BOOKINGS: ((Orders.NAME, ""),),
    OutcomeFamily.SUBSCRIPTIONS: ((Subscriptions.NAME, ""),),
    OutcomeFamily.WORD_OF_MOUTH: ((WordOfMouth.NAME, ""),),
    OutcomeFamily.CASE: ((Incidents.NAME, Incidents.reopened_at),),
    OutcomeFamily.BOND: ((WordOfMouth.NAME, ""), (Orders.NAME, "")),
    OutcomeFamily.OWN: (),
}


def relied_on(
    reported: Collection[str], supplied: Mapping[str, Collection[str]], retention: Retention
) -> frozenset[str]:
    """Outcomes of the catalogue that are taken as reported, since no other table tells of them."""
    return frozenset(
        outcome.id
        for outcome in OUTCOMES.values()
        if outcome.id in reported and not _is_measured(_measuring(outcome, retention), supplied)
    )


def _measuring(outcome: Outcome, retention: Retention) -> tuple[tuple[str, str], ...]:
    """A company that holds who came back as a flag says so even where orders are there for other reasons."""
    return () if outcome.id == RETURNED and retention is Retention.FLAG else MEASURED[outcome.family]


def _is_measured(tables: Collection[tuple[str, str]], supplied: Supplied) -> bool:
    return bool(tables) and all(t in supplied and (not c or c in supplied[t]) for t, c in tables)


def reported_columns(horizons_days: Sequence[int], declared: Sequence[str]) -> list[str]:
    """SQL over ``value_<outcome>`` and ``days_<outcome>``: every column that a report may fill."""
    shipped = [f"{sql} AS {column}" for o in OUTCOMES.values() for column, sql in _columns(o, horizons_days)]
    return [*shipped, *(f"value_{name} AS {outcome_of_profile(name)}" for name in declared)]


def measured_first(horizons_days: Sequence[int], retention: Retention, declared: Sequence[str]) -> dict[str, str]:
    """Mart column → SQL for its value: as the other tables measure it where they do, else as it was reported."""
    columns: dict[str, str] = {
        column: _measured_first(column, _measuring(outcome, retention))
        for outcome in OUTCOMES.values()
        for column, _ in _columns(outcome, horizons_days)
    }
    return columns | {column: f"reported.{column}" for column in map(outcome_of_profile, declared)}


def _measured_first(column: str, tables: Collection[tuple[str, str]]) -> str:
    if not tables:
        return f"reported.{column}"
    measured = " AND ".join(f"supplied.{'_'.join(filter(None, table))}" for table in tables)
    return f"CASE WHEN {measured} THEN mart.{column} ELSE reported.{column} END"


def _columns(outcome: Outcome, horizons_days: Sequence[int]) -> Iterator[tuple[ColumnName, str]]:
    if outcome.has_horizon:
        yield from ((outcome.column_at(h), _within(outcome, h)) for h in horizons_days)
    elif outcome.window_days:
        yield outcome.column_at(None), _within(outcome, outcome.window_days, f"coalesce({{}}, {outcome.window_days})")
    else:
        yield outcome.column_at(None), _value(outcome)


def _value(outcome: Outcome) -> str:
    value = f"value_{outcome.id}"
    return f"{value} > 0" if outcome.kind is OutcomeKind.BINARY else value


def _within(outcome: Outcome, days: int, followed: str = "{}") -> str:
    """A value within so many days. ``followed`` says what holds without a day until which it was followed."""
    value, until = f"value_{outcome.id}", followed.format(f"days_{outcome.id}")
    if outcome.kind is OutcomeKind.SCORE:
        return value
    if outcome.kind is not OutcomeKind.BINARY:
        type_ = "BIGINT" if outcome.kind is OutcomeKind.COUNT else "DECIMAL(18, 4)"
        return f"CASE WHEN {until} = {days} THEN CAST({value} AS {type_}) END"
    yes, no = ("<=", ">=") if outcome.family is not OutcomeFamily.SUBSCRIPTIONS else (">=", "<=")
    return (
        f"CASE WHEN {value} > 0 AND {until} {yes} {days} THEN TRUE "
        f"WHEN {value} = 0 AND {until} {no} {days} THEN FALSE END"
    )
