"""The closed sets of the ledger: what is asked, of what, what follows, and what that rests on."""

from enum import StrEnum


class Question(StrEnum):
    """What is asked. Whom an answer speaks of stands in the finding, as do its outcome and its horizon."""

    TRIAL = "trial"
    HOW_FAST = "how_fast"
    HOW_MUCH = "how_much"
    WHICH_FORM = "which_form"
    WHAT_ELSE = "what_else"
    FOR_WHOM = "for_whom"
    FASTER_OR_MORE = "faster_or_more"
    NEXT_SUM = "next_sum"
    WHAT_THEY_TELL = "what_they_tell"
    OUR_PLAN = "our_plan"


class Aspect(StrEnum):
    """What customers do afterwards, such as return, or what they say."""

    DEEDS = "deeds"
    WORDS = "words"


class Call(StrEnum):
    """What follows from a finding; the order is that of the ledger."""

    DO = "do"
    DONT = "dont"
    TEST = "test"
    CANT_TELL = "cant_tell"


class Decides(StrEnum):
    """What a call rests on.

    ``money``: net of its cost, a year. ``money_before_cost``: its cost isn't declared, so it pays below a price.
    ``outcome``: no sum can be put to it. ``no_difference``: all that is worth having is ruled out. ``zero``: the
    interval holds it. ``grade``: too weak to act on. ``chance``: too likely one of many by chance. ``nothing``: there
    is no estimate.
    """

    MONEY = "money"
    MONEY_BEFORE_COST = "money_before_cost"
    OUTCOME = "outcome"
    NO_DIFFERENCE = "no_difference"
    ZERO = "zero"
    GRADE = "grade"
    CHANCE = "chance"
    NOTHING = "nothing"
