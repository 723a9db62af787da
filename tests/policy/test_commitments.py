import numpy as np
import pandas as pd
import pytest
from cases import CUT_INSTANT, NOTHING, company_of, mart_of, only, why

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.messages.counted import NoPromiseDue
from pipelines.policy.counted.standards import standards_rows
from pipelines.policy.learning.commitments import commitment_rows


def promised(n=900):
    """A third without a promise, a third kept, a third broken: 40, 50 and 30 of 100 came back."""
    third = np.repeat(["none", "kept", "broken"], n // 3)
    chance = pd.Series(third).map({"none": 4, "kept": 5, "broken": 3})
    kept = [{"none": None, "kept": True, "broken": False}[t] for t in third]
    return mart_of(
        n, response_status="answered", severity=["mild", "grave"] * (n // 2),
        promises_made=(third != "none").astype(int), commitment_kept=kept,
        returned_within_365d=(np.arange(n) // 2 % 10) < chance,
    )  # fmt: skip


def test_kept_and_broken_promises_are_each_held_against_none_and_each_other():
    rows = list(commitment_rows(promised(), company_of()))
    found = {level: only(rows, level=level) for level in ("kept", "broken", "kept_against_broken")}
    assert [round(row.estimate) for row in found.values()] == [10, -10, 20]
    assert all(row.grade is Grade.C and row.caveats for row in found.values())
    assert found["kept_against_broken"].ci_low > 0


def test_without_promises_or_orders_a_row_says_what_to_add():
    (row,) = commitment_rows(promised(), company_of(NOTHING))
    assert "promises" in why(row)
    (row,) = commitment_rows(mart_of(40), company_of())
    assert row.verdict == "not_estimable"


def due(days_ago, kept):
    n = len(kept)
    return mart_of(n, commitment_kept=kept, promise_due_at=[CUT_INSTANT - pd.Timedelta(days=days_ago)] * n)


def test_promises_due_last_week_are_known_now():
    rows = standards_rows(due(3, [True] * 12 + [False] * 8), company_of())
    broken = only(rows, measure="promises_broken")
    assert (broken.estimate, broken.n, broken.period) == (8.0, 20, "2025-12-25/2025-12-31")
    share = only(rows, measure="commitment_kept", period="2025-12-25/2025-12-31")
    assert share.estimate == pytest.approx(0.6)


def test_a_week_without_promises_says_so():
    rows = standards_rows(due(30, [True] * 20), company_of())
    assert only(rows, measure="promises_broken").reasons == (NoPromiseDue(),)
