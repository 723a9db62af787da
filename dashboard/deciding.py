"""The form that records a decision beside the run it rests on."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard.speech import speech_of
from pipelines.contracts.decided import Decision, decision, revision
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.tables.effect import Effect
from pipelines.errors import DecisionError, PublishError
from pipelines.publish import journal
from pipelines.publish.store import Run, local_store
from words.findings import headline, speaking, title
from words.speech import PLAIN

NO_EFFECT = "none of these"
WEEKS_AHEAD = 4


def promises(run: Run) -> dict[str, Effect]:
    """What a decision may rest on: the finding that speaks for each question, by its headline."""
    effects = {e.effect_id: e for e in run.effects if e.estimate is not None}
    rows = [r for r in speaking(run.findings) if r.effect_id in effects]
    return {headline(r, speech_of(run)): effects[r.effect_id] for r in rows if r.effect_id}


def decide_on(run: Run, row: Finding) -> None:
    """A decision that rests on a finding: what, who and by when."""
    speech = speech_of(run)
    effect = next((e for e in run.effects if row.effect_id and e.effect_id == row.effect_id), None)
    with st.form(f"decide_{row.question}", border=False):
        what = st.text_input("What was decided", title(row, speech))
        owner = st.text_input("Owner", row.owner or "")
        due = st.date_input("In force from", date.today() + timedelta(weeks=WEEKS_AHEAD))
        sent = st.form_submit_button("Record it")
    if sent:
        _record(run, what, owner, due, effect)


def decide_here(run: Run) -> None:
    """What, who and by when; an entry that can't be taken says what to correct."""
    found = promises(run)
    with st.form("decision", clear_on_submit=False, border=False):
        what = st.text_input("What was decided", placeholder="Answer everyone within 4 hours")
        left, right = st.columns(2)
        owner = left.text_input("Owner", placeholder="Head of customer relations")
        due = right.date_input("In force from", date.today() + timedelta(weeks=WEEKS_AHEAD))
        rests_on = st.selectbox("It rests on", [NO_EFFECT, *found])
        sent = st.form_submit_button("Record it")
    if sent:
        _record(run, what, owner, due, found.get(rests_on or NO_EFFECT))


def change_decision(run: Run, taken: Sequence[Decision]) -> None:
    """Other words, another owner or day for a decision, or its end; what it rests on stays."""
    speech = speech_of(run)
    chosen = st.selectbox(
        speech.text("place.memory.which"), list(reversed(taken)), format_func=lambda d: f"{d.sequence} · {d.what}",
        key="decision",
    )  # fmt: skip
    with st.form(f"change_{chosen.sequence}", border=False):
        what = st.text_input("What was decided", chosen.what)
        owner = st.text_input("Owner", chosen.owner)
        due = st.date_input("In force from", chosen.due)
        remark = st.text_input(speech.text("place.memory.remark"), chosen.remark)
        closed = st.checkbox(speech.text("place.memory.close"), chosen.closed)
        sent = st.form_submit_button(speech.text("place.memory.keep"))
    if sent:
        try:
            changed = revision(
                chosen, what=what, owner=owner, due=due, closed=closed, remark=remark, run_id=run.run_id
            )  # fmt: skip
            journal.append(local_store(), changed)
        except (DecisionError, PublishError) as error:
            st.error(PLAIN.say(error.fault))
            return
        st.success(speech.text("place.memory.kept"))


def _record(run: Run, what: str, owner: str, due: date, effect: Effect | None) -> None:
    """The entry in the journal; one that can't be taken says what to correct."""
    try:
        taken = decision(
            what=what, owner=owner, decided=date.today(), due=due, run_id=run.run_id, data_cut=run.data_cut,
            effect=effect,
        )  # fmt: skip
        number = journal.append(local_store(), taken).sequence
    except (DecisionError, PublishError) as error:
        st.error(PLAIN.say(error.fault))
        return
    st.success(f"Recorded as decision {number}.")
