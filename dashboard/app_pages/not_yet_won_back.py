"""Not yet won back: closed in the books, lost in fact. How many, worth what, who next, and which causes come back."""

import streamlit as st

from dashboard import states
from dashboard.causes import fixes_sentence
from dashboard.controls import choose_cases
from dashboard.figures.drawn import ChartId
from dashboard.figures.fixes import NO_FIX
from dashboard.frame import open_run
from dashboard.said import say, small
from dashboard.show import chart, csv_button, mood, more, section, table
from dashboard.speech import speech_of
from dashboard.stakes import beside_won_back, stake_headline, stake_refusal, stake_table
from dashboard.worklist import COMMAND, SPENT, file_notes, listed, narrowed, worklist_table

WITH_CONTACTS = f"{COMMAND} --with-contacts --data DIR --profile NAME_OR_DIR"

run = open_run("Not yet won back")
speech = speech_of(run)
if said := stake_headline(run):
    mood(said, speech)
    table(stake_table(run), "What became of the closed cases", speech, "Cases", "Of closed cases")
    if beside := beside_won_back(run):
        small(beside)
else:
    states.not_estimable("who is closed but not won back", stake_refusal(run))

if said:
    section("Worklist", "By case number, most at stake first. Contacts are joined on your machine, never in a run.")
    cases = narrowed(run, choose_cases(run))
    if lines := worklist_table(run, cases):
        table(lines, "Cases closed but not known to be won back, the most valuable first", speech, SPENT)
        small(listed(run, cases))
        csv_button(cases, "worklist", run, file_notes(run))
    else:
        st.markdown("No case fits this choice." if run.worklist else "The list itself comes from the command line:")
    with st.expander("As a file, or with names and addresses from your own exports"):
        st.code(f"{COMMAND}\n{WITH_CONTACTS}", language=None, wrap_lines=True)

section("How far they got")
if not chart(ChartId.FUNNEL, run, ""):
    st.markdown("No cohort is old enough, or its steps aren't known. Add orders and interactions.")

section("Did the fixes hold?")
if not chart(ChartId.FIXES, run, ""):
    st.markdown(NO_FIX)
if fixed := fixes_sentence(run):
    say(fixed)
more("Every root cause", "incidents", run)

section("What they tell others")
if not chart(ChartId.STORIES, run, ""):
    st.markdown("The exports hold no reviews or posts. Add the word_of_mouth table.")
