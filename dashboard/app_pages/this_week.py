"""This week: who needs us now? Everything here is known at the data cut; what takes a year to know is dated."""

import streamlit as st

from dashboard import states
from dashboard.cohort import cohort_table, refused_matured
from dashboard.controls import choose_site_measure
from dashboard.event_returns import latest_returns
from dashboard.figures.drawn import ChartId
from dashboard.frame import open_run
from dashboard.mass_events import events_table, live_events, none_live
from dashboard.rising import rising_assumption, rising_table
from dashboard.said import say, small
from dashboard.show import chart, mood, more, other_rates, section, table, table_or
from dashboard.speech import speech_of
from dashboard.week import headline, known_notes, known_now, refusal, silent_where, unknown_now

run = open_run("This week")
speech = speech_of(run)
if said := headline(run):
    mood(said, speech)
else:
    states.not_estimable("who needs you now", refusal(run))

if silent := silent_where(run):
    with st.expander("Who heard nothing, and where"):
        caption = "Open cases without a human answer for a week, by channel and by site"
        table(silent, caption, speech, *list(silent[0])[1:])
        more("The cases by number", "people", run, why="silent")

section("Known now", "The week before the data cut. No return rate: that takes until people return.")
if lines := known_now(run):
    table(lines, "What is known now, against target and usual range", speech, "Known now", "Target", "Usual", "Cases")
    small(*known_notes(run))
if unknown := unknown_now(run):
    with st.expander(f"Not known from these exports: {len(unknown)}"):
        table(unknown, "What is not known now, and what to add", speech)

section("Sites against target")
if not chart(ChartId.SITES, run, choose_site_measure(run)):
    st.markdown("No site can be told from the others. Map site_id in incidents, and add recovery standards.")

section("Mass incidents")
live = events_table(run, live_events(run))
table_or(none_live(run), live, "Mass incidents of the last four weeks", speech, "Customers hit")
if back := latest_returns(run):
    say(back)
more("Every mass incident", "incidents", run)

section("Did they come back?", "Failures long enough ago that their outcome is known, with the days they happened on.")
table_or(refused_matured(run), cohort_table(run), "Matured cohorts against customers who never failed", speech, "Cases")
other_rates(run)

section("Rising kinds of failure", rising_assumption(run))
rising, why = rising_table(run)
table_or(why, rising, "Kinds of failure that rise", speech, "Now")
