"""What a target can be set for: measures by the scale of each, all from their catalogue."""

from collections.abc import Sequence

from pipelines.contracts.catalog.measures import Measure, MeasureFamily, MeasureId, answered_within, entry
from pipelines.contracts.catalog.treatments import SPEED_LADDER_MINUTES

_ALLOWED = tuple(measure for measure in Measure if measure.may_be_target)
SHARES: tuple[MeasureId, ...] = (
    *(measure for measure in _ALLOWED if measure.unit.is_share),
    *(answered_within(minutes) for minutes in SPEED_LADDER_MINUTES),
)
AMOUNTS = tuple(measure for measure in _ALLOWED if measure.unit.is_money)
COUNTS = tuple(measure for measure in _ALLOWED if not measure.unit.is_share and not measure.unit.is_money)
MAIN_HORIZON_DAYS = 365


def share_measures(horizons_days: Sequence[int], retention: str) -> tuple[MeasureId, ...]:
    """Measures whose target is a share from 0 to 1; who came back counts at the main horizon, a year or the longest."""
    days = MAIN_HORIZON_DAYS if MAIN_HORIZON_DAYS in horizons_days else max(horizons_days)
    family = MeasureFamily.RETAINED_FOR if retention == "contractual" else MeasureFamily.RETURNED_WITHIN
    return (*SHARES, family.at(days))


def is_ceiling(measure: str) -> bool:
    """Whether less of it is better, so that its target is not to be passed."""
    known = entry(measure)
    return known is not None and known.higher_is_better is False
