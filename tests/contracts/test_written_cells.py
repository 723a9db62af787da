"""Cells of numpy's own types are written as plain ones, a column at a time as one by one."""

import numpy as np

from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.messages.estimation import OutcomeConstant
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.plain import read_column, written, written_column
from pipelines.contracts.tables.row import columns

CELLS = {
    "estimate": [np.float64(1 / 3), 2.0, float("nan"), None],
    "verdict": [Verdict.ESTIMATED, Verdict.NOT_ESTIMABLE, Verdict.ESTIMATED],
    "reasons": [(), (OutcomeConstant(),), ()],
}


def test_a_column_is_written_and_read_like_its_cells():
    for name, values in CELLS.items():
        hint = columns(Effect)[name]
        found = written_column(values, hint)
        assert found == [written(value, hint) for value in values]
        known = [value for value in values if value is not None and value == value]
        plain = written_column(known, hint)
        assert written_column(read_column(plain, hint), hint) == plain
