"""Designs that would need other data and are not built: rows that say so."""

from pipelines.contracts.catalog.estimation import AskedOf, ContrastKind, Estimand, Estimator, SeType, Spec
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.outcomes import RETURNED
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import InstrumentNotBuilt, PolicyChangeNotBuilt, ThresholdNotBuilt
from pipelines.contracts.tables.effect import Effect
from pipelines.models.rows import Results

_UNBUILT: dict[Estimand, Reason] = {
    Estimand.THRESHOLD: ThresholdNotBuilt(),
    Estimand.POLICY_CHANGE: PolicyChangeNotBuilt(),
    Estimand.INSTRUMENT: InstrumentNotBuilt(),
}


def not_implemented() -> Results:
    """One row per design."""
    return Results(
        [
            Effect(
                outcome=RETURNED, treatment=SPEED, contrast=ContrastKind(estimand.value), population=AskedOf.ALL,
                estimand=estimand, estimator=Estimator.NONE, spec=Spec.NONE, se_type=SeType.NONE,
                verdict=Verdict.NOT_IMPLEMENTED, reasons=(reason,),
            )
            for estimand, reason in _UNBUILT.items()
        ]
    )  # fmt: skip
