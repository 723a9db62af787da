"""What may change because of a recovery: one entry each, from which questions, pages and needs derive.

An outcome is an entry here, its column in ``incident_mart.sql`` and its words: ``outcome.<id>`` as a heading,
``….inside`` a sentence, and ``….counted`` as what there is more or fewer of.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pipelines.contracts.catalog import needs
from pipelines.contracts.catalog.estimation import Group, OutcomeId, SegmentFamily
from pipelines.contracts.catalog.needs import Need, Supply, first_lacking
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import (
    WORD_OF_MOUTH_WINDOW_DAYS,
    Col,
    ColumnName,
    HorizonCol,
    MartColumn,
    Named,
    Stage,
    outcome_of_profile,
)
from pipelines.contracts.message import Reason
from pipelines.contracts.types import FLAG, MONEY, REAL, WHOLE, ColumnType

RETURNED: Final = OutcomeId("returned")
RETAINED: Final = OutcomeId("retained")
DAYS_TO_RETURN: Final = OutcomeId("days_to_return")
SPEND: Final = OutcomeId("spend")
SPEND_WITHOUT_VOUCHER: Final = OutcomeId("spend_without_voucher")
HELD_BOOKING_CANCELLED: Final = OutcomeId("held_booking_cancelled")
PROMOTER: Final = OutcomeId("promoter")
REVIEW_STARS: Final = OutcomeId("review_stars")
REFERRALS: Final = OutcomeId("referrals")
NEGATIVE_POST: Final = OutcomeId("negative_post")
POSITIVE_STORY: Final = OutcomeId("positive_story")
REOPENED: Final = OutcomeId("reopened")
RESTORED: Final = OutcomeId("restored")
STAYED: Final = OutcomeId("stayed")

# By what incidents may be split to ask where an effect differs, one by one or two crossed.
SEGMENT_FAMILIES: tuple[SegmentFamily, ...] = tuple(
    f for f in SegmentFamily if f is not SegmentFamily.EARLIER_APOLOGIES
)


class OutcomeKind(StrEnum):
    """What its values are."""

    BINARY = "binary"
    AMOUNT = "amount"
    COUNT = "count"
    SCORE = "score"
    DURATION = "duration"


class Direction(StrEnum):
    """Which way is good."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class OutcomeFamily(StrEnum):
    """What it tells of. ``orders``: later orders themselves, which may come before an answer and so not from it."""

    ORDERS = "orders"
    SUBSCRIPTIONS = "subscriptions"
    BOOKINGS = "bookings"
    WORD_OF_MOUTH = "word_of_mouth"
    CASE = "case"
    BOND = "bond"
    OWN = "own"


@dataclass(frozen=True)
class Outcome:
    """One outcome.

    ``column`` is the mart column, or one column per horizon; ``window_days``: how long it is looked for where it has
    none. ``unit``: what changes in it are published in; a declared outcome's own is in the
    company's words, and ``name`` is what the company calls it. ``responders_only``: known only for those who answered.
    ``asked_about``: groups of treatments it is asked about, beside those that lead; a ``leading`` one is asked about at
    every horizon and gets every specification.
    """

    id: OutcomeId
    column: ColumnName | HorizonCol
    unit: Unit | str
    kind: OutcomeKind
    direction: Direction
    family: OutcomeFamily = OutcomeFamily.OWN
    needs: tuple[Need, ...] = ()
    asked_about: tuple[Group, ...] = ()
    leading: bool = False
    window_days: int | None = None
    responders_only: bool = False
    name: str = ""

    @property
    def higher_is_better(self) -> bool:
        """Whether more of it is good."""
        return self.direction is Direction.HIGHER_IS_BETTER

    @property
    def has_horizon(self) -> bool:
        """Whether it is told within a number of days, one column for each."""
        return isinstance(self.column, HorizonCol)

    def column_at(self, horizon_days: int | None) -> ColumnName:
        """The mart column at a horizon; ``ValueError`` without one where there is a column for each."""
        if isinstance(self.column, HorizonCol):
            if horizon_days is None:
                raise ValueError(self.id)
            return self.column.at(horizon_days)
        return self.column

    def lacking(self, supply: Supply) -> Reason | None:
        """Why it can't be known from a profile, or None when it can."""
        return None if supply.reports(self.id) else first_lacking(self.needs, supply)


UP, DOWN = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER
EVERY_GROUP = (Group.PROCESS, Group.FORMS, Group.ACTIONS, Group.CONDUCT, Group.EXPERIMENT)
_STORIES = (Group.ACTIONS, Group.CONDUCT)
_WORDS = OutcomeFamily.WORD_OF_MOUTH
_WINDOW = WORD_OF_MOUTH_WINDOW_DAYS

_SHIPPED: tuple[Outcome, ...] = (
    Outcome(
        RETURNED, HorizonCol.RETURNED, Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, UP, OutcomeFamily.ORDERS,
        needs.ORDERS, EVERY_GROUP, leading=True,
    ),
    Outcome(
        RETAINED, HorizonCol.RETAINED, Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, UP, OutcomeFamily.SUBSCRIPTIONS,
        needs.SUBSCRIPTIONS, EVERY_GROUP, leading=True,
    ),
    Outcome(
        DAYS_TO_RETURN, Col.DAYS_TO_RETURN, Unit.DAYS, OutcomeKind.DURATION, DOWN, OutcomeFamily.ORDERS, needs.ORDERS,
    ),
    Outcome(
        SPEND, HorizonCol.SPEND, Unit.MONEY_PER_CUSTOMER, OutcomeKind.AMOUNT, UP, OutcomeFamily.ORDERS, needs.ORDERS,
        (Group.EXPERIMENT,),
    ),
    Outcome(
        SPEND_WITHOUT_VOUCHER, HorizonCol.SPEND_WITHOUT_VOUCHER, Unit.MONEY_PER_CUSTOMER, OutcomeKind.AMOUNT, UP,
        OutcomeFamily.ORDERS, needs.ORDERS,
    ),
    Outcome(
        HELD_BOOKING_CANCELLED, Col.HELD_BOOKING_CANCELLED, Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, DOWN,
        OutcomeFamily.BOOKINGS, (*needs.ORDERS, needs.SERVICE_DATES),
    ),
    Outcome(
        PROMOTER, Col.PROMOTER, Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, UP, _WORDS, (needs.WORD_OF_MOUTH,),
        _STORIES, window_days=_WINDOW, responders_only=True,
    ),
    Outcome(
        REVIEW_STARS, Col.REVIEW_STARS, Unit.STARS, OutcomeKind.SCORE, UP, _WORDS, (needs.WORD_OF_MOUTH,),
        window_days=_WINDOW, responders_only=True,
    ),
    Outcome(
        REFERRALS, Col.REFERRALS, Unit.PER_100_CUSTOMERS, OutcomeKind.COUNT, UP, _WORDS, (needs.WORD_OF_MOUTH,),
        window_days=_WINDOW,
    ),
    Outcome(
        NEGATIVE_POST, Col.NEGATIVE_POST, Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, DOWN, _WORDS,
        (needs.WORD_OF_MOUTH,), _STORIES, window_days=_WINDOW,
    ),
    Outcome(
        POSITIVE_STORY, Col.POSITIVE_STORY, Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, UP, _WORDS,
        (needs.WORD_OF_MOUTH,), window_days=_WINDOW,
    ),
    Outcome(
        REOPENED, Col.REOPENED, Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, DOWN, OutcomeFamily.CASE,
        (needs.REOPENING,),
    ),
    Outcome(
        RESTORED, Col.RESTORED, Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, UP, OutcomeFamily.BOND,
        (*needs.ORDERS, needs.SCORES), responders_only=True,
    ),
    # A flag of the company's own that nobody dated: of snapshots of customers.
    Outcome(
        STAYED, Named("stayed"), Unit.PER_100_CUSTOMERS, OutcomeKind.BINARY, UP, OutcomeFamily.OWN, (needs.STAYED,),
        EVERY_GROUP, leading=True,
    ),
)  # fmt: skip

OUTCOMES: Mapping[OutcomeId, Outcome] = {o.id: o for o in _SHIPPED}


# What a mart column of an outcome holds.
_TYPE: Mapping[OutcomeKind, ColumnType] = {
    OutcomeKind.BINARY: FLAG,
    OutcomeKind.AMOUNT: MONEY,
    OutcomeKind.COUNT: WHOLE,
    OutcomeKind.SCORE: REAL,
    OutcomeKind.DURATION: REAL,
}


def named_columns(outcomes: Iterable[Outcome] = _SHIPPED) -> tuple[MartColumn, ...]:
    """Mart columns that outcomes name themselves, so that a new one needs no other entry."""
    named = {o.column: o.kind for o in outcomes if not isinstance(o.column, Col | HorizonCol)}
    return tuple(MartColumn(column, _TYPE[kind], Stage.OUTCOME) for column, kind in named.items())


def declared_outcome(id_: str, name: str, unit: str, kind: str, *, higher_is_better: bool) -> Outcome:
    """An outcome that a company holds itself, as the catalogue would hold it: asked about everything, without needs."""
    shares = kind in (OutcomeKind.BINARY, OutcomeKind.COUNT)
    return Outcome(
        OutcomeId(id_), outcome_of_profile(id_), Unit.PER_100_CUSTOMERS if shares else unit, OutcomeKind(kind),
        UP if higher_is_better else DOWN, asked_about=EVERY_GROUP, name=name,
    )  # fmt: skip


def every_outcome(declared: Iterable[Outcome] = ()) -> Mapping[OutcomeId, Outcome]:
    """Shipped outcomes and a profile's own, by id."""
    return {**OUTCOMES, **{o.id: o for o in declared}}
