"""A review as a brief: two pages, A4 or Letter, with the charts drawn from the same plates as everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.exports.listing import Listing
from dashboard.exports.pdf.press import Paper, Printable, press
from dashboard.exports.review import Finding, Review, found
from dashboard.exports.svg import svg
from dashboard.figures.drawn import ChartId, Shape
from pipelines.contracts.catalog.grades import Grade

PAGES, CHART_PIXELS = 2, 400
SHOWN_FIRST = (
    ChartId.SPEED_LADDER, ChartId.COMPENSATION_CURVE, ChartId.ACTIONS, ChartId.KINDS, ChartId.SURFACE, ChartId.FUNNEL,
    ChartId.SITES, ChartId.SPEED_CURVE,
)  # fmt: skip
FOUND_WIDTHS = (1.0, 8.0, 9.0)
# (lines of "what we found", charts on the first page, on the second, lines of other lists): fuller first.
DENSITIES = ((7, 2, 2, 8), (6, 2, 2, 6), (5, 2, 2, 5), (4, 2, 2, 4), (4, 2, 0, 4), (3, 0, 2, 3), (2, 0, 0, 2))


@dataclass(frozen=True)
class Drawing:
    """A chart of the brief, drawn as SVG."""

    headline: str
    subtitle: str
    svg: str
    alt: str
    grade: Grade | None
    todo: str
    source: str


@dataclass(frozen=True)
class Printed:
    """A table of the brief; ``widths`` are shares of the page."""

    head: tuple[str, ...]
    body: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Brief(Printable):
    """All words of the two pages, under the names by which ``brief.typ`` knows them."""

    title: str
    keywords: tuple[str, ...]
    facts: tuple[str, ...]
    kicker: str
    lead: str
    grade: Grade | None
    words: str
    foot: str
    found: Printed
    first: tuple[Drawing, ...]
    second: tuple[Drawing, ...]
    week: Printed
    since: tuple[str, ...]
    doubts: tuple[str, ...]
    notes: tuple[str, ...]


def brief(review: Review, paper: Paper = "a4") -> bytes:
    """The brief as a tagged PDF of two pages at most: the fullest setting that fits."""
    made, pages = b"", PAGES + 1
    for density in DENSITIES:
        made, pages = press("brief.typ", _page(review, *density), paper)
        if pages <= PAGES:
            break
    return made


def _page(review: Review, found_lines: int, first: int, second: int, lines: int) -> Brief:
    charts = _charts(review)
    week = next((t.shown for t in review.tables if t.id == "this_week"), Listing())
    name = f" · {review.name}" if review.name else ""
    simulated = ("Simulated data",) if review.simulated else ()
    return Brief(
        title=f"{review.title}: recovery brief",
        keywords=(f"run {review.run_id}", f"data to {review.data_cut}", review.filters),
        facts=review.facts,
        kicker=f"{review.title}{name}",
        lead=review.lead,
        grade=review.lead_grade,
        words=review.lead_words,
        foot=" · ".join((*simulated, f"run {review.run_id}", f"data to {review.data_cut}", review.filters)),
        found=_table(found(_said(review)).first(found_lines), FOUND_WIDTHS),
        first=tuple(_chart(f) for f in charts[:first]),
        second=tuple(_chart(f) for f in charts[first : first + second]),
        week=_table(week.first(lines)),
        since=review.since[:lines],
        doubts=review.doubts[:lines],
        notes=review.notes[:lines],
        small=(*review.facts, _grades(review)),
    )


def _said(review: Review) -> list[Finding]:
    """Findings that say what to do, in the order of the review."""
    return [f for f in review.findings if f.todo and f.shape is not Shape.TRUST]


def _grades(review: Review) -> str:
    return " ".join(f"{term}: {meaning}" for term, meaning in review.definitions if term.startswith("Grade "))


def _charts(review: Review) -> list[Finding]:
    drawn = [f for f in review.findings if f.plate.grid is None and f.shape is not Shape.TRUST]
    place = {name: i for i, name in enumerate(SHOWN_FIRST)}
    return sorted(drawn, key=lambda f: place.get(f.id, len(place)))


def _chart(finding: Finding) -> Drawing:
    return Drawing(
        headline=finding.headline,
        subtitle=finding.subtitle,
        svg=svg(finding.plate, CHART_PIXELS, finding.alt),
        alt=finding.alt,
        grade=finding.grade,
        todo=finding.todo or finding.grade_words,
        source=" · ".join((finding.source, *finding.notes)),
    )


def _table(listing: Listing, widths: Sequence[float] = ()) -> Printed:
    longest = [max(map(len, column)) for column in zip(listing.head, *listing.lines, strict=True)]
    return Printed(listing.head, listing.lines, tuple(widths) or tuple(min(n, 34) + 4.0 for n in longest))
