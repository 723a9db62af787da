"""Kinds of compensation in words: what was given is counted, what wasn't is named with what to map."""

from pipelines.contracts.form_wording import KINDS, kinds_of, mapping_sentence, unseen_sentence
from pipelines.contracts.vocabulary import COMPENSATION_KINDS


def kind(level, estimate=None, verdict="counted", reason=""):
    return {"level": level, "estimate": estimate, "verdict": verdict, "reason": reason}


def missing(level):
    return kind(level, verdict="not_estimable", reason="Not in this data.")


def test_every_kind_of_the_vocabulary_has_a_word():
    assert set(KINDS) == set(COMPENSATION_KINDS)


def test_a_form_names_its_kinds_the_most_given_first():
    rows = [
        kind("credit", 963.0),
        kind("points", 1079.0),
        kind("voucher", verdict="suppressed"),
        kind("refund", 5000.0),
    ]
    assert kinds_of("future_credit", rows) == "points (1,079), credit (963), vouchers (too few)"
    assert kinds_of("gesture", rows) == ""
    assert kinds_of("future_credit", [missing("points")]) == ""


def test_kinds_that_are_not_there_are_named_with_their_value():
    one, three = [kind("refund", 20.0), missing("points")], [missing("points"), missing("upgrade"), missing("gesture")]
    assert unseen_sentence(one) == "Not in this data as a compensation: points."
    assert mapping_sentence(one) == 'To have it judged, map kind "points" in compensations.'
    assert unseen_sentence(three) == "Not in this data as a compensation: points, upgrades and a manager's call."
    assert mapping_sentence(three) == 'To have them judged, map kind "points", "upgrade" or "gesture" in compensations.'
    assert mapping_sentence([kind("refund", 20.0)]) == ""


def test_where_all_are_there_nothing_is_said_and_where_none_is_known_the_reason():
    assert unseen_sentence([kind("refund", 20.0), kind("credit", verdict="suppressed", reason="Too few.")]) == ""
    assert unseen_sentence([]) == ""
    assert unseen_sentence([kind("", verdict="not_estimable", reason="Add compensations.")]) == "Add compensations."
