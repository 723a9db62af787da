"""Logs with many rows a case: opening, touches, resolution and reopenings come out of them without any SQL."""

import pandas as pd
import pytest
from refusals import refused
from twins import event_log

from pipelines.errors import ContractError, SourceError

DESK = """
[files]
log = { path = "log.csv" }
[shape.log]
kind = "events"
[shape.log.columns]
case = "number"
moment = "sys_updated_at"
state = "incident_state"
order = "sys_mod_count"
by = "sys_updated_by"
opened = "opened_at"
[shape.log.steps]
New = "open"
Active = "touch"
"Awaiting User Info" = "touch"
Resolved = "resolve"
Closed = "close"
[shape.log.actors]
system = "bot"
[tables.incidents]
file = "log"
[tables.incidents.columns]
customer_id = "caller_id"
category = "category"
channel = "contact_type"
site_id = "location"
"""


def events(rows: str, columns: str, more: str = "") -> tuple[str, dict[str, str]]:
    """A profile of one log with the columns of its shape, and the log."""
    toml = f'[files]\nlog = {{ path = "log.csv" }}\n[shape.log]\nkind = "events"\n[shape.log.columns]\n{columns}{more}'
    return toml, {"log.csv": rows}


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_desk_s_log_gives_what_happened_to_each_case(load_files, newest_first):
    log, lives = event_log(2000)
    listed = log.iloc[::-1] if newest_first else log
    toml = DESK.replace('order = "sys_mod_count"\n', "") if newest_first else DESK
    result = load_files(toml, {"log.csv": listed.to_csv(index=False)})
    columns = "incident_id, opened_at, resolved_at, closed_at, reopened_at, category, channel"
    found = result.engine.table(f"SELECT {columns} FROM incidents").to_pandas().set_index("incident_id").sort_index()
    lives = lives.sort_index()
    for ours, theirs in (("opened", "opened_at"), ("resolved", "resolved_at"), ("closed", "closed_at")):
        assert (pd.to_datetime(lives[ours]).dropna() == found[theirs].dropna()).all(), ours
        assert (lives[ours].isna() == found[theirs].isna()).all(), ours
    assert set(found.index[found.reopened_at.notna()]) == set(lives.index[lives.reopened.notna()])
    assert (found.category == lives.category).all(), "as of the row that opened it, whatever was written later"
    first = "SELECT incident_id, min(contacted_at) AS at FROM interactions WHERE actor = 'agent' GROUP BY 1"
    touched = result.engine.table(first).to_pandas().set_index("incident_id").sort_index()["at"]
    assert (touched == pd.to_datetime(lives.touched.dropna())).all()
    assert result.reasons("files.log") == {"rows in": len(log), "kept": len(log)}


def test_a_customer_s_own_rows_and_machines_touch_nobody(load_files):
    rows = (
        "Issue,Reporter,Author,Field,From,To,When\n"
        "A-1,ann,ann,status,,To Do,2026-01-05T09:00:00Z\n"
        "A-1,ann,bot,assignee,,bob,2026-01-05T09:01:00Z\n"
        "A-1,ann,ann,status,To Do,In Progress,2026-01-05T09:30:00Z\n"
        "A-1,ann,bob,status,In Progress,Waiting,2026-01-05T10:00:00Z\n"
        "A-1,ann,bob,status,Waiting,Done,2026-01-06T10:00:00Z\n"
    )
    columns = (
        'case = "Issue"\nmoment = "When"\nstate = "To"\nfield = "Field"\nbefore = "From"\nby = "Author"\n'
        'customer = "Reporter"\n'
    )
    steps = '[shape.log.steps]\n"To Do" = "open"\n"In Progress" = "touch"\nWaiting = "touch"\nDone = "resolve"\n'
    actors = '[shape.log.actors]\nbot = "bot"\n'
    toml, files = events(rows, columns, steps + actors)
    toml = toml.replace('kind = "events"\n', 'kind = "events"\nfields = ["status"]\n')
    result = load_files(toml, files)
    said = result.engine.rows("SELECT CAST(contacted_at AS VARCHAR), actor, action FROM interactions ORDER BY 1")
    assert said == [
        ("2026-01-05 09:30:00", "customer", None),
        ("2026-01-05 10:00:00", "agent", None),
        ("2026-01-06 10:00:00", "agent", "resolve"),
    ]
    assert len(result.column("incidents", "customer_id")[0]) == 32


def test_a_resolution_that_was_taken_back_is_none(load_files):
    rows = (
        "case,activity,time\n1,Registrar,2026-02-01 10:00\n1,Resolver,2026-02-02 10:00\n1,Reabrir,2026-02-03 10:00\n"
        "2,Registrar,2026-02-01 11:00\n2,Resolver,2026-02-02 11:00\n2,Reabrir,2026-02-03 11:00\n"
        "2,Resolver,2026-02-04 11:00\n"
    )
    steps = '[shape.log.steps]\nRegistrar = "open"\nResolver = "resolve"\nReabrir = "reopen"\n'
    result = load_files(*events(rows, 'case = "case"\nmoment = "time"\nevent = "activity"\n', steps))
    assert [str(at) for at in result.column("incidents", "resolved_at", "incident_id")] == [
        "None",
        "2026-02-04 11:00:00",
    ]
    assert [str(at) for at in result.column("incidents", "reopened_at", "incident_id")] == [
        "2026-02-03 10:00:00",
        "2026-02-03 11:00:00",
    ]


def test_a_case_whose_opening_the_log_lacks_is_set_aside_and_not_opened_later(load_files):
    rows = "case,state,time\n1,Neu,2026-02-01 10:00\n1,Erledigt,2026-02-02 10:00\n2,Erledigt,2026-02-01 11:00\n"
    steps = '[shape.log.steps]\nNeu = "open"\nErledigt = "resolve"\n'
    result = load_files(*events(rows, 'case = "case"\nmoment = "time"\nstate = "state"\n', steps))
    assert result.column("incidents", "incident_id") == ["1"]
    assert result.aside("incidents") == [(4, "opened_at", "missing")]


def test_a_row_whose_moment_is_unreadable_is_set_aside_and_its_case_s_answer_is_unknown(load_files):
    rows = (
        "case,state,time,who\n1,New,2026-02-01 10:00,sys\n1,Open,soon,bob\n1,Done,2026-02-02 10:00,bob\n"
        "2,New,2026-02-01 11:00,sys\n2,Open,2026-02-01 12:00,bob\n"
    )
    columns = 'case = "case"\nmoment = "time"\nstate = "state"\nby = "who"\n'
    more = '[shape.log.steps]\nNew = "open"\nOpen = "touch"\nDone = "resolve"\n[shape.log.actors]\nsys = "bot"\n'
    result = load_files(*events(rows, columns, more))
    assert result.aside("files.log") == [(3, "moment", "not a time")]
    assert result.reasons("files.log") == {"rows in": 5, "kept": 4, "not a time": 1}
    assert result.column("incidents", "response_known", "incident_id") == [False, True]


def test_a_state_that_nobody_explained_stops_the_run_and_is_named(load_files):
    rows = "case,state,time\n1,New,2026-02-01 10:00\n1,Parked,2026-02-02 10:00\n"
    with refused(ContractError, match="Parked"):
        load_files(
            *events(rows, 'case = "case"\nmoment = "time"\nstate = "state"\n', '[shape.log.steps]\nNew = "open"\n')
        )


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (DESK.replace('kind = "events"', 'kind = "cases"'), "changes nothing"),
        (DESK.replace('by = "sys_updated_by"\n', ""), "actors"),
        (DESK.replace('case = "number"\n', ""), "needs case"),
        (DESK.replace('state = "incident_state"', 'state = "incident_state"\nevent = "incident_state"'), "not both"),
        (DESK.replace('Active = "touch"', 'Active = "touched"'), "touch"),
        (DESK.replace('state = "incident_state"', 'stat = "incident_state"'), "state"),
        (DESK.replace('order = "sys_mod_count"', 'before = "x"').replace('state = "incident_state"\n', ""), "state"),
    ],
)
def test_what_a_shape_says_has_to_make_sense(load_files, toml, told):
    with refused(SourceError, match=told):
        load_files(toml, {"log.csv": "number\n1\n"})


def test_a_shape_whose_tables_come_from_elsewhere_is_refused(load_files):
    taken = DESK.replace('[tables.incidents]\nfile = "log"', '[tables.incidents]\nfile = "tickets"').replace(
        "[files]\n", '[files]\ntickets = { path = "tickets.csv" }\n'
    )
    toml = taken + '[tables.interactions]\nfile = "tickets"\n'
    with refused(SourceError, match="takes these from elsewhere"):
        load_files(toml, {"log.csv": "number\n1\n", "tickets.csv": "number\n1\n"})
