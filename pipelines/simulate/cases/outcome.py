"""Whether and when a guest books again: log-odds linear in time's logarithm, moved by the failure and the recovery.

P(new order within t days) = expit(odds + 1.1·ln(t / 365)); every horizon follows the same log-odds model.
"""

import numpy as np

from pipelines.simulate.cases.case import FORMS, Cases, Recovery
from pipelines.simulate.world.codes import Form
from pipelines.simulate.world.group import BUSINESSES, CATEGORIES, CHANNELS, RESPONSE_CAP_MINUTES
from pipelines.simulate.world.guests import Guests
from pipelines.simulate.world.randomness import expit, logit
from pipelines.simulate.world.records import Flags, Floats, Whole
from pipelines.simulate.world.scenario import Scenario

TIME_SLOPE = 1.1
_ODDS = np.array([business.return_odds for business in BUSINESSES])
_TIER = np.array([-0.2, 0.15, 0.5, 0.8])
_SEGMENT = np.array([-0.05, 0.0, 0.2, -0.15])
FAILURE_LOSS = np.array([0.31, 0.54, 1.07, 1.6])
_FULL_DELAY = np.log1p(RESPONSE_CAP_MINUTES / 5.0)
MIDDLE_SHARE, SHARE_WIDTH = 0.7, 0.17
SERIAL_RETURN = 2.2


def standing_odds(who: Guests, orders_365d: Whole) -> Floats:
    """Log-odds of a new order within a year for a guest whom nothing failed."""
    return np.asarray(_ODDS[who.line] + 0.75 * (np.log1p(orders_365d) - 0.9) + _TIER[who.tier] + _SEGMENT[who.segment])


def delay_loss(scenario: Scenario, minutes: Floats) -> Floats:
    """Log-odds lost to the delay, before the factor by severity: 0 at once, ``speed_loss`` at the cap."""
    reach = np.log1p(np.minimum(minutes, RESPONSE_CAP_MINUTES) / 5.0) / _FULL_DELAY
    return np.asarray(scenario.speed_loss * reach**scenario.speed_power)


def compensation_shape(share: Floats) -> Floats:
    """S-shape in the share of the loss: 0 at nothing, steepest at 0.7, 1 when generous beyond doubt."""
    floor = expit(np.array(-MIDDLE_SHARE / SHARE_WIDTH))
    return np.asarray((expit((share - MIDDLE_SHARE) / SHARE_WIDTH) - floor) / (1.0 - floor))


def form_pull(recovery: Recovery) -> Floats:
    """How much the forms given pull a guest back, averaged over what was given."""
    total = np.maximum(recovery.total_share, 1e-9)
    main = recovery.share * FORMS.pull[np.maximum(recovery.form, 0)]
    extra = recovery.extra_share * FORMS.pull[np.maximum(recovery.extra_form, 0)]
    return np.asarray((main + extra + recovery.test_share * FORMS.pull[Form.CREDIT]) / total)


def return_odds(
    scenario: Scenario, cases: Cases, minutes: Floats, answered: Flags, recovery: Recovery, shock: Floats
) -> Floats:
    """Log-odds of a new order within 365 days of opening; ``shock`` is the event's."""
    soon = np.where(answered, minutes, 0.0)
    factor = np.asarray(scenario.speed_by_severity)[cases.severity]
    slow = np.where(answered, delay_loss(scenario, soon), scenario.never_answered_loss)
    reach = np.where(answered, np.log1p(soon / 5.0) / _FULL_DELAY, 1.0)
    money = scenario.compensation_gain * compensation_shape(recovery.total_share) * form_pull(recovery)
    money = money * (1.0 - scenario.slow_money_damping * reach)
    care = scenario.action_gain * np.where(answered, _care(recovery), 0.0)
    return np.asarray(before_contact_odds(scenario, cases) - factor * slow + money + care + shock)


def before_contact_odds(scenario: Scenario, cases: Cases) -> Floats:
    """The part fixed when the incident opens."""
    failed = FAILURE_LOSS[cases.severity] + 0.25 * cases.log_loss_excess - CATEGORIES.return_shift[cases.category]
    failed = failed - CHANNELS.return_shift[cases.channel] + 0.15 * np.minimum(cases.earlier, 3)
    person = standing_odds(cases.who, cases.orders_365d) + SERIAL_RETURN * cases.who.serial
    return np.asarray(person - scenario.failure_gain * failed + scenario.hidden_on_return * cases.who.hidden)


def _care(recovery: Recovery) -> Floats:
    words = 0.05 * recovery.apology + 0.08 * (recovery.apology & recovery.personal) + 0.08 * recovery.empathy
    words = words + 0.1 * recovery.owned + 0.06 * recovery.explained
    promise = np.where(recovery.committed, np.where(recovery.kept, 0.12, -0.25), 0.0)
    gap = np.where(recovery.at_once, 0.0, 0.08 * np.log1p(recovery.gap_hours / 24.0))
    return np.asarray(words + promise + 0.35 * recovery.repaired - gap)


def within(odds: Floats, days: float) -> Floats:
    """Probability of a new order within ``days``."""
    return expit(odds + TIME_SLOPE * np.log(days / 365.0))


def days_to_return(odds: Floats, u: Floats) -> Floats:
    """Days to the new order for uniforms ``u``: the inverse of ``within``."""
    return np.asarray(365.0 * np.exp((logit(u) - odds) / TIME_SLOPE))
