"""Diagnostics: what each check of an effect, or of the exports, found."""

from dataclasses import dataclass

from pipelines.contracts.catalog.checks import Check, CheckVerdict, Touch
from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.message import Reason
from pipelines.contracts.tables.row import Published


@dataclass(frozen=True, slots=True)
class Diagnostic(Published):
    """One check of one effect and one subject; ``effect_id`` is empty for checks of the exports themselves.

    ``check`` and ``unit`` of a profile's own checks are the company's. ``passed`` is null where a value is only shown.
    ``subject``: the covariate, column, gate, segment or side that was looked at. ``multiple``: how many times as strong
    as the subject a hidden cause was taken to be. ``grade``: the letter of a component. ``reasons``: why there is no
    value, or what it turns on. ``touches``: what is graded no better than D because of it.
    """

    TABLE = "diagnostics"

    effect_id: str
    check: Check | str
    stage: Stage
    subject: str
    value: float | None
    unit: Unit | str | None
    threshold: float | None
    passed: bool | None
    verdict: CheckVerdict
    multiple: float | None = None
    grade: Grade | None = None
    reasons: tuple[Reason, ...] = ()
    touches: Touch | None = None
