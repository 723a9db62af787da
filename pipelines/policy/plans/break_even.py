"""The price of one hour sooner at which people and offers bring the same, and where either clearly wins."""

from collections.abc import Callable
from math import inf
from typing import NamedTuple

import numpy as np

from pipelines.contracts.answers import BreakEven

DECADES, PRICES, HALVINGS = 6, 61, 30


class Limits(NamedTuple):
    """What people net more than offers, with its 95 % limits."""

    value: float
    low: float
    high: float


def break_even(nets: Callable[[float], Limits], bends: float) -> BreakEven:
    """The prices at which ``nets`` and either of its limits are zero.

    Up to the price ``bends`` the sum pays for everybody, and all three fall in straight lines; beyond, the limits may
    turn more than once, so people clearly win only below the first price at which they don't, and offers only above the
    last.
    """
    prices = [0.0, *(bends * 10.0**power for power in np.linspace(0.0, DECADES, PRICES))]
    asked = [nets(price) for price in prices]

    def turn(limit: str, last: bool) -> float:
        above = [getattr(net, limit) > 0 for net in asked]
        if all(above):
            return inf
        if not any(above) or not (last or above[0]):
            return 0.0
        j = len(above) - above[::-1].index(True) if last else above.index(False)
        if j == len(above):
            return inf
        return _zero(lambda price: float(getattr(nets(price), limit)), *prices[j - 1 : j + 1])

    return BreakEven(turn("value", last=False), turn("low", last=False), turn("high", last=True))


def _zero(net: Callable[[float], float], below: float, above: float) -> float:
    """Where ``net``, above zero at one price and not at a higher one, is zero."""
    for _ in range(HALVINGS):
        middle = (below + above) / 2
        below, above = (middle, above) if net(middle) > 0 else (below, middle)
    return (below + above) / 2
