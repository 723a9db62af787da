"""A review as a deck: cover, what was found, one slide a finding, tables, the evidence behind, what the words mean."""

import io
from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu

from dashboard.exports.listing import Listing
from dashboard.exports.plate import Grid
from dashboard.exports.pptx.look import new_deck
from dashboard.exports.pptx.native import add_chart
from dashboard.exports.pptx.parts import parts_of
from dashboard.exports.pptx.places import PLACES, Box, Places, Ratio, inches
from dashboard.exports.pptx.words import SIZES, add_table, add_text, rgb, set_title
from dashboard.exports.review import Finding, Review, found
from dashboard.figures.theme import LIGHT
from pipelines.contracts.catalog.grades import Grade

ROW_POINTS = 25.0
GRADE_COLOURS: dict[Grade | None, str] = {
    Grade.A: LIGHT.adjusted, Grade.B: LIGHT.adjusted, Grade.C: LIGHT.raw, Grade.D: LIGHT.quiet, None: LIGHT.quiet,
}  # fmt: skip
SMALL = 9.0
# Keeps brackets and numbers in order within a line that is read from the right.
LEFT_TO_RIGHT = "\u200e"


def deck(review: Review, ratio: Ratio = "16:9") -> bytes:
    """The review as a PPTX file with native charts and tables."""
    places = PLACES[ratio]
    made = _Deck(review, places)
    made.cover()
    made.summary()
    for finding in review.findings:
        made.finding(finding)
    for table in review.tables:
        made.table(table.title, table.note, table.shown, f"table {table.id}")
    for finding in review.findings:
        if finding.levels.lines:
            title, name = f"Evidence: {finding.headline}", f"evidence {finding.id}"
            made.table(title, finding.subtitle, finding.levels, name, notes=finding.source)
    if review.unanswered.lines:
        note = "Each with the reason and what to add."
        made.table("What this data can't answer", note, review.unanswered, "unanswered")
    terms = Listing(("Word", "Meaning"), review.definitions)
    made.table("What the words mean", "Every number in this deck is defined here.", terms, "definitions")
    return made.saved()


class _Deck:
    """The presentation while it is being written."""

    def __init__(self, review: Review, places: Places) -> None:
        self.review, self.places = review, places
        self.file = new_deck(places)
        self.number = 0
        properties = self.file.core_properties
        properties.title, properties.author = f"{review.title}: recovery review", "Amends"
        properties.subject, properties.keywords = f"Run {review.run_id}, data to {review.data_cut}", review.filters
        properties.comments = "; ".join(review.facts)

    def saved(self) -> bytes:
        """The file's bytes."""
        buffer = io.BytesIO()
        self.file.save(buffer)
        return buffer.getvalue()

    def slide(self, title: str, notes: Sequence[str]) -> Any:
        """A slide with its title, foot and notes."""
        self.number += 1
        layout = next(one for one in self.file.slide_layouts if one.name == "Title Only")
        slide = self.file.slides.add_slide(layout)
        set_title(slide, title, self.places.title)
        slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, (*notes, *self.review.facts)))
        return slide

    def under(self, slide: Any, text: str) -> None:
        """What is measured, in which unit, below the title."""
        add_text(slide, self.places.subtitle, text, colour=LIGHT.quiet, sizes=(13, 12, 11, 10), name="measure")

    def foot(self, slide: Any, text: str) -> None:
        """The source line, last in reading order."""
        simulated = "Simulated data · " if self.review.simulated else ""
        add_text(slide, self.places.foot, simulated + text, colour=LIGHT.quiet, sizes=(SMALL, 8.0, 7.0), name="source")
        add_text(slide, self.places.page, str(self.number), size=SMALL, colour=LIGHT.quiet, name="page", end=True)

    def cover(self) -> None:
        """What it is, about whom, and where it comes from."""
        self.number += 1
        layout = next(one for one in self.file.slide_layouts if one.name == "Title Only")
        slide, p = self.file.slides.add_slide(layout), self.places
        wide = p.width - 1.8
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Emu(round(0.22 * 914400)), self.file.slide_height)
        bar.fill.solid()
        bar.fill.fore_color.rgb = rgb(LIGHT.adjusted)
        bar.line.fill.background()
        bar.name = "edge"
        title = slide.shapes.title
        box = inches(0.9, 1.7, wide, 2.1)
        title.left, title.top, title.width, title.height = (Emu(v) for v in box.emu)
        set_title(slide, self.review.lead, box, (36, 34, 32, 30, 28, 26, 24, 22))
        name = f" · {self.review.name}" if self.review.name else ""
        above = f"{self.review.title}{name}"
        add_text(slide, inches(0.9, 0.95, wide, 0.4), above, size=15, colour=LIGHT.adjusted, bold=True)
        if self.review.lead_words:
            self.badge(slide, inches(0.9, 4.05, wide, 0.6), self.review.lead_grade, self.review.lead_words)
        facts = "\n".join(self.review.facts)
        add_text(slide, inches(0.9, 5.2, wide, 1.7), facts, colour=LIGHT.quiet, sizes=(13, 12, 11, 10))
        slide.notes_slide.notes_text_frame.text = "\n".join((*self.review.facts, *self.review.notes))

    def badge(self, slide: Any, box: Box, grade: Grade | None, words: str) -> None:
        """The letter in its colour and what it means."""
        size = round(0.34 * 914400)
        dot = slide.shapes.add_shape(MSO_SHAPE.OVAL, Emu(box.left), Emu(box.top), Emu(size), Emu(size))
        dot.fill.solid()
        dot.fill.fore_color.rgb = rgb(GRADE_COLOURS[grade])
        dot.line.fill.background()
        dot.name = "grade"
        frame = dot.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        run = frame.paragraphs[0].add_run()
        run.text = grade or "–"
        run.font.size, run.font.bold, run.font.color.rgb = 152_400, True, rgb(LIGHT.background)
        frame.paragraphs[0].alignment = 2
        beside = Box(box.left + round(1.35 * size), box.top, box.width - round(1.35 * size), box.height)
        add_text(slide, beside, words, sizes=(13, 12, 11, 10, 9), name="what the grade means")

    def summary(self) -> None:
        """Every finding in one table, what changed, and what would overturn the lead."""
        note = "One line a finding; each has a slide of its own."
        self.table("What we found", note, found(self.review.findings), "findings")
        changed = Listing(("Since the last review",), tuple((line,) for line in self.review.since))
        note = "Leading numbers that read differently now."
        self.table("What changed since the last review", note, changed, "since")
        doubts = Listing(("What would overturn the headline",), tuple((line,) for line in self.review.doubts))
        self.table("What would overturn this", self.review.lead, doubts, "doubts")

    def finding(self, finding: Finding) -> None:
        """One finding: headline, chart, what it says, what to do, what to keep in mind."""
        parts = parts_of(finding.plate, int(self.places.chart.points[1] / ROW_POINTS))
        for i, plate in enumerate(parts):
            more = f" {LEFT_TO_RIGHT}({i + 1} of {len(parts)}){LEFT_TO_RIGHT}" if len(parts) > 1 else ""
            spoken = (finding.statement, finding.todo, finding.definition, *finding.caveats, *finding.notes)
            slide = self.slide(finding.headline + more, spoken)
            self.under(slide, finding.subtitle)
            if plate.grid:
                add_table(slide, self.places.chart, _cells(plate.grid), finding.id)
            else:
                add_chart(slide, plate, self.places.chart, finding.id, finding.alt)
            self.panel(slide, finding)
            self.foot(slide, f"Source: {finding.source} · {self.review.filters}")

    def panel(self, slide: Any, finding: Finding) -> None:
        """Sentence with grade, what to do, caveats and notes."""
        first, *rest = self.places.panel
        said = finding.statement.partition(". ")[0].rstrip(".") + "." if finding.statement else ""
        if finding.grade_words:
            top = round(0.74 * 914400)
            beside = Box(first.left, first.top, first.width, top)
            self.badge(slide, beside, finding.grade, finding.grade_words)
            first = Box(first.left, first.top + top, first.width, first.height - top)
        if said:
            add_text(slide, first, said, sizes=SIZES, name="what it says")
        boxes = iter(rest if said or finding.grade_words else self.places.panel)
        kept = "\n".join((*finding.notes, *finding.caveats))
        for head, text in (("What to do", finding.todo), ("Keep in mind", kept)):
            if text:
                self.headed(slide, next(boxes), head, text)

    def headed(self, slide: Any, box: Box, head: str, text: str) -> None:
        """A small heading with its text below."""
        line = round(0.24 * 914400)
        top, below = (Box(box.left, box.top + d, box.width, h) for d, h in ((0, line), (line, box.height - line)))
        add_text(slide, top, head, size=11, colour=LIGHT.adjusted, bold=True, name=head)
        add_text(slide, below, text, sizes=(12, 11, 10, 9, 8), name=f"{head}: text")

    def table(self, title: str, note: str, listing: Listing, name: str, *, notes: str = "") -> None:
        """A table over as many slides as it needs; none without a line."""
        left = listing
        while left.lines:
            more = "" if left is listing else " (continued)"
            slide = self.slide(title + more, (note, notes))
            self.under(slide, note)
            shown = add_table(slide, self.places.body, left, name)
            self.foot(
                slide, notes or f"run {self.review.run_id} · data to {self.review.data_cut} · {self.review.filters}"
            )
            left = left.after(shown)


def _cells(grid: Grid) -> Listing:
    head = f"{grid.y_title} ↓ {grid.x_title} →".strip()
    lines = ((name, *(c.text or "–" for c in cells)) for name, cells in zip(grid.rows, grid.cells, strict=True))
    return Listing((head, *grid.columns), tuple(lines))
