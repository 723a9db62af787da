"""The declared trial of a mart, answered outcome by outcome; its draw is looked at once, before any outcome is."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.checks import Check, CheckVerdict
from pipelines.contracts.catalog.estimation import At, ContrastKind, Spec
from pipelines.contracts.experiments.draw import Draw
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.estimation import Gate
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.ask.opening import outcome_gates
from pipelines.models.drawn.refute import Trust, look_at, with_outcome
from pipelines.models.facts import Facts
from pipelines.models.question import Aim, Level, numbers
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, refused, shown
from pipelines.models.trials.before import before, held_matrix
from pipelines.models.trials.compared import Compared, compare
from pipelines.models.trials.doses import dose_rows
from pipelines.models.trials.enough import large_enough, refuse, without_arms
from pipelines.models.trials.lots import Lots, draw_lots
from pipelines.models.trials.takeups import takeup_rows

SPECS = (Spec.RAW, Spec.ADJUSTED)
UNKNOWN_ARMS = (Level(ContrastKind.ARM, At.USUAL, At.OTHER),)


class Trial:
    """The trial of one mart; what doesn't depend on the outcome is worked out when first asked for."""

    def __init__(self, mart: pd.DataFrame, facts: Facts) -> None:
        self._mart, self._facts, self._draw = mart, facts, facts.draw or Draw()

    @cached_property
    def _lots(self) -> Lots:
        return draw_lots(self._mart, self._facts)

    @cached_property
    def _trust(self) -> Trust:
        lots = self._lots
        seen = look_at(lots.draws, before(self._mart, lots, self._facts, self._draw), lots.arms, spread=lots.spread)
        return Trust((*lots.looks, *seen.looks))

    def answer(self, aim: Aim, lacking: Reason | None) -> Results:
        """All rows of one outcome; ``lacking``: what the profile lacks for it."""
        if lacking is not None:
            return refused(aim, UNKNOWN_ARMS, SPECS, lacking)
        try:
            lots = self._lots
        except NotEstimableError as refusal:
            return refused(aim, UNKNOWN_ARMS, SPECS, *refusal.reasons)
        levels = () if lots.spread else tuple(Level(ContrastKind.ARM, lots.arms[0], arm) for arm in lots.arms[1:])
        try:
            found = self._compared(aim, lots)
        except NotEstimableError as refusal:
            return refused(aim, levels or UNKNOWN_ARMS, SPECS, *refusal.reasons)
        shown_levels = [level for level in levels if level.level_to in found.arms]
        results = Results() if lots.spread else compare(aim, found, shown_levels)
        for arm, reason in found.too_small:
            results += refused(aim, [level for level in levels if level.level_to == arm], SPECS, reason)
        if lots.dose is not None:
            results += dose_rows(aim, found)
        if self._draw.received and not lots.spread:
            results += takeup_rows(aim, found, shown_levels, self._mart, self._draw)
        return self._with_left_out(results, found)

    def _compared(self, aim: Aim, lots: Lots) -> Compared:
        """The cases whose outcome is known; refused where no comparison is left."""
        mart = self._mart.iloc[lots.rows]
        y = numbers(mart, aim.outcome.column_at(aim.horizon_days))
        inside, left_out = np.ones(len(y), dtype=bool), list(lots.left_out)
        for gate, stays in outcome_gates(mart, aim, y):
            left_out.append((gate, int((inside & ~stays).sum())))
            inside &= stays
        trust = with_outcome(self._trust, lots.draws, inside)
        too_small: tuple[tuple[str, Reason], ...] = ()
        if not lots.spread:
            known = int(inside.sum())
            inside, too_small = large_enough(aim, lots, y, inside)
            left_out.append((Gate.NOTHING_TO_COMPARE_WITH, known - int(inside.sum())))
        counted = tuple((gate, n) for gate, n in left_out if n)
        refuse(aim, y[inside], counted)
        chosen, kept = mart[inside], lots.draws.of(inside)
        arms = lots.arms
        if too_small:
            kept, arms = without_arms(kept, arms, {arm for arm, _ in too_small})
        return Compared(
            draws=kept, y=y[inside], X=held_matrix(chosen, y[inside], self._facts, self._draw), arms=arms,
            rows=lots.rows[inside], dose=None if lots.dose is None else lots.dose[inside], trust=trust,
            draw=self._draw, left_out=counted, too_small=too_small,
        )  # fmt: skip

    def _with_left_out(self, results: Results, found: Compared) -> Results:
        headline = [row for row in results.effects if row.spec is Spec.ADJUSTED]
        return results + Results(diagnostics=[d for row in headline for d in _left_out(row, found.left_out)])


def _left_out(row: Effect, left_out: Sequence[tuple[Gate, int]]) -> list[Diagnostic]:
    return [shown(row, Check.LEFT_OUT, n, gate, CheckVerdict.COUNTED) for gate, n in left_out]
