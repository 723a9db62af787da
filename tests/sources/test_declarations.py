"""What a profile declares of columns must be there in its exports."""

import pytest
from refusals import refused

from pipelines.errors import SourceError

LOT = '[profile]\nrandomised = "assignment"\nrandomised_unit = "{}"\n'
ROWS = "A,2024-03-01,usual,1\nB,2024-03-02,offer,2\n"


@pytest.mark.parametrize(("unit", "column"), [("site", "site_id"), ("customer", "customer_id")])
def test_lots_drawn_by_what_no_column_tells_apart_are_refused(load_tickets, unit, column):
    with refused(SourceError, match=column):
        load_tickets("incident_id,opened_at,assignment,desk\n" + ROWS, LOT.format(unit))
    assert load_tickets(f"incident_id,opened_at,assignment,{column}\n" + ROWS, LOT.format(unit))


def test_lots_drawn_incident_by_incident_need_no_further_column(load_tickets):
    assert load_tickets("incident_id,opened_at,assignment,desk\n" + ROWS, LOT.format("incident"))
