"""Shapes that exports come in: what one row is, which columns play which part, and what tables are derived from them.

A shape is declared as ``[shape.<file>]`` where columns alone don't make a table: of a log of events, of a snapshot of
customers, and of an experiment. Files of the other shapes are mapped as they stand, so that their tables say it all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipelines.contracts.canonical import CanonicalTable


class Shape(StrEnum):
    """What one row of a file is."""

    CASES = "cases"
    EVENTS = "events"
    MESSAGES = "messages"
    LEDGER = "ledger"
    SURVEY = "survey"
    SNAPSHOT = "snapshot"
    EXPERIMENT = "experiment"


class Role(StrEnum):
    """The part that a column plays in a shape.

    ``state`` is what the case is in after the row, so that it repeats; ``event`` is what happened in it. ``field``
    tells what a row changes, ``before`` what stood there; ``order`` counts the rows of a case, where moments repeat.
    ``opened``, ``resolved`` and ``closed`` are moments of the case that every row of it repeats.
    """

    CASE = "case"
    MOMENT = "moment"
    ORDER = "order"
    STATE = "state"
    EVENT = "event"
    FIELD = "field"
    BEFORE = "before"
    BY = "by"
    OPENED = "opened"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CUSTOMER = "customer"
    FAILURE = "failure"
    ARM = "arm"


class Step(StrEnum):
    """What an event, or coming into a state, is to a case.

    ``touch``: staff take it up where the customer can notice; ``work``: they do something that the customer can't see;
    ``reply``: the customer speaks; ``none``: it tells nothing of the case.
    """

    OPEN = "open"
    TOUCH = "touch"
    WORK = "work"
    REPLY = "reply"
    ESCALATE = "escalate"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    NONE = "none"


MOMENTS = (Role.MOMENT, Role.OPENED, Role.RESOLVED, Role.CLOSED)


@dataclass(frozen=True)
class Derived:
    """A shape that is declared: the columns it needs, those it may have besides, and the tables made of it."""

    needs: tuple[Role, ...]
    may_have: tuple[Role, ...]
    tables: tuple[CanonicalTable, ...]
    has_outcomes: bool = False


_T = CanonicalTable
DERIVED: Mapping[Shape, Derived] = {
    Shape.EVENTS: Derived(
        (Role.CASE, Role.MOMENT),
        (
            Role.ORDER, Role.STATE, Role.EVENT, Role.FIELD, Role.BEFORE, Role.BY, Role.CUSTOMER, Role.OPENED,
            Role.RESOLVED, Role.CLOSED,
        ),
        (_T.INCIDENTS, _T.INTERACTIONS),
    ),
    Shape.SNAPSHOT: Derived(
        (Role.FAILURE,),
        (Role.CUSTOMER,),
        (_T.INCIDENTS, _T.COMPARISON_SUBJECTS, _T.OUTCOMES, _T.COMPARISON_OUTCOMES),
        has_outcomes=True,
    ),
    Shape.EXPERIMENT: Derived(
        (Role.ARM,), (Role.CUSTOMER, Role.MOMENT), (_T.INCIDENTS, _T.OUTCOMES), has_outcomes=True
    ),
}  # fmt: skip

# What a file is where its rows are mapped as they stand.
_MAPPED: Mapping[CanonicalTable, Shape] = {
    _T.INCIDENTS: Shape.CASES,
    _T.INTERACTIONS: Shape.MESSAGES,
    _T.COMPENSATIONS: Shape.LEDGER,
    _T.ORDERS: Shape.LEDGER,
    _T.SUBSCRIPTIONS: Shape.LEDGER,
    _T.WORD_OF_MOUTH: Shape.SURVEY,
}


def shape_of_table(table: str) -> Shape | None:
    """The shape of a file that a table is mapped from, row by row; None for what isn't mapped so."""
    return _MAPPED.get(CanonicalTable(table)) if table in tuple(CanonicalTable) else None
