"""Amounts in one currency."""

from datetime import date
from decimal import Decimal

import pytest
from refusals import refused

from pipelines.errors import ContractError, SourceError

TOML = """
[profile]
currency = "EUR"
[files]
t = { path = "t.csv" }
c = { path = "c.csv", optional = true }
[tables]
incidents = { file = "t" }
compensations = { file = "c" }
"""
RATES = """
[[rates]]
currency = "USD"
since = 2024-01-01
rate = 0.9
[[rates]]
currency = "USD"
since = 2024-03-01
rate = 0.95
"""
HEADER = "incident_id,opened_at,loss_amount,currency\n"


def losses(result):
    return dict(result.engine.rows("SELECT incident_id, loss_amount FROM incidents"))


def test_the_rate_of_the_day_is_taken(load_files):
    csv = HEADER + "A,2024-02-29,100,USD\nB,2024-03-01,100,usd\nC,2024-03-01,100,EUR\nD,2024-03-01,,\n"
    result = load_files(TOML + RATES, {"t.csv": csv})
    assert losses(result) == {"A": Decimal(90), "B": Decimal(95), "C": Decimal(100), "D": None}
    assert set(result.column("incidents", "currency")) == {"EUR"}


def test_a_payout_takes_the_rate_of_its_day_else_of_its_incident(load_files):
    files = {
        "t.csv": HEADER + "A,2024-02-01,100,EUR\n",
        "c.csv": (
            "incident_id,issued_at,kind,face_amount,unit_cost,currency\n"
            "A,2024-03-05,refund,10,4,USD\nA,,refund,10,,USD\n"
        ),
    }
    result = load_files(TOML + RATES, files, data_cut=date(2024, 12, 31))
    assert result.engine.rows("SELECT face_amount, unit_cost FROM compensations ORDER BY 1") == [
        (Decimal(9), None),
        (Decimal("9.5"), Decimal("3.8")),
    ]


@pytest.mark.parametrize("csv", ["A,2024-03-01,100,GBP\nB,2024-03-01,100,CHF\n", "A,2023-12-31,100,USD\n"])
def test_without_a_rate_the_currencies_are_named(load_files, csv):
    codes = "USD" if "USD" in csv else "CHF, GBP"
    with refused(ContractError, match=f"no rate to EUR for {codes} on the day"):
        load_files(TOML + RATES, {"t.csv": HEADER + csv})


def test_an_amount_needs_a_currency(load_files):
    csv = HEADER + "A,2024-03-01,100,\nB,2024-03-01,100,dollars\nC,2024-03-01,,\n"
    result = load_files(TOML, {"t.csv": csv})
    assert result.aside("incidents") == [
        (2, "currency", "an amount without currency"),
        (3, "currency", "not a currency code"),
    ]


def test_one_currency_may_be_declared_for_all(load_files):
    csv = "incident_id,opened_at,loss_amount\nA,2024-03-01,100\n"
    assert losses(load_files(TOML, {"t.csv": csv})) == {"A": Decimal(100)}
    with refused(ContractError, match="amounts without a currency"):
        load_files(TOML.replace('currency = "EUR"', ""), {"t.csv": csv})


@pytest.mark.parametrize(("key", "value"), [("rate", "-1"), ("rate", "nan"), ("since", '"2024-01-01"')])
def test_a_rate_has_to_make_sense(load_files, key, value):
    lines = [f"{key} = {value}" if line.startswith(key) else line for line in RATES.splitlines()]
    with refused(SourceError, match=rf"\[\[rates\]\] 1: {key} must be"):
        load_files(TOML + "\n".join(lines), {"t.csv": HEADER + "A,2024-03-01,1,EUR\n"})
