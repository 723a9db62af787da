"""Beside a chart speaks the row its title speaks of, and never a part for the whole."""

from dataclasses import replace

from made_up_rows import effect, speed_effects
from published_run import SPEECH

from dashboard.effects import Aim
from dashboard.exports.spoken import spoken_row
from words.effects import headline

FAILURE, SPEED = Aim("failure", "returned", 365), Aim("speed", "returned", 365)


def failures():
    limits = {"failed": (-9.0, -5.0, "C"), "not_recovered": (-13.0, -8.0, "B"), "recovered": (-8.0, -3.0, "C")}
    return [
        effect("failure", level, "adjusted", estimate=(low + high) / 2, ci_low=low, ci_high=high, grade=grade)
        for level, (low, high, grade) in limits.items()
    ]


def test_the_unrecovered_never_speak_for_every_failure(run):
    rows = failures()
    said = spoken_row(replace(run, effects=tuple(rows)), FAILURE, "failure_ladder", rows)
    assert said.level_to == "failed"


def test_of_promises_the_weakest_clear_gain_speaks(run):
    rows = [row for row in speed_effects() if row.spec == "adjusted"]
    said = spoken_row(replace(run, effects=tuple(rows)), SPEED, "speed_ladder", rows)
    assert said.level_to == "240"


def test_each_part_of_the_failed_is_named_for_what_it_is():
    names = {row.level_to: headline(row, SPEECH) for row in failures()}
    assert names["failed"].startswith("The failure itself")
    assert names["recovered"].startswith("A failure that was answered, and put right or compensated")
    assert names["not_recovered"].startswith("A failure left unanswered, or neither put right nor compensated")
