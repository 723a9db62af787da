import pytest

from pipelines.contracts.worklist import NEEDED, next_step, standard_offer

DONE = dict.fromkeys(NEEDED) | {
    "severity": "spoiled", "standard_met": True,
    "standard_minutes": 60.0, "standard_offer_kind": "refund", "standard_offer_share": 0.5,
    "standard_approver": "duty_manager", "loss_amount": 200.0, "response_status": "answered",
    "first_contact_minutes": 20.0, "fixed_for_customer": True, "compensation_given": True,
    "compensation_amount": 100.0, "apology_given": True, "follow_up_days": 30.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "step"),
    [
        ({"response_status": "unanswered", "first_contact_minutes": None}, "Answer: no person has"),
        ({"fixed_for_customer": False}, "Repair it for this customer"),
        ({"fixed_for_customer": False, "days_to_departure": 50.0}, "Repair it for this customer"),
        ({"compensation_given": False, "compensation_amount": 0.0},
         "Give money back worth 50 % of the loss (EUR 100.00), approved by duty manager"),
        ({"compensation_given": False, "loss_amount": None, "standard_approver": None},
         "Give money back worth 50 % of the loss"),
        ({"compensation_given": False, "standard_offer_kind": "gesture", "standard_offer_share": 0.0},
         "Give a gesture, approved by duty manager"),
        ({"compensation_amount": 40.0},
         "Give EUR 60.00 more, to reach the standard's 50 % of the loss, approved by duty manager"),
        ({"apology_given": False}, "Apologise in person"),
        ({}, "Call in person: nothing the standard asks for is left to do"),
        ({"standard_met": False},
         "Call in person: answered late, and nothing the standard asks for is left to do"),
        ({"standard_minutes": None, "standard_offer_kind": None}, "Decide what to offer: no standard covers this case"),
        ({"standard_minutes": None, "standard_offer_kind": None, "severity": None},
         "Decide what to offer: its severity isn't recorded"),
    ],
)  # fmt: skip
def test_the_next_step_is_the_first_thing_the_standard_asks_for_that_was_not_done(case, step):
    assert next_step(DONE | case, "EUR") == step


def test_what_can_no_longer_be_repaired_is_not_asked_for():
    assert next_step(DONE | {"fixed_for_customer": False, "days_to_departure": 3.0}, "EUR").startswith("Call")


def test_what_nobody_recorded_is_not_asked_for():
    unknown = {"response_status": None, "first_contact_minutes": None, "fixed_for_customer": None,
               "compensation_given": None, "compensation_amount": None, "apology_given": None}  # fmt: skip
    assert next_step(DONE | unknown, "EUR").startswith("Call")


def test_the_offer_of_the_standard_in_words():
    assert standard_offer(DONE, "EUR") == "money back worth 50 % of the loss (EUR 100.00)"
    assert standard_offer(DONE | {"standard_offer_kind": None}, "EUR") == ""
