import pytest

from pipelines.contracts.worklist import Case, next_step, standard_offer
from words.speech import Speech

NARROW = "\u202f"
SPEECH = Speech(currency="EUR")
DONE = {
    "severity": "spoiled", "standard_met": True, "restored": None, "customer_on_file": True, "days_to_departure": None,
    "standard_minutes": 60.0, "standard_offer_kind": "refund", "standard_offer_share": 0.5,
    "standard_approver": "duty_manager", "loss_amount": 200.0, "response_status": "answered",
    "first_contact_minutes": 20.0, "fixed_for_customer": True, "compensation_given": True,
    "compensation_amount": 100.0, "apology_given": True, "follow_up_days": 30.0,
}  # fmt: skip


def said(**changes):
    """The next step of a case in which all was done but for these."""
    return SPEECH.say(next_step(Case(**DONE | changes))).replace(NARROW, " ")


@pytest.mark.parametrize(
    ("case", "step"),
    [
        ({"response_status": "unanswered", "first_contact_minutes": None}, "Answer: no person has"),
        ({"fixed_for_customer": False}, "Repair it for this customer"),
        ({"fixed_for_customer": False, "days_to_departure": 50.0}, "Repair it for this customer"),
        ({"compensation_given": False, "compensation_amount": 0.0},
         "Give money back worth 50 % of the loss (€ 100.00), approved by duty manager"),
        ({"compensation_given": False, "loss_amount": None, "standard_approver": None},
         "Give money back worth 50 % of the loss"),
        ({"compensation_given": False, "standard_offer_kind": "gesture", "standard_offer_share": 0.0},
         "Give a gesture, approved by duty manager"),
        ({"compensation_amount": 40.0},
         "Give € 60.00 more, to reach the standard's 50 % of the loss, approved by duty manager"),
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
    assert said(**case) == step


def test_what_can_no_longer_be_repaired_is_not_asked_for():
    assert said(fixed_for_customer=False, days_to_departure=3.0).startswith("Call")


def test_what_nobody_recorded_is_not_asked_for():
    unknown = {"response_status": None, "first_contact_minutes": None, "fixed_for_customer": None,
               "compensation_given": None, "compensation_amount": None, "apology_given": None}  # fmt: skip
    assert said(**unknown).startswith("Call")


def test_the_offer_of_the_standard_in_words():
    promised = SPEECH.say(standard_offer(Case(**DONE))).replace(NARROW, " ")
    assert promised == "money back worth 50 % of the loss (€ 100.00)"
    assert standard_offer(Case(**DONE | {"standard_offer_kind": None})) is None
