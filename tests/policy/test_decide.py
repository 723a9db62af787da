import numpy as np
import pandas as pd
import pytest
from cases import NOTHING, company_of, mart_of, never_failed_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.contracts.arrow import row_table
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.tables.published import TABLES
from pipelines.policy.decide import decide


def company_s_mart(n=240, seed=4):
    """A little of everything."""
    rng = np.random.default_rng(seed)
    in_event = rng.random(n) < 0.2
    status = rng.choice(["answered", "unanswered"], n, p=[0.8, 0.2])
    return mart_of(
        n, follow_up_days=rng.uniform(1, 700, n), severity=rng.choice(["mild", "grave"], n),
        channel=rng.choice(["desk", "mail"], n), category="noise", site_id=rng.choice(list("abcdef"), n),
        response_status=status, first_contact_minutes=np.where(status == "answered", rng.gamma(2, 60, n), np.nan),
        event_id=np.where(in_event, "storm", None), mass_event=in_event, standard_met=rng.random(n) < 0.7,
        closed=True, customer_on_file=True, returned_within_365d=rng.random(n) < 0.3,
        days_to_return=np.where(rng.random(n) < 0.3, rng.uniform(1, 300, n), np.nan),
        compensation_given=rng.random(n) < 0.5, root_cause=rng.choice(["pump", "lift"], n),
        negative_post=rng.random(n) < 0.1, positive_story=rng.random(n) < 0.1, commitment_kept=rng.random(n) < 0.7,
    )  # fmt: skip


@pytest.fixture(scope="module")
def decided():
    return decide(company_s_mart(), never_failed_of(0), [], company_of())


def counted(decided):
    """Every row with a number of its own or a reason why there is none."""
    rows = (decided.measures, decided.contrasts, decided.valuations, decided.decision_reviews, decided.events)
    return [row for table in rows for row in table]


def test_every_topic_has_rows_and_tables_keep_their_contract(decided):
    assert {row.topic for row in decided.measures} == set(Topic)
    assert decided.contrasts
    assert decided.valuations
    for name, rows in decided.tables().items():
        assert row_table(TABLES[name], rows).num_rows == len(rows)


def test_every_row_has_its_population_and_a_number_or_a_reason(decided):
    for row in counted(decided):
        assert row.population or row.topic is Topic.DESCRIPTIVE
        assert row.unit
        if row.verdict in (Verdict.ESTIMATED, Verdict.COUNTED):
            assert row.estimate is not None
            assert row.n >= 10
        else:
            assert row.estimate is None
            assert row.reasons
        if row.verdict is Verdict.ESTIMATED:
            assert row.reasons or row.ci_low - 1e-12 <= row.estimate <= row.ci_high + 1e-12


def test_a_row_says_one_thing_once(decided):
    keys = [
        (type(r), r.measure, r.segment, r.level, r.period, r.within_days, r.population)
        for r in counted(decided)
        if r.TABLE != "events"
    ]
    assert len(set(keys)) == len(keys)
    events = [(r.event_id, r.measure, r.within_days) for r in decided.events]
    assert len(set(events)) == len(events)


def test_bare_incidents_give_reasons_alone():
    found = decide(mart_of(40), never_failed_of(0), [], company_of(NOTHING))
    assert {row.topic for row in found.measures} == set(Topic) - {Topic.DESCRIPTIVE}
    assert all(row.verdict is Verdict.NOT_ESTIMABLE and row.reasons for row in counted(found))


def test_no_incident_at_all_gives_reasons_alone():
    found = decide(mart_of(0), never_failed_of(0), [], company_of())
    for row in counted(found):
        assert row.verdict is Verdict.NOT_ESTIMABLE or row.n == 0 or row.suppressed


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32 - 1))
def test_order_of_rows_and_names_of_sites_change_nothing(decided, seed):
    moved = company_s_mart().sample(frac=1.0, random_state=seed).assign(site_id=lambda m: "site " + m["site_id"])
    found = decide(moved, never_failed_of(0), [], company_of())
    renamed, second = (row_table(TABLES["measures"], d.measures).to_pandas() for d in (decided, found))
    renamed["segment"] = renamed["segment"].str.replace("site_id=", "site_id=site ", regex=False)
    pd.testing.assert_frame_equal(renamed, second, rtol=1e-9)


def test_arguments_are_left_alone():
    mart = company_s_mart()
    before = mart.copy(deep=True)
    decide(mart, never_failed_of(0), [], company_of())
    pd.testing.assert_frame_equal(mart, before)
