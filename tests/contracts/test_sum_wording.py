"""What is said of the next sum follows from its numbers and claims no more than its grade."""

from math import inf

import pytest

from pipelines.contracts.sum_wording import break_even_sentence, sum_headline, sum_sentence, way_name


def way(low=1000.0, **changes):
    net = {"value": low + 500.0, "low": low, "high": low + 1000.0}
    return {"minutes": None, "share": None, "reached": 0.37, "net": net} | changes


def found(**changes):
    return {
        "winner": "faster", "unit": "EUR", "grade": "B", "price": 0.5, "reason": "",
        "faster": way(minutes=60.0), "more": way(-2000.0, share=0.5, reached=1.0),
        "net": {"value": 12_345.0, "low": 2000.0, "high": 22_000.0},
        "break_even": {"price": 0.8, "low": 0.3, "high": 1.4},
    } | changes  # fmt: skip


def test_the_winner_is_named_with_what_it_nets_more():
    assert sum_headline(found()) == "People rather than larger offers, by estimate"
    assert sum_sentence(found()) == (
        "Answering 37 of 100 within an hour is estimated to net €\u202f12,000 a year more than giving 50 % of the loss "
        "to everyone (2,000 to 22,000)."
    )
    offers = found(winner="more", net={"value": -3000.0, "low": -5000.0, "high": -1000.0}, more=way(100.0, share=0.5))
    assert sum_headline(offers) == "Larger offers rather than people, by estimate"
    assert "Giving 50 % of the loss to 37 of 100 is estimated to net €\u202f3,000 a year more" in sum_sentence(offers)
    assert "(1,000 to 5,000)" in sum_sentence(offers)


@pytest.mark.parametrize(
    ("grade", "hedge", "verb"),
    [("A", "offers", "nets €"), ("B", "by estimate", "is estimated"), ("C", "after adjustment", "goes with")],
)
def test_headline_and_verb_follow_the_grade(grade, hedge, verb):
    assert sum_headline(found(grade=grade)).endswith(hedge)
    assert verb in sum_sentence(found(grade=grade))


def test_what_pays_neither_way_is_not_recommended():
    poor = found(faster=way(-10.0, minutes=60.0))
    assert sum_headline(poor) == "Not shown to pay either way; of the two, people net more, by estimate"


def test_without_a_conclusion_no_number_is_said():
    nothing = found(grade="D", winner="", net=None, break_even=None, reason="No conclusion: test.")
    assert sum_headline(nothing) == "People or offers? Can't be told yet"
    assert sum_sentence(nothing) == "No conclusion: test."
    assert break_even_sentence(nothing) == ""
    unclear = found(winner="", net={"value": 1.0, "low": -700.0, "high": 900.0}, reason="Can't be told.")
    assert sum_sentence(unclear) == (
        "Can't be told. The difference lies between −€\u202f700 and €\u202f900 a year in favour of people."
    )


def test_without_a_price_it_says_what_to_set_and_where_it_turns():
    unpriced = found(price=None, winner="", net=None, faster=None, reason="Set speed_cost_per_hour.")
    assert sum_sentence(unpriced) == "Set speed_cost_per_hour."
    ahead = sum_sentence(unpriced | {"winner": "more"})
    assert ahead.endswith("Even if they cost nothing, giving 50 % of the loss to everyone is estimated to net more.")


UNTIL = "People clearly net more while an hour sooner costs less than €\u202f0.30"
MIDDLE = " (break-even €\u202f0.80), by estimate."


@pytest.mark.parametrize(
    ("even", "says"),
    [
        ((0.8, 0.3, 1.4), f"{UNTIL}, offers clearly net more once it costs over €\u202f1.40{MIDDLE}"),
        ((0.8, 0.3, inf), f"{UNTIL}{MIDDLE}"),
        ((0.0, 0.0, 1.4), "Offers clearly net more once it costs over €\u202f1.40, by estimate."),
        ((0.0, 0.0, inf), "At no price of an hour sooner can it be told which of the two nets more."),
        ((0.0, 0.0, 0.0), "Larger offers net more whatever an hour sooner costs, by estimate."),
        ((inf, inf, inf), "People net more whatever an hour sooner costs, by estimate."),
    ],
)
def test_the_break_even_is_said_with_its_limits(even, says):
    price, low, high = even
    turning = {"price": price, "low": low, "high": high}
    assert break_even_sentence(found(break_even=turning, price=None)) == says
    declared = "An hour sooner is declared to cost €\u202f0.50."
    assert break_even_sentence(found(break_even=turning)) == f"{says} {declared}"


def test_ways_are_named_as_promises_and_offers():
    names = [way_name(way(minutes=m)) for m in (15.0, 60.0, 240.0, 1440.0)]
    assert names == [f"Answered within {w}" for w in ("15 minutes", "an hour", "4 hours", "a day")]
    assert way_name(way(share=0.25)) == "Given 25 % of the loss"
