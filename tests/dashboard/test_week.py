from dataclasses import replace

import pytest
from made_up_decisions import WEEK, counted, decision, decisions_of, with_decisions
from made_up_rows import effect

from dashboard.cohort import cohort_table, refused_matured
from dashboard.rising import rising_table
from dashboard.week import headline, known_notes, known_now, silent_where, unknown_now


def promise(share=0.81, **columns):
    return decision("standards", "standard_met", share, 120, period=WEEK, clock="known_now", **columns)


def test_cases_left_silent_for_a_week_come_before_anything_else(run):
    said = headline(run)
    assert said.mood == "embarrassing"
    assert said.text == ("112 open cases have had no human answer in seven days; 61 of them by web form. Owner: none.")
    assert said.beside.startswith(
        "Half of them have waited 30 days or longer, the longest 412. "
        "Another 75 cases were closed unheard since records began. "
    )
    assert "In the week of 25–31 Oct 2026, 81 of 100 guests heard from a person within our " in said.beside


@pytest.mark.parametrize(("high", "where"), [(150, "within"), (100, "above")])
def test_how_many_are_silent_stands_beside_what_is_usual(run, high, where):
    many = counted("void", "silent_for_a_week_now", 112, 130, unit="cases", usual_low=90, usual_high=high)
    assert f"in seven days, {where} the usual 90 to {high}" in headline(with_decisions(run, [many])).text


def test_channels_and_others_add_up_to_all_who_are_silent(run):
    whole, web, desk = (r for r in decisions_of(run) if r.measure == "silent_for_a_week_now")
    waited = tuple(r for r in decisions_of(run) if r.measure == "days_silent_now")
    lines = silent_where(with_decisions(run, [replace(whole, estimate=120.0), web, desk, *waited]))
    assert [line["Silent for a week"] for line in lines] == ["120", "61", "51", "8"]
    assert lines[0]["Days so far, longest"] == "412"
    assert lines[-1]["Where"] == "Other channels, or none on record"


def test_a_promise_kept_as_usual_is_good_news(run):
    said = headline(with_decisions(run, [promise(usual_low=0.72, usual_high=0.78)]))
    assert said.mood == "good"
    assert said.text == (
        "In the week of 25–31 Oct 2026, 81 of 100 guests heard from a person within our promise"
        " (76 to 86; usual 72–78)."
    )


@pytest.mark.parametrize(
    ("standing", "mood"), [("above", "good"), ("below", "embarrassing"), ("unclear", "uncertain"), (None, "uncertain")]
)
def test_against_a_target_the_mood_is_where_the_interval_lies(run, standing, mood):
    said = headline(with_decisions(run, [promise(target=0.8, standing=standing)]))
    assert said.mood == mood
    assert "target 80" in said.text
    assert ("From that week's 120 cases alone we can't say yet" in said.text) == (standing == "unclear")


def test_fewer_than_usual_without_a_target_is_embarrassing(run):
    assert headline(with_decisions(run, [promise(0.6, usual_low=0.72, usual_high=0.78)])).mood == "embarrassing"


def test_a_suppressed_or_missing_week_makes_no_headline(run):
    hidden = promise(None, verdict="suppressed", suppressed=True)
    assert headline(with_decisions(run, [hidden])) is None
    assert headline(with_decisions(run)) is None


def test_nobody_silent_leaves_the_headline_to_the_promise(run):
    quiet = counted("void", "silent_for_a_week_now", 0, 130, unit="cases")
    assert headline(with_decisions(run, [quiet, promise(usual_low=0.7)])).mood == "good"


def test_last_week_stands_before_the_half_year_with_target_usual_range_and_owner(run):
    line = next(one for one in known_now(run) if one[""] == "Answered by a person within an hour")
    assert line == {
        "": "Answered by a person within an hour", "Known now": "62\u202f% (57 to 67)", "Target": "60\u202f%",
        "Usual": "51 to 69\u202f%", "Cases": "120", "Counted over": "25–31 Oct 2026",
        "Owner": "Head of guest relations",
    }  # fmt: skip


def test_silence_is_told_apart_from_waiting_for_the_first_answer(run):
    silent = decision("standards", "silent_over_24_hours", 0.35, 37, period=WEEK)
    rug = decision("void", "under_the_rug", 0.07, 7993, within_days=14.0)
    assert known_notes(with_decisions(run, [rug, silent]))[0] == "Never answered: by no person within 14 days."
    assert "don't add up to 100" in known_notes(with_decisions(run, [silent]))[0]
    assert known_notes(with_decisions(run)) == ()


def test_no_return_rate_is_ever_known_now(run):
    assert not [line for line in known_now(run) if "back" in line[""] or "return" in line[""].lower()]


def test_money_keeps_its_currency_and_counts_stay_counts(run):
    lines = {line[""]: line["Known now"] for line in known_now(run)}
    assert lines["Cost of compensation per incident"] == "€\u202f37 (29 to 45)"
    assert lines["Open, and silent for a week"] == "112"


def test_what_is_not_known_says_why_and_what_to_add(run):
    refused = decision(
        "standards", "fixed_before_departure", None, None, verdict="not_estimable", reason="Map service_end."
    )
    (line,) = unknown_now(with_decisions(run, [refused]))
    assert line == {"Not known": "Fixed before departure", "Why, and what to add": "Map service_end."}


def test_the_matured_cohort_is_dated_and_stands_beside_the_never_failed(run):
    (line,) = cohort_table(run)
    assert line["After a failure"] == "30\u202f% (25 to 35)"
    assert line["Failures of"] == "3 May – 31 Oct 2025"
    assert line["Owner"] == "Commercial director"
    assert refused_matured(run) == ""


def test_the_adjusted_difference_names_its_own_cases(run):
    failed = effect("failure", "failed", "adjusted", estimate=-7.0, ci_low=-9.0, ci_high=-5.0, n_incidents=16_519)
    (line,) = cohort_table(replace(run, effects=(*run.effects, failed)))
    assert line["Cases"] == "1,178"
    assert line["Difference, adjusted"].endswith("; from all of the data, 16,519 failed and never failed")


def test_without_a_matured_cohort_the_reason_is_given(run):
    refused = decision("standards", "returned_within_365d", None, None, clock="matured", verdict="not_estimable",
                       reason="Add orders.")  # fmt: skip
    assert refused_matured(with_decisions(run, [refused])) == "Add orders."


def test_only_what_clearly_rises_is_listed(run):
    lines, why = rising_table(run)
    assert [line["Kind of failure"] for line in lines] == ["Noise"]
    assert (lines[0]["Now"], lines[0]["Usual in four weeks"]) == ("30", "7 to 13")
    assert why == ""
    steady = tuple(r for r in decisions_of(run) if r.segment != "category=noise")
    assert rising_table(with_decisions(run, steady)) == (
        [], "The only kind told apart has not come clearly more often than usual (4–31 Oct 2026).",
    )  # fmt: skip


def test_where_weeks_can_not_be_told_the_longer_period_is_named(run):
    half_year = decision("standards", "answered_within_1440_minutes", 0.43, 54, period="2024-01-30/2024-07-29")
    said = headline(with_decisions(run, [half_year]))
    assert said.mood == "uncertain"
    assert said.text.startswith("From 30 Jan to 29 Jul 2024, 43 of 100 guests heard from a person within a day")
