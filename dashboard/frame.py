"""What surrounds every page: the run it shows, the line that says so, and the states in which there is none."""

from html import escape
from pathlib import Path

import streamlit as st

from dashboard import states
from dashboard.cache import cached_run
from dashboard.formats import day
from dashboard.store import NoRunError, Run, UnknownRunError, UnreadableRunError, current_run_id, published_folder

STYLE = Path(__file__).parent / "assets" / "look.css"
RUN = "run"


def open_run(page: str) -> Run:
    """The run that the address names, else the one this session reads, else the current one; pinned in the address.

    Writes the line with run, data cut and whether the data is simulated. Shows a state and ends the page when there
    is nothing to read.
    """
    st.html(STYLE)
    published = published_folder()
    run = _run_or_state(published)
    st.query_params[RUN] = run.run_id
    st.session_state[RUN] = run.run_id
    st.html(run_line(page, run))
    if (current := current_run_id(published)) != run.run_id:
        states.newer_run(current)
    return run


def _run_or_state(published: Path) -> Run:
    try:
        current = current_run_id(published)
    except NoRunError:
        states.no_run(published)
    asked = st.query_params.get(RUN) or st.session_state.get(RUN) or current
    try:
        return cached_run(str(published.resolve()), asked)
    except UnknownRunError:
        states.unknown_run(asked, current)
    except UnreadableRunError as error:
        states.unreadable_run(str(error), asked, current)


def run_line(page: str, run: Run) -> str:
    """Page, company, run and data cut as HTML; simulated data is named as such."""
    chip = '<span class="amends-chip">Simulated data</span>' if run.profile["simulated"] else ""
    parts = [f"<b>{escape(page)}</b>", escape(run.profile["title"]), f"run {escape(run.run_id)}"]
    return f'<p class="amends-runline">{" · ".join(parts)} · data to {day(run.data_cut)} {chip}</p>'
