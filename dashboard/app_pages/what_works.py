"""What works: the decision sentence, how sure it is, and what hours and money buy."""

import streamlit as st

from dashboard.effects import leading_aim
from dashboard.frame import open_run
from dashboard.show import chart, lead, more

run = open_run("What works")
speed, compensation = leading_aim(run, "speed"), leading_aim(run, "compensation")
lead(run, speed, "what answering faster would change")
more("Why this grade, and what would overturn it", "trust", run)

hours, money = st.columns(2, gap="large")
with hours:
    chart("speed_ladder", run, speed)
    more("More on speed", "speed", run)
with money:
    chart("compensation_curve", run, compensation)
    more("More on compensation", "compensation", run)
