"""Packs and notes from the command line: what the Export page does, without the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from amends.answer import Answer
from amends.faults import (
    FileNotWritten,
    NoChartHasAnEstimate,
    NoSuchChart,
    NoSuchChoice,
    NoteIsEmpty,
    NoteIsTooLong,
    NothingChosen,
)
from amends.targets import check_file
from dashboard.exports.choice import Choice, exportable
from dashboard.exports.compose import review_of
from dashboard.exports.manifest import Format, PackManifest
from dashboard.exports.neutral import printable
from dashboard.exports.pack import Asked, write_pack
from dashboard.exports.pptx.places import Ratio
from pipelines.contracts.catalog.estimation import OutcomeId
from pipelines.contracts.messages.doing import Progress
from pipelines.errors import SourceError, why
from pipelines.publish import journal
from pipelines.publish.journal import Note
from pipelines.publish.store import Store
from words.speech import PLAIN

NAMED = 6
MOST_LETTERS = 500
C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True)
class Exported(PackManifest):
    """A pack and the file it was written to."""

    file: Path


def write_export(store: Store, run_id: str, to: Path, asked: Asked, progress: Progress) -> Answer:
    """Write a pack of a run. Raises ``PublishError`` or ``SourceError``."""
    check_file(store.published, to)
    review = review_of(store, run_id, asked.choice, progress)
    if not review.findings and asked.choice != Choice():
        raise SourceError(NoChartHasAnEstimate(review.run_id))
    try:
        manifest = write_pack(review, asked, to, progress)
    except OSError as error:
        raise SourceError(FileNotWritten(to, why(error))) from error
    names = [file.name for file in manifest.files]
    said = [_head(to, names, review.run_id), *_remarks(manifest)]
    return Answer("\n".join(said), Exported(**vars(manifest), file=to))


def _head(to: Path, files: Sequence[str], run_id: str) -> str:
    names = PLAIN.enumerated(files[:NAMED])
    if len(files) > NAMED:
        return PLAIN.text("cli.export.done_more", file=str(to), names=names, more=len(files) - NAMED, run=run_id)
    return PLAIN.text("cli.export.done", file=str(to), names=names, run=run_id)


def asked_for(
    formats: str, charts: str | None, outcome: str | None, horizon: int | None, ratio: Ratio, paper: str
) -> Asked:
    """Options of the command line as what a pack is to hold. Raises ``SourceError`` for charts and formats unknown."""
    wanted = _known("--format", _words(formats), Format)
    if not wanted:
        raise SourceError(NothingChosen("--format", tuple(map(str, Format))))
    choice = Choice(_known("--charts", _words(charts), exportable()), OutcomeId(outcome) if outcome else None, horizon)
    return Asked(wanted, choice, ratio, "us-letter" if paper == "letter" else "a4")


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _known(option: str, given: Sequence[str], known: Iterable[C]) -> tuple[C, ...]:
    by_name = {str(one): one for one in known}
    if unknown := tuple(word for word in given if word not in by_name):
        raise SourceError(NoSuchChoice(option, unknown, tuple(by_name)))
    return tuple(by_name[word] for word in given)


def _remarks(manifest: PackManifest) -> list[str]:
    remarks = [PLAIN.text("cli.export.remark", remark=remark) for remark in manifest.remarks]
    return [*remarks, *(PLAIN.text("cli.export.left_out", chart=chart) for chart in manifest.left_out)]


def write_note(store: Store, run_id: str, chart: str, text: str) -> Answer:
    """Append the note. Raises ``PublishError`` for a run that isn't there, ``SourceError`` for a note that can't be."""
    store.folder(run_id)
    said = " ".join(printable(text).split())
    if not said:
        raise SourceError(NoteIsEmpty(MOST_LETTERS))
    if len(said) > MOST_LETTERS:
        raise SourceError(NoteIsTooLong(MOST_LETTERS))
    if chart and chart not in exportable():
        raise SourceError(NoSuchChart(tuple(exportable())))
    entry = journal.append(store, Note(run_id, chart, said))
    told = PLAIN.text("cli.note.chart", chart=chart, run=run_id, text=said) if chart else ""
    return Answer(told or PLAIN.text("cli.note.run", run=run_id, text=said), journal.document(entry))
