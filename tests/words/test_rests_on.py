"""Where the cases of an estimate come from, in words that add up."""

from pipelines.contracts.catalog.checks import Check, CheckVerdict
from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.catalog.outcomes import RETURNED
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.treatments import FAILURE, SPEED
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.intake import RowsCounted
from words.lineage import left_out, read_as_incidents, rests_on
from words.speech import PLAIN


def gone(subject, n, check=Check.LEFT_OUT):
    return Diagnostic("e", check, Stage.BEFORE, subject, float(n), None, None, None, CheckVerdict.COUNTED)


def test_cases_used_and_left_out_come_to_all_incidents():
    row = Effect(outcome=RETURNED, treatment=SPEED, estimate=1.0, n_incidents=700)
    checks = [gone("too_young", 200), gone("outcome_unknown", 80), gone("a kind", 5, Check.NEVER_TREATED)]
    said = rests_on(row, checks, 1000, PLAIN)
    assert 700 + sum(left_out(checks).values()) + 15 == 1000
    for part in ("700 of 1,000", "200 too young", "80 outcome unknown", "15 for other reasons"):
        assert part in said


def test_all_incidents_used_are_told_so():
    row = Effect(outcome=RETURNED, treatment=SPEED, estimate=1.0, n_incidents=1000)
    assert rests_on(row, [], 1000, PLAIN) == "Made of all 1,000 incidents."


def test_nothing_is_said_where_cases_are_no_incidents_or_there_is_no_number():
    assert rests_on(Effect(outcome=RETURNED, treatment=FAILURE, n_incidents=5), [], 10, PLAIN) == ""
    assert rests_on(Effect(outcome=RETURNED, treatment=SPEED), [], 10, PLAIN) == ""


def rows(table, **counts):
    return [RowsCounted(table, "f.csv", RowReason(reason), n) for reason, n in counts.items()]


def test_rows_read_for_incidents_are_followed_to_what_is_left():
    quality = [
        *rows("files.f", rows_in=1323, kept=756, not_passed_on=567),
        *rows("incidents", rows_in=756, kept=750, repeated=6),
    ]
    said = read_as_incidents(quality, PLAIN)
    assert all(part in said for part in ("750 incidents", "1,323 rows", "567 were left out", "6 were set aside"))
    assert read_as_incidents(rows("incidents", rows_in=9, kept=9), PLAIN) == ""
