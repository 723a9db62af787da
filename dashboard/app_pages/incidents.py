"""Incidents: mass incidents one by one, root causes and their fixes, and what the front line may and does solve."""

import streamlit as st

from dashboard.causes import PER_UNITS, cause_table, empowerment_sentence, front_line_table, limits_table
from dashboard.controls import choose_event, choose_site_measure, choose_view
from dashboard.event_returns import event_returns, returns_defined
from dashboard.figures.drawn import ChartId
from dashboard.figures.fixes import NO_FIX
from dashboard.figures.sites import FRONT_LINE
from dashboard.frame import open_run
from dashboard.lookup import described
from dashboard.mass_events import event_ids, events_table, events_title, no_events
from dashboard.one_event import show_event
from dashboard.said import say, small, title
from dashboard.show import chart, section, table, table_or
from dashboard.speech import speech_of
from pipelines.contracts.catalog.measures import Measure

run = open_run("Incidents")
speech = speech_of(run)
title(events_title(run))
if events := event_ids(run):
    st.markdown("Each beside what single incidents of the same severity would lead to expect.")
    table(events_table(run, events), "Mass incidents, the latest first", speech, "Customers hit")
    if back := event_returns(run, events):
        table(back, "Who came back after each", speech, *list(back[0])[1:])
        small(returns_defined(run))
    show_event(run, choose_event(events))
else:
    say(no_events(run))

section("Do fixed causes stay away?")
if not chart(ChartId.FIXES, run, ""):
    st.markdown(NO_FIX)

section("Root causes", f"Occasions per {speech.count(PER_UNITS)} units of exposure; a mass incident counts once.")
causes, why = cause_table(run)
rates = (f"Per {speech.count(PER_UNITS)}", "Before its fix", "After its fix", "Occasions")
table_or(why, causes, "Root causes by how often they come", speech, *rates)

section("The front line", "Counted, with 95 % intervals; only where it is known.")
if lines := front_line_table(described(run), choose_view(run, Measure.RESOLVED_AT_FIRST_CONTACT), speech):
    table(lines, "What the front line solves within its limits", speech, *list(lines[0])[1:])
else:
    st.markdown("The exports don't say what was solved at the first contact. Map action in interactions.")
if limits := limits_table(run):
    table(limits, "Spending within the limit, by who gave it", speech, "Within the limit", "Cases")
if pays := empowerment_sentence(run):
    say(pays)

section("The front line, site by site")
if not chart(ChartId.SITES, run, choose_site_measure(run, FRONT_LINE)):
    st.markdown("No site can be told from the others. Map site_id in incidents, and action in interactions.")
