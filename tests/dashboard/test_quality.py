from hypothesis import given
from hypothesis import strategies as st
from published_run import QUALITY, SPEECH

from dashboard.figures.quality import balance_table, balance_title, balances, reason_table
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.tables.intake import RowsCounted


def row(reason, rows, file="cases.csv", table="incidents"):
    return RowsCounted(table, file, reason, rows)


def test_rows_in_equal_kept_plus_set_aside_per_file():
    cases, bookings = balances(QUALITY)
    assert (cases.rows_in, cases.kept, cases.set_aside, cases.balanced) == (8004, 7990, 14, True)
    assert (bookings.rows_in, bookings.kept, bookings.set_aside, bookings.balanced) == (60210, 60210, 0, True)
    assert (
        balance_title(balances(QUALITY), SPEECH)
        == "68,200 of 68,214 rows were kept; 14 were set aside, each with a reason"
    )


def test_a_loss_that_no_reason_explains_is_said_first():
    files = balances([row(RowReason.ROWS_IN, 10), row(RowReason.KEPT, 7), row(RowReason.REPEATED, 2)])
    assert not files[0].balanced
    assert "don't add up" in balance_title(files, SPEECH)
    assert balance_table(files, SPEECH)[0]["Adds up"] == "no"


def test_reasons_come_with_file_and_count_most_first():
    files = balances(
        [
            *QUALITY,
            row(RowReason.ROWS_IN, 20, "b.csv", "orders"),
            row(RowReason.KEPT, 0, "b.csv", "orders"),
            row(RowReason.MISSING, 20, "b.csv", "orders"),
        ]
    )
    assert [(r["Reason"], r["File"], r["Rows"]) for r in reason_table(files, SPEECH)] == [
        ("missing", "b.csv", "20"),
        ("not a time", "cases.csv", "9"),
        ("repeated", "cases.csv", "5"),
    ]


def test_nothing_set_aside_and_nothing_read_are_different_findings():
    assert (
        balance_title(balances([row(RowReason.ROWS_IN, 5), row(RowReason.KEPT, 5)]), SPEECH)
        == "All 5 rows read were kept"
    )
    assert balance_title((), SPEECH) == "Nothing was read"
    empty = balances([row(RowReason.ROWS_IN, 0), row(RowReason.KEPT, 0)])
    assert balance_title(empty, SPEECH) == "Nothing was read"
    assert balance_table(empty, SPEECH)[0]["Kept, %"] == "–"


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from([reason for reason in RowReason if reason not in (RowReason.ROWS_IN, RowReason.KEPT)]),
            st.integers(0, 99),
        ),
        max_size=20,
    )
)
def test_every_published_count_is_shown_once(entries):
    counts = {(file, reason): n for file, reason, n in entries}
    files = balances([row(reason, n, file) for (file, reason), n in counts.items()])
    assert sum(f.set_aside + f.left_out for f in files) == sum(counts.values())
