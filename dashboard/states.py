"""What a page says when it has nothing to show: what happened, and what to do next. Each of them ends the page."""

from html import escape
from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard.said import say, title
from pipelines.contracts.message import Fault
from words.speech import PLAIN

MAKE_A_RUN = "make run"
MAKE_YOUR_RUN = "amends run --data DIR --profile NAME_OR_DIR"
CHECK = "amends check"


def no_run(published: Path) -> NoReturn:
    """Nothing published yet: the two commands that make a run."""
    st.title("There is no run to show yet", anchor=False)
    st.markdown(f"Amends shows what has been published in `{published}`, and nothing has. Make the first run:")
    st.markdown("**From the sample**, a simulated company")
    st.code(MAKE_A_RUN, language=None, wrap_lines=True)
    st.markdown("**From your own exports**")
    st.code(MAKE_YOUR_RUN, language=None, wrap_lines=True)
    st.caption("Then reload this page. Published elsewhere? Set `AMENDS_PUBLISHED` to that folder and start again.")
    st.stop()


def unknown_run(asked: str, current: str) -> NoReturn:
    """The address names a run that this folder doesn't hold."""
    st.title("This link names a run that isn't here", anchor=False)
    say(
        f"No run {asked} is in this published folder. It may have been made on another machine, "
        "or the link was cut short."
    )
    _offer(current)
    st.stop()


def no_whole_run(message: str) -> NoReturn:
    """There are runs, and none can be shown; nothing of them is guessed."""
    st.title("No run can be read", anchor=False)
    say(f"{message} Nothing of it is shown.")
    st.code(CHECK, language=None, wrap_lines=True)
    st.code(MAKE_YOUR_RUN, language=None, wrap_lines=True)
    st.stop()


def shown_instead(trouble: Fault, run_id: str) -> None:
    """A line above the page: what was asked for can't be shown, so the newest whole run is."""
    said = escape(f"{PLAIN.say(trouble)} You are reading {run_id}, the newest run that is whole.", quote=False)
    st.html(f'<p class="amends-note" role="status">{said} <code>{CHECK}</code> names what is broken.</p>')


def journal_flawed() -> None:
    """A line above the page: names, notes and decisions aren't all that was written."""
    st.html(
        '<p class="amends-note" role="status">Some names, notes or decisions can\'t be read, so they aren\'t shown. '
        f"<code>{CHECK}</code> says which.</p>"
    )


def not_estimable(asked: str, reason: str) -> None:
    """The page goes on, but its question has no answer on this data; the reason says what to add."""
    title(f"This data can't say {asked}")
    say(reason)


def newer_run(current: str) -> None:
    """A line above the page: the reader stays on the pinned run until they choose the newer one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"You are reading an earlier run. **{current}** is the current one.")
        _offer(current)


def _offer(current: str) -> None:
    st.button("Read the current run", on_click=_read, args=(current,), key="read_current")


def _read(run_id: str) -> None:
    st.query_params["run"] = run_id
    st.session_state["run"] = run_id
