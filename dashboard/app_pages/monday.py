"""Monday: one screen. What moved over time, who needs us now, what changed since the last run, what waits for you."""

import streamlit as st

from dashboard import states
from dashboard.cache import cached_run
from dashboard.frame import open_run
from dashboard.places.monday import changed, flow_line, headline, queue, table, waiting
from dashboard.said import say, small, title
from dashboard.scope import choose_scope
from dashboard.show import more
from dashboard.speech import speech_of
from dashboard.week import refusal
from pipelines.publish import journal
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
scope = choose_scope(run)
if said := headline(run, scope, speech):
    title(said)
else:
    states.not_estimable(speech.text("place.monday.asked"), refusal(run))
left, right = st.columns([2, 1], gap="large")
with left:
    if lines := table(run, scope, journal.decisions(local_store()), speech):
        st.html(lines)
    more(speech.text("place.monday.all"), "this_week", run)
with right:
    if who := queue(run, scope):
        st.subheader(speech.text("place.monday.queue"), anchor=False)
        for line in who:
            query = {"why": "silent", "channel": line.name}
            more(speech.text("place.monday.open", n=line.n, channel=line.name), "people", run, **query)
        if through := flow_line(run, scope, speech):
            small(through)
    if first := waiting(run, speech):
        st.subheader(speech.text("place.monday.waiting"), anchor=False)
        st.html(first)
        more(speech.text("place.monday.decide"), "decide", run)
    if before := run_before(run):
        st.subheader(speech.text("place.monday.since"), anchor=False)
        changes = changed(run, before, speech)
        for line_ in changes:
            say(line_)
        if not changes:
            small(speech.text("place.monday.nothing"))
