"""What the simulated world is like: every strength that a true effect depends on, in one frozen place."""

from dataclasses import dataclass, replace
from functools import cache

from pipelines.simulate.world.data import document

SIMULATOR_VERSION = 1


@dataclass(frozen=True)
class Scenario:
    """Strengths of the data-generating process; ``scenario.toml`` says what each one is.

    ``hidden_…``: a trait that nobody records; ``hidden_on_orders`` lets it show in earlier orders.
    ``promise_minutes``: the company answers everyone within it.
    """

    name: str
    speed_loss: float
    speed_power: float
    never_answered_loss: float
    speed_by_severity: tuple[float, float, float, float]
    compensation_gain: float
    slow_money_damping: float
    action_gain: float
    failure_gain: float
    confounding: float
    response_spread: float
    hidden_on_speed: float
    hidden_on_compensation: float
    hidden_on_return: float
    hidden_on_orders: float
    event_share: float
    event_shock: float
    repeat_share: float
    unmatched_share: float
    experiment_share: float
    guests_per_incident: float
    assigned_speed: bool
    promise_minutes: float | None = None

    @classmethod
    @cache
    def hotel_and_cruise(cls) -> "Scenario":
        """The committed sample: confounded, everything that matters recorded."""
        return document(__package__, "scenario.toml", cls)

    @classmethod
    def null(cls) -> "Scenario":
        """Nothing the company does changes whether guests return; decisions stay confounded."""
        return replace(
            cls.hotel_and_cruise(),
            name="null",
            speed_loss=0.0,
            never_answered_loss=0.0,
            compensation_gain=0.0,
            action_gain=0.0,
        )

    @classmethod
    def randomised(cls) -> "Scenario":
        """Speed drawn by lot; everything else as in the sample."""
        return replace(cls.hotel_and_cruise(), name="randomised", assigned_speed=True)

    @classmethod
    def weak_overlap(cls) -> "Scenario":
        """Speed nearly settled by channel and severity: few comparable cases."""
        return replace(cls.hotel_and_cruise(), name="weak overlap", confounding=1.8, response_spread=0.6)

    @classmethod
    def hidden_confounder(cls, strength: float = 0.8, *, traced: bool = True) -> "Scenario":
        """A trait nobody records moves speed, compensation and return; ``traced``: it drives earlier orders too."""
        return replace(
            cls.hotel_and_cruise(),
            name="hidden confounder" if traced else "traceless hidden confounder",
            hidden_on_speed=-strength,
            hidden_on_compensation=strength,
            hidden_on_return=strength,
            hidden_on_orders=strength if traced else 0.0,
        )

    @classmethod
    def mass(cls, event_share: float = 0.6) -> "Scenario":
        """Most incidents belong to a few mass events with shocks of their own."""
        return replace(cls.hotel_and_cruise(), name="mass incidents", event_share=event_share, event_shock=0.5)

    @classmethod
    def singles(cls) -> "Scenario":
        """No mass events and no repeat sufferers: every incident stands alone."""
        return replace(cls.hotel_and_cruise(), name="singles", event_share=0.0, event_shock=0.0, repeat_share=0.0)
