"""Measures in words: what each is called, and what it counts."""

from pipelines.contracts.catalog.measures import Measure, MeasureFamily, entry
from words.catalogue import holds
from words.speech import Speech

MINUTES, DAYS = "minutes", "days"


def measure_label(measure: str, speech: Speech) -> str:
    """A measure as a reader calls it; one of the company's own by its name."""
    own = f"measure.{measure}"
    known = entry(measure)
    if isinstance(known, MeasureFamily) and not holds(speech.language, own):
        return _of_family(known, measure, speech, "")
    return speech.label(own, measure.replace("_", " ").capitalize())


def definition(measure: str, speech: Speech) -> str:
    """What a measure counts, in one sentence; "" for one of the company's own."""
    known = entry(measure)
    if isinstance(known, MeasureFamily):
        return _of_family(known, measure, speech, ".defined")
    return speech.text(f"measure.{known}.defined") if isinstance(known, Measure) else ""


def _of_family(family: MeasureFamily, measure: str, speech: Speech, what: str) -> str:
    number = family.number_in(measure) or 0
    unit = MINUTES if family is MeasureFamily.ANSWERED_WITHIN else DAYS
    return speech.text(f"measure.{family.name.lower()}{what}", **{unit: speech.count(number)})
