"""The table of return rates: one line per rate, each with its cases, whom it leaves out and where it is shown."""

from dataclasses import replace

import pytest
from made_up_decisions import decision, decisions_of, with_decisions
from made_up_rows import measure

from dashboard.return_rates import rate_table, reconciled
from dashboard.returning import NEVER_FAILED


def rate(level, share, n, **values):
    where = {"within_days": 365.0, "ci_low": share - 0.02, "ci_high": share + 0.02}
    return decision("returns", "return_rate", share, n, level=level, population=f"those at {level}", **where | values)


def gone(level, many, before, whom):
    return decision("returns", "left_out", float(many), before, level=level, population=whom, verdict="counted")


@pytest.fixture
def reconciling(run):
    rows = [
        gone("followed", 300, 1000, "too young"), gone("followed", 100, 700, "not on file"),
        rate("followed", 0.292, 600), gone("followed/answered", 50, 600, "unheard"),
        rate("followed/answered", 0.301, 550),
    ]  # fmt: skip
    never = replace(measure("returned_within_365d", 0.35, segment=NEVER_FAILED, n=900), ci_low=0.34, ci_high=0.36)
    more = with_decisions(run, (*decisions_of(run), *rows))
    return replace(more, measures=(*more.measures, never))


def test_every_line_names_its_cases_and_whom_it_leaves_out(reconciling):
    old, answered, *_ = rate_table(reconciling)
    assert (old["Came back"], old["Cases"]) == ("29.2\u202f% (27.2 to 31.2)", "600")
    assert old["Left out"] == "300 too young; 100 not on file. Of 1,000, all incidents"
    assert answered["Left out"] == "50 unheard. Of 600, line 1"
    assert answered["Line"] == "2"


def test_customers_who_never_failed_stand_beside_with_their_own_cases(reconciling):
    never = rate_table(reconciling)[-1]
    assert never["Came back"].startswith("35.0")
    assert never["Cases"] == "900"
    assert not never["Line"]


def test_a_run_that_never_told_its_rates_apart_shows_no_table(run):
    assert not reconciled(run)
