"""Runs: what has been published, which one you are reading, and how to make the next."""

import streamlit as st

from dashboard.frame import open_run
from dashboard.runs import run_list
from dashboard.show import table
from dashboard.states import MAKE_YOUR_RUN
from dashboard.store import current_run_id, list_runs, published_folder, run_names

run = open_run("Runs")
published = published_folder()
listed = list_runs(published)

st.title("One run is published" if len(listed) == 1 else f"{len(listed)} runs are published", anchor=False)
st.markdown("A run never changes. A link to a page carries its run, so it shows the same thing tomorrow.")
rows = run_list(listed, run_names(published), reading=run.run_id, current=current_run_id(published))
table(rows, "Published runs, newest first", "Incidents")

st.header("The next run", anchor=False)
st.markdown("Comparing runs and starting one from this page are not built yet. The command line makes the next run:")
st.code(MAKE_YOUR_RUN, language=None, wrap_lines=True)
