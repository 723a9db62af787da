"""Speed: what each promise gains, adjusted beside raw, and the whole curve with its support."""

import streamlit as st

from dashboard.controls import choose_aim, choose_slice, choose_view
from dashboard.figures.drawn import ChartId
from dashboard.filters import added_up, cells_of
from dashboard.frame import open_run
from dashboard.lookup import described
from dashboard.places.answers import as_fact, of_level
from dashboard.return_rates import RETURNS
from dashboard.said import small
from dashboard.show import chart, lead, section, strip, table
from dashboard.speech import speech_of
from dashboard.waiting import ANSWERED, waiting_table
from pipelines.contracts.catalog.treatments import SPEED
from pipelines.contracts.ledger.codes import Question

run = open_run("Speed")
speech = speech_of(run)
aim = choose_aim(run, SPEED)
row = lead(run, aim, "what answering faster would change")
if row and row.outcome in RETURNS and not row.segment and row.level_to:
    told = of_level(run, Question.HOW_FAST, row.level_to)
    if told and (worth := as_fact(told, speech)):
        strip([worth])
chart(ChartId.SPEED_LADDER, run, aim)
if not chart(ChartId.SPEED_CURVE, run, aim) and row:
    st.caption("The whole curve is published for everyone only.")
if row:
    chart(ChartId.SPEED_BY_PART, run, choose_slice(run, aim))

section("How long people wait today", "Counted, not adjusted; 95 % intervals. Those still waiting count as waiting.")
chart(ChartId.WAITING, run, "")
view = choose_view(run, ANSWERED)
if waits := waiting_table(described(run), view, speech):
    table(waits, "Waiting for a person", speech, *list(waits[0])[1:])
    small(added_up(cells_of(described(run)), ANSWERED, view.segments, speech))
else:
    st.markdown("The exports don't say who answered when. Add interactions (incident_id, contacted_at, actor).")
