"""Snapshots and experiments: a row a subject, no clock. Nothing is dated that the file doesn't date."""

import pytest
from refusals import refused
from twins import campaign, churn_table

from pipelines.contracts.shapes import Shape
from pipelines.errors import ContractError, SourceError

SNAPSHOT = """
[profile]
retention = "flag"
[files]
customers = { path = "customers.csv" }
[shape.customers]
kind = "snapshot"
[shape.customers.columns]
customer = "customerID"
failure = "Complaints"
[shape.customers.outcomes]
stayed = "Churn"
[shape.customers.values.stayed]
Yes = "no"
No = "yes"
[[covariates]]
name = "x_tenure"
kind = "number"
[tables.incidents]
file = "customers"
[tables.incidents.columns]
segment = "Contract"
x_tenure = "tenure"
"""
EXPERIMENT = """
[profile]
randomised = "assignment"
retention = "none"
[files]
mails = { path = "mails.csv" }
[shape.mails]
kind = "experiment"
[shape.mails.columns]
arm = "segment"
[shape.mails.outcomes]
visited = "visit"
spent = "spend"
[[declared_outcomes]]
id = "visited"
label = "Visited"
unit = "share"
kind = "binary"
higher_is_better = true
[[declared_outcomes]]
id = "spent"
label = "Spent"
unit = "EUR"
kind = "amount"
higher_is_better = true
"""


def test_those_whom_something_failed_stand_on_one_side_and_the_others_on_the_other(load_files):
    table = churn_table(500)
    result = load_files(SNAPSHOT, {"customers.csv": table.to_csv(index=False)})
    failed = table.Complaints > 0
    counts = [
        result.engine.value(f"SELECT count(*) FROM {t}")
        for t in ("incidents", "comparison_subjects", "outcomes", "comparison_outcomes")
    ]
    assert counts == [failed.sum(), (~failed).sum(), failed.sum(), (~failed).sum()]
    for name, side in (("outcomes", failed), ("comparison_outcomes", ~failed)):
        stayed = result.engine.value(f"SELECT avg(value) FROM {name} WHERE outcome = 'stayed'")
        assert stayed == pytest.approx((table.Churn[side] == "No").mean())
    for name, side in (("incidents", failed), ("comparison_subjects", ~failed)):
        held = result.engine.value(f"SELECT avg(x_tenure) FROM {name}")
        assert held == pytest.approx(table.tenure[side].mean()), "what is known is known of both sides"
    assert result.engine.value("SELECT count(opened_at) FROM incidents") == 0, "nobody dated it"
    assert "opened_at" not in result.loaded.supplied["incidents"]
    assert all(len(c) == 32 for c in result.column("comparison_subjects", "customer_id"))


def test_a_row_of_which_nothing_says_whether_it_was_failed_stands_on_no_side(load_files):
    csv = "customerID,tenure,Contract,Complaints,Churn\na,1,x,2,Yes\nb,2,x,?,No\nc,3,x,0,No\nd,4,x,no,\n"
    result = load_files(SNAPSHOT, {"customers.csv": csv})
    assert result.aside("files.customers") == [(3, "failed", "missing")]
    assert [result.engine.value(f"SELECT count(*) FROM {t}") for t in ("incidents", "comparison_subjects")] == [1, 2]
    assert result.engine.value("SELECT count(*) FROM comparison_outcomes") == 1, "a blank flag is unknown"


@pytest.mark.parametrize(
    ("csv", "told"),
    [
        ("customerID,tenure,Contract,Complaints,Churn\na,1,x,0,Yes\nb,2,x,0,No\n", "nothing to compare"),
        ("customerID,tenure,Contract,Complaints,Churn\na,1,x,1,Yes\na,2,x,0,No\n", "repeat"),
        ("customerID,tenure,Contract,Complaint,Churn\na,1,x,1,Yes\n", "Complaints"),
    ],
)
def test_a_file_that_is_no_snapshot_stops_the_run(load_files, csv, told):
    with refused(ContractError, match=told):
        load_files(SNAPSHOT, {"customers.csv": csv})


def test_a_snapshot_without_outcomes_says_nothing(load_files):
    without = SNAPSHOT.replace('[shape.customers.outcomes]\nstayed = "Churn"\n', "").replace(
        '[shape.customers.values.stayed]\nYes = "no"\nNo = "yes"\n', ""
    )
    with refused(SourceError, match="outcomes"):
        load_files(without, {"customers.csv": "customerID\n1\n"})


def test_subjects_of_an_experiment_keep_their_arm_and_what_came_of_it(load_files):
    table = campaign(400)
    result = load_files(EXPERIMENT, {"mails.csv": table.to_csv(index=False)})
    sql = (
        "SELECT i.assignment, avg(o.value) FROM outcomes AS o JOIN incidents AS i USING (incident_id) "
        "WHERE o.outcome = 'spent' GROUP BY 1 ORDER BY 1"
    )
    assert dict(result.engine.rows(sql)) == pytest.approx(table.groupby("segment").spend.mean().to_dict())


def test_the_day_of_an_experiment_is_its_subjects_clock(load_files):
    dated = EXPERIMENT.replace('arm = "segment"', 'arm = "segment"\nmoment = "sent"')
    csv = "segment,visit,spend,sent\nMail,1,5,2026-01-05\nNone,0,0,2026-01-06\nMail,1,5,\n"
    result = load_files(dated, {"mails.csv": csv})
    assert [str(at) for at in result.column("incidents", "opened_at", "opened_at")] == [
        "2026-01-05 00:00:00",
        "2026-01-06 00:00:00",
    ]
    assert result.aside("files.mails") == [(4, "moment", "missing")]


def test_an_outcome_that_nobody_declared_is_refused(load_files):
    with refused(SourceError, match="nobody knows the outcome"):
        load_files(EXPERIMENT.replace('visited = "visit"', 'visits = "visit"'), {"mails.csv": "segment\n1\n"})


def test_what_a_row_is_stands_beside_the_rows(load_files):
    result = load_files(SNAPSHOT, {"customers.csv": churn_table(50).to_csv(index=False)})
    assert {row.table: row.shape for row in result.loaded.quality} == dict.fromkeys(
        ("files.customers", "incidents", "comparison_subjects", "outcomes", "comparison_outcomes"), Shape.SNAPSHOT
    )
