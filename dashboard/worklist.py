"""The list of cases as a file: the command that writes it, and what its columns mean."""

from pipelines.publish.store import Run

COMMAND = "amends worklist --to worklist.csv"
DEFINED = (
    "answered_in_time: a person answered within the minutes of the case's standard; it says nothing of the other steps",
    "next_step: the first thing the standard asks for that the records don't show, then a call",
)


def file_notes(run: Run) -> tuple[str, ...]:
    """What a file of the list says above its rows: what its columns mean, and whom its sums count how often."""
    who = run.profile.customers_word
    sums = f"value_at_stake: what the customer spent in the year before; {who} with several cases stand in each"
    return ("By case number; no names.", *DEFINED, sums)
