"""The canonical tables by name, and what each is made of: columns with a kind, what they may hold, and the key."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Literal, cast

# Columns of a company's own that are held equal begin with it.
COVARIATE_PREFIX = "x_"


class CanonicalTable(StrEnum):
    """Every table that a profile may supply. Only ``incidents`` is needed."""

    INCIDENTS = "incidents"
    INTERACTIONS = "interactions"
    COMPENSATIONS = "compensations"
    ORDERS = "orders"
    SUBSCRIPTIONS = "subscriptions"
    OUTCOMES = "outcomes"
    CUSTOMERS = "customers"
    CUSTOMER_LINKS = "customer_links"
    WORD_OF_MOUTH = "word_of_mouth"
    PROMISES = "promises"
    STANDARDS = "standards"
    AUTHORITY_LIMITS = "authority_limits"
    FIXES = "fixes"
    EXPOSURE = "exposure"
    STAFF_PULSE = "staff_pulse"
    COMPARISON_SUBJECTS = "comparison_subjects"
    COMPARISON_OUTCOMES = "comparison_outcomes"


class Grain(StrEnum):
    """What one row is, by the table's name."""

    INCIDENTS = "incidents"
    INTERACTIONS = "interactions"
    COMPENSATIONS = "compensations"
    ORDERS = "orders"
    SUBSCRIPTIONS = "subscriptions"
    OUTCOMES = "outcomes"
    CUSTOMERS = "customers"
    CUSTOMER_LINKS = "customer_links"
    WORD_OF_MOUTH = "word_of_mouth"
    PROMISES = "promises"
    STANDARDS = "standards"
    AUTHORITY_LIMITS = "authority_limits"
    FIXES = "fixes"
    EXPOSURE = "exposure"
    STAFF_PULSE = "staff_pulse"
    COMPARISON_SUBJECTS = "comparison_subjects"
    COMPARISON_OUTCOMES = "comparison_outcomes"


Kind = Literal["id", "label", "time", "date", "money", "number", "count", "flag", "text"]

SQL_TYPE: dict[Kind, str] = {
    "id": "VARCHAR",
    "label": "VARCHAR",
    "time": "TIMESTAMP",
    "date": "DATE",
    "money": "DECIMAL(18,4)",
    "number": "DOUBLE",
    "count": "BIGINT",
    "flag": "BOOLEAN",
    "text": "VARCHAR",
}


@dataclass(frozen=True)
class Holds:
    """What a column may hold.

    ``required``: the table can't exist without it. ``person``: the value identifies a person and is keyed-hashed on
    the way in. ``allowed``: the only labels accepted, others quarantine the row. ``minimum``: smallest valid value.
    ``text`` columns are used while coding actions and dropped before the mart.
    """

    kind: Kind
    required: bool = False
    person: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


class Column(str):
    """One canonical column: its name, wherever SQL or a profile names it, and what it holds."""

    holds: Holds

    def __new__(cls, name: str, holds: Holds | Kind) -> "Column":
        """A column by name; a kind alone holds anything of that kind."""
        made = super().__new__(cls, name)
        made.holds = holds if isinstance(holds, Holds) else Holds(holds)
        return made

    def __getnewargs__(self) -> tuple[str, Holds]:  # type: ignore[override]
        """What a copy is made of."""
        return str(self), self.holds

    @property
    def name(self) -> str:
        """The name alone."""
        return str(self)

    @property
    def kind(self) -> Kind:
        """What kind of value it holds."""
        return self.holds.kind

    @property
    def required(self) -> bool:
        """Whether the table can't exist without it."""
        return self.holds.required

    @property
    def person(self) -> bool:
        """Whether it identifies a person."""
        return self.holds.person

    @property
    def allowed(self) -> tuple[str, ...]:
        """The only labels accepted; none: any."""
        return self.holds.allowed

    @property
    def minimum(self) -> float | None:
        """The smallest valid value."""
        return self.holds.minimum

    @property
    def maximum(self) -> float | None:
        """The largest valid value."""
        return self.holds.maximum


@dataclass(frozen=True)
class Table:
    """One canonical table: its columns and the key that must be unique (empty: rows may repeat)."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})


def column(kind: Kind, *, allowed: type[StrEnum] | None = None, **holds: Any) -> Column:
    """A column of a :class:`Canonical` table, which gives it the name of its field."""
    labels = tuple(member.value for member in allowed) if allowed else ()
    return cast(Column, Holds(kind, allowed=labels, **holds))


class Canonical:
    """A canonical table as a class: its fields are the columns, its docstring the grain, ``KEY`` what is unique.

    ``TABLE`` is the same for whoever goes through all tables.
    """

    NAME: ClassVar[str]
    TABLE: ClassVar[Table]
    KEY: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, table: CanonicalTable) -> None:
        declared = {name: holds for name, holds in vars(cls).items() if isinstance(holds, Holds)}
        columns = {id(holds): Column(name, holds) for name, holds in declared.items()}
        for column in columns.values():
            setattr(cls, column, column)
        cls.KEY = tuple(columns[id(holds)] for holds in cls.KEY)
        cls.NAME = table.value
        cls.TABLE = Table(cls.NAME, tuple(columns.values()), cls.KEY)
