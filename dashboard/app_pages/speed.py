"""Speed: what each promise gains, adjusted beside raw, and the whole curve with its support."""

import streamlit as st

from dashboard.controls import choose_aim, choose_dimension
from dashboard.frame import open_run
from dashboard.show import chart, lead, table
from dashboard.waiting import ANSWERED, waiting_table

run = open_run("Speed")
aim = choose_aim(run, "speed")
lead(run, aim, "what answering faster would change")
chart("speed_ladder", run, aim)
chart("speed_curve", run, aim)

st.header("How long people wait today", anchor=False)
if dimension := choose_dimension(run.measures, ANSWERED):
    st.markdown("Counted as it happened, with 95 % intervals; those still waiting count as waiting. Slowest first.")
    waits = waiting_table(run.measures, dimension)
    table(waits, "Waiting for a person", *list(waits[0])[1:])
else:
    st.markdown("The exports don't say who answered when. Add interactions (incident_id, contacted_at, actor).")
