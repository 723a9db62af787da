from cases import mart_of

from pipelines.contracts.arrow import row_table, table_rows
from pipelines.contracts.catalog.counting import WonBack
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.vocabulary import OneKind
from pipelines.contracts.messages.steps import GiveApproved, ShareWorth
from pipelines.contracts.tables.worklist import LostCase
from pipelines.contracts.worklist import MOST_CASES
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


def test_who_came_back_or_is_still_open_is_not_listed():
    mart = closed(days_to_return=[5.0] * 10 + [None] * 20, closed=[True] * 20 + [False] * 10)
    assert len(worklist_rows(mart)) == 10


def test_each_case_has_a_next_step_under_its_standard():
    mart = closed(standard_offer_kind="refund", standard_offer_share=0.5, loss_amount=80.0, compensation_given=False,
                  standard_approver="desk")  # fmt: skip
    (row, *_) = worklist_rows(mart)
    promised = ShareWorth(OneKind.REFUND, 0.5, 40.0)
    assert row.next_step == GiveApproved(promised, "desk")
    assert row.standard_offer == promised
    assert row.won_back is WonBack.NO_ORDER_YET
    assert table_rows(LostCase, row_table(LostCase, [row])) == (row,)


def test_no_more_than_a_page_can_hold_are_published():
    assert len(worklist_rows(closed(MOST_CASES + 7))) == MOST_CASES
