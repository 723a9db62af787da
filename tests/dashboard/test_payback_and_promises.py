from dataclasses import replace

from made_up_decisions import decision, with_decisions
from made_up_rows import measure

from dashboard.payback import EARNED, next_step_table, recovery_sentence, speed_table
from dashboard.promises import CHANGE, promise_sentence, promise_table

LIMITS = {"unit": "ratio", "ci_low": 0.4, "ci_high": 1.5, "grade": "C", "within_days": 365.0}


def with_rows(run, *rows):
    return with_decisions(run, rows)


def test_a_promise_shows_its_cost_and_what_one_spent_earns(run):
    cost = decision("money", "cost_of_promise", 3.4, 4632, level="60", unit="EUR per incident", ci_low=3.1, ci_high=3.7)
    earns = decision("money", "margin_per_1_of_speed", 0.96, 4632, level="60", **LIMITS)
    (line,), why = speed_table(with_rows(run, earns, cost))
    assert (line["Promise"], line[EARNED], line["Grade"], line["Cases"]) == (
        "1 hour",
        "0.96 (0.40 to 1.50)",
        "C",
        "4,632",
    )
    assert why == ""
    assert speed_table(with_rows(run, cost))[0][0][EARNED] == "not known"


def test_each_step_up_in_compensation_stands_in_order_of_its_share(run):
    rows = [decision("money", "marginal_margin_per_1_of_compensation", 0.1, 300, level=level, **LIMITS)
            for level in ("0.5-0.75", "0.1-0.25", "0.25-0.5")]  # fmt: skip
    lines, _ = next_step_table(with_rows(run, *rows))
    assert [line["From … to, of the loss"][:2] for line in lines] == ["10", "25", "50"]


def test_what_can_not_be_known_of_money_says_why(run):
    refused = {"verdict": "not_estimable", "reason": "Set margin_rate in the profile."}
    row = decision("money", "margin_per_1_of_recovery", None, None, **refused)
    assert recovery_sentence(with_rows(run, row)) == (
        "What recovery as a whole earns isn't known. Set margin_rate in the profile."
    )
    steps = decision("money", "marginal_margin_per_1_of_compensation", None, None, **refused)
    assert next_step_table(with_rows(run, steps)) == ([], "Set margin_rate in the profile.")


def test_recovery_as_a_whole_carries_its_interval_cases_and_grade(run):
    said = recovery_sentence(with_rows(run, decision("money", "margin_per_1_of_recovery", 0.9, 16519, **LIMITS)))
    assert "0.90 of margin within 365 days (0.40 to 1.50, 16,519 cases, grade C)" in said


def test_kept_promises_stand_before_broken_ones_with_the_unadjusted_beside(run):
    effect = {"unit": "per 100 customers", "within_days": 365.0, "grade": "C"}
    broken = decision("learning", "commitment_effect_on_return", -2.2, 3814, level="broken", ci_low=-11.6, ci_high=7.2,
                      observed=-7.0, reason="Few are comparable.", **effect)  # fmt: skip
    kept = decision("learning", "commitment_effect_on_return", 9.2, 4096, level="kept", ci_low=3.8, ci_high=14.7,
                    observed=7.6, **effect)  # fmt: skip
    lines, _ = promise_table(with_rows(run, broken, kept))
    assert [line["Promise"] for line in lines] == ["Kept, against none made", "Broken, against none made"]
    assert (lines[1][CHANGE], lines[1]["Not adjusted"]) == ("−2.2 (−11.6 to 7.2)", "−7.0")
    assert lines[1]["What limits it"] == "Few are comparable."


def test_how_many_promises_were_kept_is_one_sentence(run):
    broken = decision("learning", "commitments_broken", 330.0, 1171, verdict="counted", unit="incidents")
    known = with_rows(run, broken)
    said = promise_sentence(replace(known, measures=(*known.measures, measure("commitment_kept", 0.72, n=1171))))
    assert "of 1,171 promises to mend a cause were kept; 330 were broken." in said
