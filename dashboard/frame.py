"""What surrounds every page: the run it shows, the line that says so, and the states in which there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard import states
from dashboard.cache import cached_run
from dashboard.speech import speech_of
from dashboard.zones import zone
from pipelines.contracts.message import Fault
from pipelines.publish import journal
from pipelines.publish.store import (
    NoRunError,
    Run,
    Store,
    UnknownRunError,
    UnreadableRunError,
    local_store,
)
from words.speech import PLAIN

STYLE = Path(__file__).parent / "assets" / "look.css"
LANDING = Path(__file__).parent / "assets" / "land.html"
RUN = "run"
STALE_DAYS = 21


def open_run(page: str) -> Run:
    """The run that the address names, else the one this session reads, else the current one; pinned in the address.

    A link to a part of the page lands there however long that takes to stand. Writes the line with run, data cut and
    whether the data is simulated. Shows a state and ends the page when there is nothing to read.
    """
    st.html(STYLE)
    st.html(LANDING.read_text(), unsafe_allow_javascript=True)
    store = local_store()
    opened = _opened_or_state(store)
    run = opened.run
    if opened.trouble is None:
        st.query_params[RUN] = run.run_id
        st.session_state[RUN] = run.run_id
    _head(page, run)
    if opened.trouble is not None:
        states.shown_instead(opened.trouble, run.run_id)
    elif opened.current != run.run_id:
        states.newer_run(opened.current)
    if journal.flaws(store).any:
        states.journal_flawed()
    return run


@dataclass(frozen=True)
class Opened:
    """The run a page shows, the current one, and why it isn't the run that was asked for, where it isn't.

    Such a page pins nothing: once the run asked for is whole again, its link shows it again.
    """

    run: Run
    current: str
    trouble: Fault | None


def _head(page: str, run: Run) -> None:
    """The line and the link. A sample never grows, so only real data is said to be old."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(run_line(page, run))
        with st.popover("Copy link", type="tertiary"):
            st.caption("This page, this run and what is chosen on it. It shows the same tomorrow.")
            st.code(link(st.context.url or "", st.query_params.to_dict()), language=None, wrap_lines=True)
    if not run.profile.simulated and (old := (datetime.now(UTC).date() - run.data_cut).days) > STALE_DAYS:
        st.html(
            f'<p class="amends-note">The data ends {speech_of(run).count(old)} '
            "days ago: last week means the week before then. "
            "The page Runs has the command that makes a newer run.</p>"
        )
    if run.provisos:
        st.html(f'<p class="amends-note">{escape(speech_of(run).all(run.provisos))}</p>')


def link(page: str, query: Mapping[str, Any]) -> str:
    """The address of a page with what is chosen on it."""
    return f"{page.partition('?')[0]}?{urlencode(query, doseq=True)}"


def _opened_or_state(store: Store) -> Opened:
    try:
        standing = store.standing()
    except NoRunError:
        states.no_run(store.published)
    except UnreadableRunError as error:
        states.no_whole_run(PLAIN.say(error.fault))
    asked = st.query_params.get(RUN) or st.session_state.get(RUN) or standing.run_id
    try:
        store.check(asked)
        # An address that names the run shown instead of a broken one is no sign that nothing is broken.
        return Opened(cached_run(store, asked), standing.run_id, standing.trouble if asked == standing.run_id else None)
    except UnknownRunError:
        states.unknown_run(asked, standing.run_id)
    except UnreadableRunError as error:
        return _newest_readable(store, standing.run_id, error.fault)


def _newest_readable(store: Store, current: str, trouble: Fault) -> Opened:
    for run_id in store.whole_ids():
        try:
            return Opened(cached_run(store, run_id), current, trouble)
        except UnreadableRunError:
            continue
    return states.no_whole_run(PLAIN.say(trouble))


def run_line(page: str, run: Run) -> str:
    """Page, company, run and data cut as HTML; simulated data is named as such."""
    chip = '<span class="amends-chip">Simulated data</span>' if run.profile.simulated else ""
    parts = [f"<b>{escape(page)}</b>", escape(run.profile.title), f"run {escape(run.run_id)}"]
    return f'<p class="amends-runline">{" · ".join(parts)} · {_data_to(run)} {chip}</p>'


def _data_to(run: Run) -> str:
    """The data cut as a day, with the moment it ends in the company's own zone on hover."""
    speech = speech_of(run)
    end = datetime.combine(run.data_cut + timedelta(days=1), time(), UTC).astimezone(zone(run.profile.time_zone))
    return f'<span title="ends {escape(speech.moment(end))}">data to {speech.day(run.data_cut)}</span>'
