from dataclasses import replace

from made_up_rows import effect, refused
from published_run import SPEECH
from rows_in_short import changed

from dashboard.effects import headline_row, leading_aim
from dashboard.exports.advice import OF_FAILURE, advice
from dashboard.exports.since import NOTHING, since_last_review
from dashboard.exports.spoken import spoken_row
from words import findings as say

GAIN, NONE, LOSS = (3.0, 1.0, 5.0), (1.0, -1.0, 3.0), (-3.0, -5.0, -1.0)


def row(values, **columns):
    return effect("speed", "60", "adjusted", estimate=values[0], ci_low=values[1], ci_high=values[2], **columns)


def test_what_a_file_advises_is_what_the_ledger_says(run):
    told = next(f for f in run.findings if f.level == "60" and f.question == "how_fast")
    said = advice(run, row(GAIN), SPEECH)
    assert said.startswith(say.headline(told, SPEECH))
    assert say.figure(told, SPEECH).large in said


def test_what_is_said_of_posts_is_not_what_is_said_of_returns(run):
    posts = row(GAIN, outcome="negative_post", horizon_days=None)
    assert advice(run, posts, SPEECH) != advice(run, row(GAIN), SPEECH)


def test_what_the_ledger_does_not_hold_is_not_advised(run):
    assert advice(replace(run, findings=()), row(GAIN), SPEECH) == ""


def test_the_cost_of_failing_is_no_advice_and_a_refusal_says_what_to_add(run):
    assert advice(run, changed(row(LOSS), {"treatment": "failure"}), SPEECH) == OF_FAILURE
    unknown = replace(run, findings=())
    assert advice(unknown, refused("speed", "60", "adjusted", "Add orders."), SPEECH) == "Add orders."


def test_the_row_beside_a_ladder_is_the_one_its_title_speaks_of(run, review):
    finding = next(f for f in review.findings if f.id == "speed_ladder")
    aim = leading_aim(run, "speed")
    spoken = spoken_row(run, aim, "speed_ladder", finding.rows)
    assert finding.headline.startswith("Answering within 4 hours")
    assert spoken.level_to == "240"
    assert finding.grade == spoken.grade


def test_a_loss_is_spoken_of_before_a_gain(run):
    aim = leading_aim(run, "speed")
    rows = [replace(row(GAIN), level_to="60"), replace(row(LOSS), level_to="240")]
    assert spoken_row(run, aim, "speed_ladder", rows).level_to == "240"


def test_without_anything_clear_the_leading_row_speaks(run):
    aim = leading_aim(run, "speed")
    assert spoken_row(run, aim, "speed_ladder", [row(NONE)]) == headline_row(run, aim)


def test_two_runs_that_read_the_same_have_nothing_to_say(run):
    assert since_last_review(run, ("Q2 review", run)) == (f"Since Q2 review: {NOTHING}",)


def test_what_changed_is_said_with_both_readings(run):
    moved = [replace(r, estimate=9.0, ci_low=8.0, ci_high=10.0) if r.level_to == "60" else r for r in run.effects]
    (line,) = [
        text for text in since_last_review(replace(run, effects=tuple(moved)), ("Q2 review", run)) if "hour" in text
    ]
    assert line.startswith("Answering everyone within an hour: 3 per 100 (1 to 5), grade B in Q2 review, now 9 per 100")
    assert line.endswith("The intervals don't overlap.")


def test_what_the_earlier_run_did_not_know_is_said_to_be_new(run):
    lines = since_last_review(run, ("Q2 review", replace(run, effects=())))
    assert all(line.endswith("not known in Q2 review.") for line in lines)
