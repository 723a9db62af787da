"""What the data cut keeps and takes back."""

from datetime import date, datetime, timedelta

from refusals import refused

from pipelines.errors import ContractError
from pipelines.reading.tables.cut import today_utc

TOML = """
[profile]
currency = "EUR"
[files]
t = { path = "t.csv" }
o = { path = "o.csv", optional = true }
[tables]
incidents = { file = "t" }
orders = { file = "o" }
"""
TICKETS = "opened_at,resolved_at\n2024-03-01,2024-03-05 12:00\n2024-03-10,2024-03-10 18:00\n"
ORDERS = "customer_id,order_id,ordered_at,amount\nC1,O1,2024-03-20 23:59:59,10\n"


def test_the_last_day_that_is_told_of_is_the_cut(load_files):
    assert load_files(TOML, {"t.csv": TICKETS, "o.csv": ORDERS}).loaded.data_cut == date(2024, 3, 20)


def test_an_argument_comes_before_the_profile_and_the_profile_before_the_data(load_files):
    declared = TOML.replace("[profile]", "[profile]\ndata_cut = 2024-06-30")
    files = {"t.csv": TICKETS}
    assert load_files(declared, files).loaded.data_cut == date(2024, 6, 30)
    assert load_files(declared, files, data_cut=date(2024, 5, 31)).loaded.data_cut == date(2024, 5, 31)


def test_rows_after_the_cut_are_set_aside_and_later_events_not_yet_known(load_files):
    result = load_files(TOML, {"t.csv": TICKETS, "o.csv": ORDERS}, data_cut=date(2024, 3, 4))
    assert result.aside("incidents") == [(3, "opened_at", "after the data cut")]
    assert result.aside("orders") == [(2, "ordered_at", "after the data cut")]
    assert result.column("incidents", "resolved_at") == [None]
    assert result.warned("not_yet_at_the_data_cut") == {"incidents.resolved_at": 1}


def test_the_whole_day_of_the_cut_counts(load_files):
    result = load_files(TOML, {"t.csv": "opened_at\n2024-03-04 23:59:59\n2024-03-05\n"}, data_cut=date(2024, 3, 4))
    assert result.column("incidents", "opened_at") == [datetime(2024, 3, 4, 23, 59, 59)]


def test_a_date_in_the_future_doesn_t_set_the_cut(load_files):
    ahead = today_utc() + timedelta(days=400)
    result = load_files(TOML, {"t.csv": f"opened_at\n2024-03-04\n{ahead}\n"})
    assert result.loaded.data_cut == date(2024, 3, 4)
    assert result.aside("incidents") == [(3, "opened_at", "after the data cut")]


def test_a_cut_set_by_a_lonely_date_is_warned_of(load_files):
    days = "".join(f"2024-03-{day:02}\n" for day in range(1, 31)) * 7
    lonely = load_files(TOML, {"t.csv": "opened_at\n" + days + "2024-09-30\n"})
    assert not next(w for w in lonely.loaded.warnings if w.check == "lonely_data_cut").passed
    usual = load_files(TOML, {"t.csv": "opened_at\n" + days})
    assert next(w for w in usual.loaded.warnings if w.check == "lonely_data_cut").passed
    declared = load_files(TOML, {"t.csv": "opened_at\n" + days}, data_cut=date(2024, 12, 31))
    assert declared.warned("lonely_data_cut") == {"2024-12-31": 276}


def test_nothing_up_to_today_is_an_error(load_files):
    with refused(ContractError, match="up to today"):
        load_files(TOML, {"t.csv": f"opened_at\n{today_utc() + timedelta(days=9)}\n"})


OUTCOMES = """
[files]
t = { path = "t.csv" }
o = { path = "o.csv" }
[tables]
incidents = { file = "t" }
outcomes = { file = "o" }
"""


def test_a_report_counts_between_its_incident_and_the_cut(load_files):
    files = {
        "t.csv": "incident_id,opened_at\nA,2024-03-01\nB,2024-03-01\nC,2024-03-01\n",
        "o.csv": "incident_id,outcome,value,followed_until\nA,reopened,1,2024-05-01\nB,reopened,1,2024-02-01\n"
        "C,reopened,1,2024-07-01\n",
    }
    result = load_files(OUTCOMES, files, data_cut=date(2024, 6, 30))
    assert result.column("outcomes", "incident_id") == ["A"]
    assert result.aside("outcomes") == [
        (3, "followed_until", "followed until before it was opened"),
        (4, "followed_until", "after the data cut"),
    ]
    assert result.loaded.reported == {"reopened"}


def test_reports_tell_of_the_days_up_to_which_they_were_followed(load_files):
    files = {
        "t.csv": "incident_id,opened_at\nA,2024-03-01\n",
        "o.csv": "incident_id,outcome,value,followed_until\nA,reopened,1,2024-05-01\n",
    }
    assert load_files(OUTCOMES, files).loaded.data_cut == date(2024, 5, 1)


SCORED = """
[files]
t = { path = "t.csv" }
s = { path = "s.csv" }
[tables]
incidents = { file = "t" }
word_of_mouth = { file = "s" }
"""


def test_closings_and_scores_tell_how_far_the_exports_reach(load_files):
    tickets = "incident_id,opened_at,closed_at\nA,2024-03-01,2024-03-09\nB,2024-03-03,2024-03-14\n"
    assert load_files(TOML, {"t.csv": tickets}).loaded.data_cut == date(2024, 3, 14)
    scores = "incident_id,posted_at,kind,score\nA,2024-03-10,csat,4\nB,2024-03-16,csat,2\n"
    result = load_files(SCORED, {"t.csv": tickets, "s.csv": scores})
    assert result.loaded.data_cut == date(2024, 3, 16)
    assert result.column("word_of_mouth", "score") == [2, 4]


def test_one_closing_far_behind_the_others_doesn_t_set_the_cut(load_files):
    tickets = "opened_at,closed_at\n2024-03-01,2024-03-09\n2024-03-03,2025-03-14\n"
    assert load_files(TOML, {"t.csv": tickets}).loaded.data_cut == date(2024, 3, 9)
