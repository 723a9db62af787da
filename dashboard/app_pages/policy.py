"""Policy: who gets what under which budget, what it was worth on held-out cases, scenarios, and the decision taken."""

import streamlit as st

from dashboard import states
from dashboard.controls import choose_budget
from dashboard.deciding import decide_here
from dashboard.frame import open_run
from dashboard.offers import budgets, offer_table, policy_facts, policy_of
from dashboard.remembered import decisions
from dashboard.settled import decision_table
from dashboard.show import badge_of, section, strip, table
from dashboard.store import published_folder
from dashboard.what_if import what_if
from pipelines.contracts.policy_wording import experiment_sentence, policy_headline

run = open_run("Policy")
who, currency = run.profile["customers_word"], run.profile["currency"]
best = policy_of(run)
if best is None or best["value"] is None:
    states.not_estimable("who should get what", (best or {}).get("reason") or "Publish a new run to see a policy.")
else:
    st.title(policy_headline(best, who), anchor=False)
    badge_of(best)
    if best["reason"] and best["grade"] != "D":
        st.markdown(best["reason"])
    if test := experiment_sentence(best):
        section("The test to run")
        st.markdown(test)
    section("Who gets what", best["assumption"] or "")
    chosen = choose_budget(budgets(run), currency) or best
    strip(policy_facts(chosen, who, currency))
    table(
        offer_table(run, chosen["policy"]),
        "Who gets what",
        "Today",
        "Standard",
        "Proposed",
        "Worth per incident",
        "Cases",
    )

section("What if …", "Arithmetic on published estimates; against today, 95 % interval.")
what_if(run)
section("Record a decision", "With its owner and the gain it promises; later runs say what became of it.")
decide_here(run)
if taken := decisions(published_folder()):
    table(decision_table(run, taken), "Every decision, the latest first")
