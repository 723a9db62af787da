"""Word of mouth: what people say after an incident, and what speed or compensation changes in it."""

import streamlit as st

from dashboard.controls import choose_treatment
from dashboard.effects import Aim
from dashboard.figures.drawn import ChartId
from dashboard.figures.voices import VOICES
from dashboard.frame import open_run
from dashboard.lookup import described
from dashboard.said import say
from dashboard.show import chart, refusal, section, table
from dashboard.speech import speech_of
from dashboard.voices import reach_table, voices_table
from pipelines.contracts.catalog.outcomes import NEGATIVE_POST

run = open_run("Word of mouth")
speech = speech_of(run)
treatment = choose_treatment(run, VOICES)
st.title("What do people say afterwards?", anchor=False)
aim = Aim(treatment, NEGATIVE_POST, None)
if not chart(ChartId.VOICES, run, aim):
    say(refusal(run, aim))

section("Stories told")
if not chart(ChartId.STORIES, run, ""):
    st.markdown("The exports hold no reviews or posts. Add the word_of_mouth table.")
if told := reach_table(run):
    table(told, "Stories, their reach and who answered, after an incident and without one", speech, *list(told[0])[1:])

st.header("What is said today", anchor=False)
if voices := voices_table(described(run), speech):
    say("Counted as it happened, with 95 % intervals. Whoever never failed may differ in other ways too.")
    table(voices, "What people say, after an incident and without one", speech, "After an incident", "Never failed")
else:
    st.markdown("The exports hold no scores, reviews or posts. Add the word_of_mouth table.")
