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

from pipelines.contracts.catalog.checks import Check, CheckVerdict, Subject, passes
from pipelines.contracts.catalog.thresholds import FEWEST_NEIGHBOURS, FEWEST_PLACES, LONGEST_NEIGHBOUR_DAYS
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.grounds import PlaceboDetermined, TooFewNeighbours, TreatedAlike
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.arrays import Floats, Ints
from pipelines.models.fit.solve import solve
from pipelines.models.fit.terms import Linear
from pipelines.models.question import Question, subset, unchanged
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import checked

SUBJECT = Subject.NEXT_CUSTOMERS_TREATMENT


@dataclass(frozen=True)
class _Neighbours:
    """Positions of incidents that have a next one near enough, and of that one."""

    of: Ints
    next: Ints


def placebo_rows(row: Effect, question: Question, mart: pd.DataFrame) -> list[Diagnostic]:
    """The outcome's change with one standard deviation of the placebo, its p-value and the verdict."""
    pairs = _neighbours(mart.iloc[question.rows])
    if len(pairs.of) < FEWEST_NEIGHBOURS:
        return [_absent(row, TooFewNeighbours(len(pairs.of)))]
    try:
        asked = _asked(question, pairs)
        found = solve(asked, [unchanged, lambda table: {_PLACEBO: table[_PLACEBO] + 1.0}]).contrast(1)
    except NotEstimableError:
        return [_absent(row, PlaceboDetermined())]
    clean = passes(Check.PLACEBO_EXPOSURE_P, found.p_value)
    verdict = CheckVerdict.CLEAN if clean else CheckVerdict.ASSOCIATED
    unit = Unit.PER_STANDARD_DEVIATION if row.unit == Unit.PER_100_CUSTOMERS else row.unit
    change = question.aim.scale * found.estimate
    return [
        checked(
            row, Check.PLACEBO_EXPOSURE, change, passed=clean, unit=unit, subject=SUBJECT, verdict=verdict
        ),
        checked(row, Check.PLACEBO_EXPOSURE_P, found.p_value, passed=clean, subject=SUBJECT, verdict=verdict),
    ]  # fmt: skip


_PLACEBO = "placebo"


def _asked(question: Question, pairs: _Neighbours) -> Question:
    """The question about the placebo alone; the real treatment joins what is held."""
    theirs: Floats = question.sample.table[question.dose][pairs.next]
    spread = float(theirs.std())
    if spread == 0.0:
        raise NotEstimableError(TreatedAlike())
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
    place = next((chosen[c] for c in (Col.SITE_ID, Col.CHANNEL) if chosen[c].nunique() >= FEWEST_PLACES), None)
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
    fits = (later["place"] == ordered["place"]) & (days > 0) & (days <= LONGEST_NEIGHBOUR_DAYS)
    fits &= later["customer"] != ordered["customer"]
    return _Neighbours(ordered.loc[fits, "position"].to_numpy(np.int64), later.loc[fits, "position"].to_numpy(np.int64))


def _absent(row: Effect, why: Reason) -> Diagnostic:
    return checked(
        row, Check.PLACEBO_EXPOSURE, subject=SUBJECT, verdict=CheckVerdict.NOT_CHECKED, reasons=(why,)
    )  # fmt: skip
