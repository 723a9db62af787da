"""What a published row per incident comes to in a year, from the published number of incidents; pages import this."""

from typing import Any

Row = Any


def in_a_year(row: Row, year: Row) -> tuple[float, float | None, float | None]:
    """Estimate and limits of ``row``, per incident, times the incidents of ``year``, which are counted exactly."""
    value, low, high = (
        None if row[c] is None else row[c] * year["estimate"] for c in ("estimate", "ci_low", "ci_high")
    )
    return value or 0.0, low, high
