"""Monday: one screen. What moved over time, who needs us now, what changed since the last run, what waits for you."""

import streamlit as st

from dashboard import states
from dashboard.cache import cached_run
from dashboard.frame import open_run
from dashboard.places.monday import changed, headline, queue, table, waiting
from dashboard.said import say, small, title
from dashboard.show import more
from dashboard.speech import speech_of
from dashboard.week import refusal
from pipelines.publish.store import Run, StoreError, local_store


def run_before(run: Run) -> Run | None:
    """The run published before this one; None where there is none that can be read."""
    store = local_store()
    earlier = [run_id for run_id in store.run_ids() if run_id < run.run_id]
    try:
        return cached_run(store, earlier[-1]) if earlier else None
    except StoreError:
        return None


run = open_run("Monday")
speech = speech_of(run)
if said := headline(run, speech):
    title(said)
else:
    states.not_estimable(speech.text("place.monday.asked"), refusal(run))
left, right = st.columns([2, 1], gap="large")
with left:
    if lines := table(run, speech):
        st.html(lines)
    more(speech.text("place.monday.all"), "this_week", run)
with right:
    if who := queue(run, speech):
        st.subheader(speech.text("place.monday.queue"), anchor=False)
        st.html(who)
        more(speech.text("place.monday.cases"), "not_yet_won_back", run)
    if first := waiting(run, speech):
        st.subheader(speech.text("place.monday.waiting"), anchor=False)
        st.html(first)
        more(speech.text("place.monday.decide"), "decide", run)
    if before := run_before(run):
        st.subheader(speech.text("place.monday.since"), anchor=False)
        moved = changed(run, before, speech)
        for line in moved:
            say(line)
        if not moved:
            small(speech.text("place.monday.nothing"))
