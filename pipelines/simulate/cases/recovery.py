"""What staff do once somebody is in contact: words, repair and compensation, following severity, value and delay."""

from dataclasses import dataclass, fields

import numpy as np

from pipelines.simulate.cases.case import FORMS, Cases, Recovery
from pipelines.simulate.world.calendar import DAY
from pipelines.simulate.world.codes import Arm, Fault, Form
from pipelines.simulate.world.group import CATEGORIES
from pipelines.simulate.world.randomness import expit, pick_rows, stream
from pipelines.simulate.world.records import Flags, Floats, Whole
from pipelines.simulate.world.scenario import Scenario

SHARES = np.array([0.1, 0.25, 0.5, 1.0, 1.5])
_SHARE_CUTS = (-0.6, 0.22, 0.9, 2.3)
TEST_CREDIT_SHARE, TEST_CREDIT_FLAT = 0.4, 50.0
_SEVERITY_GIVEN = np.array([-0.95, 0.1, 1.2, 1.9, -0.1])
_SEVERITY_SHARE = np.array([-0.4, -0.05, 0.5, 0.8, -0.05])
_FORM_WEIGHTS = np.array([FORMS.hotel, FORMS.cruise])


@dataclass(frozen=True)
class Chances:
    """One uniform draw per incident for each thing that staff do or don't."""

    given: Floats
    second: Floats
    second_form: Floats
    heap: Floats
    comply: Floats
    apology: Floats
    personal: Floats
    empathy: Floats
    owned: Floats
    explained: Floats
    committed: Floats
    kept: Floats
    repaired: Floats
    at_once: Floats


@dataclass(frozen=True)
class Spreads:
    """One standard normal draw per incident for each amount and wait."""

    share: Floats
    jitter: Floats
    gap: Floats
    resolve: Floats


@dataclass(frozen=True)
class Luck:
    """What stays the same under every policy: draws per incident, and the form staff would choose if they gave.

    ``form`` follows what is recorded of the case, not how fast it is answered.
    """

    form: Whole
    chance: Chances
    spread: Spreads


def draw_luck(cases: Cases, seed: int, generation: int) -> Luck:
    """The luck of the cases."""
    rng = stream(seed, "recovery", generation)
    chance = Chances(*(rng.random(cases.n) for _ in fields(Chances)))
    spread = Spreads(*(rng.standard_normal(cases.n) for _ in fields(Spreads)))
    return Luck(pick_rows(rng.random(cases.n), _form_weights(cases)), chance, spread)


def recover(
    scenario: Scenario, cases: Cases, minutes: Floats, answered: Flags, threatened: Flags, luck: Luck
) -> Recovery:
    """What follows a first contact after ``minutes``; nothing follows where nobody is in contact."""
    u = luck.chance
    minutes = np.where(answered, minutes, 0.0)
    delay = np.log1p(minutes / 5.0) - 2.5
    given = answered & (u.given < expit(_given_odds(scenario, cases, delay, threatened)))
    form = np.where(given, luck.form, -1)
    share = np.where(given & (form != Form.GESTURE), _share(scenario, cases, delay, threatened, luck), 0.0)
    second = given & (form != Form.GESTURE) & (u.second < 0.1)
    tested = answered & (cases.arm == Arm.CREDIT_OFFER) & (u.comply < 0.9)
    there = answered & (cases.opened + minutes * 60.0 < cases.stay.end)
    repair_odds = np.log(CATEGORIES.repair / (1 - CATEGORIES.repair))[cases.category] + np.where(there, 0.5, -0.9)
    company = (cases.fault == Fault.COMPANY).astype(float)
    committed = answered & (u.committed < 0.14 + 0.08 * cases.recorded_grave)
    return Recovery(
        form=form,
        share=_in_denominations(form, share, cases),
        extra_form=np.where(second, np.where(form == Form.POINTS, Form.FREE_ITEM, Form.POINTS), -1),
        extra_share=np.where(second, np.where(u.second_form < 0.6, 0.1, 0.25), 0.0),
        test_share=np.where(tested, _test_share(cases), 0.0),
        apology=answered & (u.apology < 0.62 + 0.15 * company),
        personal=u.personal < 0.42 + 0.05 * cases.who.tier,
        empathy=answered & (u.empathy < 0.2 + 0.05 * cases.recorded_grave),
        owned=answered & (u.owned < 0.22 + 0.22 * company),
        explained=answered & (u.explained < 0.36),
        committed=committed,
        kept=committed & promise_kept(luck),
        repaired=answered & (u.repaired < expit(repair_odds)),
        at_once=answered & (u.at_once < 0.47),
        gap_hours=12.0 * np.exp(1.3 * luck.spread.gap),
    )


def _given_odds(scenario: Scenario, cases: Cases, delay: Floats, threatened: Flags) -> Floats:
    known = np.where(cases.loss_known, 0.22 * cases.recorded_log_loss, -0.05)
    seen = _SEVERITY_GIVEN[cases.recorded_severity] + known + CATEGORIES.generosity[cases.category]
    seen = (
        seen
        + 0.2 * cases.who.tier
        + 0.5 * threatened
        - 0.25 * np.minimum(cases.earlier, 4)
        - 0.6 * (cases.fault == Fault.CUSTOMER)
    )
    return np.asarray(
        0.12 + scenario.confounding * seen + 0.16 * delay + scenario.hidden_on_compensation * cases.who.hidden
    )


def _share(scenario: Scenario, cases: Cases, delay: Floats, threatened: Flags, luck: Luck) -> Floats:
    seen = (
        _SEVERITY_SHARE[cases.recorded_severity]
        - 0.1 * cases.recorded_log_loss
        + 0.1 * cases.who.tier
        + 0.25 * threatened
    )
    seen = seen + 0.2 * CATEGORIES.generosity[cases.category] + 0.4 * scenario.hidden_on_compensation * cases.who.hidden
    z = scenario.confounding * seen + 0.1 * delay + luck.spread.share
    heap = SHARES[np.searchsorted(_SHARE_CUTS, z)]
    spread = np.where(luck.chance.heap < 0.45, 0.18, 0.0)
    return np.asarray(np.maximum(heap * np.exp(spread * luck.spread.jitter), 0.02))


def _in_denominations(form: Whole, share: Floats, cases: Cases) -> Floats:
    """Gift cards come in 15, 25 and 50; future credit in quarters, halves and wholes."""
    amount = share * cases.loss
    card = np.where(amount < 20, 15.0, np.where(amount < 35, 25.0, 50.0)) / cases.loss
    credit = np.where(share < 0.35, 0.25, np.where(share < 0.75, 0.5, 1.0))
    return np.asarray(np.where(form == Form.GIFT_CARD, card, np.where(form == Form.CREDIT, credit, share)))


def _form_weights(cases: Cases) -> Floats:
    weights = _FORM_WEIGHTS[cases.who.line]
    tilt = np.where(cases.recorded_grave[:, None], FORMS.grave_tilt[None, :], 1.0)
    return np.asarray(weights * tilt)


def _test_share(cases: Cases) -> Floats:
    """The experiment's credit: two fifths of the recorded loss, or a flat amount where none is recorded."""
    return np.asarray(np.where(cases.loss_known, TEST_CREDIT_SHARE, TEST_CREDIT_FLAT / cases.loss))


def promise_kept(luck: Luck) -> Flags:
    """Whether a promise, once made, is kept in time."""
    return np.asarray(luck.chance.kept < 0.74)


def form_with_amount(luck: Luck) -> Whole:
    """The form staff would choose for an amount; a gesture has none, so a refund stands in for it."""
    return np.where(luck.form == Form.GESTURE, Form.REFUND, luck.form)


def paid_after_seconds(luck: Luck) -> Floats:
    """Time from the first contact to the first payout: median one day."""
    return np.asarray(DAY * np.exp(1.0 * luck.spread.resolve) + 1800.0)
