"""What can't be read is unknown in the mart, never absent."""

from datetime import date

import pytest

from pipelines.join.build import build_marts
from pipelines.settings.load import load_profile

TOML = """
[profile]
currency = "EUR"
horizons_days = [90]
[files]
tickets = { path = "tickets.csv" }
answers = { path = "answers.csv" }
orders = { path = "orders.csv" }
given = { path = "given.csv" }
[tables]
incidents = { file = "tickets" }
interactions = { file = "answers" }
orders = { file = "orders" }
compensations = { file = "given" }
"""
SOUND = {
    "tickets.csv": "incident_id,customer_id,opened_at,closed_at,reopened_at\n"
    "i1,c1,2024-03-01 10:00,2024-03-02 10:00,\ni2,c2,2024-03-01 11:00,2024-03-02 10:00,\n",
    "answers.csv": "incident_id,contacted_at,actor\ni1,2024-03-01 12:00,agent\n",
    "orders.csv": "customer_id,order_id,ordered_at,amount\n"
    "c1,o1,2024-01-01,10\nc2,o2,2024-01-01,10\nc1,o3,2024-04-01,10\n",
    "given.csv": "incident_id,kind,face_amount,redeemed_at\ni1,voucher,5,\n",
}


@pytest.fixture
def mart(load_files, tmp_path):
    """``mart(file=line)`` → what the mart holds of i2, with one more line in these files."""

    def made(columns, incident="i2", **more):
        files = {name: text + more.get(name.split(".")[0], "") for name, text in SOUND.items()}
        result = load_files(TOML, files, data_cut=date(2025, 12, 31))
        (tmp_path / "source.toml").write_text(TOML)
        build_marts(result.engine, load_profile(str(tmp_path)), result.loaded.supplied, result.loaded.data_cut)
        return result.engine.rows(f"SELECT {columns} FROM incident_mart WHERE incident_id = '{incident}'")[0]

    return made


def test_sound_rows_say_no(mart):
    assert mart("returned_within_90d, response_status, compensation_given, closed") == (
        False,
        "unanswered",
        False,
        True,
    )


def test_a_lost_order_leaves_open_whether_its_customer_came_back(mart):
    lost = "c2,o4,soon,10\n"
    assert mart("returned_within_90d, spend_90d, days_to_return", orders=lost) == (None, None, None)
    assert mart("returned_within_90d", "i1", orders=lost) == (True,), "of others nothing is in doubt"
    assert mart("returned_within_90d", "i1", orders="c1,o4,soon,10\n") == (True,), "a yes stays one"


def test_a_lost_answer_leaves_open_whether_and_when_a_case_was_answered(mart):
    assert mart("response_status, first_contact_minutes", answers="i2,soon,agent\n") == (None, None)
    assert mart("response_status", answers="i2,soon,customer\n") == ("unanswered",), (
        "the customer's own words answer nothing"
    )
    assert mart("response_status", answers="i2,,agent\n") == ("unanswered",), "a blank answer is none"


def test_a_lost_payout_leaves_open_what_was_given(mart):
    assert mart("compensation_given, compensation_amount", given="i2,something,5,\n") == (None, None)


def test_an_amount_that_can_t_be_read_costs_no_payout(mart):
    assert mart("compensation_given, compensation_amount", given="i2,voucher,much,\n") == (True, None)


def test_a_redemption_that_can_t_be_read_is_neither_yes_nor_no(mart):
    assert mart("redeemed", given="i2,voucher,5,soon\n") == (None,)
    assert mart("redeemed", given="i2,voucher,5,\n") == (False,)


@pytest.mark.parametrize(
    ("line", "columns", "told"),
    [
        ("i3,c3,2024-03-01 10:00,soon,\n", "closed, closed_hours", (None, None)),
        ("i3,c3,2024-03-01 10:00,,\n", "closed, closed_hours", (False, None)),
        ("i3,c3,2024-03-01 10:00,,soon\n", "reopened", (None,)),
        ("i3,c3,2024-03-01 10:00,,\n", "reopened", (False,)),
    ],
)
def test_a_case_is_kept_though_when_it_ended_can_t_be_read(mart, line, columns, told):
    assert mart(columns, "i3", tickets=line) == told
