"""Times as exports write them."""

from datetime import date, datetime

import pytest
from refusals import refused

from pipelines.errors import ContractError, SourceError

PARIS = '[profile]\ntime_zone = "Europe/Paris"\n'


def opened(load_tickets, *times, more="", **options):
    """opened_at of incidents in the order given."""
    csv = "incident_id,opened_at\n" + "".join(f"{i:03},{time}\n" for i, time in enumerate(times))
    return load_tickets(csv, more, **options)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2024-07-01 10:00:00", datetime(2024, 7, 1, 8)),
        ("2024-07-01T10:00", datetime(2024, 7, 1, 8)),
        ("2024-07-01", datetime(2024, 6, 30, 22)),
        ("2024/07/01 10:00:00.250", datetime(2024, 7, 1, 8, 0, 0, 250_000)),
        ("2024-01-01 10:00:00", datetime(2024, 1, 1, 9)),
        ("2024-07-01T10:00:00Z", datetime(2024, 7, 1, 10)),
        ("2024-07-01 10:00:00 UTC", datetime(2024, 7, 1, 10)),
        ("2024-07-01T10:00:00+02:00", datetime(2024, 7, 1, 8)),
        ("2024-07-01T10:00:00.000-0330", datetime(2024, 7, 1, 13, 30)),
        ("2024-07-01 10:00:00 -05", datetime(2024, 7, 1, 15)),
        ("  2024-07-01 10:00:00Z\u00a0", datetime(2024, 7, 1, 10)),
    ],
)
def test_offsets_are_honoured_and_other_times_are_local(load_tickets, written, utc):
    assert opened(load_tickets, written, more=PARIS).column("incidents", "opened_at") == [utc]


@pytest.mark.parametrize(
    "written",
    [
        "yesterday", "2024-02-30", "2024-13-01", "2024-07-01 25:00", "24-07-01", "2024-07-01 10:00 Europe/Paris",
        "infinity", "epoch", "1719828000", "2024-07-01 10:00:00 (BC)", "7/1/24",
    ],
)  # fmt: skip
def test_what_is_no_time_is_set_aside(load_tickets, written):
    result = opened(load_tickets, "2024-07-01", written)
    assert result.aside("incidents") == [(3, "opened_at", "not a time")]


@pytest.mark.parametrize("written", ["1601-01-01", "9999-12-31", "0024-07-01"])
def test_implausible_times_are_set_aside(load_tickets, written):
    result = opened(load_tickets, "2024-07-01", written)
    assert result.aside("incidents") == [(3, "opened_at", "not a plausible time")]


def test_the_hour_that_summer_time_skips_is_set_aside(load_tickets):
    result = opened(load_tickets, "2024-03-31 01:59:59", "2024-03-31 02:30:00", "2024-03-31 03:00:00", more=PARIS)
    assert result.column("incidents", "opened_at") == [datetime(2024, 3, 31, 0, 59, 59), datetime(2024, 3, 31, 1)]
    assert result.aside("incidents") == [(3, "opened_at", "an hour that summer time skips")]


def test_of_the_hour_that_happens_twice_the_first_is_taken_and_counted(load_tickets):
    result = opened(load_tickets, "2024-10-27 02:30:00", "2024-10-27T02:30:00+01:00", more=PARIS)
    assert result.column("incidents", "opened_at") == [datetime(2024, 10, 27, 0, 30), datetime(2024, 10, 27, 1, 30)]
    assert result.warned("clock_put_back") == {"incidents": 1}


def test_a_column_may_have_a_zone_of_its_own(load_tickets):
    result = load_tickets(
        "opened_at,resolved_at\n2024-07-01 10:00:00,2024-07-01 20:00:00\n",
        '[tables.incidents.time_zones]\nopened_at = "America/New_York"\nresolved_at = "Europe/Paris"\n',
    )
    assert result.column("incidents", "opened_at") == [datetime(2024, 7, 1, 14)]
    assert result.column("incidents", "resolved_at") == [datetime(2024, 7, 1, 18)]


def test_a_date_that_proves_the_order_settles_its_file(load_tickets):
    day_first = opened(load_tickets, "1/2/2024", "13/02/2024 10:30", "14.02.2024 1:05:09 PM")
    assert day_first.column("incidents", "opened_at", "incident_id") == [
        datetime(2024, 2, 1),
        datetime(2024, 2, 13, 10, 30),
        datetime(2024, 2, 14, 13, 5, 9),
    ]
    month_first = opened(load_tickets, "1/2/2024", "2/13/2024")
    assert month_first.column("incidents", "opened_at", "incident_id") == [datetime(2024, 1, 2), datetime(2024, 2, 13)]


@pytest.mark.parametrize("times", [("1/2/2024", "3/4/2024"), ("13/2/2024", "2/13/2024"), ("30/30/2024",)])
def test_an_order_that_nothing_settles_is_asked_for(load_tickets, times):
    with refused(ContractError, match=r"month first or day first.*opened_at = \"%d/%m/%Y\".*incidents\.formats"):
        opened(load_tickets, *times)


def test_each_file_has_to_prove_its_own_order(load_files):
    toml = '[files.t]\npath = "*.csv"\n[tables.incidents]\nfile = "t"\n'
    with refused(ContractError, match="month first or day first"):
        load_files(toml, {"a.csv": "opened_at\n13/02/2024\n", "b.csv": "opened_at\n1/2/2024\n"})


@pytest.mark.parametrize(
    ("form", "written", "utc"),
    [
        ('"%d/%m/%Y"', "1/2/2024", datetime(2024, 2, 1)),
        ('["%d/%m/%Y %H:%M", "%d/%m/%Y"]', "1/2/2024 10:30", datetime(2024, 2, 1, 10, 30)),
        ('"%Y-%d-%m"', "2024-01-02", datetime(2024, 2, 1)),
        ('"%d %b %Y %H:%M %z"', "1 Feb 2024 10:30 +0100", datetime(2024, 2, 1, 9, 30)),
        ('"%d/%m/%Y"', "2024-02-01", datetime(2024, 2, 1)),
    ],
)
def test_a_declared_format_comes_first(load_tickets, form, written, utc):
    result = opened(load_tickets, written, more=f"[tables.incidents.formats]\nopened_at = {form}\n")
    assert result.column("incidents", "opened_at") == [utc]


def test_a_format_that_means_nothing_is_an_error(load_tickets):
    with refused(SourceError, match="format isn't understood"):
        opened(load_tickets, "1 Feb 2024", more='[tables.incidents.formats]\nopened_at = "%Q"\n')


def test_calendar_days_and_months(load_files):
    toml = """
[files]
t = { path = "t.csv" }
e = { path = "e.csv" }
[tables]
incidents = { file = "t" }
exposure = { file = "e" }
"""
    files = {
        "t.csv": "opened_at\n2024-03-01\n",
        "e.csv": "period_start,units\n2024-03,10\n14/04/2024,20\n2024-05-01,5\nMay,1\n",
    }
    result = load_files(toml, files)
    assert result.column("exposure", "period_start") == [date(2024, 3, 1), date(2024, 4, 14), date(2024, 5, 1)]
    assert result.aside("exposure") == [(5, "period_start", "not a date")]
