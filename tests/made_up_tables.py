"""Made-up rows in short: a part and a measure name the table, and tables of them are published. For tests only."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from rows_in_short import made

from pipelines.contracts.arrow import row_table
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.tables.contrast import Contrasted
from pipelines.contracts.tables.decision_review import DecisionReview
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.published import TABLES
from pipelines.contracts.tables.valuation import Valuation

_VALUED = ("cost_of_", "margin_", "marginal_", "spent_", "compensation_spent", "faster", "more", "form", "best_form")
_CONTRASTED = ("rate_", "commitment_effect", "resolved_at_first_contact_effect")
_TOPIC = {"void": "silence", "choice": "forms"}


def split(row: Any) -> Any:
    """A row of the old table of decisions as one of measures, contrasts, valuations or decision reviews."""
    if not isinstance(row, dict):
        return row
    part, measure = str(row["part"]), str(row["measure"])
    if part == "decided":
        named = str(row["segment"]).removeprefix("decision=")
        return made(DecisionReview, {**row, "segment": "", "decision": int(named) if named else None})
    if part == "paradox" or measure.startswith(_CONTRASTED):
        return made(Contrasted, row)
    if part in ("money", "front_line", "choice") and measure.startswith(_VALUED):
        return made(Valuation, row)
    return made(Measured, {**row, "topic": Topic(_TOPIC.get(part, part))})


def result_table(name: str, rows: Sequence[Any]) -> pa.Table:
    """Rows of one published table in its schema."""
    row = TABLES[name]
    extra = {"topic": Topic.DESCRIPTIVE} if row is Measured else {}
    return row_table(row, [made(row, {**extra, **r} if isinstance(r, dict) else r) for r in rows])


def tables_of(rows: Mapping[str, Sequence[Any]]) -> dict[str, pa.Table]:
    """Every published table, from rows by table; those of ``decisions`` go where they belong."""
    given = {name: list(found) for name, found in rows.items() if name != "decisions"}
    if "measures" in given:
        given["measures"] = [_descriptive(r) for r in given["measures"]]
    for row in map(split, rows.get("decisions", ())):
        given.setdefault(row.TABLE, []).append(row)
    for name in ("measures", "contrasts", "valuations", "decision_reviews"):
        given.setdefault(name, [])
    return {name: result_table(name, found) for name, found in given.items()}


def _descriptive(row: Any) -> Any:
    if not isinstance(row, dict):
        return row
    verdict = {"verdict": "suppressed"} if row.get("suppressed") else {}
    return made(Measured, {"topic": Topic.DESCRIPTIVE, **verdict, **row})
