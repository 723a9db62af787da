"""Trust: the grade of a headline, what each of its components found, and what other ways of asking say."""

import streamlit as st

from dashboard.controls import choose_aim, choose_treatment
from dashboard.figures.drawn import ChartId
from dashboard.frame import open_run
from dashboard.show import chart, lead, section, table
from dashboard.speech import speech_of
from dashboard.trust import BY_LOT, RESTS_ON, checks_of, grade_table, proof_table
from words.glossary import glossary

run = open_run("Trust")
speech = speech_of(run)
treatment = choose_treatment(run)
aim = choose_aim(run, treatment)

if row := lead(run, aim, "how far to trust it"):
    section(RESTS_ON)
    st.markdown("The grade is the worst of its components, never an average.")
    if components := grade_table(checks_of(run, row), speech):
        table(components, "Components of the grade, weakest first", speech)
    else:
        st.markdown("This estimate was not put to the checks a grade needs.")
    chart(ChartId.SPECIFICATION_LADDER, run, aim)
    chart(ChartId.BALANCE, run, aim)

if proofs := proof_table(run):
    section(BY_LOT, "Who got it was drawn by lot, so these are cause and effect for the cases drawn.")
    table(proofs, "Effects of grade A", speech, "Cases")

section("What the words mean")
table(
    [{"Word": term, "Meaning": meaning} for term, meaning in glossary(speech_of(run))],
    "Every word with its one meaning",
    speech,
)
