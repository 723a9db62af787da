"""What a counted table is broken down by: one dimension, some of its levels, or months; bound to the address.

Counts add up: a table never averages rates, it shows the published cells and says how many incidents they hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.mart import Col
from pipelines.contracts.tables.measure import Measured
from words.segments import parts_of
from words.speech import Speech

MONTH = "month"
DIMENSIONS: Mapping[str, str] = {
    Col.CHANNEL: "channel", Col.SITE_ID: "site", Col.BRAND: "brand", Col.SEVERITY: "severity",
    Col.CATEGORY: "kind of failure", Col.SEGMENT: "segment", Col.REGION: "region", Col.LOYALTY_TIER: "loyalty tier",
    MONTH: "month",
}  # fmt: skip
Cells = Mapping[tuple[str, str], Measured]


@dataclass(frozen=True)
class View:
    """A dimension and the segments of it that are shown; no dimension means everyone."""

    dimension: str = ""
    segments: tuple[str, ...] = ()


def cells_of(measures: Iterable[Measured]) -> dict[tuple[str, str], Measured]:
    """Rows of ``measures`` by measure and segment; a month of opening is a segment like any other."""
    return {(m.measure, f"{MONTH}={m.period}" if m.period else m.segment): m for m in measures}


def levels(cells: Cells, measure: str, dimension: str) -> tuple[str, ...]:
    """The segments of a dimension that a measure was counted by."""
    return tuple(s for m, s in cells if m == measure and s.partition("=")[0] == dimension)


def dimension_of(segment: str) -> str:
    """By what a segment is one: ``severity``, or ``severity × value`` where two are crossed."""
    return " × ".join(part.partition("=")[0] for part in parts_of(segment))


def added_up(cells: Cells, measure: str, segments: Sequence[str], speech: Speech) -> str:
    """How many of the incidents the shown segments hold, so that a reader sees what is left out."""
    whole = cells.get((measure, ""))
    if whole is None or not segments:
        return ""
    held = sum(cells[measure, s].n or 0 for s in segments if (measure, s) in cells)
    every = whole.n or 0
    rest = every - held
    left_out = f"; {speech.count(rest)} are in none of them" if rest else ""
    return f"Together {speech.count(held)} of {speech.count(every)} incidents{left_out}."
