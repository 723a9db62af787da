"""Subscriptions, restored bonds, and outcomes the company holds itself."""

from datetime import datetime, timedelta

import pytest
from builders import (
    CUT,
    OPENED,
    a_profile,
    customer_row,
    incident_row,
    mart_row,
    mart_rows,
    noun_rows,
    order_row,
    outcome_row,
    subscription_row,
    word_row,
)
from refusals import refused

from pipelines.contracts.catalog.company import Retention
from pipelines.contracts.catalog.outcomes import OUTCOMES
from pipelines.errors import JoinError
from pipelines.join.reported import relied_on
from pipelines.settings.profile import DeclaredOutcome, cut_instant

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
CUT_AT = cut_instant(CUT).replace(tzinfo=None)
OLD = datetime(2023, 1, 1)


def kept(*spells, opened=OPENED):
    rows = noun_rows(
        {"incidents": [incident_row(opened_at=opened)], "subscriptions": list(spells)}, "subscriptions_kept"
    )
    (row,) = rows or [{"retained_90d": None, "churn_seconds": None}]
    return row["retained_90d"], None if row["churn_seconds"] is None else row["churn_seconds"] / 86_400


def test_a_subscription_reaches_the_mart():
    ended = subscription_row(active_until=OPENED + 100 * DAY)
    row = mart_row({"incidents": [incident_row()], "subscriptions": [ended]})
    assert (row["retained_90d"], row["retained_365d"], row["days_to_churn"]) == (True, False, 100.0)


@pytest.mark.parametrize(
    ("until", "retained", "days"),
    [
        (None, True, None),
        (OPENED + 40 * DAY, False, 40.0),
        (OPENED + 90 * DAY, False, 90.0),
        (OPENED + 90 * DAY + SECOND, True, 90 + 1 / 86_400),
        (CUT_AT, True, None),  # ends at the cut: still active as far as anyone knows
        (OPENED, None, None),  # over as the case opened: nobody to lose
    ],
)
def test_a_subscription_kept(until, retained, days):
    assert kept(subscription_row(active_until=until)) == (retained, pytest.approx(days))


def test_spells_that_touch_or_overlap_are_one():
    first = subscription_row(active_until=OPENED + 10 * DAY)
    touching = subscription_row(active_from=OPENED + 10 * DAY, active_until=OPENED + 50 * DAY)
    overlapping = subscription_row(active_from=OPENED + 20 * DAY, active_until=None)
    assert kept(first, touching) == (False, 50.0)
    assert kept(first, touching, overlapping) == (True, None)


def test_coming_back_after_a_gap_is_not_staying():
    first = subscription_row(active_until=OPENED + 10 * DAY)
    again = subscription_row(active_from=OPENED + 11 * DAY, active_until=None)
    assert kept(first, again) == (False, 10.0)


def test_nobody_subscribed_means_nobody_to_keep():
    assert kept(subscription_row(active_from=OPENED + DAY)) == (None, None)
    assert kept(subscription_row(active_from=OPENED, active_until=None)) == (True, None)
    assert kept(subscription_row(customer_id="c2")) == (None, None)


def test_retention_needs_full_follow_up():
    opened = CUT_AT - 90 * DAY
    assert kept(subscription_row(active_until=opened + DAY), opened=opened) == (None, 1.0)


def restored(*words, orders=(20,), peers=(), opened=OPENED, profile=None):
    """An incident of c1 beside peers who never failed: each gives a score a day after the moment compared."""
    tables = {
        "incidents": [incident_row(opened_at=opened)],
        "orders": [order_row(-DAY, ordered_at=opened - DAY), *(order_row(ordered_at=opened + d * DAY) for d in orders)],
        "customers": [customer_row()],
        "word_of_mouth": [*words],
        "comparison_subjects": [],
    }
    for n, score in enumerate(peers):
        tables["comparison_subjects"].append({"customer_id": f"n{n}", "index_at": OPENED})
        tables["word_of_mouth"].append(word_row(DAY, customer_id=f"n{n}", score=score))
    (row,) = mart_rows(tables, profile)
    return row["restored"]


EARLIER, AS_GOOD, WORSE = word_row(-DAY, score=7.0), word_row(score=7.0), word_row(score=6.0)


def test_restored_is_a_score_as_high_as_before_and_a_new_purchase():
    assert restored(EARLIER, AS_GOOD) is True
    assert restored(EARLIER, WORSE) is False
    assert restored(EARLIER, AS_GOOD, orders=()) is False
    assert restored(EARLIER, AS_GOOD, orders=(365,)) is True
    assert restored(EARLIER, AS_GOOD, orders=(366,)) is False


def test_without_an_earlier_score_the_never_failed_peers_are_the_measure():
    assert restored(AS_GOOD, peers=(6.0, 8.0)) is True
    assert restored(WORSE, peers=(6.0, 8.0)) is False
    assert restored(AS_GOOD) is None  # neither an earlier score nor peers
    assert restored(EARLIER, AS_GOOD, peers=(10.0,)) is True  # one's own score comes first


def test_restored_is_known_for_those_who_answer_and_were_followed():
    assert restored(EARLIER) is None
    late = CUT_AT - 365 * DAY
    words = [word_row(posted_at=late - DAY, score=7.0), word_row(posted_at=late + DAY, score=7.0)]
    assert restored(*words, opened=late) is None
    assert restored(*words, opened=late, profile=a_profile(horizons_days=(30, 90))) is True


@pytest.mark.parametrize(
    ("value", "days", "at_90", "at_365"),
    [
        (1.0, 60, True, True),  # had returned by day 60, hence by 90 and 365
        (1.0, 200, None, True),  # had returned by day 200: by day 90 nobody knows
        (0.0, 200, False, None),
        (0.0, 365, False, False),
        (0.0, 90, False, None),
        (1.0, 90, True, True),
        (0.0, None, None, None),
    ],
)
def test_a_reported_return_says_only_what_its_follow_up_allows(value, days, at_90, at_365):
    until = None if days is None else OPENED + days * DAY
    row = mart_row({"incidents": [incident_row()], "outcomes": [outcome_row(value=value, followed_until=until)]})
    assert (row["returned_within_90d"], row["returned_within_365d"]) == (at_90, at_365)


def test_a_reported_stay_holds_for_shorter_horizons():
    def stay(value, days=200):
        report = outcome_row(outcome="retained", value=value, followed_until=OPENED + days * DAY)
        row = mart_row({"incidents": [incident_row()], "outcomes": [report]})
        return row["retained_90d"], row["retained_365d"]

    assert stay(1.0) == (True, None)
    assert stay(0.0) == (None, False)
    assert stay(1.0, days=90) == (True, None)
    assert stay(0.0, days=90) == (False, False)


def test_other_reported_outcomes_pass_through():
    reports = [
        outcome_row(outcome=name, value=value, followed_until=OPENED + 90 * DAY)
        for name, value in (
            ("promoter", 1.0),
            ("review_stars", 4.0),
            ("referrals", 2.0),
            ("spend", 12.5),
            ("reopened", 0.0),
        )
    ]
    row = mart_row({"incidents": [incident_row()], "outcomes": reports})
    assert (row["promoter"], row["review_stars"], row["referrals"], row["reopened"]) == (True, 4.0, 2, False)
    assert (row["spend_90d"], row["spend_365d"]) == (12.5, None)
    assert row["negative_post"] is None


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_reported_no_is_no(value):
    names = ("held_booking_cancelled", "promoter", "negative_post", "positive_story", "reopened", "restored")
    reports = [outcome_row(outcome=name, value=value) for name in names]
    row = mart_row({"incidents": [incident_row()], "outcomes": reports})
    assert [row[name] for name in names] == [value == 1.0] * 6


def test_orders_outrank_a_reported_return():
    tables = {"incidents": [incident_row()], "customers": [customer_row()], "orders": [], "outcomes": [outcome_row()]}
    assert mart_row(tables)["returned_within_90d"] is False


def test_a_flag_of_the_company_outranks_orders_when_it_says_so():
    tables = {"incidents": [incident_row()], "customers": [customer_row()], "orders": [], "outcomes": [outcome_row()]}
    row = mart_row(tables, a_profile(retention=Retention.FLAG))
    assert (row["returned_within_90d"], row["spend_90d"]) == (True, 0)


@pytest.mark.parametrize(
    ("outcome", "value", "days", "told"),
    [
        ("negative_post", 0.0, 30, None),  # none by day 30, but 90 days are asked about
        ("negative_post", 0.0, 90, False),
        ("negative_post", 1.0, 30, True),
        ("negative_post", 1.0, 200, None),  # by day 200: within 90 days nobody knows
        ("negative_post", 0.0, None, False),
        ("referrals", 2.0, 30, None),
        ("referrals", 2.0, None, 2),
        ("review_stars", 4.0, 30, 4.0),  # given once and for all
    ],
)
def test_a_report_within_a_window_counts_as_far_as_it_was_followed(outcome, value, days, told):
    until = None if days is None else OPENED + days * DAY
    report = outcome_row(outcome=outcome, value=value, followed_until=until)
    assert mart_row({"incidents": [incident_row()], "outcomes": [report]})[outcome] == told


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda o: o.id)
def test_every_outcome_of_the_catalogue_can_be_reported(outcome):
    column = outcome.column_at(90 if outcome.has_horizon else None)
    report = outcome_row(outcome=outcome.id, value=1.0, followed_until=OPENED + 90 * DAY)
    row = mart_row({"incidents": [incident_row()], "outcomes": [report]})
    assert row[column] == 1
    assert relied_on({outcome.id}, {"outcomes": frozenset()}, Retention.TRANSACTIONAL) == {outcome.id}


def test_reports_are_relied_on_where_no_other_table_tells():
    supplied = {"orders": frozenset({"amount"}), "outcomes": frozenset({"value"})}
    assert relied_on({"returned", "promoter"}, supplied, Retention.TRANSACTIONAL) == {"promoter"}
    assert relied_on({"returned", "spend"}, supplied, Retention.FLAG) == {"returned"}


DISPUTED = a_profile(outcomes=(DeclaredOutcome("disputed", "Disputed", "share of cases", "binary", False),))


def test_declared_outcomes_have_their_column_and_unknown_is_null():
    incidents = [incident_row(), incident_row(incident_id="i2"), incident_row(incident_id="i3")]
    reports = [outcome_row(outcome="disputed", value=1.0), outcome_row(incident_id="i2", outcome="disputed", value=0.0)]
    rows = mart_rows({"incidents": incidents, "outcomes": reports}, DISPUTED)
    assert [row["outcome_disputed"] for row in rows] == [1.0, 0.0, None]


def test_an_outcome_nobody_declared_is_an_error_not_a_silent_loss():
    with refused(JoinError, match=r"1 rows .*neither in the catalog nor declared"):
        mart_row({"incidents": [incident_row()], "outcomes": [outcome_row(outcome="disputed")]})


def test_names_that_are_no_names_are_refused():
    bad = a_profile(covariates=(("x_a; DROP", "label"),))
    with refused(JoinError, match="small letters, digits and _"):
        noun_rows({"incidents": [incident_row()]}, "cases", bad)
