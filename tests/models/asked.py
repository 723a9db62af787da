"""Questions put to the small marts."""

from frames import confounded, facts

from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.models.ask.speed import ask_speed
from pipelines.models.fit.family import BINOMIAL
from pipelines.models.question import Aim, Question

RETURNED_BY_SPEED = Aim(OUTCOMES["returned"], 365, "speed", "policy_shift", "all", "today's answering times", BINOMIAL)


def speed_question(rows: int, seed: int, **changes) -> Question:
    mart, _ = confounded(rows, seed, **changes)
    return ask_speed(mart, RETURNED_BY_SPEED, facts())
