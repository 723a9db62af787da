from cases import mart_of

from pipelines.contracts.arrow import row_table, table_rows
from pipelines.contracts.catalog.counting import NeededFor, WonBack
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.vocabulary import OneKind
from pipelines.contracts.messages.steps import GiveApproved, ShareWorth
from pipelines.contracts.tables.worklist import LostCase
from pipelines.policy import worklist
from pipelines.policy.counted.silence import lost_cases
from pipelines.policy.worklist import worklist_rows


def closed(n=30, **columns):
    return mart_of(n, **{"closed": True, "customer_on_file": True, "closed_hours": 24.0, "response_status": "answered",
                         "earlier_spend_365d": range(n)} | columns)  # fmt: skip


def test_the_most_valuable_cases_come_first_with_their_ends():
    mart = closed()
    rows = worklist_rows(mart)
    assert [row.value_at_stake for row in rows] == list(range(29, -1, -1))
    assert len(rows) == lost_cases(mart)[Measure.CLOSED_NOT_RESTORED].sum()
    assert all((row.closed_at - row.opened_at).total_seconds() == 86_400 for row in rows)
    assert row_table(LostCase, rows).num_rows == 30


def test_who_came_back_is_not_listed():
    mart = closed(days_to_return=[5.0] * 10 + [None] * 20)
    assert len(worklist_rows(mart)) == 20


def test_silent_cases_come_first_then_those_at_risk_however_much_the_others_spent():
    mart = mart_of(
        4, closed=[True, False, False, False], closed_hours=[24.0, None, None, None], customer_on_file=True,
        response_status=["answered", "open", "unanswered", "answered"], first_contact_minutes=[5.0, None, None, 5.0],
        follow_up_days=[400.0, 2.0, 30.0, 30.0], standard_minutes=60.0, earlier_spend_365d=[9000.0, 20.0, 10.0, 0.0],
    )  # fmt: skip
    rows = worklist_rows(mart)
    assert [row.needed_for for row in rows] == [NeededFor.SILENT, NeededFor.AT_RISK, NeededFor.NOT_WON_BACK]
    waited = [(row.since - row.opened_at).total_seconds() / 3600 for row in rows]
    assert waited == [7 * 24.0, 1.0, 24.0]


def test_a_threat_or_a_broken_promise_puts_an_answered_case_at_risk():
    mart = mart_of(
        3, closed=False, response_status="answered", first_contact_minutes=5.0, threatened=[True, False, False],
        commitment_kept=[None, False, True],
    )  # fmt: skip
    assert [row.incident_id for row in worklist_rows(mart)] == ["i00000", "i00001"]


def test_each_case_has_a_next_step_under_its_standard():
    mart = closed(standard_offer_kind="refund", standard_offer_share=0.5, loss_amount=80.0, compensation_given=False,
                  standard_approver="desk")  # fmt: skip
    (row, *_) = worklist_rows(mart)
    promised = ShareWorth(OneKind.REFUND, 0.5, 40.0)
    assert row.next_step == GiveApproved(promised, "desk")
    assert row.standard_offer == promised
    assert row.won_back is WonBack.NO_ORDER_YET
    assert table_rows(LostCase, row_table(LostCase, [row])) == (row,)


def test_no_more_than_a_page_can_hold_are_published(monkeypatch):
    monkeypatch.setattr(worklist, "MOST_CASES", 5)
    assert [row.value_at_stake for row in worklist_rows(closed())] == [29, 28, 27, 26, 25]
