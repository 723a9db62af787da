"""The form by which work on cases is kept in the journal: who takes them, what was said, done, or put off."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard.speech import speech_of
from pipelines.contracts.tables.worklist import LostCase
from pipelines.contracts.worklist import CaseWork, Did, Standing
from pipelines.errors import PublishError
from pipelines.publish import journal
from pipelines.publish.store import Run, local_store
from words.speech import PLAIN

LONGEST_COMMENT, PUT_OFF_DAYS = 500, 14
KEPT = "work_kept"


def work_form(run: Run, cases: Sequence[LostCase], work: Mapping[str, Standing]) -> None:
    """What to do about the marked cases, all at once; nothing is asked while none is marked."""
    speech = speech_of(run)
    if said := st.session_state.pop(KEPT, ""):
        st.success(said)
    if not cases:
        st.caption(speech.text("place.people.mark"))
        return
    with st.form("work", border=True):
        st.markdown(speech.text("place.people.marked", n=len(cases)))
        left, middle, right = st.columns(3)
        did = left.selectbox(speech.text("place.people.do"), list(Did), format_func=speech.label)
        owner = middle.text_input(speech.text("place.people.owner"), _one_owner(cases, work))
        until = right.date_input(speech.text("place.people.until"), date.today() + timedelta(days=PUT_OFF_DAYS))
        text = st.text_input(speech.text("place.people.comment"), max_chars=LONGEST_COMMENT)
        sent = st.form_submit_button(speech.text("place.people.keep"), type="primary")
    if sent and did:
        _keep(run, cases, did, owner.strip(), until, text.strip())


def _one_owner(cases: Sequence[LostCase], work: Mapping[str, Standing]) -> str:
    owners = {work.get(c.incident_id, Standing()).owner for c in cases}
    return owners.pop() if len(owners) == 1 else ""


def _keep(run: Run, cases: Sequence[LostCase], did: Did, owner: str, until: date, text: str) -> None:
    speech = speech_of(run)
    if (did is Did.ASSIGNED and not owner) or (did is Did.COMMENTED and not text):
        st.error(speech.text("place.people.lacks"))
        return
    ids = tuple(c.incident_id for c in cases)
    kept = CaseWork(run.run_id, ids, did, owner if did is Did.ASSIGNED else "", until if did is Did.SNOOZED else None,
                    " ".join(text.split()))  # fmt: skip
    try:
        journal.append(local_store(), kept)
    except PublishError as error:
        st.error(PLAIN.say(error.fault))
        return
    st.session_state[KEPT] = speech.text("place.people.kept", n=len(ids))
    st.rerun()
