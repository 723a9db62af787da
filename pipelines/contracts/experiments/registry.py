"""Experiments as the journal remembers them: what was planned, and what happened since. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipelines.contracts.experiments.draw import Draw
from pipelines.contracts.experiments.faults import (
    ArmsNotDistinct,
    ExperimentExists,
    ExperimentName,
    NoSuchExperiment,
    NotRunning,
    SharesOfArms,
    SmallestEffectWanted,
    StartedAlready,
    TextTooLong,
)
from pipelines.errors import DecisionError

_NAME = re.compile(r"[a-z][a-z0-9_-]{1,39}")
_ROUNDED = 0.005
LONGEST_TEXT = 200


class Moment(StrEnum):
    """What happens to an experiment after it was planned."""

    STARTED = "started"
    DRAWN = "drawn"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Experiment:
    """One plan. The first of ``arms`` is what is done today; ``shares`` are theirs.

    ``smallest``: the smallest effect worth having, per 100 customers. ``units`` of all arms together, ``weeks`` until
    the last outcome is known (None where that is never), ``at_risk``: what the other arms may cost (None where nothing
    says it). ``run_id``: the run whose rates it was sized by. ``left_out``: who is to stay out of it.
    """

    name: str
    question: str
    owner: str
    arms: tuple[str, ...]
    shares: tuple[float, ...]
    unit: str
    strata: tuple[str, ...]
    outcome: str
    horizon_days: int | None
    smallest: float
    units: int
    weeks: float | None
    at_risk: float | None
    left_out: str
    run_id: str

    @property
    def draw(self) -> Draw:
        """As a profile declares it."""
        shares = dict(zip(self.arms, self.shares, strict=True))
        return Draw(self.unit, self.strata, self.arms[0], shares, planned_units=self.units)


@dataclass(frozen=True)
class Happened:
    """What happened to an experiment: ``units`` drawn then; ``note``: why it was stopped, or the list's digest."""

    name: str
    moment: Moment
    day: date
    units: int
    note: str
    run_id: str


def checked(plan: Experiment, others: Iterable[Experiment]) -> Experiment:
    """The plan, if it can stand in the journal. Raises :class:`DecisionError` saying what to correct."""
    if not _NAME.fullmatch(plan.name):
        raise DecisionError(ExperimentName(plan.name))
    if plan.name in {other.name for other in others}:
        raise DecisionError(ExperimentExists(plan.name))
    if len(plan.arms) < 2 or len(set(plan.arms)) < len(plan.arms) or not all(arm.strip() for arm in plan.arms):
        raise DecisionError(ArmsNotDistinct())
    if len(plan.shares) != len(plan.arms) or min(plan.shares) <= 0 or abs(sum(plan.shares) - 1.0) > _ROUNDED:
        raise DecisionError(SharesOfArms())
    if not plan.smallest > 0:
        raise DecisionError(SmallestEffectWanted())
    for name, text in (("question", plan.question), ("owner", plan.owner)):
        _check_text(name, text)
    return plan


def _check_text(name: str, text: str) -> None:
    if not 0 < len(" ".join(text.split())) <= LONGEST_TEXT:
        raise DecisionError(TextTooLong(name))


def named(name: str, known: Sequence[Experiment]) -> Experiment:
    """The experiment of a name. Raises :class:`DecisionError` naming those there are."""
    found = next((plan for plan in known if plan.name == name), None)
    if found is None:
        raise DecisionError(NoSuchExperiment(name, tuple(plan.name for plan in known)))
    return found


def running(name: str, happened: Iterable[Happened]) -> bool:
    """Whether an experiment has begun and not ended."""
    last = [h.moment for h in happened if h.name == name and h.moment is not Moment.DRAWN]
    return bool(last) and last[-1] is Moment.STARTED


def next_moment(moment: Happened, happened: Sequence[Happened]) -> Happened:
    """What is to be written down, if it may happen now. Raises :class:`DecisionError`."""
    goes_on = running(moment.name, happened)
    if moment.moment is Moment.STARTED and goes_on:
        raise DecisionError(StartedAlready(moment.name))
    if moment.moment is not Moment.STARTED and not goes_on:
        raise DecisionError(NotRunning(moment.name))
    if moment.moment is Moment.STOPPED:
        _check_text("why", moment.note)
    return moment
