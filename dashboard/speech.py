"""How the readers of one run are spoken to."""

from pipelines.publish.store import Run
from words.speech import Speech


def speech_of(run: Run) -> Speech:
    """The locale, currency and word for customers that the run's profile declared."""
    return Speech.of(run.profile)
