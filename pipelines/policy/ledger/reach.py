"""How many cases a year a finding would change, and how often what it speaks of is done today."""

from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.catalog.treatments import SPEED, TREATMENTS, TreatmentKind
from pipelines.contracts.catalog.vocabulary import ResponseStatus
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Caveat
from pipelines.contracts.tables.effect import Effect
from pipelines.models.ask.handling import NO, YES, action_codes
from pipelines.policy.company import Company
from pipelines.policy.mart import number
from pipelines.policy.money.incident_year import YEAR_DAYS, a_year_of
from pipelines.policy.population import population_of

# An experiment shorter than a month says too little of how many cases come in a year.
SHORTEST_TRIAL_DAYS = 28.0


@dataclass(frozen=True)
class Reach:
    """``cases`` a year of customers on file whom an effect speaks of, ``changed``: those that it would change.

    ``done_share``: of those of whom it is known, how many are treated so today; None where nothing is done or not.
    """

    cases: float
    changed: float
    done_share: float | None
    caveats: tuple[Caveat, ...]


def reach_of(mart: pd.DataFrame, effect: Effect, company: Company) -> Reach | None:
    """The reach of an effect; ``None`` where the mart can't tell its cases, or holds none of a year.

    A yes or no changes the cases in which it isn't done, known to be so; everything else speaks of all of them.
    """
    inside = population_of(mart, effect.population, company.facts)
    if inside is None:
        return None
    inside = inside & (number(mart, Col.CUSTOMER_ON_FILE) != 0)
    if effect.population is AskedOf.AS_ASSIGNED:
        return _trial(mart, inside)
    year = a_year_of(mart, inside, company)
    if not year.incidents > 0:
        return None
    entry = TREATMENTS.get(effect.treatment)
    if entry is None or entry.kind is not TreatmentKind.YES_NO:
        return Reach(year.incidents, year.incidents, _answered_so(mart, inside, effect), year.caveats)
    codes = pd.Series(action_codes(mart, effect.treatment), index=mart.index)[inside]
    done, undone = int((codes == YES).sum()), int((codes == NO).sum())
    changed = year.incidents * undone / len(codes)
    return Reach(year.incidents, changed, done / (done + undone) if done + undone else None, year.caveats)


def _answered_so(mart: pd.DataFrame, inside: pd.Series, effect: Effect) -> float | None:
    """The share answered by a person within a promise today, of those answered or never answered."""
    if effect.treatment != SPEED or effect.level_to is None:
        return None
    status = mart[Col.RESPONSE_STATUS][inside]
    known = status.isin([ResponseStatus.ANSWERED, ResponseStatus.UNANSWERED])
    within = number(mart, Col.FIRST_CONTACT_MINUTES)[inside][known] <= float(effect.level_to)
    return float(within.mean()) if len(within) else None


def _trial(mart: pd.DataFrame, inside: pd.Series) -> Reach | None:
    """Cases a year as they came while lots were drawn."""
    opened = pd.to_datetime(mart[Col.OPENED_AT], utc=True)[inside]
    if not opened.notna().any():
        return None
    days = max(float((opened.max() - opened.min()) / pd.Timedelta(days=1)), SHORTEST_TRIAL_DAYS)
    cases = len(opened) * YEAR_DAYS / days
    return Reach(cases, cases, None, ())
