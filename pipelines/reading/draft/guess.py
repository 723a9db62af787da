"""What a draft consists of: guesses, questions, and what was left out. All frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any

from pipelines.contracts.message import Fault, Remark
from pipelines.reading.draft.asking.answers import NOTHING_SAID, Answers
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.shaping.found import FoundShape
from pipelines.reading.draft.why import Looks, Way
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
class Rivals:
    """Files of which one is a table, and nothing says which: none looks like it, or several do."""

    table: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Lacking:
    """A canonical column that nothing shows, columns of the file that may be it, and the table that waits for it."""

    table: str
    file: str
    column: str
    choices: tuple[str, ...]
    waits: str


@dataclass(frozen=True)
class Gone:
    """A column that tells which rows are deleted: by one of ``texts`` (lower case); without any, by being filled."""

    column: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Which rows of a loader's copy stand: none that is ``gone``, of each ``key`` the one of the last ``version``."""

    gone: tuple[Gone, ...]
    key: str = ""
    version: str = ""


@dataclass(frozen=True)
class Sampled:
    """One export as looked at: how it is written, the files behind it, its rows, and its columns.

    ``relation`` holds all its rows that stand in the engine that looked at it. ``clocks``: a column of days → its
    clocks'. ``standing``: None where all rows stand.
    """

    spec: FileSpec
    files: tuple[str, ...]
    rows: int
    columns: tuple[Traits, ...]
    relation: str = ""
    clocks: Mapping[str, str] = field(default_factory=dict)
    standing: Standing | None = None
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
    column, what it looks like). ``said``: what somebody answered. ``left``: rows that are no cases or no messages,
    ``latest``: which row of a case holds where there are several. ``rivals``, ``lacking`` and ``without_unit`` (file,
    column of a time to the first answer) are open. ``stopped``: why nothing can be run, before anything is answered.
    ``shapes``: files that more than a map makes tables of.
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
    said: Answers = NOTHING_SAID
    left: tuple[LeftRows, ...] = ()
    latest: LatestRows | None = None
    rivals: tuple[Rivals, ...] = ()
    lacking: tuple[Lacking, ...] = ()
    without_unit: tuple[str, str] | None = None
    stopped: Fault | None = None
    shapes: tuple[FoundShape, ...] = ()

    def of_table(self, table: str) -> tuple[Guess, ...]:
        """The guesses of one canonical table."""
        return tuple(g for g in self.guesses if g.table == table)

    def tables(self) -> tuple[str, ...]:
        """The canonical tables drafted, incidents first."""
        return tuple(dict.fromkeys(g.table for g in self.guesses))

    def changed(self, **parts: Any) -> "Draft":
        """A copy with some parts replaced."""
        return replace(self, **parts)
