from datetime import timedelta

import pytest
from builders import CUT, OPENED, incident_row, interaction_row, mart_row

from pipelines.settings.profile import cut_instant

AFTER_THE_CUT = cut_instant(CUT).replace(tzinfo=None) + timedelta(hours=1)
LATER = OPENED + timedelta(hours=5)


def closed(**incident):
    return mart_row({"incidents": [incident_row(**incident)]})["closed"]


@pytest.mark.parametrize(
    "ends", [{"resolved_at": LATER}, {"closed_at": LATER}, {"resolved_at": LATER, "closed_at": None}]
)
def test_a_case_resolved_or_closed_by_the_cut_is_closed(ends):
    assert closed(**ends) is True


@pytest.mark.parametrize("ends", [{"resolved_at": None}, {"closed_at": AFTER_THE_CUT}])
def test_a_case_without_an_end_by_the_cut_is_open(ends):
    assert closed(**ends) is False


def test_a_resolving_contact_closes_a_case():
    rows = {"incidents": [incident_row()], "interactions": [interaction_row(action="resolve")]}
    assert mart_row(rows)["closed"] is True


def test_exports_that_record_no_end_dont_tell():
    assert closed() is None
