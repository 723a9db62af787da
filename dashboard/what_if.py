"""The part of a page that answers scenarios; it alone reruns when a slider moves."""

import streamlit as st

from dashboard.said import say, small
from dashboard.scenario import ANSWERED_ONLY, answered_by, ask, possible, scenario_facts, support_sentence, why_none
from dashboard.show import strip
from dashboard.speech import speech_of
from pipelines.policy.plans.next_sum import price_of
from pipelines.publish.store import Run
from words.next_sums import scenario_sentence


@st.fragment
def what_if(run: Run) -> None:
    """Sliders and their answer: a sentence, three figures, and how many cases stand behind it."""
    asked = possible(run)
    if asked is None:
        say(why_none(run))
        return
    request = ask(run, asked, speech_of(run))
    if request.minutes is None and request.share is None:
        st.markdown("Move a slider: nothing is changed yet.")
        return
    found, who, speech = answered_by(run, request), run.profile.customers_word, speech_of(run)
    say(scenario_sentence(found, speech))
    say(ANSWERED_ONLY)
    strip(scenario_facts(found, who, speech, price_of(run.scenario_cells)))
    small(support_sentence(found, run))
