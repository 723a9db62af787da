"""Memory: what was decided, mended, happened and said on one time line, and what became of each decision."""

import streamlit as st

from dashboard.charts.lanes import image
from dashboard.deciding import change_decision, decide_here
from dashboard.figures.drawn import ChartId
from dashboard.frame import open_run
from dashboard.places.memory import headline, table, time_line
from dashboard.said import small, title
from dashboard.show import chart, more, section
from dashboard.show import table as html_table
from dashboard.speech import speech_of
from pipelines.publish import journal
from pipelines.publish.store import local_store

run = open_run("Memory")
speech, store = speech_of(run), local_store()
taken = journal.decisions(store)
title(headline(taken, run, speech))
plate = time_line(run, store, speech)
if plate.lanes:
    st.html(image(plate))
if taken:
    html_table(table(taken, run), "Every decision, the latest first", speech)
    small(speech.text("place.memory.rule"))
left, right = st.columns(2, gap="large")
with left, st.expander(speech.text("place.memory.record"), expanded=not taken):
    decide_here(run)
if taken:
    with right, st.expander(speech.text("place.memory.change")):
        change_decision(run, taken)
section(speech.text("place.memory.fixes"))
if not chart(ChartId.FIXES, run, ""):
    small(speech.text("place.memory.no_fix"))
more("Every root cause", "incidents", run)
