"""Yes-or-no treatments: the five actions, the olive branch and the repair, each given the others; the on-time flag.

Actions are asked of answered incidents with speed and the other actions held; unknown is a level of its own, and means
are taken over incidents in which it is known.
"""

import numpy as np
import pandas as pd

from pipelines.models.arrays import Table
from pipelines.models.ask.held_equal import ACTIONS, NO, UNKNOWN, YES, action_codes, held_actions, held_speed, reached
from pipelines.models.ask.opening import open_question
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Linear, Term
from pipelines.models.question import (
    FEWEST_ROWS,
    Aim,
    Contrast,
    Level,
    Question,
    make_sample,
)  # fmt: skip
from pipelines.models.refusal import NotEstimableError

YES_OR_NO = Level("yes_or_no", "no", "yes")


def flag_levels() -> tuple[Level, ...]:
    """The only contrast: yes against no."""
    return (YES_OR_NO,)


def shown(table: Table) -> Table:
    """The scenario "in every case"."""
    return {"given": np.ones_like(table["given"])}


def withheld(table: Table) -> Table:
    """The scenario "in no case"."""
    return {"given": np.zeros_like(table["given"])}


def ask_flag(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one yes-or-no treatment; raises :class:`NotEstimableError` with the reason."""
    codes = action_codes(mart, aim.treatment)
    gate = ("not_answered", reached(mart)) if aim.treatment in ACTIONS else ("treatment_unknown", codes != UNKNOWN)
    opened = open_question(mart, aim, facts, gate)
    code = codes[opened.rows]
    done, left = int(np.sum(code == YES)), int(np.sum(code == NO))
    if min(done, left) < FEWEST_ROWS:
        raise NotEstimableError(
            f"Done in {done} incidents, left undone in {left}; at least {FEWEST_ROWS} each are needed."
        )
    held, terms = _held(opened.chosen, aim.treatment, facts)
    given, unknown = (code == YES).astype(float), (code == UNKNOWN).astype(float)
    unclear = f"{aim.treatment} unknown"
    own = {"given": given, unclear: unknown}
    return Question(
        aim=aim,
        sample=make_sample(mart, opened.rows, own | opened.table | held, opened.y),
        rows=opened.rows,
        treatment=(Linear("given"),),
        covariates=(*opened.covariates, *terms, *((Linear(unclear),) if unknown.sum() >= FEWEST_ROWS else ())),
        base=withheld,
        contrasts=(Contrast(YES_OR_NO, shown, moved=code == NO, there=code == YES),),
        members=1.0 - unknown,
        dose="given",
        left_out=opened.left_out,
    )


def _held(mart: pd.DataFrame, treatment: str, facts: Facts) -> tuple[Table, tuple[Term, ...]]:
    if treatment not in ACTIONS:
        return {}, ()
    (speed, speed_terms), (actions, action_terms) = held_speed(mart, facts), held_actions(mart, treatment)
    return speed | actions, (*speed_terms, *action_terms)
