"""Incidents: mass incidents one by one, root causes and their fixes, and what the front line may and does solve."""

import streamlit as st

from dashboard.causes import cause_table, empowerment_sentence, front_line_table, limits_table
from dashboard.controls import choose_event, choose_view
from dashboard.figures.fixes import NO_FIX
from dashboard.formats import count
from dashboard.frame import open_run
from dashboard.mass_events import (
    event_ids,
    event_name,
    event_rows,
    event_table,
    events_table,
    posts_sentence,
    step_table,
)
from dashboard.show import chart, csv_button, section, table

run = open_run("Incidents")
events = event_ids(run)
cases = sum(r["n"] for r in run.events if r["measure"] == "incidents")
st.title(
    f"{count(len(events))} mass incidents account for {count(cases)} cases"
    if events
    else "No mass incident is on record",
    anchor=False,
)
if events:
    st.markdown("Each beside what single incidents of the same severity would lead to expect.")
    table(events_table(run, events), "Mass incidents, the latest first", "Customers hit")
    event = choose_event(events)
    section(event_name(event))
    rows = event_rows(run, event)
    table(event_table(rows), f"{event_name(event)} beside single incidents", "Here", "Single incidents alike", "Cases")
    if steps := step_table(rows):
        table(
            steps,
            f"Who came back after {event_name(event)}, step by step",
            "Came back",
            "Single incidents alike",
            "Cases",
        )
    if posts := posts_sentence(rows):
        st.markdown(posts)
    csv_button(run.events, "events", run, ())
else:
    st.markdown(next((r["reason"] for r in run.events if r["reason"]), "Map event_id in incidents."))

section("Do fixed causes stay away?")
if not chart("fixes", run, ""):
    st.markdown(NO_FIX)

section("Root causes", "Occasions per 10,000 units of exposure; a mass incident counts once.")
causes, why = cause_table(run)
if causes:
    table(causes, "Root causes by how often they come", "Per 10,000", "Before its fix", "After its fix", "Occasions")
else:
    st.markdown(why)

section("The front line", "Counted, with 95 % intervals; only where it is known.")
if lines := front_line_table(run.measures, choose_view(run, "resolved_at_first_contact")):
    table(lines, "What the front line solves within its limits", *list(lines[0])[1:])
else:
    st.markdown("The exports don't say what was solved at the first contact. Map action in interactions.")
if limits := limits_table(run):
    table(limits, "Spending within the limit, by who gave it", "Within the limit", "Cases")
if pays := empowerment_sentence(run):
    st.markdown(pays)
