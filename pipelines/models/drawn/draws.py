"""A trial as its lots were drawn: which row is in which arm, what was drawn, and within which strata.

Rows are what outcomes are recorded of; units are what lots were drawn for. Arm 0 is the one others are compared with.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pipelines.models.arrays import Flags, Floats, Ints


@dataclass(frozen=True)
class Units:
    """One entry per drawn unit (G of them): its arm, its stratum, how many rows it has."""

    arm: Ints
    stratum: Ints
    rows: Ints


@dataclass(frozen=True)
class Draws:
    """Arms 0…K−1, units 0…G−1 and strata 0…S−1 of N rows; ``shares`` (S, K) as declared, NaN where nothing was said.

    Each unit is in one arm and one stratum. A part of a draw in which shares differed (a week of a ramp-up) is a
    stratum of its own.
    """

    arm: Ints
    unit: Ints
    stratum: Ints
    shares: Floats

    @property
    def arms(self) -> int:
        """Number of arms, K."""
        return int(self.shares.shape[1])

    @cached_property
    def units(self) -> Units:
        """The draw itself, without its rows."""
        size = int(self.unit.max(initial=-1)) + 1
        first = np.zeros(size, dtype=np.int64)
        first[self.unit[::-1]] = np.arange(len(self.unit) - 1, -1, -1)
        return Units(self.arm[first], self.stratum[first], np.bincount(self.unit, minlength=size).astype(np.int64))

    def of(self, rows: Flags) -> "Draws":
        """The same draw seen by fewer rows; units that have none left are gone, strata keep their numbers."""
        unit = np.unique(self.unit[rows], return_inverse=True)[1].astype(np.int64)
        return replace(self, arm=self.arm[rows], unit=unit, stratum=self.stratum[rows])

    def per_unit(self, values: Floats) -> Floats:
        """Means of the rows of each unit, (G, …)."""
        size = len(self.units.rows)
        columns = values.reshape(len(values), -1)
        sums = np.column_stack([np.bincount(self.unit, column, minlength=size) for column in columns.T])
        return np.asarray(sums / self.units.rows[:, None]).reshape(size, *values.shape[1:])


def split_units(unit: Ints, arm: Ints) -> Flags:
    """Rows of units that stand in more than one arm, which no draw of whole units can give."""
    size = int(unit.max(initial=-1)) + 1
    low, high = np.full(size, np.iinfo(np.int64).max), np.full(size, -1)
    np.minimum.at(low, unit, arm)
    np.maximum.at(high, unit, arm)
    return np.asarray((low != high)[unit])


def counts(units: Units, strata: int, arms: int) -> Ints:
    """Units by stratum and arm, (S, K)."""
    return np.bincount(units.stratum * arms + units.arm, minlength=strata * arms).reshape(strata, arms)
