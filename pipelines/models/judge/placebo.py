"""Placebo exposure: how the *next* customer was treated can't have acted on this one.

Taken is the same treatment of the next incident at the same site (where sites aren't known, in the same channel) that
another customer raised later. It shares with the real treatment what nobody recorded of place and time – who was on
duty, how full the house was – but happened after it, to somebody else. Given the real treatment and all that is held,
the outcome should not move with it; where it does, place and time confound. (A treatment permuted at random would show
nothing of that: it is clean by construction. The same customer's next incident exists for few, and for those it does,
returning is what made it possible.)
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.models.arrays import Floats, Ints
from pipelines.models.fit.solve import solve
from pipelines.models.fit.terms import Linear
from pipelines.models.question import Question, subset, unchanged
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Row, check_row

SUBJECT = "the next customer's treatment"
SIGNIFICANT = 0.01
FEWEST_ROWS = 200
FEWEST_GROUPS, LARGEST_REACH_DAYS = 2, 30.0
CLEAN, STAINED = "no association, as it should be", "associated, though it can't have acted"


@dataclass(frozen=True)
class _Neighbours:
    """Positions of incidents that have a next one near enough, and of that one."""

    of: Ints
    next: Ints


def placebo_rows(effect_id: str, question: Question, mart: pd.DataFrame) -> list[Row]:
    """The outcome's change with one standard deviation of the placebo, its p-value and the verdict."""
    pairs = _neighbours(mart.iloc[question.rows])
    if len(pairs.of) < FEWEST_ROWS:
        return [_absent(effect_id, f"only {len(pairs.of)} incidents have another customer's soon after")]
    try:
        asked = _asked(question, pairs)
        found = solve(asked, [unchanged, lambda table: {_PLACEBO: table[_PLACEBO] + 1.0}]).contrast(1)
    except NotEstimableError:
        return [_absent(effect_id, "it can't be told apart from what is held")]
    clean = found.p_value > SIGNIFICANT
    unit = f"{question.aim.unit}, per standard deviation"
    verdict = CLEAN if clean else STAINED
    return [
        check_row(
            effect_id, "placebo_exposure", question.aim.scale * found.estimate, passed=clean, unit=unit,
            subject=SUBJECT, verdict=verdict,
        ),
        check_row(
            effect_id, "placebo_exposure_p", found.p_value, threshold=SIGNIFICANT, passed=clean, unit="p-value",
            subject=SUBJECT, verdict=verdict,
        ),
    ]  # fmt: skip


_PLACEBO = "placebo"


def _asked(question: Question, pairs: _Neighbours) -> Question:
    """The question about the placebo alone; the real treatment joins what is held."""
    theirs: Floats = question.sample.table[question.dose][pairs.next]
    spread = float(theirs.std())
    if spread == 0.0:
        raise NotEstimableError("Everybody was treated alike.")
    placebo = np.zeros(len(question.rows))
    placebo[pairs.of] = (theirs - theirs.mean()) / spread
    table = question.sample.table | {_PLACEBO: placebo}
    inside = np.zeros(len(placebo), dtype=bool)
    inside[pairs.of] = True
    return subset(
        replace(
            question,
            sample=replace(question.sample, table=table, second=None),
            covariates=(*question.covariates, *question.treatment),
            treatment=(Linear(_PLACEBO),),
            members=np.ones(len(placebo)),
            contrasts=(),
            curve=(),
            curve_level=None,
        ),
        inside,
    )


def _neighbours(chosen: pd.DataFrame) -> _Neighbours:
    """Each incident with the next one of its site (else channel) that another customer raised within a month."""
    place = next((chosen[c] for c in (Col.SITE_ID, Col.CHANNEL) if chosen[c].nunique() >= FEWEST_GROUPS), None)
    nobody = np.zeros(0, dtype=np.int64)
    if place is None or chosen[Col.OPENED_AT].notna().sum() == 0:
        return _Neighbours(nobody, nobody)
    frame = pd.DataFrame({
        "place": place.astype("object").to_numpy(),
        "opened": pd.to_datetime(chosen[Col.OPENED_AT], utc=True).to_numpy(),
        "customer": chosen[Col.CUSTOMER_KEY].astype("object").to_numpy(),
        "position": np.arange(len(chosen)),
    })  # fmt: skip
    ordered = frame[frame["place"].notna()].sort_values(["place", "opened", "position"], kind="stable")
    later = ordered.shift(-1)
    days = (later["opened"] - ordered["opened"]).dt.total_seconds() / 86_400.0
    fits = (later["place"] == ordered["place"]) & (days > 0) & (days <= LARGEST_REACH_DAYS)
    fits &= later["customer"] != ordered["customer"]
    return _Neighbours(ordered.loc[fits, "position"].to_numpy(np.int64), later.loc[fits, "position"].to_numpy(np.int64))


def _absent(effect_id: str, why: str) -> Row:
    return check_row(effect_id, "placebo_exposure", None, passed=None, subject=SUBJECT, verdict=f"not checked: {why}")
