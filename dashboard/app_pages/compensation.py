"""Compensation: what each offer gains, where more stops paying, which form, and what was spent without a gain."""

import streamlit as st

from dashboard.controls import choose_aim
from dashboard.effects import leading_aim, sliced
from dashboard.figures.drawn import ChartId
from dashboard.figures.segments import stopping_sentence
from dashboard.forms import judged_table, kinds_note, mapping_note
from dashboard.frame import open_run
from dashboard.payback import EARNED, next_step_table
from dashboard.places.answers import answer
from dashboard.said import say
from dashboard.show import chart, lead, section, table, table_or
from dashboard.speech import speech_of
from dashboard.spending import form_table, leak_table, spent_table
from pipelines.contracts.catalog.treatments import COMPENSATION, COMPENSATION_KIND
from pipelines.contracts.ledger.codes import Question

run = open_run("Compensation")
speech = speech_of(run)
aim = choose_aim(run, COMPENSATION)
row = lead(run, aim, "what giving more would change")
if row and aim and (stop := stopping_sentence(run, aim)):
    say(stop)
if told := answer(run, Question.HOW_MUCH, speech):
    say(told)
chart(ChartId.COMPENSATION_LADDER, run, aim)
if not chart(ChartId.COMPENSATION_CURVE, run, aim) and row:
    st.caption("The whole curve is published for everyone only.")
chart(ChartId.OFFERS_BY_SEVERITY, run, sliced(run, COMPENSATION))
chart(ChartId.KINDS, run, leading_aim(run, COMPENSATION_KIND))

section("Cash, credit, points or a manager's call?", "Each form against giving nothing, net of what it costs.")
say(" ".join(filter(None, (answer(run, Question.WHICH_FORM, speech), kinds_note(run), mapping_note(run)))))
if judged := judged_table(run):
    table(judged, "What each form nets", speech, "Net per incident", "Cases")

section(
    "What the next step earns",
    "Margin within the horizon for each unit of money added. Below 1 it costs more than it brings.",
)
steps, why = next_step_table(run)
table_or(why, steps, "What each step up in compensation earns", speech, EARNED, "Cases")

section("What was given, and what it cost", "Counted. Credit costs once it is redeemed.")
forms, why = form_table(run)
if forms:
    table(forms, "Cost of compensation by severity and form", speech, *list(forms[0])[1:])
else:
    say(why)
if leaks := leak_table(run):
    section("Where no gain was shown")
    if spent := spent_table(run):
        table(spent, "Spent by severity, and what it showed", speech, "Spent", "Of all", "Cases")
    table(leaks, "Money without a gain, in all", speech, "Spent", "Of all")
