"""Policy: who gets what under which budget, what that was worth, the next sum, scenarios, and the decision taken."""

from dashboard import states
from dashboard.controls import choose_budget
from dashboard.frame import open_run
from dashboard.offers import (
    budgets,
    leading_policy,
    offer_column,
    offer_table,
    policy_facts,
    unproposed_note,
    unvalued_note,
)
from dashboard.people_or_offers import PEOPLE_OR_OFFERS, people_or_offers
from dashboard.places.answers import speaks
from dashboard.said import say, small, title
from dashboard.show import badge_of, more, section, strip, table
from dashboard.speech import speech_of
from dashboard.what_if import what_if
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.plans import Plan
from pipelines.contracts.ledger.codes import Question
from words.findings import headline
from words.policies import experiment_sentence, policy_headline, too_long

run = open_run("Policy")
speech = speech_of(run)
who = run.profile.customers_word


def show_offers(policy: Plan, alt: str) -> None:
    """Who gets what under a policy, whether that is proposed, and why some of it isn't valued."""
    if unproposed := unproposed_note(run, policy):
        say(unproposed)
    table(
        offer_table(run, policy),
        alt,
        speech,
        "Today",
        "Standard",
        offer_column(run, policy),
        "Worth per incident",
        "Cases",
    )
    if note := unvalued_note(run, policy):
        small(note)


leading = leading_policy(run)
if leading is None or leading.value is None:
    why = speech.all(leading.reasons) if leading else ""
    states.not_estimable("who should get what", why or "Publish a new run to see a policy.")
else:
    told = speaks(run, Question.FOR_WHOM)
    title(headline(told, speech) if told else policy_headline(leading, speech))
    badge_of(told.grade if told else leading.grade, speech)
    if leading.reasons and leading.grade is not Grade.D:
        say(speech.all(leading.reasons))
    if test := experiment_sentence(leading, speech):
        section("What a test would take" if too_long(leading) else "The test to run")
        say(test)
    section("Who gets what", speech.all(leading.caveats))
    strip(policy_facts(leading, who, speech))
    show_offers(leading.policy, "Who gets what")
    if steps := budgets(run):
        section("Under a budget", "Spent where it does most, whatever the standard says.")
        if chosen := choose_budget(steps, speech):
            strip(policy_facts(chosen, who, speech))
            show_offers(chosen.policy, "Who gets what under this budget")

section(PEOPLE_OR_OFFERS, "Among cases that a person answers; against today, 95 % interval.")
people_or_offers(run)
section("What if …", "Arithmetic on published estimates; against today, 95 % interval.")
what_if(run)
more("Record a decision", "memory", run)
