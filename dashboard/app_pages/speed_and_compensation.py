"""Speed × compensation: what each mix of promise and offer changes, and what an hour of delay is worth in money."""

import streamlit as st

from dashboard.effects import exchange_aim
from dashboard.figures.drawn import ChartId
from dashboard.frame import open_run
from dashboard.payback import EARNED, recovery_sentence, speed_table
from dashboard.people_or_offers import link_to_sums
from dashboard.places.answers import answer
from dashboard.said import say, small
from dashboard.show import chart, refusal_of, section, table_or
from dashboard.speech import speech_of
from dashboard.worth import delay_notes, delay_table
from pipelines.contracts.catalog.treatments import SPEED_AND_COMPENSATION
from pipelines.contracts.ledger.codes import Question

run = open_run("Speed × compensation")
speech = speech_of(run)
aim = exchange_aim(run)
st.title("Faster, or more?", anchor=False)
if told := answer(run, Question.FASTER_OR_MORE, speech):
    say(told)
if not (aim and chart(ChartId.SURFACE, run, aim)):
    say(refusal_of(run, SPEED_AND_COMPENSATION))
link_to_sums(run)

section(
    "What delay costs",
    "Margin lost today against everyone answered within the promise. From the effect of speed on spend.",
)
delays, why = delay_table(run)
table_or(why, delays, "Cost of delay by promise", speech, "Per incident", "Per hour and incident", "Cases")
small(*delay_notes(run))

section("What a promise costs, and what comes back", "Above 1 it earns more than it costs; the interval decides.")
promises, why = speed_table(run)
table_or(why, promises, "Cost and margin of each promise", speech, "Costs per incident", EARNED, "Cases")

section("Recovery as a whole")
say(recovery_sentence(run))
