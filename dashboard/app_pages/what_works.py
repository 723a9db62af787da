"""What works: the decision sentence, how sure it is, and what hours and money buy."""

import streamlit as st

from dashboard.effects import leading_aim
from dashboard.frame import open_run
from dashboard.show import chart, lead, more

run = open_run("What works")
speed, compensation = leading_aim(run, "speed"), leading_aim(run, "compensation")
if lead(run, speed, "what answering faster would change"):
    more("Why this grade, and what would overturn it", "trust", run)
else:
    more("What this data can and can't answer", "data", run)

hours, money = st.columns(2, gap="large")
with hours:
    if chart("speed_ladder", run, speed):
        more("More on speed", "speed", run)
with money:
    if chart("compensation_curve", run, compensation):
        more("More on compensation", "compensation", run)
