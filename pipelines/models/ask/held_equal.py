"""What is held when the treatment comes after the first contact: its speed, earlier threats, the other actions."""

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.outcomes import TREATMENTS
from pipelines.contracts.mart import Col
from pipelines.models.arrays import Flags, Floats, Table
from pipelines.models.ask.speed import speed_columns, speed_terms
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Levels, Linear, Term
from pipelines.models.question import flags, numbers

ACTIONS = ("apology", "empathy", "accountability", "explanation", "commitment", "olive_branch", "repair")
FEWEST_ROWS = 30
NO, YES, UNKNOWN = 0.0, 1.0, 2.0
_SAID = {YES: "yes", UNKNOWN: "unknown"}


def reached(mart: pd.DataFrame) -> Flags:
    """Incidents that a person answered; all of them where the export doesn't tell of answers."""
    status = mart[Col.RESPONSE_STATUS].astype("object")
    return np.asarray(status == "answered") | bool(status.isna().all())


def held_speed(mart: pd.DataFrame, facts: Facts) -> tuple[Table, tuple[Term, ...]]:
    """Log-minutes of answered incidents, and threats made before the contact."""
    log_minutes, _ = speed_columns(mart, facts.response_cap_minutes)
    table: Table = {}
    terms: tuple[Term, ...] = ()
    nobody = np.zeros(len(log_minutes))
    if np.isfinite(log_minutes).all():
        table, terms = {"log_minutes": log_minutes}, speed_terms(log_minutes, nobody)
    threat = flags(mart, Col.THREATENED_BEFORE_CONTACT).astype(float)
    if threat.sum() >= FEWEST_ROWS:
        table["threat"] = threat
        terms = (*terms, Linear("threat"))
    return table, terms


def held_actions(mart: pd.DataFrame, besides: str) -> tuple[Table, tuple[Term, ...]]:
    """The other actions, each with unknown as a level of its own."""
    table: Table = {}
    terms: list[Term] = []
    for action in ACTIONS:
        codes = action_codes(mart, action)
        common = [c for c in (YES, UNKNOWN) if np.sum(codes == c) >= FEWEST_ROWS]
        if action != besides and common and np.sum(codes == NO) >= FEWEST_ROWS:
            table[action] = codes
            terms.append(Levels(action, tuple(int(c) for c in common), tuple(_SAID[c] for c in common)))
    return table, tuple(terms)


def action_codes(mart: pd.DataFrame, treatment: str) -> Floats:
    """0 no, 1 yes, 2 unknown; unknown is never read as "no"."""
    if treatment == "cash":
        kind = mart[Col.COMPENSATION_KIND].astype("object")
        return np.where(kind.isna(), UNKNOWN, (kind == "cash").astype(float))
    values = numbers(mart, TREATMENTS[treatment].column)
    return np.where(np.isnan(values), UNKNOWN, values)
