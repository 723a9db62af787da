"""The part of the page Runs that makes a run again: its button, how far it is, and how it ended."""

from pathlib import Path

import streamlit as st

from dashboard import rerun
from dashboard.said import say
from dashboard.states import CHECK
from pipelines.errors import why
from pipelines.publish.store import Run, Store
from words.speech import PLAIN

EVERY_SECONDS = 2


def rerun_here(store: Store, run: Run) -> None:
    """A button that makes the run again over what its exports hold now; nothing where nobody knows how it was made."""
    made = run.manifest.made
    if made is None:
        return
    folder = rerun.working_folder()
    if "://" not in made.data and not (folder / made.data).is_dir():
        say(f"It can't be run from here: {made.data} isn't a folder seen from {folder}. Run the command where it is.")
        return
    if st.button("Run it again now", key="rerun", disabled=rerun.state(store.published).goes_on):
        try:
            rerun.start(store.published, rerun.words(made, store.published))
        except OSError as error:
            st.error(f"No run was started: {why(error)}. {CHECK} tells of the folder.")
            return
    _progress(store.published)


@st.fragment(run_every=EVERY_SECONDS)
def _progress(published: Path) -> None:
    now = rerun.state(published)
    if now.busy is not None:
        say(PLAIN.say(now.busy))
    if not now.tail:
        return
    st.code("\n".join(now.tail), language=None, wrap_lines=True)
    if now.goes_on:
        st.button("Cancel this run", key="cancel_rerun", on_click=rerun.cancel, args=(published,))
    else:
        st.caption("It has ended. Reload the page to see a new run in the list.")
