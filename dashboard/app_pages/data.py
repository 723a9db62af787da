"""Data: what came in, what was set aside and why, and what more data would answer."""

import streamlit as st

from dashboard.cautions import caution_table
from dashboard.figures.quality import balance_table, balance_title, balances, reason_table
from dashboard.frame import open_run
from dashboard.needs import missing_tables
from dashboard.refusals import refused_levels, refused_questions
from dashboard.show import csv_button, table

run = open_run("Data")
files = balances(run.quality)
st.title(balance_title(files), anchor=False)
st.markdown("Every row of every export is counted before it is parsed: rows in = kept + set aside.")

st.header("What came in", anchor=False)
table(balance_table(files), "Rows in, kept and set aside per table and file", "Rows in", "Kept", "Set aside", "Kept, %")

st.header("Why rows were set aside", anchor=False)
if reasons := reason_table(files):
    table(reasons, "Rows set aside per reason, table and file", "Rows")
else:
    st.markdown("No row had to be set aside.")
csv_button(run.quality, "quality", run, ())

st.header("What to keep in mind", anchor=False)
if cautions := caution_table(run.diagnostics):
    table(cautions, "Checks of the data that found something", "Found", "Limit")
else:
    st.markdown("The checks of the exports found nothing to warn of.")

if refusals := refused_questions(run.effects):
    st.header("What this data can't answer", anchor=False)
    table(refusals, "Questions without an estimate, with the reason")
if levels := refused_levels(run.effects):
    with st.expander(f"Levels too rare to judge: {len(levels)}"):
        table(levels, "Levels without an estimate, with the reason")

if missing := missing_tables(run.manifest["supplied"]):
    st.header("What more data would answer", anchor=False)
    table(missing, "Tables that were not supplied and what each would add")
