"""The part of a page that answers scenarios; it alone reruns when a slider moves."""

from dataclasses import asdict

import streamlit as st

from dashboard.said import say, small
from dashboard.scenario import ANSWERED_ONLY, answered_by, ask, possible, scenario_facts, support_sentence, why_none
from dashboard.show import strip
from pipelines.contracts.numerals import write_as
from pipelines.contracts.policy_wording import scenario_sentence
from pipelines.policy.plans.next_sum import price_of
from pipelines.publish.store import Run


@st.fragment
def what_if(run: Run) -> None:
    """Sliders and their answer: a sentence, three figures, and how many cases stand behind it."""
    write_as(run.locale)
    asked = possible(run)
    if asked is None:
        say(why_none(run))
        return
    request = ask(asked)
    if request.minutes is None and request.share is None:
        st.markdown("Move a slider: nothing is changed yet.")
        return
    found, who = answered_by(run, request), run.profile.customers_word
    say(scenario_sentence(asdict(found), who))
    say(ANSWERED_ONLY)
    strip(scenario_facts(found, who, run.profile.currency, price_of(run.scenario_cells)))
    small(support_sentence(found))
