"""Incidents: as they stand when they are opened, fixed before anybody answers, and what staff did for each."""

from dataclasses import dataclass

import numpy as np

from pipelines.simulate.world.codes import Form, Severity
from pipelines.simulate.world.data import table
from pipelines.simulate.world.group import BUSINESSES
from pipelines.simulate.world.guests import Guests
from pipelines.simulate.world.records import Flags, Floats, Whole

MEDIAN_LOSS = np.array([business.median_loss for business in BUSINESSES])


@dataclass(frozen=True)
class Stay:
    """The stay that a case is about: when it began, ended and was booked, and for how many nights."""

    start: Whole
    end: Whole
    booked: Whole
    nights: Whole


@dataclass(frozen=True)
class Cases:
    """One entry per incident; times in seconds since 1970, codes and places in the group's lists as indices.

    ``severity`` and ``loss`` are the truth; staff see them only where ``severity_known`` and ``loss_known``.
    ``guest`` is a place among all guests, ``who`` what is on file of them. ``event`` is −1 for a failure that hit one
    guest alone, ``arm`` −1 outside the experiment.
    """

    guest: Whole
    who: Guests
    generation: Whole
    opened: Whole
    occurred: Whole
    stay: Stay
    site: Whole
    category: Whole
    channel: Whole
    severity: Whole
    severity_known: Flags
    loss: Floats
    loss_known: Flags
    fault: Whole
    noticed: Whole
    event: Whole
    in_stay: Flags
    night: Flags
    public: Flags
    linked: Flags
    load: Whole
    orders_365d: Whole
    earlier: Whole
    arm: Whole

    @property
    def n(self) -> int:
        """How many incidents."""
        return len(self.guest)

    @property
    def recorded_severity(self) -> Whole:
        """Severity as staff see it: 0–3, and 4 where the field is blank."""
        return np.where(self.severity_known, self.severity, 4)

    @property
    def recorded_grave(self) -> Flags:
        """Recorded as a spoiled stay or worse."""
        return self.severity_known & (self.severity >= Severity.STAY_SPOILED)

    @property
    def recorded_log_loss(self) -> Floats:
        """Log of the recorded loss over EUR 100; 0 where the field is blank."""
        return np.where(self.loss_known, np.log(self.loss / 100.0), 0.0)

    @property
    def log_loss_excess(self) -> Floats:
        """Log of the loss over the usual loss of that line and severity."""
        return np.asarray(np.log(self.loss / MEDIAN_LOSS[self.who.line, self.severity]))


@dataclass(frozen=True)
class Forms:
    """One entry per form of making good; ``hotel`` and ``cruise`` are its weights there.

    ``pull``: how much its worth pulls a guest back, beside money's; ``grave_tilt``: factor on its weight for a grave
    failure; ``unit_cost``: what one euro of it costs the group; ``future``: used on a later booking.
    """

    form: tuple[Form, ...]
    hotel: Floats
    cruise: Floats
    pull: Floats
    grave_tilt: Floats
    unit_cost: Floats
    future: Flags


FORMS = table(__package__, "forms.csv", Forms)


@dataclass(frozen=True)
class Recovery:
    """One entry per incident. Shares are of the loss: the usual thing given, a second one, the experiment's credit."""

    form: Whole
    share: Floats
    extra_form: Whole
    extra_share: Floats
    test_share: Floats
    apology: Flags
    personal: Flags
    empathy: Flags
    owned: Flags
    explained: Flags
    committed: Flags
    kept: Flags
    repaired: Flags
    at_once: Flags
    gap_hours: Floats

    @property
    def total_share(self) -> Floats:
        """Everything given, as a share of the loss."""
        return self.share + self.extra_share + self.test_share

    @property
    def anything(self) -> Flags:
        """Something was given, a gesture included."""
        return self.form >= 0
