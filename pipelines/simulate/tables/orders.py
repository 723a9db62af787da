"""The shop's bookings, with the ones that must not count as a return: cancelled, free, or in place of a failed stay."""

import numpy as np
import pandas as pd

from pipelines.simulate.bookings import OnFile
from pipelines.simulate.guests import Orders
from pipelines.simulate.life import Life
from pipelines.simulate.randomness import Flags, Floats, Whole, stream
from pipelines.simulate.tables.compensations import Given, redemptions
from pipelines.simulate.tables.values import FIRST_GUEST, concat, money, times
from pipelines.simulate.world import CATEGORIES, DAY, END, LINES

FIRST_ORDER = 30_000_001
MARGIN = (0.34, 0.27)
_FARE = np.array([line.median_fare for line in LINES])
_REBOOKED = [CATEGORIES.index(c) for c in ("walked", "lost_booking", "missed_port")]


def orders(life: Life, file: OnFile, gifts: Given, seed: int) -> pd.DataFrame:
    """One row per booking of guests on file, by time; ids run in that order."""
    rng, book = stream(seed, "order records"), file.orders
    line = file.guests.line[book.guest]
    held_lost = _cancelled_after_failure(life, book, rng)
    paid = _frame(rng, book, line, np.where(held_lost, "cancelled", "completed"))
    paid["voucher_amount"] = np.minimum(_vouchers(life, book, gifts, seed), paid["amount"] * 0.6).round(2)
    frame = concat([paid, *_never_counted(life, file, rng)], ["ordered_at", "customer_id"])
    frame["status"] = frame["status"].mask(
        (frame["status"] == "completed") & (frame["service_date"] >= times(np.array([END]))[0]), "confirmed"
    )
    frame.insert(1, "order_id", (np.arange(len(frame)) + FIRST_ORDER).astype(str))
    return frame


def _frame(rng: np.random.Generator, book: Orders, line: Whole, status: Floats | str) -> pd.DataFrame:
    n = len(book.guest)
    amount = np.round(_FARE[line] * np.exp(0.5 * rng.standard_normal(n)), 2)
    return pd.DataFrame({
        "customer_id": (book.guest + FIRST_GUEST).astype(str),
        "ordered_at": times(book.ordered),
        "amount": amount,
        "currency": "EUR",
        "status": pd.Series(status, index=range(n), dtype="str"),
        "service_date": times(book.service // DAY * DAY),
        "is_replacement": pd.array(np.zeros(n, bool), dtype="boolean"),
        "voucher_amount": money(np.zeros(n)),
        "margin": money(amount * np.asarray(MARGIN)[line]),
    })  # fmt: skip


def _cancelled_after_failure(life: Life, book: Orders, rng: np.random.Generator) -> Flags:
    """Bookings held when a failure came and cancelled after it: more often when it was grave or nobody answered."""
    cases, answered = life.told.cases, life.told.response.answered
    first = np.flatnonzero(cases.earlier == 0)
    opened = np.full(int(book.guest.max(initial=0)) + life.guests.n + 1, END)
    odds = np.full(len(opened), 0.0)
    opened[cases.guest[first]] = cases.opened[first]
    odds[cases.guest[first]] = (0.05 + 0.05 * cases.severity + 0.08 * ~answered)[first]
    held = (book.ordered < opened[book.guest]) & (book.service > opened[book.guest])
    return held & (rng.random(len(book.guest)) < odds[book.guest])


def _vouchers(life: Life, book: Orders, gifts: Given, seed: int) -> Floats:
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


def _never_counted(life: Life, file: OnFile, rng: np.random.Generator) -> list[pd.DataFrame]:
    """Bookings cancelled at once, award nights for nothing, and stays in place of the one that failed."""
    book = file.orders
    near = book.ordered + (DAY * 30 * rng.random(len(book.guest))).astype(np.int64)
    near = np.minimum(near, END - 60)
    shadow = Orders(book.guest, near, near + 40 * DAY)
    frames = []
    for share, status, free in ((0.035, "cancelled", False), (0.012, "completed", True)):
        chosen = np.flatnonzero(rng.random(len(near)) < share)
        part = Orders(shadow.guest[chosen], shadow.ordered[chosen], shadow.service[chosen])
        frame = _frame(rng, part, file.guests.line[part.guest], status)
        frames.append(frame.assign(amount=0.0, margin=0.0) if free else frame)
    return [*frames, _replacements(life, file, rng)]


def _replacements(life: Life, file: OnFile, rng: np.random.Generator) -> pd.DataFrame:
    cases = life.told.cases
    moved = np.isin(cases.category, _REBOOKED) & (cases.severity >= 1) & file.known[cases.guest]
    chosen = np.flatnonzero(moved & (rng.random(cases.n) < 0.4) & (cases.opened < END - 2 * DAY))
    when = cases.opened[chosen] + (DAY * rng.random(len(chosen))).astype(np.int64)
    part = Orders(cases.guest[chosen], when, when + DAY)
    frame = _frame(rng, part, cases.line[chosen], "completed")
    return frame.assign(is_replacement=pd.array(np.ones(len(chosen), bool), dtype="boolean"))
