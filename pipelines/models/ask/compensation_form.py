"""Form of compensation: each kind against nothing, among answered incidents, speed and the other actions held."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.arrays import Flags, Floats, Table
from pipelines.models.ask.compensation import COULD_BE
from pipelines.models.ask.held_equal import held_actions, held_speed, reached
from pipelines.models.ask.opening import open_question
from pipelines.models.facts import Facts
from pipelines.models.fit.terms import Levels
from pipelines.models.judge.structural_zeros import never_treated
from pipelines.models.question import (
    FEWEST_ROWS,
    Aim,
    Contrast,
    Level,
    Question,
    make_sample,
    numbers,
    outcome_column,
)  # fmt: skip
from pipelines.models.refusal import NotEstimableError

LARGEST_NEVER_SHARE = 0.5
KINDS = ("none", "cash", "future_credit", "in_kind", "gesture", "mixed")


def kind_levels() -> tuple[Level, ...]:
    """Each kind against nothing."""
    return tuple(Level("kind", KINDS[0], kind) for kind in KINDS[1:])


def giving_kind(code: int) -> Callable[[Table], Table]:
    """The scenario "everyone gets this kind"."""

    def scenario(table: Table) -> Table:
        given = np.full_like(table["kind"], float(code > 0))
        return {"kind": np.full_like(table["kind"], float(code)), "given": given}

    return scenario


def ask_kind(mart: pd.DataFrame, aim: Aim, facts: Facts) -> Question:
    """The question for one outcome; raises :class:`NotEstimableError` with the reason when there is none."""
    place = {kind: float(code) for code, kind in enumerate(KINDS)}
    codes = np.asarray(mart[Col.COMPENSATION_KIND].astype("object").map(place), dtype=float)
    reachable, known = reached(mart), np.isfinite(codes)
    followed = np.isfinite(numbers(mart, outcome_column(aim.outcome, aim.horizon_days)))
    frequent = [c for c in range(1, len(KINDS)) if np.sum(reachable & followed & (codes == c)) >= FEWEST_ROWS]
    common, never, strata = _possible(mart, codes, reachable & known, frequent, facts)
    opened = open_question(
        mart, aim, facts, ("not_answered", reachable), ("treatment_unknown", known),
        ("rare_kind", np.isin(codes, (0, *common))), ("never_compensated", ~never),
    )  # fmt: skip
    code = codes[opened.rows]
    if not common or np.sum(code == 0) < FEWEST_ROWS:
        raise NotEstimableError(
            f"No kind of compensation was given at least {FEWEST_ROWS} times beside cases without any."
        )
    speed, speed_terms = held_speed(opened.chosen, facts)
    actions, action_terms = held_actions(opened.chosen, "olive_branch")
    own = {"kind": code, "given": (code > 0).astype(float)}
    return Question(
        aim=replace(aim, population=COULD_BE) if strata else aim,
        sample=make_sample(mart, opened.rows, own | opened.table | speed | actions, opened.y),
        rows=opened.rows,
        treatment=(Levels("kind", common, tuple(KINDS[c] for c in common)),),
        covariates=(*opened.covariates, *speed_terms, *action_terms),
        base=giving_kind(0),
        contrasts=tuple(
            Contrast(Level("kind", KINDS[0], KINDS[c]), giving_kind(c), code == 0, code == c) for c in common
        ),
        members=np.ones(len(opened.rows)),
        dose="given",
        left_out=opened.left_out,
        never_treated=strata,
    )


def _possible(
    mart: pd.DataFrame, codes: Floats, eligible: Flags, kinds: list[int], facts: Facts
) -> tuple[tuple[int, ...], Flags, tuple[tuple[str, int], ...]]:
    """The kinds to compare, incidents in which one of them is never given, and their strata.

    A kind that is never given in most incidents is not compared rather than most incidents left out.
    """
    never, strata, common = np.zeros(len(mart), dtype=bool), [], []
    for kind in kinds:
        impossible, found = never_treated(mart, codes == kind, eligible, facts)
        if np.sum(impossible & eligible) <= LARGEST_NEVER_SHARE * np.sum(eligible):
            common.append(kind)
            never |= impossible
            strata += [(f"{KINDS[kind]}: {s.name}", s.incidents) for s in found]
    return tuple(common), never, tuple(strata)
