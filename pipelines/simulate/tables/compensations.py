"""What was given, when, by whom and what it cost."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.cases.case import FORMS
from pipelines.simulate.cases.life import Life, incident_numbers
from pipelines.simulate.cases.timeline import Given, redemptions
from pipelines.simulate.tables.plan import PLAN
from pipelines.simulate.tables.values import (
    AGENTS_PER_SITE,
    CURRENCY,
    FIRST_AGENT,
    FIRST_INCIDENT,
    Numbers,
    Texts,
    Times,
    labels,
    money,
    numbered,
    same,
    times,
)
from pipelines.simulate.world.codes import Form, Line, Role
from pipelines.simulate.world.randomness import stream
from pipelines.simulate.world.records import Floats, Whole, in_order

_LIMITS = np.array(list(PLAN.limits.values()))


@dataclass(frozen=True)
class Compensations:
    """One row per thing given, by incident and time; a gesture has no face amount."""

    incident_id: Texts
    issued_at: Times
    kind: Texts
    face_amount: Numbers
    currency: Texts
    unit_cost: Numbers
    redeemed_at: Times
    issued_by: Texts
    issuer_role: Texts


def compensations(life: Life, gifts: Given, seed: int) -> Compensations:
    """Everything given, as recorded."""
    rng, cases = stream(seed, "payout records"), life.told.cases
    amount = gifts.share * cases.loss[gifts.case]
    redeemed, _ = redemptions(life, gifts, seed)
    role = _role(rng, amount, cases.who.line[gifts.case])
    issuer = cases.site[gifts.case] * AGENTS_PER_SITE + role
    blank = rng.random(len(role)) < 0.08
    gesture = gifts.form == Form.GESTURE
    found = Compensations(
        incident_id=numbered(incident_numbers(life)[gifts.case], FIRST_INCIDENT),
        issued_at=times(gifts.issued),
        kind=labels(gifts.form, Form.labels()),
        face_amount=money(amount, ~gesture),
        currency=same(CURRENCY, len(amount)),
        unit_cost=money(np.where(gesture, 4.0, amount * FORMS.unit_cost[gifts.form])),
        redeemed_at=times(redeemed),
        issued_by=numbered(issuer, FIRST_AGENT, ~blank),
        issuer_role=labels(role, Role.labels(), ~blank),
    )
    return in_order(found, found.incident_id, found.issued_at, found.kind)


def _role(rng: np.random.Generator, amount: Floats, line: Whole) -> Whole:
    """The lowest role that may give the amount, sometimes a higher one; one in eight gives beyond the limit."""
    lowest, ship = np.searchsorted(_LIMITS, amount), line == Line.CRUISE
    role = np.where(ship & (lowest == Role.DESK), Role.SHIP_SERVICES, lowest)
    role = np.where(~ship & (lowest == Role.SHIP_SERVICES), Role.DUTY_MANAGER, role)
    step = np.where(rng.random(len(role)) < 0.12, 1, 0) - np.where(rng.random(len(role)) < 0.12, 1, 0)
    return np.asarray(np.clip(role + step, 0, len(Role) - 1), np.int64)
