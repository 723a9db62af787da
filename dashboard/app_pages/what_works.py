"""What works: the decision sentence, how sure it is, what hours, money and the rest buy, and what would overturn it."""

import streamlit as st

from dashboard.effects import leading_aim
from dashboard.frame import open_run
from dashboard.show import chart, lead, more, overturn

run = open_run("What works")
speed, compensation = leading_aim(run, "speed"), leading_aim(run, "compensation")
row = lead(run, speed, "what answering faster would change")
if row is None:
    more("What this data can and can't answer", "data", run)

hours, money = st.columns(2, gap="large")
with hours:
    if chart("speed_ladder", run, speed):
        more("More on speed", "speed", run)
with money:
    if chart("compensation_curve", run, compensation):
        more("More on compensation", "compensation", run)

rest, sure = st.columns(2, gap="large")
with rest:
    if chart("actions", run, speed):
        more("More on the actions", "five_actions", run)
with sure:
    if row:
        overturn(run, row)
        more("Why this grade", "trust", run)
