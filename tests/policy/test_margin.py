"""What one customer who came back earns: everyone who came back, and nobody else."""

import pytest
from cases import company_of, mart_of

from pipelines.policy.money.margin import GROSS, margin_of_returner


def returner(mart, **company):
    return margin_of_returner(mart, GROSS, 365, company_of(**company))


def test_returners_who_earned_nothing_count_and_spend_without_a_return_does_not():
    """Two of three returners earned 60, one lost 30; 500 of margin came from someone who never returned."""
    mart = mart_of(4, returned_within_365d=[True, True, True, False], margin_365d=[60.0, 60.0, -30.0, 500.0])
    assert returner(mart) == pytest.approx(30.0)


def test_where_customers_subscribe_those_who_stayed_are_meant():
    mart = mart_of(2, returned_within_365d=[False, True], retained_365d=[True, False], margin_365d=[40.0, 90.0])
    assert returner(mart, retention="contractual") == pytest.approx(40.0)


def test_nothing_is_known_without_returners_or_margins():
    assert returner(mart_of(2, returned_within_365d=False, margin_365d=40.0)) is None
    assert returner(mart_of(2, returned_within_365d=True, margin_365d=-4.0)) is None
    assert returner(mart_of(2, returned_within_365d=True, spend_365d=40.0), margin_rate=None) is None
