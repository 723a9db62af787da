"""Warnings of loading, as rows of ``diagnostics``: what was kept though it looks odd, and how much of it there is."""

from pipelines.contracts.catalog.checks import Check, CheckVerdict
from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.diagnostic import Diagnostic


def warning(
    check: Check | str,
    subject: str,
    value: float,
    unit: Unit | str = Unit.ROWS,
    threshold: float = 0.0,
    passed: bool = False,
) -> Diagnostic:
    """One check of the exports; by default anything above a threshold of none doesn't pass."""
    verdict = CheckVerdict.PASSED if passed else CheckVerdict.FAILED
    return Diagnostic("", check, Stage.BEFORE, subject, float(value), unit, threshold, passed, verdict)


def counted(check: Check, subject: str, rows: int) -> list[Diagnostic]:
    """A warning when any row is affected, else none."""
    return [warning(check, subject, rows)] if rows else []
