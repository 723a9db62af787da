"""What is held when the treatment comes after the first contact: its speed, earlier threats, the other actions."""

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import At, Covariate, TreatmentId
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS
from pipelines.contracts.catalog.treatments import ACTIONS, TREATMENTS
from pipelines.contracts.mart import Col
from pipelines.models.arrays import Flags, Floats, Table
from pipelines.models.ask.covariates import UNKNOWN_LEVEL
from pipelines.models.ask.speed import ANSWERED, LOG_MINUTES, speed_columns, speed_terms
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Levels, Linear, Term
from pipelines.models.question import flags, numbers

NO, YES, UNKNOWN = 0.0, 1.0, 2.0
_NAMES = {YES: At.YES.value, UNKNOWN: UNKNOWN_LEVEL}


def reached(mart: pd.DataFrame) -> Flags:
    """Incidents that a person answered; all of them where the export doesn't tell of answers."""
    status = mart[Col.RESPONSE_STATUS].astype("object")
    return np.asarray(status == ANSWERED) | bool(status.isna().all())


def held_speed(mart: pd.DataFrame, facts: Facts) -> tuple[Table, tuple[Term, ...]]:
    """Log-minutes of answered incidents, and threats made before the contact."""
    log_minutes, _ = speed_columns(mart, facts.response_cap_minutes)
    table: Table = {}
    terms: tuple[Term, ...] = ()
    nobody = np.zeros(len(log_minutes))
    if np.isfinite(log_minutes).all():
        table, terms = {LOG_MINUTES: log_minutes}, speed_terms(log_minutes, nobody)
    threat = flags(mart, Col.THREATENED_BEFORE_CONTACT).astype(float)
    if threat.sum() >= FEWEST_INCIDENTS:
        table[Covariate.THREAT] = threat
        terms = (*terms, Linear(Covariate.THREAT))
    return table, terms


def held_actions(mart: pd.DataFrame, besides: TreatmentId) -> tuple[Table, tuple[Term, ...]]:
    """The other actions, each with unknown as a level of its own."""
    table: Table = {}
    terms: list[Term] = []
    for action in ACTIONS:
        codes = action_codes(mart, action)
        common = [c for c in (YES, UNKNOWN) if np.sum(codes == c) >= FEWEST_INCIDENTS]
        if action != besides and common and np.sum(codes == NO) >= FEWEST_INCIDENTS:
            table[action] = codes
            terms.append(Levels(action, tuple(int(c) for c in common), tuple(_NAMES[c] for c in common)))
    return table, tuple(terms)


def action_codes(mart: pd.DataFrame, treatment: TreatmentId) -> Floats:
    """0 no, 1 yes, 2 unknown; unknown is never read as "no"."""
    entry = TREATMENTS[treatment]
    if isinstance(entry.yes, str):
        label = mart[entry.column].astype("object")
        return np.where(label.isna(), UNKNOWN, (label == entry.yes).astype(float))
    values = numbers(mart, entry.column)
    said = values if entry.yes is None else (values > entry.yes).astype(float)
    return np.where(np.isnan(values), UNKNOWN, said)
