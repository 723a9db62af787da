"""What delay costs a year stands in place of what it costs per incident, with how many incidents that means."""

from dataclasses import replace

import pytest
from made_up_decisions import counted, decision, decisions_of, with_decisions
from made_up_rows import effect
from published_run import SPEECH

from dashboard.worth import delay_notes, delay_table, facts, of_everyone, worth_of_speed
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.messages.caveats import SteadyYear
from pipelines.contracts.messages.lacking import NoSpeedCost
from pipelines.contracts.messages.money import SpeedPricedForAllOnly
from pipelines.contracts.messages.populations import IncidentsOnFileForSpend


@pytest.fixture
def with_years(run):
    where = {"level": "60", "unit": "EUR margin per year", "grade": "B"}
    yearly = decision("money", "cost_of_delay_a_year", 9500.0, 4600, ci_low=3000.0, ci_high=16000.0, **where)
    people = counted("money", "incidents_on_file_a_year", 2500.0, 2500, population=IncidentsOnFileForSpend())
    people = replace(people, caveats=(SteadyYear(),))
    refused = decision("money", "cost_of_one_hour_of_delay", None, segment="severity", verdict="not_estimable")
    refused = replace(refused, reasons=(SpeedPricedForAllOnly(),))
    return with_decisions(run, (*decisions_of(run), yearly, people, refused))


def test_the_year_is_what_an_executive_reads(with_years):
    fact = worth_of_speed(with_years, "60")
    assert fact.value == "€\u202f9,500 a year, before its cost"
    assert "in margin a year (3,000 to 16,000), grade B" in fact.says


def test_where_no_year_is_published_it_stays_per_incident(run):
    assert worth_of_speed(run, "60").value.endswith("per incident, before its cost")


def test_a_year_of_grade_d_promises_nothing(with_years):
    rows = [replace(r, grade=Grade.D) if r.measure == "cost_of_delay_a_year" else r for r in decisions_of(with_years)]
    fact = worth_of_speed(with_decisions(with_years, tuple(rows)), "60")
    assert fact.value == "Worth not known yet"
    assert "9,500" not in fact.says


def test_the_table_holds_both_and_says_what_a_year_means(with_years):
    (line,), _ = delay_table(with_years)
    assert line["A year"] == "€\u202f9,500 (3,000 to 16,000)"
    assert line["Per incident"].startswith("€\u202f3.80")
    year, alone = delay_notes(with_years)
    assert year.startswith("A year: 2,500 incidents of customers on file")
    assert year.endswith(SPEECH.say(SteadyYear()))
    assert alone == SPEECH.say(SpeedPricedForAllOnly())
    assert "delay has no price by severity" in alone


def test_on_a_page_narrowed_to_a_part_the_sum_says_it_is_everyones(with_years):
    fact = of_everyone(worth_of_speed(with_years, "60"))
    assert fact.value == "€\u202f9,500 a year, before its cost"
    assert fact.says.startswith("For everyone, not this part alone: worth of answering within 1 hour")


def priced(run, **earns):
    cost = decision("money", "cost_of_promise", 3.4, 900, level="60", unit="EUR per incident", ci_low=3.1, ci_high=3.7)
    back = decision("money", "margin_per_1_of_speed", 0.96, 900, level="60", unit="ratio", **earns)
    return with_decisions(run, (*decisions_of(run), cost, back))


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [(0.38, 1.54, "whether it pays can't be told"), (1.1, 1.8, "more than it costs"), (0.1, 0.9, "less than it costs")],
)
def test_what_a_promise_costs_and_earns_stands_in_the_same_figure(with_years, low, high, says):
    fact = worth_of_speed(priced(with_years, ci_low=low, ci_high=high, grade="C"), "60")
    assert "It costs €\u202f3.40 per incident (3.10 to 3.70), €\u202f8,500 (7,750 to 9,250) a year." in fact.says
    assert fact.says.endswith(f"Earned per €\u202f1 spent so: 0.96 ({low:.2f} to {high:.2f}), grade C: {says}.")


def test_what_it_earns_is_not_said_at_grade_d_and_without_a_price_the_reason_is(with_years):
    unsure = worth_of_speed(priced(with_years, ci_low=0.38, ci_high=1.54, grade="D"), "60")
    assert "0.96" not in unsure.says
    assert "no conclusion" in unsure.says
    refused = decision("money", "cost_of_promise", None, level="60", verdict="not_estimable", reason=NoSpeedCost())
    without = worth_of_speed(with_decisions(with_years, (*decisions_of(with_years), refused)), "60")
    assert without.says.endswith(f"What it costs isn't known. {SPEECH.say(NoSpeedCost())}")


def test_money_without_a_shown_gain_is_not_called_wasted(run):
    def spent(segment, share, standing, grade):
        return decision("front_line", "compensation_spent", 1000.0 * share, 99, segment=f"severity={segment}",
                        verdict="counted", observed=share, standing=standing, grade=grade)  # fmt: skip

    parts = (spent("a", 0.5, "below_cost", "B"), spent("b", 0.1, "not_shown", "C"), spent("c", 0.3, None, None))
    total = decision("front_line", "spent_without_shown_gain", 600.0, 99, verdict="counted", observed=0.6)
    fact = next(f for f in facts(with_decisions(run, (*parts, total)), "60") if f.row is total)
    assert fact.says == (
        "given out so far, to 31 Oct 2026, where no gain above its cost was shown, 60\u202f% of all, grade C. "
        "Not shown isn't the same as wasted. Of another 30\u202f% it can't be told."
    )


def test_how_much_of_the_loss_a_promise_is_worth_is_not_said_at_grade_d(run):
    row = effect("speed_and_compensation", "60", "adjusted", estimate=0.32, ci_low=0.0, ci_high=1.0, grade="D")
    (fact,) = [f for f in facts(with_decisions(replace(run, effects=(row,)), ()), "60") if f.row is row]
    assert fact.value == "Worth of a promise: open"
    assert "no conclusion" in fact.says
    assert "32" not in fact.says
