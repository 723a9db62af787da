"""A review as a brief: two pages, A4 or Letter, with the charts drawn from the same plates as everywhere."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.exports.pdf.press import Paper, press
from dashboard.exports.review import Finding, Review
from dashboard.exports.svg import svg

PAGES, CHART_PIXELS = 2, 400
SHOWN_FIRST = ("speed_ladder", "compensation_curve", "actions", "kinds", "surface", "funnel", "sites", "speed_curve")
TRUST = ("specification_ladder", "balance")
# (lines of "what we found", charts on the first page, on the second, lines of other lists): fuller first.
DENSITIES = ((7, 2, 2, 8), (6, 2, 2, 6), (5, 2, 2, 5), (4, 2, 2, 4), (4, 2, 0, 4), (3, 0, 2, 3), (2, 0, 0, 2))


def brief(review: Review, paper: Paper = "a4") -> bytes:
    """The brief as a tagged PDF of two pages at most: the fullest setting that fits."""
    made, pages = b"", PAGES + 1
    for density in DENSITIES:
        made, pages = press("brief.typ", _data(review, *density), paper)
        if pages <= PAGES:
            break
    return made


def _data(review: Review, found: int, first: int, second: int, lines: int) -> dict[str, Any]:
    charts = _charts(review)
    week = next((t for t in review.tables if t.id == "this_week"), None)
    name = f" · {review.name}" if review.name else ""
    simulated = ("Simulated data",) if review.simulated else ()
    rows = [{"Grade": f.grade or "–", "We found": f.headline, "What to do": f.todo} for f in _said(review)]
    return {
        "title": f"{review.title}: recovery brief",
        "keywords": [f"run {review.run_id}", f"data to {review.data_cut}", review.filters],
        "facts": list(review.facts),
        "kicker": f"{review.title}{name}",
        "lead": review.lead,
        "grade": review.lead_grade,
        "words": review.lead_words,
        "foot": " · ".join((*simulated, f"run {review.run_id}", f"data to {review.data_cut}", review.filters)),
        "found": _table(rows[:found], (1, 8, 9)),
        "first": [_chart(f) for f in charts[:first]],
        "second": [_chart(f) for f in charts[first : first + second]],
        "week": _table([dict(row) for row in week.rows[:lines]] if week else [], ()),
        "since": list(review.since[:lines]),
        "doubts": list(review.doubts[:lines]),
        "notes": list(review.notes[:lines]),
        "small": [*review.facts, _grades(review)],
    }


def _said(review: Review) -> list[Finding]:
    """Findings that say what to do, in the order of the review."""
    return [f for f in review.findings if f.todo and f.id not in TRUST]


def _grades(review: Review) -> str:
    return " ".join(f"{term}: {meaning}" for term, meaning in review.definitions if term.startswith("Grade "))


def _charts(review: Review) -> list[Finding]:
    drawn = [f for f in review.findings if f.plate.grid is None and f.id not in TRUST]
    place = {name: i for i, name in enumerate(SHOWN_FIRST)}
    return sorted(drawn, key=lambda f: place.get(f.id, len(place)))


def _chart(finding: Finding) -> dict[str, str]:
    return {
        "headline": finding.headline,
        "subtitle": finding.subtitle,
        "svg": svg(finding.plate, CHART_PIXELS, finding.alt),
        "alt": finding.alt,
        "grade": finding.grade,
        "todo": finding.todo or finding.grade_words,
        "source": " · ".join((finding.source, *finding.notes)),
    }


def _table(rows: Sequence[Mapping[str, str]], widths: Sequence[float]) -> dict[str, Any]:
    head = list(rows[0]) if rows else []
    body = [[row[h] for h in head] for row in rows]
    longest = [max(len(line[i]) for line in [head, *body]) for i in range(len(head))]
    return {"head": head, "body": body, "widths": list(widths) or [min(n, 34) + 4 for n in longest]}
