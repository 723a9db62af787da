"""The price of one hour sooner at which people and offers bring the same, and where either clearly wins."""

from collections.abc import Callable
from math import inf
from typing import NamedTuple

import numpy as np

from pipelines.contracts.answers import BreakEven

DECADES, PRICES, HALVINGS = 6, 61, 30


class Lead(NamedTuple):
    """What people net more than offers, with its 95 % limits."""

    value: float
    low: float
    high: float


def break_even(lead: Callable[[float], Lead], price_reaching_all: float) -> BreakEven:
    """The prices at which ``lead`` and either of its limits are zero.

    Up to ``price_reaching_all`` the sum pays for everybody, and all three fall in straight lines; beyond, the limits
    may turn more than once, so people clearly win only below the first price at which they don't, and offers only above
    the last.
    """
    prices = [0.0, *(price_reaching_all * 10.0**power for power in np.linspace(0.0, DECADES, PRICES))]
    asked = [lead(price) for price in prices]

    def turn(pick: Callable[[Lead], float], last: bool) -> float:
        above = [pick(found) > 0 for found in asked]
        if all(above):
            return inf
        if not any(above) or not (last or above[0]):
            return 0.0
        j = len(above) - above[::-1].index(True) if last else above.index(False)
        if j == len(above):
            return inf
        return _zero(lambda price: pick(lead(price)), *prices[j - 1 : j + 1])

    return BreakEven(
        turn(lambda found: found.value, last=False),
        turn(lambda found: found.low, last=False),
        turn(lambda found: found.high, last=True),
    )


def _zero(net: Callable[[float], float], below: float, above: float) -> float:
    """Where ``net``, above zero at one price and not at a higher one, is zero."""
    for _ in range(HALVINGS):
        middle = (below + above) / 2
        below, above = (middle, above) if net(middle) > 0 else (below, middle)
    return (below + above) / 2
