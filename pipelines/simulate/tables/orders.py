"""The shop's bookings, with the ones that must not count as a return: cancelled, free, or in place of a failed stay."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.simulate.cases.bookings import OnFile
from pipelines.simulate.cases.life import Life
from pipelines.simulate.cases.timeline import Given, redemptions
from pipelines.simulate.tables.values import (
    CURRENCY,
    FIRST_GUEST,
    Numbers,
    Texts,
    Times,
    YesNo,
    flags,
    labels,
    money,
    numbered,
    same,
    times,
)
from pipelines.simulate.world.calendar import DAY, END
from pipelines.simulate.world.group import BUSINESSES, CATEGORIES
from pipelines.simulate.world.guests import Bookings
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import Flags, Floats, Whole, end_to_end, in_order, take

FIRST_ORDER = 30_000_001
CANCELLED, COMPLETED, CONFIRMED = "cancelled", "completed", "confirmed"
_FARE = np.array([business.median_fare for business in BUSINESSES])
_MARGIN = np.array([business.margin for business in BUSINESSES])


@dataclass(frozen=True)
class Orders:
    """One row per booking of guests on file, by time; ids run in that order."""

    customer_id: Texts
    order_id: Texts
    ordered_at: Times
    amount: Numbers
    currency: Texts
    status: Texts
    service_date: Times
    is_replacement: YesNo
    voucher_amount: Numbers
    margin: Numbers


def orders(life: Life, file: OnFile, gifts: Given, seed: int) -> Orders:
    """The bookings as the shop shows them at the data cut."""
    rng, book = stream(seed, "order records"), file.orders
    lost = _cancelled_after_failure(life, book, rng)
    paid = _rows(rng, book, file.guests.line[book.guest], labels(lost.astype(np.int64), (COMPLETED, CANCELLED)))
    credit = np.minimum(_vouchers(life, book, gifts, seed), paid.amount.to_numpy() * 0.6)
    found = end_to_end([replace(paid, voucher_amount=money(credit)), *_never_counted(life, file, rng)])
    found = in_order(found, found.ordered_at, found.customer_id)
    ahead = (found.status == COMPLETED) & (found.service_date >= pd.Timestamp(END, unit="s"))
    ids = numbered(np.arange(len(ahead)), FIRST_ORDER)
    return replace(found, order_id=ids, status=found.status.mask(ahead, CONFIRMED))


def _rows(rng: np.random.Generator, book: Bookings, line: Whole, status: Texts) -> Orders:
    """Bookings paid in full, without an id as yet."""
    n = len(book.guest)
    amount = np.round(_FARE[line] * np.exp(0.5 * rng.standard_normal(n)), 2)
    return Orders(
        customer_id=numbered(book.guest, FIRST_GUEST),
        order_id=same("", n),
        ordered_at=times(book.ordered),
        amount=money(amount),
        currency=same(CURRENCY, n),
        status=status,
        service_date=times(book.service // DAY * DAY),
        is_replacement=flags(np.zeros(n, bool)),
        voucher_amount=money(np.zeros(n)),
        margin=money(amount * _MARGIN[line]),
    )


def _cancelled_after_failure(life: Life, book: Bookings, rng: np.random.Generator) -> Flags:
    """Bookings held when a failure came and cancelled after it: more often when it was grave or nobody answered."""
    cases, answered = life.told.cases, life.told.response.answered
    first = np.flatnonzero(cases.earlier == 0)
    opened = np.full(int(book.guest.max(initial=0)) + life.guests.n + 1, END)
    odds = np.full(len(opened), 0.0)
    opened[cases.guest[first]] = cases.opened[first]
    odds[cases.guest[first]] = (0.05 + 0.05 * cases.severity + 0.08 * ~answered)[first]
    held = (book.ordered < opened[book.guest]) & (book.service > opened[book.guest])
    return held & (rng.random(len(book.guest)) < odds[book.guest])


def _vouchers(life: Life, book: Bookings, gifts: Given, seed: int) -> Floats:
    """Credit used on each booking: that of the guest's return after a failure."""
    when, with_booking = redemptions(life, gifts, seed)
    amount = gifts.share * life.told.cases.loss[gifts.case]
    used = np.flatnonzero(with_booking)
    key = life.told.cases.guest[gifts.case[used]] * (1 << 33) + when[used]
    unique, back = np.unique(key, return_inverse=True)
    total = np.bincount(back, weights=amount[used], minlength=len(unique))
    mine = book.guest * (1 << 33) + book.ordered
    spot = np.minimum(np.searchsorted(unique, mine), max(len(unique) - 1, 0))
    if len(unique) == 0:
        return np.zeros(len(mine))
    return np.where(unique[spot] == mine, total[spot], 0.0)


def _never_counted(life: Life, file: OnFile, rng: np.random.Generator) -> list[Orders]:
    """Bookings cancelled at once, award nights for nothing, and stays in place of the one that failed."""
    book = file.orders
    near = book.ordered + (DAY * 30 * rng.random(len(book.guest))).astype(np.int64)
    near = np.minimum(near, END - 60)
    shadow = Bookings(book.guest, near, near + 40 * DAY)
    cancelled = _some(rng, file, shadow, 0.035, CANCELLED)
    award = _some(rng, file, shadow, 0.012, COMPLETED)
    nothing = money(np.zeros(len(award.amount)))
    return [cancelled, replace(award, amount=nothing, margin=nothing), _replacements(life, file, rng)]


def _some(rng: np.random.Generator, file: OnFile, book: Bookings, share: float, status: str) -> Orders:
    """A share of the bookings, drawn by lot."""
    part = take(book, rng.random(len(book.guest)) < share)
    return _rows(rng, part, file.guests.line[part.guest], same(status, len(part.guest)))


def _replacements(life: Life, file: OnFile, rng: np.random.Generator) -> Orders:
    cases = life.told.cases
    moved = CATEGORIES.rebooked[cases.category] & (cases.severity >= 1) & file.known[cases.guest]
    chosen = np.flatnonzero(moved & (rng.random(cases.n) < 0.4) & (cases.opened < END - 2 * DAY))
    when = cases.opened[chosen] + (DAY * rng.random(len(chosen))).astype(np.int64)
    part, n = Bookings(cases.guest[chosen], when, when + DAY), len(chosen)
    moved_to = _rows(rng, part, cases.who.line[chosen], same(COMPLETED, n))
    return replace(moved_to, is_replacement=flags(np.ones(n, bool)))
