"""Diagnostics: what each check of an effect, or of the exports, found."""

from dataclasses import dataclass

from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.tables.row import AsMapping, Published


@dataclass(frozen=True, slots=True)
class Diagnostic(Published, AsMapping):
    """One check of one effect and one subject; ``effect_id`` is empty for checks of the exports themselves.

    ``passed`` is null where a value is only shown. ``subject``: the covariate, column or group that was looked at.
    """

    TABLE = "diagnostics"

    effect_id: str
    check: str
    stage: Stage
    subject: str
    value: float | None
    unit: str
    threshold: float | None
    passed: bool | None
    verdict: str
