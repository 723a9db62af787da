"""Data: what came in, what was set aside and why, and what more data would answer."""

import streamlit as st

from dashboard.cautions import caution_table
from dashboard.declared import NO_CAUTION, NO_MARGIN, NO_TARGET, known_table, margin_table, match_table, target_table
from dashboard.figures.quality import balance_table, balance_title, balances, reason_table
from dashboard.frame import open_run
from dashboard.needs import missing_tables
from dashboard.refusals import refused_levels, refused_questions
from dashboard.said import title
from dashboard.show import csv_button, table, table_or
from dashboard.speech import speech_of

run = open_run("Data")
speech = speech_of(run)
files = balances(run.quality)
title(balance_title(files, speech))
st.markdown(
    "Every row of every export is counted before it is parsed: rows in = kept + left out by the profile's SQL + "
    "set aside."
)

st.header("What came in", anchor=False)
table(
    balance_table(files, speech),
    "Rows in, kept and set aside per table and file",
    speech,
    "Rows in",
    "Kept",
    "Left out by SQL",
    "Set aside",
    "Kept, %",
)

st.header("Why rows were set aside", anchor=False)
table_or(
    "No row had to be set aside.",
    reason_table(files, speech),
    "Rows set aside per reason, table and file",
    speech,
    "Rows",
)
csv_button(run.quality, "quality", run, ())

st.header("What to keep in mind", anchor=False)
cautions = caution_table(run.diagnostics, speech)
table_or(NO_CAUTION, cautions, "Checks of the data that found something", speech, "Found", "Limit")

if refusals := refused_questions(run.effects, speech):
    st.header("What this data can't answer", anchor=False)
    table(refusals, "Questions without an estimate, with the reason", speech)
if levels := refused_levels(run.effects, speech):
    with st.expander(f"Levels too rare to judge: {len(levels)}"):
        table(levels, "Levels without an estimate, with the reason", speech)

if missing := missing_tables(run.manifest.supplied):
    st.header("What more data would answer", anchor=False)
    table(missing, "Tables that were not supplied and what each would add", speech)

if matches := match_table(run):
    st.header("Who could be matched to a customer", anchor=False)
    table(matches, "Incidents matched to a customer, by channel", speech, "Matched to a customer", "At least")

if known := known_table(run):
    with st.expander("In how many incidents each thing is known"):
        table(known, "In how many incidents each measure is known", speech, "Known in", "Of all incidents")

st.header("What the company declared", anchor=False)
table_or(NO_TARGET, target_table(run), "Declared targets and their owners", speech, "Value")
table_or(NO_MARGIN, margin_table(run), "What customers earn within each horizon", speech, "Margin", "Cases")
