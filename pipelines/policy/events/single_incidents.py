"""A mass incident beside what single incidents of the same severity met."""

from dataclasses import replace

import pandas as pd

from pipelines.contracts.messages.counted import FewSingleIncidents
from pipelines.contracts.tables.event import EventMeasure
from pipelines.policy.cells import shown
from pipelines.policy.counted.expected import Reference
from pipelines.policy.counted.shares import share_limits


def beside_single(row: EventMeasure, y: pd.Series, severity: pd.Series, single: Reference | None) -> EventMeasure:
    """The row with an event's share and limits, and how it compares with single incidents of the same severity."""
    share, n = float(y.mean()), len(y)
    low, high = share_limits(share, float((share * (1 - share) / n) ** 0.5), n, n)
    row = replace(row, estimate=share, ci_low=low, ci_high=high, n=n)
    beside = None if single is None else single.expects(y, severity)
    if single is None or beside is None or beside.expected == 0:
        return shown(replace(row, reasons=(FewSingleIncidents(),)))
    ratio_low, ratio_high = beside.limits()
    return shown(
        replace(
            row,
            expected=beside.expected / n,
            ratio=beside.ratio,
            ratio_low=ratio_low,
            ratio_high=None if ratio_high == float("inf") else ratio_high,
            n_reference=single.n,
        )
    )
