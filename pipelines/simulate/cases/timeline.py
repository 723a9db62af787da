"""When each step of a case happened, and what was given. Times in seconds; ``NEVER`` when it didn't."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.cases.case import FORMS
from pipelines.simulate.cases.life import Life
from pipelines.simulate.cases.recovery import paid_after_seconds
from pipelines.simulate.world.calendar import DAY, END, HOUR, NEVER
from pipelines.simulate.world.codes import Form
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import Flags, Floats, Whole


@dataclass(frozen=True)
class Timeline:
    """One entry per incident. ``followed`` is the second contact; ``escalated`` comes shortly before it."""

    contacted: Whole
    followed: Whole
    resolved: Whole
    closed: Whole
    reopened: Whole
    escalated: Whole
    threatened: Whole
    paid: Whole
    coded: Flags


@dataclass(frozen=True)
class Given:
    """One entry per thing given: for which incident (position), what, its share of the loss, and when (seconds)."""

    case: Whole
    form: Whole
    share: Floats
    issued: Whole


def timeline(life: Life, seed: int) -> Timeline:
    """The steps of every case by the data cut."""
    told = life.told
    rng, n = stream(seed, "timeline"), told.cases.n
    opened, recovery, response = told.cases.opened, told.recovery, told.response
    contacted = _after(opened, response.minutes * 60.0)
    followed = np.where(recovery.at_once, NEVER, _after(contacted, recovery.gap_hours * HOUR))
    more = np.where(rng.random(n) < 0.3, 2.0 * DAY * rng.exponential(1.0, n), 0.0)
    resolved = np.where(recovery.at_once, contacted, _after(followed, more))
    silent = np.where(rng.random(n) < 0.6, _after(opened, np.full(n, 30.0 * DAY)), NEVER)
    closed = np.where(contacted < NEVER, _after(resolved, DAY * (0.5 + 3.0 * rng.random(n))), silent)
    reopened = np.where(rng.random(n) < 0.04, _after(closed, DAY * 6.0 * rng.random(n) + HOUR), NEVER)
    passed_up = (followed < NEVER) & (rng.random(n) < 0.11 + 0.10 * told.cases.recorded_grave)
    escalated = np.where(passed_up, contacted + (0.9 * (followed - contacted)).astype(np.int64), NEVER)
    threat = response.threat_minutes
    heard = (threat < response.minutes) | (rng.random(n) < 0.7)
    threatened = np.where(heard, _after(opened, threat * 60.0), NEVER)
    return Timeline(
        contacted=_by_the_cut(contacted),
        followed=_by_the_cut(followed),
        resolved=_by_the_cut(resolved),
        closed=_by_the_cut(closed),
        reopened=_by_the_cut(reopened),
        escalated=_by_the_cut(escalated),
        threatened=_by_the_cut(threatened),
        paid=_by_the_cut(_after(contacted, paid_after_seconds(told.luck))),
        coded=rng.random(n) >= 0.1,
    )


def given(life: Life, steps: Timeline, seed: int) -> Given:
    """Everything given by the data cut: the usual, a second thing, the experiment's credit."""
    recovery, rng = life.told.recovery, stream(seed, "payouts")
    n = life.told.cases.n
    tested = np.where(recovery.test_share > 0, Form.CREDIT, -1)
    form = np.concatenate([recovery.form, recovery.extra_form, tested])
    share = np.concatenate([recovery.share, recovery.extra_share, recovery.test_share])
    late = (rng.random(n) * 3 * DAY).astype(np.int64)
    issued = np.concatenate([steps.paid, steps.paid + late, steps.contacted])
    chosen = np.flatnonzero((form >= 0) & (issued < END))
    return Given(chosen % n, form[chosen], share[chosen], issued[chosen])


def redemptions(life: Life, gifts: Given, seed: int) -> tuple[Whole, Flags]:
    """When future credit was used (``NEVER`` when not), and whether on the guest's next booking."""
    rng = stream(seed, "redemptions")
    returned = life.told.returned[gifts.case]
    future = FORMS.future[gifts.form]
    with_booking = future & (returned > gifts.issued) & (returned < END) & (rng.random(len(future)) < 0.75)
    on_site = gifts.issued + (DAY * 200 * rng.random(len(future))).astype(np.int64)
    spent = future & ~with_booking & (rng.random(len(future)) < 0.34) & (on_site < END)
    return np.where(with_booking, returned, np.where(spent, on_site, NEVER)), with_booking


def _after(start: Whole, seconds: Floats) -> Whole:
    """``start`` plus a wait; never when either is never."""
    finite = (start < NEVER) & np.isfinite(seconds)
    return np.where(finite, start + np.where(finite, seconds, 0.0).astype(np.int64), NEVER)


def _by_the_cut(seconds: Whole) -> Whole:
    return np.where(seconds < END, seconds, NEVER)
