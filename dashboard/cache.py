"""What is kept between reruns and shared between readers. A published run never changes, so its id is the key."""

from pathlib import Path

import streamlit as st

from dashboard.effects import Question
from dashboard.figures.drawn import Drawn
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import palette
from pipelines.publish.store import Run, read_run

RUNS_KEPT, CHARTS_KEPT = 8, 256


@st.cache_resource(max_entries=RUNS_KEPT, show_spinner=False)
def cached_run(published: str, run_id: str) -> Run:
    """One run, read once. Raises the store's errors, which are never kept."""
    return read_run(Path(published), run_id)


@st.cache_resource(max_entries=CHARTS_KEPT, show_spinner=False, hash_funcs={Run: lambda run: run.run_id})
def cached_chart(chart_id: str, run: Run, question: Question, theme: str | None) -> Drawn | None:
    """One chart of one run, drawn once per theme. Nobody may change the figure: readers share it."""
    return CHARTS[chart_id].draw(run, question, palette(theme))
