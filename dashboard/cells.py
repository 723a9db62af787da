"""A descriptive measure as a cell of a table: never a point without its interval, never a small cell."""

from pipelines.publish.store import Row
from words.speech import Speech

TOO_FEW = "too few"


def share_cell(row: Row | None, speech: Speech) -> str:
    """``59 % (57 to 61)``; a suppressed or missing share says so."""
    if row is None or row.suppressed or row.estimate is None:
        return TOO_FEW
    if row.ci_low is None:
        return speech.percent(row.estimate)
    return f"{speech.percent(row.estimate)} ({speech.span(100 * row.ci_low, 100 * row.ci_high)})"
