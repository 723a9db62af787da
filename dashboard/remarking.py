"""The forms that name a run or leave a note on it: lines of the journal, which change no run."""

import streamlit as st

from pipelines.errors import PublishError
from pipelines.publish import journal
from pipelines.publish.journal import Note, Pin
from pipelines.publish.store import Run, Store
from words.speech import PLAIN

LONGEST_NAME, LONGEST_NOTE = 80, 500


def remark_here(store: Store, run: Run, name: str) -> None:
    """A name for this run, which an empty one takes away, and a note to all of it."""
    left, right = st.columns(2)
    with left.form("name", border=False):
        label = st.text_input("Name", value=name, max_chars=LONGEST_NAME, placeholder="Q3 review")
        if st.form_submit_button("Keep this name") and _told(label) != name:
            _append(
                store, Pin(run.run_id, _told(label)), "The run has its name." if _told(label) else "It has no name."
            )
    with right.form("note", border=False, clear_on_submit=True):
        text = st.text_input("Note", max_chars=LONGEST_NOTE, placeholder="The storm of week 40 is in here.")
        if st.form_submit_button("Leave this note") and _told(text):
            _append(store, Note(run.run_id, "", _told(text)), "The note is kept.")


def _told(text: str) -> str:
    return " ".join(text.split())


def _append(store: Store, said: Pin | Note, done: str) -> None:
    try:
        journal.append(store, said)
    except PublishError as error:
        st.error(PLAIN.say(error.fault))
    else:
        st.success(done)
