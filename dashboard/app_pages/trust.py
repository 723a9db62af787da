"""Trust: the grade of a headline, what each of its components found, and what other ways of asking say."""

import streamlit as st

from dashboard.controls import choose_aim, choose_treatment
from dashboard.frame import open_run
from dashboard.show import chart, lead, table
from dashboard.trust import checks_of, grade_table

run = open_run("Trust")
treatment = choose_treatment(run)
aim = choose_aim(run, treatment)

if row := lead(run, aim, "how far to trust it"):
    st.header("What the grade rests on", anchor=False)
    st.markdown("The grade is the worst of its components, never an average.")
    if components := grade_table(checks_of(run, row)):
        table(components, "Components of the grade, weakest first")
    else:
        st.markdown("This estimate was not put to the checks a grade needs.")
    chart("specification_ladder", run, aim)
    chart("balance", run, aim)
