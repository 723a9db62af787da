"""What the simulated world is like: every strength that a true effect depends on, in one frozen place."""

from dataclasses import dataclass

SIMULATOR_VERSION = 1


@dataclass(frozen=True)
class Scenario:
    """Strengths of the data-generating process; log-odds mean log-odds of placing a new order within 365 days.

    ``speed_loss``: log-odds lost between an instant answer and one at the response cap, before the factor by severity.
    ``speed_power`` above 1 bends that loss in log-minutes: the first minutes cost little, the later hours much.
    ``confounding`` scales how strongly staff's decisions follow what they know of a case (0: not at all).
    ``hidden_…``: a trait that nobody records; ``hidden_on_orders`` lets it show in earlier orders.
    ``assigned_speed``: the time to answer is drawn by lot. ``promise_minutes``: the company answers everyone within it.
    """

    name: str = "hotel and cruise group"
    speed_loss: float = 1.05
    speed_power: float = 1.5
    never_answered_loss: float = 1.2
    speed_by_severity: tuple[float, float, float, float] = (0.7, 1.0, 1.2, 1.3)
    compensation_gain: float = 0.65
    slow_money_damping: float = 0.35
    action_gain: float = 1.0
    failure_gain: float = 1.0
    confounding: float = 1.0
    response_spread: float = 1.3
    hidden_on_speed: float = 0.0
    hidden_on_compensation: float = 0.0
    hidden_on_return: float = 0.0
    hidden_on_orders: float = 0.0
    event_share: float = 0.22
    event_shock: float = 0.25
    repeat_share: float = 0.14
    unmatched_share: float = 0.11
    experiment_share: float = 0.6
    guests_per_incident: float = 3.0
    assigned_speed: bool = False
    promise_minutes: float | None = None

    @classmethod
    def hotel_and_cruise(cls) -> "Scenario":
        """The committed sample: confounded, everything that matters recorded."""
        return cls()

    @classmethod
    def null(cls) -> "Scenario":
        """Nothing the company does changes whether guests return; decisions stay confounded."""
        return cls("null", speed_loss=0.0, never_answered_loss=0.0, compensation_gain=0.0, action_gain=0.0)

    @classmethod
    def randomised(cls) -> "Scenario":
        """Speed drawn by lot; everything else as in the sample."""
        return cls("randomised", assigned_speed=True)

    @classmethod
    def weak_overlap(cls) -> "Scenario":
        """Speed nearly settled by channel and severity: few comparable cases."""
        return cls("weak overlap", confounding=1.8, response_spread=0.6)

    @classmethod
    def hidden_confounder(cls, strength: float = 0.8, *, traced: bool = True) -> "Scenario":
        """A trait nobody records moves speed, compensation and return; ``traced``: it drives earlier orders too."""
        return cls(
            "hidden confounder" if traced else "traceless hidden confounder",
            hidden_on_speed=-strength,
            hidden_on_compensation=strength,
            hidden_on_return=strength,
            hidden_on_orders=strength if traced else 0.0,
        )

    @classmethod
    def mass(cls, event_share: float = 0.6) -> "Scenario":
        """Most incidents belong to a few mass events with shocks of their own."""
        return cls("mass incidents", event_share=event_share, event_shock=0.5)

    @classmethod
    def singles(cls) -> "Scenario":
        """No mass events and no repeat sufferers: every incident stands alone."""
        return cls("singles", event_share=0.0, event_shock=0.0, repeat_share=0.0)
