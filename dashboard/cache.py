"""What is kept between reruns and shared between readers: a published run never changes, so its id is the key."""

from pathlib import Path

import streamlit as st

from dashboard.store import Run, read_run

RUNS_KEPT = 8


@st.cache_resource(max_entries=RUNS_KEPT, show_spinner=False)
def cached_run(published: str, run_id: str) -> Run:
    """One run, read once. Raises the store's errors, which are never kept."""
    return read_run(Path(published), run_id)
