"""Warnings of loading, as rows of ``diagnostics``: what was kept though it looks odd, and how much of it there is."""

from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.tables.diagnostic import Diagnostic


def warning(
    check: str, subject: str, value: float, unit: str = "rows", threshold: float = 0.0, passed: bool = False
) -> Diagnostic:
    """One check of the exports; by default anything above a threshold of none doesn't pass."""
    verdict = "ok" if passed else check
    return Diagnostic("", check, Stage.BEFORE, subject, float(value), unit, threshold, passed, verdict)


def counted(check: str, subject: str, rows: int) -> list[Diagnostic]:
    """A warning when any row is affected, else none."""
    return [warning(check, subject, rows)] if rows else []
