"""What can't be believed of exports: each check fails where it should, and not near it."""

from datetime import datetime, timedelta

import pytest
from refusals import refused

from pipelines.contracts.catalog.checks import Check, Touch
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.errors import ContractError
from pipelines.reading.plausible.spans import rows_since

HEAD = "incident_id,customer_id,opened_at\n"
TWO = """
[profile]
currency = "EUR"
[files]
tickets = { path = "tickets.csv" }
answers = { path = "answers.csv", optional = true }
orders = { path = "orders.csv", optional = true }
[tables.incidents]
file = "tickets"
[tables.interactions]
file = "answers"
[tables.orders]
file = "orders"
"""
START = datetime(2024, 1, 1, 9, 7, 3)


def tickets(moments, customers=None):
    """One incident per moment, of a customer each unless said otherwise."""
    rows = [f"i{n},{customers[n] if customers else f'c{n}'},{moment}" for n, moment in enumerate(moments)]
    return HEAD + "\n".join(rows) + "\n"


def each_day(days, step=timedelta(days=1, minutes=13, seconds=7)):
    """Moments that follow one another irregularly enough."""
    return [(START + n * step).isoformat(sep=" ") for n in range(days)]


def failed(result):
    """Check → what it holds down, of the failed checks that hold something down."""
    return {(w.check, w.subject): w.touches for w in result.loaded.warnings if w.touches}


def test_usual_moments_hold_nothing_down(load_tickets):
    assert failed(load_tickets(tickets(each_day(90)))) == {}


def test_days_without_a_clock_hold_down_what_rests_on_answering(load_tickets):
    result = load_tickets(tickets([moment[:10] for moment in each_day(60)]))
    assert failed(result) == {(Check.DAYS_WITHOUT_CLOCK, "incidents.opened_at"): Touch.ANSWERS}


def test_days_are_days_in_another_zone_too(load_tickets):
    moments = [f"{moment[:10]}T00:00:00Z" for moment in each_day(60)]
    result = load_tickets(tickets(moments), '[profile]\ntime_zone = "Europe/Berlin"')
    assert failed(result) == {(Check.DAYS_WITHOUT_CLOCK, "incidents.opened_at"): Touch.ANSWERS}


def test_one_in_ten_with_a_clock_is_no_file_of_days(load_tickets):
    moments = [moment if n % 10 == 0 else moment[:10] for n, moment in enumerate(each_day(60))]
    assert failed(load_tickets(tickets(moments))) == {}


def test_full_hours_hold_down_what_rests_on_answering(load_tickets):
    result = load_tickets(tickets([f"{moment[:13]}:00:00" for moment in each_day(60, timedelta(hours=29))]))
    assert failed(result) == {(Check.FULL_HOURS_ALONE, "incidents.opened_at"): Touch.ANSWERS}


def test_few_moments_may_share_a_clock(load_tickets):
    assert failed(load_tickets(tickets([moment[:10] for moment in each_day(29)]))) == {}


def test_one_second_for_all_is_the_time_of_the_export(load_tickets):
    with refused(ContractError, match="the same second"):
        load_tickets(tickets(["2024-05-01 11:22:33"] * 40))


def test_one_second_for_most_holds_everything_down(load_tickets):
    result = load_tickets(tickets(["2024-05-01 11:22:33"] * 30 + each_day(20)))
    assert failed(result) == {(Check.ONE_MOMENT_SHARE, "incidents.opened_at"): Touch.EVERYTHING}


def test_an_import_of_a_third_holds_nothing_down(load_tickets):
    assert failed(load_tickets(tickets(["2024-05-01 11:22:33"] * 20 + each_day(40)))) == {}


def test_no_day_after_the_twelfth_means_that_days_and_months_were_exchanged(load_tickets):
    swapped = [f"2024-{m:02}-{d:02} 10:{m:02}:{d:02}" for m in range(1, 13) for d in range(1, 5)]
    with refused(ContractError, match="day and month were exchanged"):
        load_tickets(tickets(swapped))


def test_dates_that_a_spreadsheet_turned_in_part_stop_the_run(load_tickets):
    moments = [f"2024-{d:02}-0{m} 10:00" for m in (3, 4) for d in range(1, 13)]
    moments += [f"{d}/0{m}/2024 10:00" for m in (3, 4) for d in range(13, 29)]
    with refused(ContractError, match="spreadsheet"):
        load_tickets(tickets(moments))


def test_two_ways_of_writing_dates_may_stand_in_one_file(load_tickets):
    moments = [f"2024-03-{d:02} 10:0{d % 7}" for d in range(1, 29)] + [f"{d}/03/2024 11:0{d % 7}" for d in range(1, 29)]
    assert len(load_tickets(tickets(moments)).column("incidents", "opened_at")) == 56


def test_a_large_customer_is_let_in_where_it_is_declared(load_tickets):
    many = tickets(each_day(100), ["big"] * 30 + [f"c{n}" for n in range(70)])
    with refused(ContractError, match="largest_customer_share"):
        load_tickets(many)
    result = load_tickets(many, "[profile]\nlargest_customer_share = 0.35")
    (row,) = [w for w in result.loaded.warnings if w.check == Check.ONE_CUSTOMER_SHARE]
    assert (row.value, row.threshold, row.passed, row.touches) == (0.3, 0.35, True, None)
    assert row.reasons, "what is declared is shown"
    with pytest.raises(ContractError):
        load_tickets(many, "[profile]\nlargest_customer_share = 0.25")


def answers(moments, before):
    """An answer for each incident, the first ``before`` of them a day before it was opened."""
    parsed = [datetime.fromisoformat(m) for m in moments]
    rows = [
        f"i{n},{m - timedelta(days=1) if n < before else m + timedelta(hours=1, seconds=n)},agent"
        for n, m in enumerate(parsed)
    ]
    return "incident_id,contacted_at,actor\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize(("early", "held"), [(4, True), (1, False)])
def test_answers_before_their_questions_hold_down_answering_times_when_they_are_many(load_files, early, held):
    moments = each_day(60)
    files = {"tickets.csv": tickets(moments), "answers.csv": answers(moments, early)}
    expected = {(Check.EARLY_ANSWERS, "interactions"): Touch.ANSWERS} if held else {}
    assert failed(load_files(TWO, files)) == expected


def orders(moments, states=None, amounts=None):
    """An order per moment."""
    rows = [
        f"c{n},o{n},{m},{amounts[n] if amounts else 10},{states[n] if states else 'paid'}"
        for n, m in enumerate(moments)
    ]
    return "customer_id,order_id,ordered_at,amount,status\n" + "\n".join(rows) + "\n"


@pytest.mark.parametrize("state", ["refunded", "Storniert", "キャンセル済み", "payment failed"])
def test_undone_orders_that_count_hold_returns_down(load_files, state):
    moments = each_day(100)
    files = {"tickets.csv": tickets(moments), "orders.csv": orders(moments, [state] * 3 + ["paid"] * 97)}
    assert failed(load_files(TWO, files)) == {(Check.UNDONE_ORDERS, "orders"): Touch.RETURNS}


@pytest.mark.parametrize("state", ["cancelled", "shipped", "geliefert"])
def test_orders_that_are_taken_out_or_count_hold_nothing_down(load_files, state):
    moments = each_day(100)
    files = {"tickets.csv": tickets(moments), "orders.csv": orders(moments, [state] * 30 + ["paid"] * 70)}
    assert failed(load_files(TWO, files)) == {}


def test_refunds_beside_the_orders_they_undo_hold_returns_down(load_files):
    moments = each_day(100)
    files = {"tickets.csv": tickets(moments), "orders.csv": orders(moments, None, [-10] * 5 + [10] * 95)}
    assert failed(load_files(TWO, files)) == {(Check.UNDONE_ORDERS, "orders"): Touch.RETURNS}


def test_a_month_without_orders_while_cases_go_on_holds_returns_down(load_files):
    often = each_day(360, timedelta(hours=19, minutes=7, seconds=3))
    lost = [m for m in often if not m.startswith("2024-05")]
    files = {"tickets.csv": tickets(often), "orders.csv": orders(lost)}
    result = load_files(TWO, files)
    assert failed(result) == {(Check.MONTHS_WITHOUT_ROWS, "orders.ordered_at"): Touch.RETURNS}
    assert failed(load_files(TWO, {"tickets.csv": tickets(often), "orders.csv": orders(often)})) == {}


def test_a_season_that_is_closed_for_all_is_no_gap(load_files):
    open_time = [m for m in each_day(360, timedelta(hours=19, minutes=7, seconds=3)) if not m.startswith("2024-05")]
    assert failed(load_files(TWO, {"tickets.csv": tickets(open_time), "orders.csv": orders(open_time)})) == {}


def counted(rows):
    return [RowsCounted("incidents", "tickets.csv", RowReason.ROWS_IN, rows)]


def test_half_of_a_file_gone_since_the_run_before_holds_everything_down():
    (row,) = rows_since(counted(400), counted(1000))
    assert (row.touches, row.value) == (Touch.EVERYTHING, 0.4)
    assert all(row.touches is None for row in rows_since(counted(600), counted(1000)))
    assert rows_since(counted(1000), counted(400)) == []
