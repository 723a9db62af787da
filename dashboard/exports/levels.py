"""The rows behind a chart as a table to read: every level with its change, interval, cases and grade."""

from collections.abc import Sequence

from dashboard.decisions import level_name
from dashboard.words import cell, measure_label
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.publish.store import Row
from words.changes import digits, noun
from words.doubts import covariate_words
from words.effects import deed
from words.speech import Speech

SHOWN_POINTS = 9
BANDS = ("95 % interval", "Band of the whole curve")


def levels_table(table: str, rows: Sequence[Row], speech: Speech) -> tuple[dict[str, str], ...]:
    """One line per row as shown; of a curve some points evenly spaced, first and last among them."""
    if table == "effects":
        return tuple(_effect(row, speech) for row in rows)
    if table == "curves":
        shown = [r for r in rows if r.supported and r.x2 is None]
        lines = {key: [r for r in shown if (r.effect_id, r.series) == key] for key in map(_line_of, shown)}
        return tuple(_point(row, speech, many=len(lines) > 1) for line in lines.values() for row in _spread(line))
    return tuple(_decided(row, speech) for row in rows) if table == "decisions" else _covariates(rows, speech)


def _effect(row: Row, speech: Speech) -> dict[str, str]:
    outcome = OUTCOMES[row.outcome].label if row.outcome in OUTCOMES else row.outcome.replace("_", " ")
    known = row.estimate is not None
    places = digits(row) if known else 0
    return {
        "What is done": deed(row, speech),
        "Asked as": row.spec.replace("_", " "),
        "Measure": noun(row, speech) if known else outcome,
        "Change": speech.signed(row.estimate, places) if known else "no estimate",
        "95 % interval": speech.span(row.ci_low, row.ci_high, places) if known else row["reason"] or "",
        "Incidents": "–" if row.n_incidents is None else speech.count(row.n_incidents),
        "Grade": row.grade or "–",
    }


def _spread(rows: Sequence[Row]) -> list[Row]:
    if len(rows) <= SHOWN_POINTS:
        return list(rows)
    step = (len(rows) - 1) / (SHOWN_POINTS - 1)
    return [rows[round(i * step)] for i in range(SHOWN_POINTS)]


def _line_of(row: Row) -> tuple[str, str]:
    return row.effect_id, row.series


def _point(row: Row, speech: Speech, *, many: bool) -> dict[str, str]:
    line = {"Line": row.series.replace("_", " ")} if many else {}
    return line | {
        "At": _place(row.x, row.x_unit or "", speech),
        "Estimate": speech.decimal(row.estimate, 1),
        BANDS[row.band == "simultaneous"]: speech.span(row.ci_low, row.ci_high, 1) if row.ci_low is not None else "–",
        "Incidents near": "–" if row.n_near is None else speech.count(row.n_near),
    }


def _place(x: float, unit: str, speech: Speech) -> str:
    if unit == "minutes":
        return speech.duration(x)
    return speech.percent(x) if "share" in unit else f"{speech.decimal(x)} {unit}".strip()


def _decided(row: Row, speech: Speech) -> dict[str, str]:
    return {
        "Measure": measure_label(row.measure),
        "Where": " ".join(filter(None, (level_name(row), row.level or ""))) or "everyone",
        "Value": cell(row, speech),
        "Unit": row.unit or "",
        "Cases": "–" if row.n is None else speech.count(row.n),
        "Counted over": speech.days_between(row.period) if row.period else "all of the data",
    }


def _covariates(rows: Sequence[Row], speech: Speech) -> tuple[dict[str, str], ...]:
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        found.setdefault(row.subject or "", {})[row.stage] = row
    return tuple(
        {
            "Characteristic": covariate_words(subject, speech),
            "Before weighting": _value(stages.get("before"), speech),
            "After weighting": _value(stages.get("after"), speech),
        }
        for subject, stages in found.items()
    )


def _value(row: Row | None, speech: Speech) -> str:
    return "–" if row is None or row.value is None else speech.decimal(row.value, 2)
