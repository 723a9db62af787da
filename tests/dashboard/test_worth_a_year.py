"""What delay costs a year stands in place of what it costs per incident, with how many incidents that means."""

from dataclasses import replace

import pytest
from made_up_decisions import counted, decision

from dashboard.worth import delay_notes, delay_table, of_everyone, worth_of_speed


@pytest.fixture
def with_years(run):
    where = {"level": "60", "unit": "EUR margin per year", "grade": "B"}
    yearly = decision("money", "cost_of_delay_a_year", 9500.0, 4600, ci_low=3000.0, ci_high=16000.0, **where)
    people = counted("money", "incidents_on_file_a_year", 2500.0, 2500, population="incidents of customers on file")
    people |= {"assumption": "The next year is like the last."}
    refused = decision("money", "cost_of_one_hour_of_delay", None, segment="severity", verdict="not_estimable")
    refused |= {"reason": "No price by severity."}
    return replace(run, decisions=(*run.decisions, yearly, people, refused))


def test_the_year_is_what_an_executive_reads(with_years):
    fact = worth_of_speed(with_years, "60")
    assert fact.value == "€\u202f9,500 a year"
    assert "in margin a year (3,000 to 16,000), grade B" in fact.says


def test_where_no_year_is_published_it_stays_per_incident(run):
    assert worth_of_speed(run, "60").value.endswith("per incident")


def test_a_year_of_grade_d_promises_nothing(with_years):
    rows = [r | {"grade": "D"} if r["measure"] == "cost_of_delay_a_year" else r for r in with_years.decisions]
    assert worth_of_speed(replace(with_years, decisions=tuple(rows)), "60").value == "Worth not known yet"


def test_the_table_holds_both_and_says_what_a_year_means(with_years):
    (line,), _ = delay_table(with_years)
    assert line["A year"] == "€\u202f9,500 (3,000 to 16,000)"
    assert line["Per incident"].startswith("€\u202f3.80")
    year, alone = delay_notes(with_years)
    assert year.startswith("A year: 2,500 incidents of customers on file")
    assert alone == "No price by severity."


def test_on_a_page_narrowed_to_a_part_the_sum_says_it_is_everyones(with_years):
    fact = of_everyone(worth_of_speed(with_years, "60"))
    assert fact.value == "€\u202f9,500 a year"
    assert fact.says.startswith("For everyone, not this part alone: worth of answering within 1 hour")
