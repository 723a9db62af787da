from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.draft.looking.dates import month_first, read_dates

FORMATS = (
    "%d.%m.%Y", "%d.%m.%y %H:%M", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %I:%M %p", "%m/%d/%y", "%d-%m-%Y", "%Y/%m/%d %H:%M",
    "%Y.%m.%d", "%d %b %Y", "%d-%b-%y", "%B %d, %Y", "%b %d %Y, %H:%M", "%Y%m%d", "%d/%m/%Y %H:%M:%S %z",
)  # fmt: skip
MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)).map(lambda m: m.replace(second=0, microsecond=0))


@given(st.sampled_from(FORMATS), st.lists(MOMENTS, min_size=1, max_size=20))
def test_what_was_written_is_read_back(form, moments):
    proof = datetime(2020, 3, 25, 10, 0)
    written = [m.strftime(form).replace("%z", "") + ("+0200" if form.endswith("%z") else "") for m in (*moments, proof)]

    dates = read_dates(written)

    assert dates.share == 1.0
    for text, moment in zip(written, moments, strict=False):
        readings = [r for f in dates.formats if (r := _parsed(text, f))]
        assert [r.date() for r in readings[:1]] == [moment.date()]


def _parsed(text, form):
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


@given(
    st.lists(MOMENTS, min_size=1),
    st.sampled_from(("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M+02:00")),
)
def test_iso_8601_needs_no_format(moments, form):
    dates = read_dates([m.strftime(form) for m in moments])
    assert (dates.share, dates.formats, dates.order) == (1.0, (), "")
    assert dates.zoned is (form != "%Y-%m-%d")


def test_days_up_to_12_leave_the_order_open():
    assert read_dates(["03/04/2024", "11/12/2024"]).order == "either"


@pytest.mark.parametrize(("proof", "order"), [("25/04/2024", "day"), ("04/25/2024", "month")])
def test_one_day_above_12_settles_the_order(proof, order):
    dates = read_dates(["03/04/2024", proof])
    assert dates.order == order
    assert dates.formats == (("%d/%m/%Y",) if order == "day" else ("%m/%d/%Y",))


def test_a_column_with_both_orders_is_called_so():
    assert read_dates(["25/04/2024", "04/25/2024"]).order == "both"


def test_points_are_written_day_first():
    assert read_dates(["03.04.2024"]).order == ""


def test_turning_formats_leaves_the_rest_alone():
    assert month_first(("%d/%m/%Y %H:%M", "%Y-%m-%d")) == ("%m/%d/%Y %H:%M", "%Y-%m-%d")


@pytest.mark.parametrize(
    "text", ["2024-13-01", "31/31/2024", "10:30", "1.234,56", "K12345", "2024", "99/12/2024", "may be", "5 apples 2024"]
)
def test_other_things_are_no_moments(text):
    assert read_dates([text]).share == 0.0
