"""Return: when people come back, recovered against never failed, and what became of bookings already held."""

import streamlit as st

from dashboard import states
from dashboard.effects import leading_aim
from dashboard.figures.drawn import ChartId
from dashboard.frame import open_run
from dashboard.return_rates import DIFFER, rate_table, reconciled
from dashboard.returning import held_sentence, horizon_table, paradox_words
from dashboard.said import say, small, title
from dashboard.show import badge_of, chart, refusal, section, table
from dashboard.speech import speech_of
from pipelines.contracts.catalog.outcomes import HELD_BOOKING_CANCELLED
from pipelines.contracts.catalog.treatments import FAILURE, SPEED
from words.paradox import recovered_means

run = open_run("Return")
speech = speech_of(run)
words, row = paradox_words(run)
if row is not None:
    title(words)
    badge_of(row.grade, speech)
    small(recovered_means(speech))
else:
    states.not_estimable("whether recovered customers come back", refusal(run, leading_aim(run, FAILURE)))
chart(ChartId.FAILURE_LADDER, run, leading_aim(run, FAILURE))
chart(ChartId.RETURN_CURVE, run, "")

section("How many have come back", "Counted as it happened; cases still too young count as waiting. Not adjusted.")
if lines := horizon_table(run):
    table(
        lines,
        "Returned by horizon, after a failure and without one",
        speech,
        "After a failure",
        "Never failed",
        "Cases",
    )
else:
    st.markdown("Nobody can be seen to return. Add orders (customer_id, order_id, ordered_at, amount).")

if reconciled(run):
    section(DIFFER, "Each page counts the cases its question needs. Left out + counted = the line named.")
    table(
        rate_table(run),
        "Every return rate shown, with whom it counts and whom it leaves out",
        speech,
        "Came back",
        "Cases",
    )

section("How far they got")
if not chart(ChartId.FUNNEL, run, ""):
    st.markdown("No cohort is old enough, or its steps aren't known. Add orders and interactions.")

section("Bookings already held")
say(held_sentence(run) or "No booking for a later day is on record. Map service_date in orders.")
chart(ChartId.HELD_LADDER, run, leading_aim(run, SPEED, HELD_BOOKING_CANCELLED))
