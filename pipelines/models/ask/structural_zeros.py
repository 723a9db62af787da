"""Structural zeros: kinds of incident in which a treatment never happens, so that nothing is known of what it would do.

A stratum counts when it is large and empty beyond chance: at the share treated elsewhere, a stratum of its size would
stay empty less often than once in a thousand times. A mass incident counts once: it was decided on once.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from pipelines.contracts.catalog.covariates import declared_covariates
from pipelines.contracts.catalog.thresholds import FEWEST_INCIDENTS, MOST_STRATUM_LEVELS, RAREST_CHANCE
from pipelines.contracts.mart import Col
from pipelines.models.arrays import Flags
from pipelines.models.facts import Facts
from pipelines.models.question import Stratum


def never_treated(mart: pd.DataFrame, treated: Flags, eligible: Flags, facts: Facts) -> tuple[Flags, list[Stratum]]:
    """Incidents of strata in which no eligible one was ever treated, and these strata, by one label or by two.

    A stratum that lies within one already found is not named again.
    """
    found: list[Stratum] = []
    impossible = np.zeros(len(mart), dtype=bool)
    if not (eligible & treated).any():
        return impossible, found
    usual = float(treated[eligible].mean())
    occasion = pd.factorize(mart[Col.EVENT_ID].fillna(mart[Col.INCIDENT_ID]))[0]
    for rows, stratum in _strata(mart, facts):
        inside = rows & eligible & ~impossible
        size, chances = int(inside.sum()), len(np.unique(occasion[inside]))
        empty = chances >= FEWEST_INCIDENTS and not (rows & eligible & treated).any()
        if empty and chances * np.log1p(-min(usual, 1 - 1e-12)) < np.log(RAREST_CHANCE):
            impossible |= rows
            found.append(Stratum(stratum, size))
    return impossible, found


def _strata(mart: pd.DataFrame, facts: Facts) -> Iterator[tuple[Flags, tuple[tuple[str, str], ...]]]:
    """Every label of a column of few, then every pair of labels of two such columns."""
    named = [str(held.column) for held in declared_covariates(facts.covariates) if held.strata]
    columns = {column: _codes(mart[column]) for column in named if column in mart}
    few = {c: (codes, labels) for c, (codes, labels) in columns.items() if 1 < len(labels) <= MOST_STRATUM_LEVELS}
    for column, (codes, labels) in few.items():
        for j, label in enumerate(labels):
            yield codes == j, ((column, label),)
    for one, other in combinations(few, 2):
        (first, names), (second, others) = few[one], few[other]
        sizes = np.bincount((first * len(others) + second)[(first >= 0) & (second >= 0)], minlength=1)
        for cell in np.flatnonzero(sizes >= FEWEST_INCIDENTS):
            i, j = divmod(int(cell), len(others))
            yield (first == i) & (second == j), ((one, names[i]), (other, others[j]))


def _codes(values: pd.Series) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], tuple[str, ...]]:
    """Codes of labels in their order; −1 where missing."""
    text = values.astype("object").where(values.notna(), None).map(str, na_action="ignore")
    codes, labels = pd.factorize(text, sort=True)
    return codes.astype(np.int64), tuple(str(label) for label in labels)
