"""Warnings of loading, as rows of ``diagnostics``: what was kept though it looks odd, and how much of it there is."""

from dataclasses import replace

from pipelines.contracts.catalog.checks import CHECKS, Check, CheckVerdict, Touch
from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Reason
from pipelines.contracts.tables.diagnostic import Diagnostic


def warning(check: Check, subject: str, value: float, *, passed: bool | None = None) -> Diagnostic:
    """One check of the exports. Its limit decides whether it passes, unless ``passed`` does; without one it does."""
    looked = CHECKS[check]
    holds = looked.limit.holds(value) if looked.limit else True
    threshold = looked.limit.threshold if looked.limit else 0.0
    return _row(check, subject, value, looked.unit or Unit.ROWS, threshold, holds if passed is None else passed)


def gate(
    check: Check, subject: str, value: float, *reasons: Reason, touches: Touch | None = None, limit: float | None = None
) -> Diagnostic:
    """A check that holds down what rests on it when it fails: why, and what (the catalogue's, unless said otherwise).

    ``limit``: one that the profile declares instead of the catalogue's.
    """
    row = warning(check, subject, value)
    if limit is not None:
        holds = value <= limit
        row = replace(row, threshold=limit, passed=holds, verdict=_verdict(holds))
    failed = row.passed is False
    held = (touches or CHECKS[check].touches) if failed else None
    return replace(row, reasons=reasons if failed or limit is not None else (), touches=held)


def counted(check: Check, subject: str, rows: int) -> list[Diagnostic]:
    """A warning when any row is affected, else none."""
    return [warning(check, subject, rows)] if rows else []


def own(code: str, subject: str, value: float, unit: str) -> Diagnostic:
    """A check of the profile's own, which passes when it finds none; code, subject and unit are the company's."""
    return _row(code, subject, value, unit, 0.0, value == 0)


def _row(check: str, subject: str, value: float, unit: str, threshold: float, passed: bool) -> Diagnostic:
    return Diagnostic("", check, Stage.BEFORE, subject, float(value), unit, threshold, passed, _verdict(passed))


def _verdict(passed: bool) -> CheckVerdict:
    return CheckVerdict.PASSED if passed else CheckVerdict.FAILED
