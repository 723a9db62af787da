"""A mass incident beside what single incidents of the same severity met."""

import pandas as pd

from pipelines.policy.counted.expected import Reference
from pipelines.policy.counted.shares import share_limits
from pipelines.policy.rows import Row


def beside_single(y: pd.Series, severity: pd.Series, single: Reference | None) -> Row:
    """An event's share with its limits, and how it compares with single incidents of the same severity."""
    share, n = float(y.mean()), len(y)
    low, high = share_limits(share, float((share * (1 - share) / n) ** 0.5), n, n)
    row = {"estimate": share, "ci_low": low, "ci_high": high, "n": n}
    beside = None if single is None else single.expects(y, severity)
    if single is None or beside is None or beside.expected == 0:
        return row | {"reason": "Too few single incidents to compare with."}
    ratio_low, ratio_high = beside.limits()
    open_end = None if ratio_high == float("inf") else ratio_high
    return row | {"expected": beside.expected / n, "ratio": beside.ratio, "ratio_low": ratio_low,
                  "ratio_high": open_end, "n_reference": single.n}  # fmt: skip
