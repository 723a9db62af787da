"""What a draft consists of: guesses, questions, and what was left out. All frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any, Literal

from pipelines.contracts.message import Remark
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.why import Confidence, Looks, Way
from pipelines.settings.files import FileSpec


class Gathered(Enum):
    """How rows of orders become one row per order: not, the amount taken once, or the amounts summed."""

    NOT = "not"
    ONCE = "once"
    SUMMED = "summed"


@dataclass(frozen=True)
class Guess:
    """One canonical column, and the export column (or the constant) it is taken from."""

    table: str
    column: str
    file: str
    export: str
    confidence: Confidence
    why: Remark
    constant: str = ""
    way: Way = Way.AS_IT_IS


@dataclass(frozen=True)
class LeftRows:
    """Rows of a file that a table leaves out: a column holds one of ``texts`` (lower case), as a whole or in a list."""

    table: str
    file: str
    column: str
    texts: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class LatestRows:
    """Of a file with a row per change the last one of a case holds: its columns of cases, and of when they changed."""

    case: str
    changed: str


@dataclass(frozen=True)
class StateQuestion:
    """Whether orders in a state count as purchases, where no list knows it."""

    file: str
    column: str
    label: str


@dataclass(frozen=True)
class CentsQuestion:
    """Whether the amounts of a column are cents."""

    table: str
    file: str
    column: str


@dataclass(frozen=True)
class Question:
    """Something the values can't settle: whether ``file``'s column writes day or month first."""

    file: str
    column: str


@dataclass(frozen=True)
class Sampled:
    """One export as looked at: how it is written, the files behind it, its rows, and its columns.

    ``relation`` holds all its rows in the engine that looked at it. ``clocks``: a column of days → its clocks'.
    """

    spec: FileSpec
    files: tuple[str, ...]
    rows: int
    columns: tuple[Traits, ...]
    relation: str = ""
    clocks: Mapping[str, str] = field(default_factory=dict)
    by_name: Mapping[str, Traits] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})


@dataclass(frozen=True)
class OrderLink:
    """Customers of incidents found through an order number that both files hold."""

    incident_column: str
    orders: str
    order_column: str
    customer_column: str
    share: float


@dataclass(frozen=True)
class Draft:
    """A drafted profile.

    ``stars``: where the incidents are poor reviews, the column of their scores. ``unmapped``: file alias → (export
    column, what it looks like). ``answers``: what comes first, day or month, in a column (file, name) whose values
    don't settle it. ``left``: rows that are no cases or no messages, ``latest``: which row
    of a case holds where there are several. ``states``: a state of orders → whether it counts.
    ``cents``: (file, column) of amounts → whether they are cents.
    """

    folder: Path
    title: str
    guesses: tuple[Guess, ...]
    samples: Mapping[str, Sampled]
    unmapped: Mapping[str, tuple[tuple[str, Looks], ...]]
    notes: tuple[Remark, ...]
    link: OrderLink | None = None
    orders: Gathered = Gathered.NOT
    stars: str = ""
    answers: Mapping[tuple[str, str], Literal["day", "month"]] = field(default_factory=dict)
    left: tuple[LeftRows, ...] = ()
    latest: LatestRows | None = None
    states: Mapping[str, bool] = field(default_factory=dict)
    cents: Mapping[tuple[str, str], bool] = field(default_factory=dict)

    def of_table(self, table: str) -> tuple[Guess, ...]:
        """The guesses of one canonical table."""
        return tuple(g for g in self.guesses if g.table == table)

    def tables(self) -> tuple[str, ...]:
        """The canonical tables drafted, incidents first."""
        return tuple(dict.fromkeys(g.table for g in self.guesses))

    def changed(self, **parts: Any) -> "Draft":
        """A copy with some parts replaced."""
        return replace(self, **parts)
