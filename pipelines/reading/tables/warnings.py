"""Warnings of loading, as rows of ``diagnostics``: what was kept though it looks odd, and how much of it there is."""

from typing import Any

Row = dict[str, Any]


def warning(
    check: str, subject: str, value: float, unit: str = "rows", threshold: float = 0.0, passed: bool = False
) -> Row:
    """One row of ``diagnostics``; by default anything above a threshold of none doesn't pass."""
    return {
        "effect_id": "",
        "check": check,
        "stage": "before",
        "subject": subject,
        "value": float(value),
        "unit": unit,
        "threshold": threshold,
        "passed": passed,
        "verdict": "ok" if passed else check,
    }


def counted(check: str, subject: str, rows: int) -> list[Row]:
    """A warning when any row is affected, else none."""
    return [warning(check, subject, rows)] if rows else []
