"""The part of a page that says where the next sum of money goes; it alone reruns when the sum changes."""

import streamlit as st

from dashboard.next_sum import (
    USUAL_SUM,
    spending_table,
    spent_either_way,
    sum_facts,
    sum_support,
    unspent_sentence,
    why_no_sum,
)
from dashboard.said import finding, say, small
from dashboard.scenario import ANSWERED_ONLY
from dashboard.show import more, strip, table
from dashboard.speech import speech_of
from pipelines.publish.store import Run
from words.next_sums import break_even_sentence, sum_headline, sum_sentence
from words.speech import Speech

PEOPLE_OR_OFFERS = "The next sum: people or offers?"


def asked_of_sums(speech: Speech) -> str:
    """The question as pages link to it: "The next € 100,000: people or offers?"."""
    return f"The next {speech.money(USUAL_SUM)}: people or offers?"


def link_to_sums(run: Run) -> None:
    """A link to the question on the page Policy."""
    more(asked_of_sums(speech_of(run)), "policy", run, PEOPLE_OR_OFFERS)


@st.fragment
def people_or_offers(run: Run) -> None:
    """The sum, who wins, what each brings, at which price of an hour that turns, and every way to spend it."""
    speech = speech_of(run)
    if reason := why_no_sum(run):
        say(reason)
        return
    who = run.profile.customers_word
    given = st.number_input(
        f"So much more a year, {speech_of(run).symbol}".rstrip(", "), min_value=1, value=USUAL_SUM,
        step=10_000, key="sum", bind="query-params", width=240,
    )  # fmt: skip
    total = float(given or USUAL_SUM)
    found, every = spent_either_way(run, total)
    speech = speech_of(run)
    finding(sum_headline(found, speech))
    say(sum_sentence(found, speech))
    if even := break_even_sentence(found, speech):
        say(even)
    if facts := sum_facts(found, who, speech):
        say(ANSWERED_ONLY)
        strip(facts)
    if every:
        if short := unspent_sentence(every, total, speech):
            finding(short)
        numbers = ("Reaches", "Costs a year", f"More {who} back a year", "Net a year", "Fewest so in a segment")
        table(
            spending_table(every, who, speech),
            f"What each way brings of at most {speech.money(total)} a year",
            speech,
            *numbers,
        )
    if found.more:
        small(sum_support(found, run))
