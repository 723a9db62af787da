"""Decide: one card a question, what follows from it, and the evidence behind it, all from the ledger."""

import streamlit as st

from dashboard import states
from dashboard.deciding import decide_on
from dashboard.frame import open_run
from dashboard.places.cards import card, cards, five_actions, summary, untold, untold_list
from dashboard.places.evidence import evidence
from dashboard.said import small, title
from dashboard.show import section
from dashboard.speech import speech_of
from pipelines.contracts.ledger.codes import Call
from words import findings as say

ACROSS = 3

run = open_run("Decide")
speech = speech_of(run)
if not run.findings:
    states.not_estimable(speech.text("place.decide.asked"), speech.text("place.decide.older"))
else:
    title(summary(run, speech))
    shown = cards(run)
    for first in range(0, len(shown), ACROSS):
        for column, finding in zip(st.columns(ACROSS, gap="medium"), shown[first : first + ACROSS], strict=False):
            with column:
                st.html(card(finding, run, speech))
                decides = finding.call in (Call.DO, Call.DONT)
                with st.container(horizontal=True):
                    with st.popover(speech.text("place.decide_it" if decides else "place.test_it"), type="primary"):
                        if not decides and (test := say.test_line(finding, speech)):
                            small(test)
                        decide_on(run, finding)
                    with st.popover(speech.text("place.evidence"), type="tertiary"):
                        evidence(run, finding)
    if untold(run):
        section(speech.text("place.untold"))
        st.html(untold_list(run, speech))
    if actions := five_actions(run, speech):
        section(speech.text("place.actions"))
        st.html(actions)
