"""Columns of the marts that are unknown where something that they are told from couldn't be read.

A yes that is known stays one, whatever else was lost; a no, and every amount and time, isn't known any more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.mart import Col, ColumnName, HorizonCol


@dataclass(frozen=True)
class Doubt:
    """What rests on one flag of ``doubted``: columns of which a yes stays, and columns of which nothing does."""

    yes_stays: tuple[Col | HorizonCol, ...] = ()
    nothing_stays: tuple[Col | HorizonCol, ...] = ()


_DOUBTS: Mapping[str, Doubt] = {
    "orders": Doubt(
        (HorizonCol.RETURNED, HorizonCol.RETURNED_WITHOUT_VOUCHER, Col.HELD_BOOKING, Col.HELD_BOOKING_CANCELLED,
         Col.RESTORED),
        (HorizonCol.SPEND, HorizonCol.SPEND_WITHOUT_VOUCHER, HorizonCol.MARGIN, Col.DAYS_TO_RETURN,
         Col.RETURNED_BEFORE_CONTACT, Col.ORDERS_365D, Col.EARLIER_SPEND_365D),
    ),
    "subscriptions": Doubt((HorizonCol.RETAINED,), (Col.DAYS_TO_CHURN,)),
    "interactions": Doubt((), (Col.COMPANY_CONTACTS, Col.LONGEST_SILENCE_HOURS, Col.LANDMARK_SILENCE_HOURS,
                               Col.SILENCE_CENSORED, Col.HANDOFFS, Col.RESOLVED_AT_FIRST_CONTACT)),
    "compensations": Doubt(
        (Col.COMPENSATION_GIVEN, Col.GESTURE, Col.OLIVE_BRANCH, Col.REDEEMED),
        (Col.COMPENSATION_AMOUNT, Col.COMPENSATION_SHARE, Col.COMPENSATION_KIND, Col.CASH_SHARE,
         Col.FUTURE_CREDIT_SHARE, Col.IN_KIND_SHARE, Col.DAYS_TO_PAY, Col.COMPENSATED_AT, Col.WITHIN_AUTHORITY,
         Col.WORDS_ONLY),
    ),
    "promises": Doubt(
        (Col.COMMITMENT_MADE,), (Col.PROMISES_MADE, Col.COMMITMENT_KEPT, Col.PROMISE_DUE_AT),
    ),
    "word_of_mouth": Doubt(
        (Col.SURVEY_ANSWERED, Col.NEGATIVE_POST, Col.POSITIVE_STORY, Col.PRAISES_STAFF, Col.SHOWS_PICTURES,
         Col.RESTORED),
        (Col.REFERRALS, Col.REACH),
    ),
    "ends": Doubt(
        (Col.CLOSED,),
        (Col.CLOSED_HOURS, Col.RESOLVED_HOURS, Col.LONGEST_SILENCE_HOURS, Col.SILENCE_CENSORED,
         Col.LANDMARK_SILENCE_HOURS, Col.RESOLVED_AT_FIRST_CONTACT, Col.CLOSED_WITHOUT_CONTACT,
         Col.FIXED_BEFORE_DEPARTURE),
    ),
    "reopening": Doubt((Col.REOPENED,)),
    "threat": Doubt((), (Col.THREATENED, Col.THREATENED_BEFORE_CONTACT, Col.APOLOGY_BEFORE_DEMAND)),
    "cause_review": Doubt((), (Col.CAUSE_REVIEWED, Col.CAUSE_REVIEW_DAYS)),
    "event": Doubt((), (Col.MASS_EVENT, Col.EVENT_SIZE)),
    "redemption": Doubt((Col.REDEEMED,)),
    "promise_dates": Doubt((), (Col.COMMITMENT_KEPT, Col.PROMISE_DUE_AT)),
}  # fmt: skip


def in_doubt(column: ColumnName, value: str, horizons_days: Sequence[int]) -> str:
    """SQL of a mart column: unknown where ``doubted`` says so, unless it is a yes that stays one."""
    yes = [about for about, doubt in _DOUBTS.items() if _holds(doubt.yes_stays, column, horizons_days)]
    nothing = [about for about, doubt in _DOUBTS.items() if _holds(doubt.nothing_stays, column, horizons_days)]
    conditions = [f"coalesce(doubted.{about}, FALSE)" for about in nothing]
    conditions += [f"coalesce(doubted.{about} AND NOT {value}, FALSE)" for about in yes]
    return f"CASE WHEN NOT ({' OR '.join(conditions)}) THEN {value} END" if conditions else value


def _holds(columns: Sequence[Col | HorizonCol], column: str, horizons_days: Sequence[int]) -> bool:
    names = {str(c.at(h)) for c in columns if isinstance(c, HorizonCol) for h in horizons_days}
    return column in names or column in [str(c) for c in columns if isinstance(c, Col)]
