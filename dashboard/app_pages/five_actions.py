"""Five actions: how often each is done, and what it goes with, the others and speed held."""

import streamlit as st

from dashboard.controls import choose_aim
from dashboard.delivered import delivered_table
from dashboard.effects import leading_treatment
from dashboard.figures.actions import ACTIONS
from dashboard.frame import open_run
from dashboard.show import chart, refusal, table

run = open_run("Five actions")
aim = choose_aim(run, leading_treatment(run, tuple(ACTIONS)))
st.title("What else wins people back, beyond speed and money?", anchor=False)
if not chart("actions", run, aim):
    st.markdown(refusal(run, aim))

st.header("How often each is done today", anchor=False)
if delivered := delivered_table(run.measures):
    st.markdown("Share of the incidents in which it is known, with 95 % interval; unknown is never read as no.")
    table(delivered, "How often each action is done", "Done in", "Known in")
else:
    st.markdown("The exports don't say what was done in a contact. Map action in interactions.")
