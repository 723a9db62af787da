"""Runs: what has been published, how this one was made and how to make it again, what moved, and the journal."""

import streamlit as st

from dashboard.cache import cached_run
from dashboard.controls import choose_run
from dashboard.figures.quality import balance_title, balances
from dashboard.frame import open_run
from dashboard.journalled import journal_table
from dashboard.moved import compare_command, moved_sentence, moved_table, what_changed
from dashboard.remaking import command, made_sentence, verdict_lines
from dashboard.remarking import remark_here
from dashboard.rerunning import rerun_here
from dashboard.runs import comparable, run_list
from dashboard.said import say
from dashboard.show import more, section, table
from dashboard.speech import speech_of
from dashboard.trust import BY_LOT, proof_table
from dashboard.zones import zone
from pipelines.publish import journal
from pipelines.publish.store import UnreadableRunError, local_store
from words.speech import PLAIN

run = open_run("Runs")
speech = speech_of(run)
store = local_store()
listed, names = store.listed(), journal.names(store)

st.title("One run is published" if len(listed) == 1 else f"{len(listed)} runs are published", anchor=False)
st.markdown("A run never changes. A link to a page carries its run, so it shows the same thing tomorrow.")
rows = run_list(listed, names, speech, reading=run.run_id, current=store.current_id())
table(rows, "Published runs, newest first", speech, "Rows in", "Incidents", "Set aside", "Warnings", "Took")

section("This run", "Adjusted effects of every question, for everyone and by segment.")
say(made_sentence(run))
if found := verdict_lines(run):
    table(found, "Effects of this run by grade", speech, "Effects")
if proof_table(run):
    more("Which are proof", "trust", run, BY_LOT)
say(f"{balance_title(balances(run.quality), speech)}.")
more("Every reason", "data", run)

section("Run it again", "Over what the exports hold now, as a new run; from the folder it was run in.")
st.code(command(run, store.published), language=None, wrap_lines=True)
rerun_here(store, run)

section("What moved")
if others := comparable(run, listed):
    try:
        other = cached_run(store, choose_run(others, names))
    except UnreadableRunError as error:
        say(f"{PLAIN.say(error.fault)} Nothing is compared with it.")
    else:
        say(moved_sentence(run, other))
        say(what_changed(run, other))
        if shared_out := compare_command(run, other):
            st.markdown("How much of each move is owed to the data, how much to the configuration and the code:")
            st.code(shared_out, language=None, wrap_lines=True)
        if moved := moved_table(run, other):
            table(moved, "Effects that read differently, the largest moves for their error first", speech)
else:
    st.markdown("There is no other run of this profile to compare with. Run it again once the exports have grown.")

section("Name it, or leave a note", "A run with a name, a note or a decision is never pruned.")
remark_here(store, run, names.get(run.run_id, ""))

section("Journal", "Runs, names, notes and decisions, the latest first. Nothing here changes a run.")
table(journal_table(store, listed, zone(run.profile.time_zone), speech), "The journal, latest first", speech)
