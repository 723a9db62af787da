"""What a decision must be before it is remembered."""

from pipelines.contracts.message import Count, Fault, Name


class DecisionText(Fault):
    """A text that is empty or too long."""

    field: Name
    longest: Count


class DueBeforeDecided(Fault):
    """A due day before the decision was taken."""


class EffectNotEstimated(Fault):
    """An effect without a number."""


class EffectNotFollowed(Fault):
    """An effect of nothing that can be done, or one that isn't adjusted."""


class SeveralEffects(Fault):
    """The beginning of more than one effect's id."""

    effect_id: Name


class NoSuchEffect(Fault):
    """An id of no effect of the run."""

    effect_id: Name
