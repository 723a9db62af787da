"""The question of speed and offers together as policies and scenarios read it, and the settings it is asked under."""

from dataclasses import dataclass

import numpy as np

from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.message import Caveat
from pipelines.contracts.messages.populations import AskedOfEffect
from pipelines.models.arrays import Floats
from pipelines.models.ask.handling import LARGEST_SHARE
from pipelines.models.question import Question, Scenario
from pipelines.policy.learnt.offer_segments import Segments

POPULATION = AskedOfEffect(AskedOf.ANSWERED)


@dataclass(frozen=True)
class Joint:
    """The question with its money, one entry per row of the question.

    ``loss`` in the reporting currency; ``cost`` of what was given, credit at its usual redemption; ``margin`` of one
    returning customer of the row's service, before vouchers; ``unit_cost`` of one unit of face value in the row's
    segment; ``standard`` the share that the company's own standard offers; ``caveats`` on credit.
    """

    question: Question
    segments: Segments
    loss: Floats
    cost: Floats
    margin: Floats
    unit_cost: Floats
    standard: Floats
    caveats: tuple[Caveat, ...]

    @property
    def y(self) -> Floats:
        """Whether the customer came back."""
        return self.question.sample.y

    @property
    def share(self) -> Floats:
        """Share of the loss given."""
        return self.question.sample.table["share"]

    @property
    def whole_loss(self) -> Floats:
        """Cost of giving the whole of the loss."""
        return self.loss * self.unit_cost

    @property
    def log_minutes(self) -> Floats:
        """Log(1 + minutes) to the first contact."""
        return self.question.sample.table["log_minutes"]


def at(minutes: float | None, share: float | None) -> Scenario:
    """Everyone answered within so many minutes and given this share of the loss; None leaves it as it was."""

    def scenario(table: dict[str, Floats]) -> dict[str, Floats]:
        setting = {}
        if minutes is not None:
            setting["log_minutes"] = np.minimum(table["log_minutes"], np.log1p(minutes))
        if share is not None:
            setting["share"] = np.full_like(table["share"], min(share, LARGEST_SHARE))
        return setting

    return scenario
