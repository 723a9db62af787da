"""Five actions: how often each is done, and what it goes with, the others and speed held."""

import streamlit as st

from dashboard.controls import choose_aim
from dashboard.delivered import delivered_table
from dashboard.effects import leading_treatment
from dashboard.figures.drawn import ChartId
from dashboard.frame import open_run
from dashboard.lookup import described
from dashboard.promises import CHANGE, promise_assumption, promise_sentence, promise_table
from dashboard.said import say
from dashboard.show import chart, refusal, section, table
from dashboard.speech import speech_of
from pipelines.contracts.catalog.treatments import ACTIONS

run = open_run("Five actions")
speech = speech_of(run)
aim = choose_aim(run, leading_treatment(run, ACTIONS))
st.title("What else wins people back, beyond speed and money?", anchor=False)
if not chart(ChartId.ACTIONS, run, aim):
    say(refusal(run, aim))

st.header("How often each is done today", anchor=False)
if delivered := delivered_table(described(run), speech):
    say("Share of the incidents in which it is known, with 95 % interval; unknown is never read as no.")
    table(delivered, "How often each action is done", speech, "Done in", "Known in")
else:
    st.markdown("The exports don't say what was done in a contact. Map action in interactions.")

section("Promises kept and broken", promise_assumption(run))
say(promise_sentence(run))
effects, why = promise_table(run)
if effects:
    table(effects, "What keeping or breaking a promise goes with", speech, CHANGE, "Not adjusted", "Cases")
elif why != promise_sentence(run):
    say(why)
