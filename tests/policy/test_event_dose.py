import numpy as np
import pytest
from cases import NOTHING, company_of, mart_of, why

from pipelines.policy.counted.expected import strata
from pipelines.policy.events.dose import dose_rows


def storm(n=300, **columns):
    """A storm of n grave cases: half given nothing, half given half of the loss; and as many single ones."""
    given = np.tile(np.where(np.arange(n) % 2 == 0, 0.0, 0.4), 2)
    tenth = np.arange(n) % 10
    back = np.concatenate([np.where(given[:n] > 0, tenth < 6, tenth < 3), tenth < 4])
    return mart_of(2 * n, **{
        "event_id": ["storm"] * n + [None] * n, "mass_event": [True] * n + [False] * n, "severity": "grave",
        "compensation_share": given, "returned_within_365d": back, "response_status": "answered",
        "first_contact_minutes": 30.0,
    } | columns)  # fmt: skip


def rows_of(mart, company=None):
    return list(dose_rows(mart, ["storm"], strata(mart, ("severity",)), company or company_of()))


def found(rows, measure, level):
    (row,) = [r for r in rows if r.measure == measure and r.level == level]
    return row


def test_each_step_has_its_share_beside_single_incidents_at_the_same_step():
    rows = rows_of(storm())
    nothing, half = (found(rows, "returned_by_share_given", x) for x in ("nothing", "from_25_to_50"))
    assert nothing.n == half.n == 150
    assert nothing.estimate < half.estimate
    assert (half.n_reference, half.expected) == (150, pytest.approx(0.4, abs=0.2))
    assert half.ratio_low < half.ratio < half.ratio_high
    assert found(rows, "returned_by_share_given", "below_25").verdict == "not_estimable"


def test_the_gain_of_a_step_is_taken_inside_the_event():
    mart = storm()
    own = mart[mart["event_id"] == "storm"]
    by_hand = own.groupby("compensation_share")["returned_within_365d"].mean().diff().iloc[-1]
    row = found(rows_of(mart), "gain_by_share_given", "from_25_to_50")
    assert row.estimate == pytest.approx(by_hand)
    assert 0 < row.ci_low < row.estimate < row.ci_high
    assert row.caveats


def test_never_answered_is_the_slowest_step():
    status = ["answered", "unanswered"] * 300
    rows = rows_of(storm(response_status=status, first_contact_minutes=[30.0, None] * 300))
    assert found(rows, "returned_by_hours_to_contact", "later_or_never").n == 150


def test_a_small_event_and_a_bare_profile_get_a_reason_each():
    small = rows_of(storm(n=60))
    assert {row.measure for row in small} == {"returned_by_share_given", "returned_by_hours_to_contact"}
    assert all("100" in why(row) for row in small)
    for row in rows_of(storm(), company_of(NOTHING)):
        assert row.verdict == "not_estimable"
        assert "Add " in why(row)


def with_steps(*counts):
    """A storm with so many cases at nothing, below 25 %, 25 to 50 %, 50 to 100 % and above."""
    n = sum(counts)
    given = np.tile(np.repeat([0.0, 0.1, 0.4, 0.6, 1.2], counts), 2)
    return storm(n, compensation_share=given, returned_within_365d=np.arange(2 * n) % 3 == 0)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [((200, 60, 40, 5, 0), {"from_25_to_50", "from_50_to_100"}), ((200, 60, 4, 3, 0), {"below_25", "from_25_to_50",
      "from_50_to_100"}), ((200, 60, 7, 8, 0), {"from_25_to_50", "from_50_to_100"}), ((200, 60, 40, 20, 0), set())],
)  # fmt: skip
def test_a_small_step_can_not_be_worked_out_from_the_total_and_the_other_steps(counts, hidden):
    rows = rows_of(with_steps(*counts))
    steps = [row for row in rows if row.measure == "returned_by_share_given"]
    assert {row.level for row in steps if row.verdict == "suppressed"} == hidden
    for row in rows:
        if row.measure.endswith("share_given") and row.level in hidden:
            assert {row.n, row.n_reference, row.estimate, row.ci_low, row.expected, row.ratio} == {None}
            assert row.suppressed
            assert not any(character in "0123456789" for character in why(row).replace("10", ""))


def test_where_nothing_given_is_hidden_no_gain_above_it_is_shown():
    rows = rows_of(with_steps(6, 150, 150, 40, 0))
    gains = [row for row in rows if row.measure == "gain_by_share_given"]
    assert found(rows, "returned_by_share_given", "nothing").suppressed
    assert {row.estimate for row in gains} == {None}
    assert {row.n for row in gains} == {None}
