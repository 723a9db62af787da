"""What is kept between reruns and shared between readers. A published run never changes, so its id is the key."""

from datetime import timedelta

import streamlit as st

from dashboard.effects import Question
from dashboard.figures.drawn import ChartId, Drawn
from dashboard.figures.registry import CHARTS
from dashboard.figures.theme import palette
from pipelines.publish.store import Run, Store

RUNS_KEPT, CHARTS_KEPT = 8, 256
# A run that is kept isn't pruned, so one that nobody has opened for so long is let go.
KEPT_FOR = timedelta(hours=1)


def _seen_by(store: Store) -> str:
    return f"{store.published.resolve()} {store.actor} {store.scope}"


@st.cache_resource(max_entries=RUNS_KEPT, ttl=KEPT_FOR, show_spinner=False, hash_funcs={Store: _seen_by})
def cached_run(store: Store, run_id: str) -> Run:
    """One run, read once. Raises the store's errors, which are never kept."""
    return store.run(run_id)


@st.cache_resource(max_entries=CHARTS_KEPT, show_spinner=False, hash_funcs={Run: lambda run: run.run_id})
def cached_chart(chart_id: ChartId, run: Run, question: Question, theme: str | None) -> Drawn | None:
    """One chart of one run, drawn once per theme. Nobody may change the figure: readers share it."""
    return CHARTS[chart_id].draw(run, question, palette(theme))
