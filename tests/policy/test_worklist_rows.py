from cases import company_of, mart_of

from pipelines.contracts.tables.moving import result_table
from pipelines.contracts.worklist import MOST_CASES
from pipelines.policy.counted.silence import lost_cases
from pipelines.policy.worklist import worklist_rows


def closed(n=30, **columns):
    return mart_of(n, **{"closed": True, "customer_on_file": True, "closed_hours": 24.0, "response_status": "answered",
                         "earlier_spend_365d": range(n)} | columns)  # fmt: skip


def test_the_most_valuable_cases_come_first_with_their_ends():
    mart = closed()
    rows = worklist_rows(mart, company_of())
    assert [row["value_at_stake"] for row in rows] == list(range(29, -1, -1))
    assert len(rows) == lost_cases(mart)["closed_not_restored"].sum()
    assert all((row["closed_at"] - row["opened_at"]).total_seconds() == 86_400 for row in rows)
    assert result_table("worklist", rows).num_rows == 30


def test_who_came_back_or_is_still_open_is_not_listed():
    mart = closed(days_to_return=[5.0] * 10 + [None] * 20, closed=[True] * 20 + [False] * 10)
    assert len(worklist_rows(mart, company_of())) == 10


def test_each_case_has_a_next_step_under_its_standard():
    mart = closed(standard_offer_kind="refund", standard_offer_share=0.5, loss_amount=80.0, compensation_given=False,
                  standard_approver="desk")  # fmt: skip
    (row, *_) = worklist_rows(mart, company_of())
    assert row["next_step"] == "Give money back worth 50 % of the loss (EUR 40.00), approved by desk"
    assert row["standard_offer"] == "money back worth 50 % of the loss (EUR 40.00)"
    assert row["won_back"] == "no new order yet"


def test_no_more_than_a_page_can_hold_are_published():
    assert len(worklist_rows(closed(MOST_CASES + 7), company_of())) == MOST_CASES
