import pytest

from pipelines.contracts.sources import TABLES
from pipelines.reading.draft.matching.vocabulary import severity_order, value_map


def mapped(table, column, *labels):
    return value_map(table, TABLES[table].by_name[column], labels)


@pytest.mark.parametrize(
    "labels",
    [
        ("Low", "Normal", "High", "Urgent"),
        ("niedrig", "mittel", "hoch", "dringend"),
        ("P4", "P3", "P2", "P1"),
        ("Baja", "Media", "Alta"),
        ("Faible", "Moyenne", "Élevée", "Critique"),
        ("minor", "major"),
    ],
)
def test_severities_known_in_several_languages_are_put_least_first(labels):
    assert severity_order(tuple(reversed(labels))) == labels


@pytest.mark.parametrize("labels", [("1", "2", "3"), ("low", "niedrig"), ("gold", "silver"), ("low", "purple")])
def test_severities_that_cant_be_ordered_are_left_to_the_user(labels):
    assert severity_order(labels) == ()


def test_authors_are_agents_bots_or_customers():
    assert mapped("interactions", "actor", "End-user", "agent", "System") == {"End-user": "customer", "System": "bot"}


def test_a_label_that_cant_be_placed_maps_nothing():
    assert mapped("incidents", "fault", "company", "moon phase") is None


def test_flags_in_other_languages_become_yes_and_no():
    assert mapped("incidents", "public_complaint", "Ja", "Nein") == {"Ja": "yes", "Nein": "no"}
    assert mapped("incidents", "public_complaint", "TRUE", "0") == {}


def test_only_cancelled_orders_get_another_name():
    assert mapped("orders", "status", "bezahlt", "Storniert", "cancelled") == {"Storniert": "cancelled"}


def test_free_labels_stay_as_they_are():
    assert mapped("incidents", "category", "Noise", "Wi-Fi") == {}
