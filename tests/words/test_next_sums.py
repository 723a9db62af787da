"""What is said of the next sum follows from its numbers and claims no more than its grade."""

from dataclasses import replace
from math import inf

import pytest

from pipelines.contracts.answers import BreakEven, NextSum, PerYear, Spending
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.plans import Winner
from pipelines.contracts.messages.earlier import EarlierReason
from words.conventions import NARROW
from words.next_sums import break_even_sentence, spending_name, sum_headline, sum_sentence
from words.speech import Speech

EURO = Speech(currency="EUR")


def way(low=1000.0, minutes=None, share=None, reached=0.37):
    net = PerYear(low + 500.0, low, low + 1000.0)
    return Spending(minutes, share, reached, 900.0, None, net, 400, 40, Grade.B, (), ())


FOUND = NextSum(
    total=100_000.0, incidents=8000.0, price=0.5, winner=Winner.FASTER, faster=way(minutes=60.0),
    more=way(-2000.0, share=0.5, reached=1.0), net=PerYear(12_345.0, 2000.0, 22_000.0),
    break_even=BreakEven(0.8, 0.3, 1.4), n=8000, grade=Grade.B, outside=(), caveats=(), reasons=(),
)  # fmt: skip


def said(text):
    return text.replace(NARROW, " ")


def headline(**changes):
    return sum_headline(replace(FOUND, **changes), EURO)


def sentence(**changes):
    return said(sum_sentence(replace(FOUND, **changes), EURO))


def test_the_winner_is_named_with_what_it_nets_more():
    assert headline() == "People rather than larger offers, by estimate"
    assert sentence() == (
        "Answering 37 of 100 within an hour is estimated to net € 12,000 a year more than giving 50 % of the loss to "
        "everyone (2,000 to 22,000)."
    )
    offers = {"winner": Winner.MORE, "net": PerYear(-3000.0, -5000.0, -1000.0), "more": way(100.0, share=0.5)}
    assert headline(**offers) == "Larger offers rather than people, by estimate"
    assert "Giving 50 % of the loss to 37 of 100 is estimated to net € 3,000 a year more" in sentence(**offers)
    assert "(1,000 to 5,000)" in sentence(**offers)


@pytest.mark.parametrize(
    ("grade", "hedge", "verb"),
    [("A", "offers", "nets €"), ("B", "by estimate", "is estimated"), ("C", "after adjustment", "goes with")],
)
def test_headline_and_verb_follow_the_grade(grade, hedge, verb):
    assert headline(grade=Grade(grade)).endswith(hedge)
    assert verb in sentence(grade=Grade(grade))


def test_what_pays_neither_way_is_not_recommended():
    assert headline(faster=way(-10.0, minutes=60.0)) == (
        "Not shown to pay either way; of the two, people net more, by estimate"
    )


def test_without_a_conclusion_no_number_is_said():
    said = (EarlierReason("No conclusion: test."),)
    nothing = {"grade": Grade.D, "winner": None, "net": None, "break_even": None, "reasons": said}
    assert headline(**nothing) == "People or offers? Can't be told yet"
    assert sentence(**nothing) == "No conclusion: test."
    assert break_even_sentence(replace(FOUND, **nothing), EURO) == ""
    assert sentence(winner=None, net=PerYear(1.0, -700.0, 900.0), reasons=(EarlierReason("Can't be told."),)) == (
        "Can't be told. The difference lies between −€ 700 and € 900 a year in favour of people."
    )


def test_without_a_price_it_says_what_to_set_and_where_it_turns():
    said = (EarlierReason("Set speed_cost_per_hour."),)
    unpriced = {"price": None, "winner": None, "net": None, "faster": None, "reasons": said}
    assert sentence(**unpriced) == "Set speed_cost_per_hour."
    ahead = sentence(**(unpriced | {"winner": Winner.MORE}))
    assert ahead.endswith("Even if they cost nothing, giving 50 % of the loss to everyone is estimated to net more.")


UNTIL = "People clearly net more while an hour sooner costs less than € 0.30"
MIDDLE = " (break-even € 0.80), by estimate."


@pytest.mark.parametrize(
    ("even", "says"),
    [
        ((0.8, 0.3, 1.4), f"{UNTIL}, offers clearly net more once it costs over € 1.40{MIDDLE}"),
        ((0.8, 0.3, inf), f"{UNTIL}{MIDDLE}"),
        ((0.0, 0.0, 1.4), "Offers clearly net more once it costs over € 1.40, by estimate."),
        ((0.0, 0.0, inf), "At no price of an hour sooner can it be told which of the two nets more."),
        ((0.0, 0.0, 0.0), "Larger offers net more whatever an hour sooner costs, by estimate."),
        ((inf, inf, inf), "People net more whatever an hour sooner costs, by estimate."),
    ],
)
def test_the_break_even_is_said_with_its_limits(even, says):
    turning = replace(FOUND, break_even=BreakEven(*even))
    assert said(break_even_sentence(replace(turning, price=None), EURO)) == says
    assert said(break_even_sentence(turning, EURO)) == f"{says} An hour sooner is declared to cost € 0.50."


def test_ways_are_named_as_promises_and_offers():
    names = [spending_name(way(minutes=m), EURO) for m in (15.0, 60.0, 240.0, 1440.0)]
    assert names == [f"Answered within {w}" for w in ("15 minutes", "an hour", "4 hours", "a day")]
    assert said(spending_name(way(share=0.25), EURO)) == "Given 25 % of the loss"
