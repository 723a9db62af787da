"""A finding before it is judged: its numbers, and what judging it takes beyond them."""

from dataclasses import dataclass, replace

from pipelines.contracts.ledger.finding import Finding


@dataclass(frozen=True)
class Candidate:
    """``row``: without call, place and rank. ``up``: more of the outcome is good.

    ``base_share``: of today, 0 to 1, and ``design_effect``: of its clusters, where a test can be sized; ``weekly``:
    cases a week that a test could enrol. ``break_even``: the change, per 100, that pays its cost. ``may_act``: nothing
    else forbids to act on it.
    """

    row: Finding
    up: bool = True
    base_share: float | None = None
    design_effect: float = 1.0
    weekly: float | None = None
    break_even: float = 0.0
    may_act: bool = True

    def with_row(self, **changes: object) -> "Candidate":
        """The candidate with other cells."""
        return replace(self, row=replace(self.row, **changes))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Interval:
    """A number with its 95 % limits."""

    value: float
    low: float
    high: float

    def times(self, by: float) -> "Interval":
        """The interval times a constant, which may be negative."""
        low, high = sorted((by * self.low, by * self.high))
        return Interval(by * self.value, low, high)

    def less(self, cost: float) -> "Interval":
        """The interval with a constant taken off."""
        return Interval(self.value - cost, self.low - cost, self.high - cost)

    def widened(self, half: float) -> "Interval":
        """The interval with the error of an independent estimate, by half of its own interval."""
        down, up = _root(self.value - self.low, half), _root(self.high - self.value, half)
        return Interval(self.value, self.value - down, self.value + up)

    def product(self, other: "Interval") -> "Interval":
        """The product of two independent estimates: relative errors add in squares, on either side (delta method)."""
        value = self.value * other.value
        down = _joint(self.value - self.low, other.value, other.value - other.low, self.value)
        up = _joint(self.high - self.value, other.value, other.high - other.value, self.value)
        return Interval(value, value - down, value + up)


def _joint(own_half: float, other: float, other_half: float, own: float) -> float:
    return _root(own_half * other, other_half * own)


def _root(one: float, other: float) -> float:
    return float((one**2 + other**2) ** 0.5)
