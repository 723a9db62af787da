"""One mass incident in full: beside single incidents alike, step by step, and what was posted around it."""

from dashboard.mass_events import event_name, event_rows, event_table, posts_sentence, step_table
from dashboard.said import say
from dashboard.show import csv_button, section, table
from dashboard.speech import speech_of
from pipelines.publish.store import Run


def show_event(run: Run, event: str) -> None:
    """The part of a page that speaks of one mass incident."""
    speech = speech_of(run)
    section(event_name(event))
    rows, name = event_rows(run, event), event_name(event)
    table(
        event_table(rows, speech), f"{name} beside single incidents", speech, "Here", "Single incidents alike", "Cases"
    )
    if steps := step_table(rows, speech):
        numbers = ("Came back", "Single incidents alike", "Cases")
        table(steps, f"Who came back after {name}, step by step", speech, *numbers)
    if posts := posts_sentence(rows, speech):
        say(posts)
    csv_button(run.events, "events", run, ())
