"""Answers reckoned from published rows alone: scenarios, and where the next sum of money goes."""

from dataclasses import dataclass

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.plans import Held, Winner
from pipelines.contracts.message import Caveat, Reason


@dataclass(frozen=True)
class Answer:
    """Against today, over all incidents of the segments asked about: customers per 100, and money per incident.

    ``cost`` is what is given more (negative: less) per incident. Numbers are None where nothing lies inside support;
    ``outside`` names the segments that don't: their incidents are left as they are. ``n`` incidents asked about,
    ``n_near`` the fewest that were really treated so in a segment that counts.
    """

    gain: float | None
    low: float | None
    high: float | None
    value: float | None
    value_low: float | None
    value_high: float | None
    cost: float | None
    n: int
    n_near: int
    df: float | None
    supported: bool
    outside: tuple[str, ...]
    held: Held
    grade: Grade | None
    caveats: tuple[Caveat, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class PerYear:
    """Money or customers of a year with their 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Spending:
    """The sum of a year spent on one promise or one offer, against today.

    ``reached``: the share of all incidents asked about that it pays for, segments left out counted as not reached;
    ``spent``: what that costs; ``net``: margin less that; ``customers`` who come back more. None where ``reasons`` say
    why.
    """

    minutes: float | None
    share: float | None
    reached: float | None
    spent: float | None
    customers: PerYear | None
    net: PerYear | None
    n: int
    n_near: int
    grade: Grade | None
    outside: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class BreakEven:
    """The price of one hour sooner at which both bring the same, and where its limits lie.

    Below ``low`` people clearly win, above ``high`` offers do; 0 or infinite where no price does that.
    """

    price: float
    low: float
    high: float


@dataclass(frozen=True)
class NextSum:
    """The answer: ``net`` is what people net more than offers in a year, over the segments where both are supported.

    ``winner`` is None where it can't be told. ``price``: the declared one of an hour sooner, None if none is.
    ``incidents`` a year asked about. Without an answer ``reasons`` say why and what to add.
    """

    total: float
    incidents: float
    price: float | None
    winner: Winner | None
    faster: Spending | None
    more: Spending | None
    net: PerYear | None
    break_even: BreakEven | None
    n: int
    grade: Grade | None
    outside: tuple[str, ...]
    caveats: tuple[Caveat, ...]
    reasons: tuple[Reason, ...]
