"""How long the group takes to answer: staff hurry for what they can see, nights and crowds slow them down."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.cases.case import Cases
from pipelines.simulate.world.codes import Segment
from pipelines.simulate.world.group import CATEGORIES, CHANNELS, RESPONSE_CAP_MINUTES, SITES
from pipelines.simulate.world.randomness import expit, logit, stream
from pipelines.simulate.world.records import Flags, Floats
from pipelines.simulate.world.scenario import Scenario

_HURRY_BY_SEVERITY = np.array([0.4, -0.05, -0.75, -1.4, 0.1])
_NEVER_BY_SEVERITY = np.array([0.1, -1.1, -2.4, -3.4, -0.5])
_HURRY_BY_TIER = np.array([0.1, -0.05, -0.3, -0.5])
NIGHT_FACTOR = 2.5
_LEVEL = -0.42
HURRY_AFTER_THREAT = 0.35


@dataclass(frozen=True)
class Response:
    """One entry per incident. ``minutes``: to the first human contact as it happened (infinite when never);

    ``answered``: within the response cap; ``threat_minutes``: to a threat to leave (infinite when none).
    """

    minutes: Floats
    answered: Flags
    threat_minutes: Floats


def respond(scenario: Scenario, cases: Cases, seed: int, generation: int) -> Response:
    """What happened. Depends on recorded facts and luck only (and on a hidden trait where the scenario says so)."""
    rng = stream(seed, "response", generation)
    n = cases.n
    luck = scenario.response_spread * rng.standard_normal(n)
    site = 0.15 * stream(seed, "site speed").standard_normal(len(SITES))[cases.site]
    log_minutes = (
        np.log(CHANNELS.median_minutes)[cases.channel] + _LEVEL + site + luck + scenario.confounding * _hurry(cases)
    )
    log_minutes += np.log(NIGHT_FACTOR) * cases.night + scenario.hidden_on_speed * cases.who.hidden
    never_odds = logit(CHANNELS.never_answered)[cases.channel] + scenario.confounding * _neglect(cases)
    never = rng.random(n) < expit(never_odds - scenario.hidden_on_speed * cases.who.hidden)
    if scenario.assigned_speed:
        log_minutes, never = np.log(90.0) + 2.0 * luck, rng.random(n) < 0.05
    minutes = np.maximum(np.exp(log_minutes), 0.5)
    threat = _threat(rng, cases)
    if not scenario.assigned_speed:
        hurried = np.minimum(threat, minutes)
        minutes = hurried + np.where(threat < minutes, HURRY_AFTER_THREAT, 1.0) * (minutes - hurried)
    if scenario.promise_minutes is not None:
        minutes, never = np.minimum(minutes, scenario.promise_minutes), np.zeros(n, bool)
    minutes = np.where(never, np.inf, np.round(minutes * 60.0) / 60.0)
    return Response(minutes, minutes <= RESPONSE_CAP_MINUTES, threat)


def _hurry(cases: Cases) -> Floats:
    """Log-minutes by what staff see of the case."""
    known = np.where(cases.loss_known, -0.2 * cases.recorded_log_loss, 0.1)
    case = _HURRY_BY_SEVERITY[cases.recorded_severity] + known + CATEGORIES.hurry[cases.category]
    person = (
        _HURRY_BY_TIER[cases.who.tier]
        - 0.12 * (np.log1p(cases.orders_365d) - 0.9)
        - 0.1 * (cases.who.segment == Segment.BUSINESS)
    )
    crowd = 0.6 * (cases.event >= 0) + 0.1 * np.log1p(cases.load)
    return np.asarray(case + person + crowd - 0.3 * cases.public - 0.1 * np.minimum(cases.earlier, 3), float)


def _neglect(cases: Cases) -> Floats:
    """Log-odds of never being answered by what staff see: small matters of little cost are left lying."""
    small = np.where(cases.loss_known, -0.35 * cases.recorded_log_loss, 0.1)
    return np.asarray(_NEVER_BY_SEVERITY[cases.recorded_severity] + small + CATEGORIES.hurry[cases.category])


def _threat(rng: np.random.Generator, cases: Cases) -> Floats:
    """Minutes to a threat to leave; more likely for grave, costly and repeated failures, as recorded."""
    odds = -3.45 + 0.6 * np.array([0, 1, 2, 2.5, 0.7])[cases.recorded_severity]
    odds = odds + 0.2 * cases.recorded_log_loss + 0.4 * np.minimum(cases.earlier, 3)
    made = rng.random(cases.n) < expit(odds)
    return np.where(made, 150.0 * np.exp(1.3 * rng.standard_normal(cases.n)), np.inf)
