"""Designs that would need other data and are not built: rows that say so."""

from pipelines.contracts.results import effect_row
from pipelines.models.rows import Results

_UNBUILT = {
    "threshold": "A rule that treats cases differently above a threshold could be used; this isn't implemented.",
    "policy_change": "A change of policy on a known date could be used; this isn't implemented.",
    "instrument": "Lenient staff or a long queue could serve as an instrument; this isn't implemented.",
}


def not_implemented() -> Results:
    """One row per design."""
    return Results(
        [
            effect_row(
                outcome="returned", treatment="speed", contrast=estimand, population="all", estimand=estimand,
                estimator="none", spec="none", se_type="none", verdict="not_implemented", reason=reason,
            )
            for estimand, reason in _UNBUILT.items()
        ]
    )  # fmt: skip
