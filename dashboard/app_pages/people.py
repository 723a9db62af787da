"""People: every case that needs somebody, what would still help it, who has it, and what was done."""

from datetime import date

import streamlit as st

from dashboard import states
from dashboard.controls import choose_case_filters
from dashboard.frame import open_run
from dashboard.places.people import PAGE, cases_of, finding_of, headline, table, what_happened, worth
from dashboard.said import say, small, title
from dashboard.scope import choose_scope, holds
from dashboard.show import csv_button, more, section
from dashboard.show import table as html_table
from dashboard.speech import speech_of
from dashboard.stakes import stake_refusal, stake_table
from dashboard.working import work_form
from dashboard.worklist import COMMAND, file_notes
from pipelines.contracts.worklist import Standing
from pipelines.publish import journal
from pipelines.publish.store import local_store
from words.findings import headline as finding_headline
from words.findings import how_sure

run = open_run("People")
speech = speech_of(run)
store, today = local_store(), date.today()
work = journal.work(store)
if not run.worklist:
    states.not_estimable(speech.text("place.people.asked"), stake_refusal(run))
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    scope = choose_scope(run)
    chosen = choose_case_filters(run, scope)
title(headline((c for c in run.worklist if holds(scope, c)), work, today, speech))
listed = cases_of(run, chosen, work, today)
small(*filter(None, (speech.text("place.people.listed", n=len(listed)), worth(listed, speech))))
if listed:
    pages = -(-len(listed) // PAGE)
    page = (
        st.number_input(speech.text("place.people.page", n=pages), 1, pages, key="page", width=140) if pages > 1 else 1
    )
    shown = listed[(page - 1) * PAGE : page * PAGE]
    picked = st.dataframe(
        table(run, shown, work), hide_index=True, on_select="rerun", selection_mode="multi-row", key=f"cases_{page}",
        height=min(36 * len(shown) + 40, 560),
    )  # fmt: skip
    marked = [shown[i] for i in picked["selection"]["rows"] if i < len(shown)]
    work_form(run, marked, work)
    if len(marked) == 1 or (chosen.case and len(listed) == 1):
        case = marked[0] if marked else listed[0]
        section(speech.text("place.people.one", case=case.incident_id), what_happened(case))
        say(speech.say(case.next_step))
        if (row := finding_of(run, case.action)) is not None:
            small(f"{finding_headline(row, speech)} {how_sure(row.grade, speech)}.")
            more(speech.text("place.monday.decide"), "decide", run)
        if case.standard_offer is not None:
            small(speech.text("place.people.promised", offer=speech.say(case.standard_offer)))
        for comment in work.get(case.incident_id, Standing()).comments:
            st.text(comment)
    csv_button(listed, "worklist", run, file_notes(run))
with st.expander(speech.text("place.people.closed")):
    if lines := stake_table(run):
        html_table(lines, "What became of the closed cases", speech, "Cases", "Of closed cases")
    st.code(f"{COMMAND}\n{COMMAND} --with-contacts --data DIR --profile NAME_OR_DIR", language=None, wrap_lines=True)
