"""Ids that can't be believed stop a run before anybody's return is counted."""

import pytest
from refusals import refused

from pipelines.errors import ContractError

BOTH = """
[profile]
currency = "SEK"
[files]
t = { path = "Fälle.csv" }
o = { path = "Einkäufe.csv" }
[tables]
incidents = { file = "t" }
orders = { file = "o" }
"""
ORDERS = "customer_id,order_id,ordered_at,amount\nC1,O1,2024-03-20,10\n"


def cases(ids):
    return "incident_id,customer_id,opened_at\n" + "".join(f"A{i},{c},2024-03-01\n" for i, c in enumerate(ids))


@pytest.mark.parametrize("rounded", ["4.91512E+11", "1E+12", "4,9E+11"])
def test_rounded_ids_have_lost_their_digits(load_files, rounded):
    tickets = cases([f'"{rounded}"', *(f"K{i}" for i in range(9))])
    with refused(ContractError, match=r'Fälle.csv: 10.% of "customer_id" are rounded numbers'):
        load_files(BOTH, {"Fälle.csv": tickets, "Einkäufe.csv": ORDERS})


def test_ids_with_an_e_in_them_are_ids(load_files):
    tickets = cases(["12E5", "3E-7", "E+11", "7e1", "K5"])
    assert load_files(BOTH, {"Fälle.csv": tickets, "Einkäufe.csv": ORDERS}).reasons("incidents")["kept"] == 5


def test_one_customer_behind_every_fifth_row_is_nobody(load_files):
    tickets = cases(["anonymous"] * 20 + [f"K{i}" for i in range(60)])
    files = {"Fälle.csv": tickets, "Einkäufe.csv": ORDERS}
    with refused(ContractError, match=r"one value of \"customer_id\" stands in 25.% of the rows"):
        load_files(BOTH, files)
    listed = BOTH.replace('"Fälle.csv" }', '"Fälle.csv", nulls = ["anonymous"] }')
    assert load_files(listed, files).column("incidents", "count(customer_id)") == [60]


def test_few_rows_prove_nothing(load_files):
    files = {"Fälle.csv": cases(["K1"] * 12), "Einkäufe.csv": ORDERS}
    assert load_files(BOTH, files).reasons("incidents")["kept"] == 12
