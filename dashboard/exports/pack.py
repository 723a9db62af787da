"""One zip with everything that was asked for and a manifest that says what is in it and where it comes from."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.exports.choice import Choice
from dashboard.exports.csv import csv_bytes
from dashboard.exports.manifest import MANIFEST, PICTURES, Format, PackedChart, PackedFile, PackManifest, encoded
from dashboard.exports.neutral import file_name
from dashboard.exports.pdf.brief import brief
from dashboard.exports.pdf.press import Paper
from dashboard.exports.pictures import NO_BROWSER, browser, pictures
from dashboard.exports.pptx.deck import deck
from dashboard.exports.pptx.places import Ratio
from dashboard.exports.review import Finding, Review
from dashboard.exports.xlsx.book import workbook
from pipelines.contracts.messages.doing import MakingFile, Progress

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Asked:
    """What a pack is to hold: formats, charts and filters, the deck's ratio and the brief's paper."""

    formats: tuple[Format, ...] = (Format.PPTX, Format.PDF, Format.XLSX)
    choice: Choice = field(default_factory=Choice)
    ratio: Ratio = "16:9"
    paper: Paper = "a4"


def write_pack(review: Review, asked: Asked, to: Path, progress: Progress) -> PackManifest:
    """Write the zip and return its manifest. The file appears whole or not at all."""
    partial = to.with_name(f"{to.name}.part")
    packed = []
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _files(review, asked, progress):
                _add(archive, name, content)
                packed.append(PackedFile(name, hashlib.sha256(content).hexdigest(), len(content)))
            manifest = _manifest(review, asked, packed)
            _add(archive, MANIFEST, encoded(manifest))
        partial.replace(to)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return manifest


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, FIRST_MOMENT)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(entry, content)


def _files(review: Review, asked: Asked, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """(name in the zip, bytes), one file in memory at a time."""
    stem = f"amends_{file_name(review.run_id)}_review"
    makers: dict[Format, Callable[[], bytes]] = {
        Format.PPTX: lambda: deck(review, asked.ratio),
        Format.PDF: lambda: brief(review, asked.paper),
        Format.XLSX: lambda: workbook(review),
    }
    for kind, make in makers.items():
        if kind in asked.formats:
            progress(MakingFile(kind.value))
            yield f"{stem}.{kind}", make()
    if Format.CSV in asked.formats:
        for finding in review.findings:
            yield f"data/{file_name(finding.id)}.csv", chart_csv(review, finding)
    for name, content in pictures(review.findings, _pictured(asked), progress):
        yield f"charts/{file_name(name)}", content


def _pictured(asked: Asked) -> tuple[Format, ...]:
    return tuple(kind for kind in PICTURES if kind in asked.formats)


def chart_csv(review: Review, finding: Finding) -> bytes:
    """The rows behind a chart, with what it says and where it comes from on top."""
    facts = (*review.facts, finding.headline, finding.subtitle, finding.definition, finding.source)
    grade = (f"Grade {finding.grade}: {finding.grade_words}",) if finding.grade else ()
    return csv_bytes(finding.rows, (*facts, *grade, *finding.caveats, *finding.notes), review.speech)


def _manifest(review: Review, asked: Asked, files: Sequence[PackedFile]) -> PackManifest:
    shown = {f.id for f in review.findings}
    return PackManifest(
        pack="review",
        run_id=review.run_id,
        name=review.name,
        company=review.title,
        simulated=review.simulated,
        data_cut=review.data_cut,
        filters=review.filters,
        charts=tuple(PackedChart(f.id, f.headline, f.grade, f.source, f.caveats) for f in review.findings),
        left_out=tuple(c for c in asked.choice.charts if c not in shown),
        remarks=(NO_BROWSER,) if _pictured(asked) and browser() is None else (),
        files=tuple(files),
    )
