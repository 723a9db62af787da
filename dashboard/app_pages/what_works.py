"""What works: the decision sentence, how sure it is, what hours and money buy, and what would overturn it."""

import streamlit as st

from dashboard.controls import choose_budget
from dashboard.effects import leading_aim, leading_treatment, sliced
from dashboard.figures.drawn import ChartId
from dashboard.forms import form_answer
from dashboard.frame import open_run
from dashboard.offers import below_today, budgets, policy_facts
from dashboard.people_or_offers import link_to_sums
from dashboard.said import literal, say
from dashboard.show import lead, more, overturn, section, side_by_side, strip, table
from dashboard.speech import speech_of
from dashboard.trust import BY_LOT, RESTS_ON, proof_table
from dashboard.worth import CHOICES, USUAL_PROMISE, choices, facts
from pipelines.contracts.catalog.measures import Worth
from pipelines.contracts.catalog.treatments import ACTIONS, COMPENSATION, COMPENSATION_KIND, SPEED
from words.choices import choice_sentence

run = open_run("What works")
speech = speech_of(run)
row = lead(run, leading_aim(run, leading_treatment(run)), "what answering faster would change")
if row is None:
    more("What this data can and can't answer", "data", run)
if said := facts(run, (row.level_to if row and row.treatment == SPEED else None) or USUAL_PROMISE):
    strip(said)

side_by_side(
    run,
    [
        (ChartId.SPEED_LADDER, leading_aim(run, SPEED), "By severity, and more on speed", "speed"),
        (ChartId.OFFERS_BY_SEVERITY, sliced(run, COMPENSATION), "More on compensation", "compensation"),
        (ChartId.KINDS, leading_aim(run, COMPENSATION_KIND), "More on compensation", "compensation"),
        (ChartId.ACTIONS, leading_aim(run, leading_treatment(run, ACTIONS)), "More on the actions", "five_actions"),
    ],
)
if less := below_today(run):
    say(less)
if answers := choices(run):
    section("If only one thing")
    for answer in answers:
        text = form_answer(run) if answer.measure is Worth.BEST_FORM else choice_sentence(answer, speech)
        st.markdown(f"**{CHOICES[answer.measure]}:** {literal(text)}")
link_to_sums(run)
if proofs := proof_table(run):
    section(BY_LOT, "Cause and effect for the cases drawn; what it cost isn't taken off.")
    table(proofs, "Effects of grade A", speech, "Cases")
if steps := budgets(run):
    section("What a budget buys", "Who gets what is learnt on one half of the cases and valued on the other.")
    if chosen := choose_budget(steps, speech):
        strip(policy_facts(chosen, run.profile.customers_word, speech))
    more("Who gets what", "policy", run, "Who gets what")
if row:
    overturn(run, row)
    more("Why this grade", "trust", run, RESTS_ON)
