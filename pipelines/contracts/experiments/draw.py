"""How lots were drawn for an experiment, as the company says, and the signs by which a draw is found to be another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

# What is drawn where nobody says: the incident itself.
INCIDENT = "incident"


class Sign(StrEnum):
    """What shows that arms weren't drawn as declared, in the order in which they are told."""

    SPLIT_UNITS = "split_units"
    RATIO = "ratio"
    RATIO_BY_STRATUM = "ratio_by_stratum"
    OVER_TIME = "over_time"
    PLACES = "places"
    BALANCE = "balance"
    LARGEST_DIFFERENCE = "largest_difference"
    DRAWN_TOGETHER = "drawn_together"
    KNOWN_OUTCOMES = "known_outcomes"


@dataclass(frozen=True)
class Phase:
    """Shares from a day on, in a stratum, or both; ``stratum``: its labels joined by a comma and a space."""

    shares: Mapping[str, float]
    since: date | None = None
    stratum: str = ""


@dataclass(frozen=True)
class Draw:
    """A declared draw.

    ``unit`` and ``strata`` are columns of incidents, ``unit`` else ``incident``. ``control``: the arm others are
    compared with. ``shares`` of the arms, ``phases`` where and when they were others: the last that fits counts.
    ``period_hours``: lots were drawn anew for each such stretch of time (by unit, where one is named), of which the
    first ``carry_over_hours`` are left out; periods are counted from ``since``, before which nothing was drawn.
    ``dose``: arms are numbers. ``received``: the column that says which arm a case really got. ``planned_units``: at
    how many units the trial is to end. ``usual_effect``: how large, either way, what the company tries usually turns
    out to be, per 100 customers.
    """

    unit: str = INCIDENT
    strata: tuple[str, ...] = ()
    control: str = ""
    shares: Mapping[str, float] = field(default_factory=dict)
    phases: tuple[Phase, ...] = ()
    since: date | None = None
    period_hours: float | None = None
    carry_over_hours: float = 0.0
    dose: bool = False
    received: str = ""
    planned_units: int | None = None
    usual_effect: float | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of incidents that it names."""
        named = (self.unit, *self.strata, self.received)
        return tuple(dict.fromkeys(c for c in named if c and c != INCIDENT))
