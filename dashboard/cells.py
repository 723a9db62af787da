"""Numbers of rows as cells of a table or large figures: never a point without its interval, never a small cell."""

from dataclasses import dataclass

from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.tables.measure import Measured
from pipelines.contracts.tables.row import Published
from words.speech import Speech

TOO_FEW, NOTHING = "too few", "–"


@dataclass(frozen=True)
class Fact:
    """One figure in large type with what it says below, its interval and grade included; from one row."""

    value: str
    says: str
    row: Published | None


def share_cell(row: Measured | None, speech: Speech) -> str:
    """``59 % (57 to 61)``; a suppressed or missing share says so."""
    if row is None or row.suppressed or row.estimate is None:
        return TOO_FEW
    return share_with_limits(row.estimate, row.ci_low, row.ci_high, speech)


def share_with_limits(share: float, low: float | None, high: float | None, speech: Speech) -> str:
    """``59 % (57 to 61)``; the share alone where it has no interval."""
    text = speech.percent(share)
    return text if low is None or high is None else f"{text} ({speech.span(100 * low, 100 * high)})"


def share_or_nothing(share: float | None, speech: Speech) -> str:
    """A share without limits; a dash where none is known."""
    return NOTHING if share is None else speech.percent(share)


def cases(number: int | None, speech: Speech) -> str:
    """How many cases; a dash where nobody counted."""
    return NOTHING if number is None else speech.count(number)


def letter(grade: Grade | None) -> str:
    """A grade as a cell; a dash where nothing was graded."""
    return NOTHING if grade is None else grade.value


def graded(grade: Grade | None) -> str:
    """A grade behind a number in a sentence: ``, grade B``; "" where nothing was graded."""
    return "" if grade is None else f", grade {grade}"
