"""What a review holds, whatever the format: findings with their charts, tables, and where all of it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.exports.listing import Listing
from dashboard.exports.plate import Plate
from dashboard.figures.drawn import ChartId, Drawn, Shape
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.tables.row import Published
from words.speech import Speech


@dataclass(frozen=True)
class Finding:
    """One finding: the sentence, the chart, what to do, how sure it is and where it comes from.

    ``headline`` is the chart's own title, ``statement`` the sentence of the row it speaks of, ``rows`` what lies behind
    every mark, ``levels`` the same as a table to read. ``grade`` is None where nothing was graded.
    """

    id: ChartId
    shape: Shape
    headline: str
    subtitle: str
    statement: str
    todo: str
    grade: Grade | None
    grade_words: str
    caveats: tuple[str, ...]
    source: str
    definition: str
    alt: str
    plate: Plate
    drawn: Drawn
    rows: tuple[Published, ...]
    levels: Listing
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table as shown on screen."""

    id: str
    title: str
    note: str
    shown: Listing


@dataclass(frozen=True)
class Review:
    """Everything a pack says. ``facts`` are the lines every file carries: run, company, data cut, filters.

    ``speech``: how its readers are spoken to.
    """

    run_id: str
    title: str
    name: str
    data_cut: str
    simulated: bool
    filters: str
    facts: tuple[str, ...]
    lead: str
    lead_grade: Grade | None
    lead_words: str
    findings: tuple[Finding, ...]
    tables: tuple[Table, ...]
    doubts: tuple[str, ...]
    since: tuple[str, ...]
    notes: tuple[str, ...]
    unanswered: Listing
    definitions: tuple[tuple[str, str], ...]
    speech: Speech


def found(findings: Iterable[Finding]) -> Listing:
    """Findings in short: grade, what was found, what to do."""
    lines = ((f.grade or "–", f.headline, f.todo) for f in findings)
    return Listing(("Grade", "We found", "What to do"), tuple(lines))
