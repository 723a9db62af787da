"""Questions put to the small marts, and what rows say."""

from frames import confounded, facts

from pipelines.contracts.catalog.outcomes import OUTCOMES, RETURNED
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.models.ask.plan import aims
from pipelines.models.ask.speed import ask_speed
from pipelines.models.question import Aim, Question
from words.speech import Speech


def aim_of(treatment, outcome=RETURNED) -> Aim:
    """The catalogue's question at a year."""
    return next(a for a in aims(OUTCOMES[outcome], treatment, facts()) if a.horizon_days in (None, 365))


RETURNED_BY_SPEED = aim_of(SPEED)


def speed_question(rows: int, seed: int, **changes) -> Question:
    mart, _ = confounded(rows, seed, **changes)
    return ask_speed(mart, RETURNED_BY_SPEED, facts())


def said(row) -> str:
    """The reasons of a row, or of a refusal, as readers are told them."""
    return Speech().all(row.reasons)
