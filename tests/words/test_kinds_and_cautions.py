"""Kinds of compensation and checks of the exports in words: what was given is counted, what wasn't is named."""

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.vocabulary import COMPENSATION_KINDS
from pipelines.contracts.messages.earlier import EarlierReason
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.measure import Measured
from words.cautions import caution
from words.conventions import NARROW
from words.kinds import kind_words, kinds_of, mapping_sentence, seen_sentence, unseen_sentence
from words.speech import PLAIN


def kind(level, estimate=None, verdict=Verdict.COUNTED, reasons=()):
    return Measured(Topic.FORMS, "kind_given", level=level, estimate=estimate, verdict=verdict, reasons=reasons)


def missing(level):
    return kind(level, verdict=Verdict.NOT_ESTIMABLE, reasons=(EarlierReason("Not in this data."),))


def test_every_kind_of_the_vocabulary_has_a_word():
    assert all(kind_words(kind, PLAIN) for kind in COMPENSATION_KINDS)


def test_a_form_names_its_kinds_the_most_given_first():
    rows = [
        kind("credit", 963.0), kind("points", 1079.0), kind("voucher", verdict=Verdict.SUPPRESSED),
        kind("refund", 5000.0),
    ]  # fmt: skip
    assert kinds_of("future_credit", rows, PLAIN) == "points (1,079), credit (963), vouchers (too few)"
    assert kinds_of("gesture", rows, PLAIN) == ""
    assert kinds_of("future_credit", [missing("points")], PLAIN) == ""
    assert seen_sentence([kind("refund", 20.0)], PLAIN) == "Given so far, in incidents: money back (20)."
    assert seen_sentence([], PLAIN) == ""


def test_kinds_that_are_not_there_are_named_with_their_value():
    one, three = [kind("refund", 20.0), missing("points")], [missing("points"), missing("upgrade"), missing("gesture")]
    assert unseen_sentence(one, PLAIN) == "Not in this data as a compensation: points."
    assert mapping_sentence(one, PLAIN) == 'To have it judged, map kind "points" in compensations.'
    assert unseen_sentence(three, PLAIN) == "Not in this data as a compensation: points, upgrades and a manager's call."
    assert mapping_sentence(three, PLAIN) == (
        'To have them judged, map kind "points", "upgrade" or "gesture" in compensations.'
    )
    assert mapping_sentence([kind("refund", 20.0)], PLAIN) == ""


def test_where_all_are_there_nothing_is_said_and_where_none_is_known_the_reason():
    assert unseen_sentence([kind("refund", 20.0), kind("credit", verdict=Verdict.SUPPRESSED)], PLAIN) == ""
    assert unseen_sentence([], PLAIN) == ""
    unknown = kind("", verdict=Verdict.NOT_ESTIMABLE, reasons=(EarlierReason("Add compensations."),))
    assert unseen_sentence([unknown], PLAIN) == "Add compensations."


def check(name, value, unit="rows", subject=""):
    return caution(Diagnostic("", name, Stage.BEFORE, subject, value, unit, None, False, ""), PLAIN)


def test_a_caution_says_what_where_and_how_much():
    assert check("exact_duplicates", 1234.0, subject="orders.csv") == "Exact duplicates; kept (orders.csv): 1,234 rows"
    assert check("match_rate", 0.62, "share") == f"Incidents matched to a customer: 62{NARROW}%"
    assert check("of_their_own", None) == "Of their own: not known"
    assert check("of_their_own", 2.5, "") == "Of their own: 2.50"
