"""Form of compensation: each kind against nothing, among answered incidents, speed and the other actions held."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.estimation import AskedOf, At, ContrastKind, Covariate
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS, MOST_NEVER_TREATED_SHARE
from pipelines.contracts.catalog.treatments import COMPENSATION_KIND, OLIVE_BRANCH, TREATMENTS
from pipelines.contracts.catalog.vocabulary import Form
from pipelines.contracts.messages.estimation import Gate, NoFormGivenOften
from pipelines.models.arrays import Flags, Floats, Table
from pipelines.models.ask.handling import held_actions, held_speed, reached
from pipelines.models.ask.opening import open_question
from pipelines.models.ask.structural_zeros import never_treated
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Levels
from pipelines.models.question import (
    Aim,
    Contrast,
    Level,
    Question,
    Stratum,
    make_sample,
    numbers,
)
from pipelines.models.refusal import NotEstimableError

# What the column holds, by its code in the design: nothing first.
KINDS: tuple[At | Form, ...] = (At.NO_FORM, *Form)
KIND, GIVEN = Covariate.KIND, Covariate.GIVEN


def kind_levels() -> tuple[Level, ...]:
    """Each kind against nothing."""
    return tuple(_level(code) for code in range(1, len(KINDS)))


def _level(code: int) -> Level:
    return Level(ContrastKind.KIND, KINDS[0], KINDS[code])


def giving_kind(code: int) -> Callable[[Table], Table]:
    """The scenario "everyone gets this kind"."""

    def scenario(table: Table) -> Table:
        given = np.full_like(table[KIND], float(code > 0))
        return {KIND: np.full_like(table[KIND], float(code)), GIVEN: given}

    return scenario


def ask_kind(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    place = {kind.value: float(code) for code, kind in enumerate(KINDS)}
    codes = np.asarray(mart[TREATMENTS[COMPENSATION_KIND].column].astype("object").map(place), dtype=float)
    reachable, known = reached(mart), np.isfinite(codes)
    followed = np.isfinite(numbers(mart, aim.outcome.column_at(aim.horizon_days)))
    frequent = [c for c in range(1, len(KINDS)) if np.sum(reachable & followed & (codes == c)) >= FEWEST_INCIDENTS]
    common, never, strata = _possible(mart, codes, reachable & known, frequent, facts)
    opened = open_question(
        mart, aim, facts, (Gate.NOT_ANSWERED, reachable), (Gate.TREATMENT_UNKNOWN, known),
        (Gate.RARE_KIND, np.isin(codes, (0, *common))), (Gate.NEVER_COMPENSATED, ~never),
    )  # fmt: skip
    code = codes[opened.rows]
    if not common or np.sum(code == 0) < FEWEST_INCIDENTS:
        raise NotEstimableError(NoFormGivenOften(FEWEST_INCIDENTS))
    speed, speed_terms = held_speed(opened.chosen, facts)
    actions, action_terms = held_actions(opened.chosen, OLIVE_BRANCH)
    own: Table = {KIND: code, GIVEN: (code > 0).astype(float)}
    return Question(
        aim=replace(aim, population=AskedOf.COULD_BE_COMPENSATED) if strata else aim,
        sample=make_sample(mart, opened.rows, own | opened.table | speed | actions, opened.y),
        rows=opened.rows,
        treatment=(Levels(KIND, common, tuple(KINDS[c] for c in common)),),
        covariates=(*opened.covariates, *speed_terms, *action_terms),
        base=giving_kind(0),
        contrasts=tuple(Contrast(_level(c), giving_kind(c), code == 0, code == c) for c in common),
        members=np.ones(len(opened.rows)),
        dose=GIVEN,
        left_out=opened.left_out,
        never_treated=strata,
    )


def _possible(
    mart: pd.DataFrame, codes: Floats, eligible: Flags, kinds: list[int], facts: Facts
) -> tuple[tuple[int, ...], Flags, tuple[Stratum, ...]]:
    """The kinds to compare, incidents in which one of them is never given, and their strata.

    A kind that is never given in most incidents is not compared rather than most incidents left out.
    """
    never, strata, common = np.zeros(len(mart), dtype=bool), list[Stratum](), []
    for kind in kinds:
        impossible, found = never_treated(mart, codes == kind, eligible, facts)
        if np.sum(impossible & eligible) <= MOST_NEVER_TREATED_SHARE * np.sum(eligible):
            common.append(kind)
            never |= impossible
            strata += [replace(stratum, form=Form(KINDS[kind])) for stratum in found]
    return tuple(common), never, tuple(strata)
