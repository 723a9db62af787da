"""The cases an effect speaks of, told from the mart by the name of its population."""

import pandas as pd

from pipelines.contracts.catalog.estimation import AskedOf
from pipelines.contracts.catalog.vocabulary import DetectedBy
from pipelines.contracts.mart import Col, ColumnName
from pipelines.models.ask.handling import reached, shares_given
from pipelines.models.ask.structural_zeros import never_treated
from pipelines.models.facts import Facts
from pipelines.policy.mart import is_true, number


def population_of(mart: pd.DataFrame, population: AskedOf | None, facts: Facts) -> pd.Series | None:
    """Flags of the incidents in a population; ``None`` for one whose cases the mart can't tell."""
    answered = pd.Series(reached(mart), index=mart.index)
    if population is AskedOf.ALL:
        return pd.Series(True, index=mart.index)
    if population in (AskedOf.ANSWERED, AskedOf.ALL_ANSWERED):
        return answered
    if population is AskedOf.COULD_BE_COMPENSATED:
        return answered & ~_never_compensated(mart, answered, facts)
    if population is AskedOf.COMPENSATED:
        return is_true(mart, Col.COMPENSATION_GIVEN)
    if population is AskedOf.AS_ASSIGNED:
        return mart[Col.ASSIGNMENT].notna()
    if population is AskedOf.PUBLIC_COMPLAINTS:
        return answered & is_true(mart, Col.PUBLIC_COMPLAINT)
    if population is AskedOf.REPAIRED:
        return answered & is_true(mart, Col.FIXED_FOR_CUSTOMER)
    if population is AskedOf.NOTICED_BY_OTHERS:
        return mart[Col.DETECTED_BY].notna() & (mart[Col.DETECTED_BY] != DetectedBy.CUSTOMER)
    return None


def losses_of(mart: pd.DataFrame, population: AskedOf | None, outcome: ColumnName, facts: Facts) -> pd.Series:
    """Losses of the incidents that an effect of compensation was estimated on: of 0 too, outcome and share known."""
    loss = number(mart, Col.LOSS_AMOUNT)
    inside = population_of(mart, population, facts)
    known = number(mart, outcome).notna() & pd.Series(shares_given(mart), index=mart.index).notna()
    return loss[known & (inside if inside is not None else False)].dropna()


def _never_compensated(mart: pd.DataFrame, answered: pd.Series, facts: Facts) -> pd.Series:
    """Incidents of kinds in which nothing was ever given, as the models tell them."""
    share = pd.Series(shares_given(mart), index=mart.index)
    never, _ = never_treated(mart, (share > 0).to_numpy(), (answered & share.notna()).to_numpy(), facts)
    return pd.Series(never, index=mart.index)
