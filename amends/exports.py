"""Packs from the command line: what the Export page does, without the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from amends.answer import Answer
from amends.faults import NoChartHasAnEstimate, NoSuchChoice, NothingChosen
from amends.targets import check_file
from dashboard.exports.choice import Choice, exportable
from dashboard.exports.manifest import PackManifest
from dashboard.exports.pack import FORMATS, Asked, review_of, write_pack
from dashboard.exports.pptx.places import Ratio
from pipelines.contracts.catalog.doing import Progress
from pipelines.errors import SourceError
from pipelines.publish.store import Store
from words.speech import PLAIN

NAMED = 6


@dataclass(frozen=True)
class Exported(PackManifest):
    """A pack and the file it was written to."""

    file: Path


def write_export(store: Store, run_id: str | None, to: Path, asked: Asked, progress: Progress) -> Answer:
    """Write a pack of the named run, else of the current one. Raises ``PublishError`` or ``SourceError``."""
    check_file(store.published, to)
    _check_asked(asked)
    review = review_of(store, run_id or store.current_id(), asked.choice, progress)
    if not review.findings and asked.choice != Choice():
        raise SourceError(NoChartHasAnEstimate(review.run_id))
    manifest = write_pack(review, asked, to, progress)
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
    """Options of the command line as what a pack is to hold."""
    choice = Choice(tuple(_words(charts)), outcome, horizon)
    return Asked(tuple(_words(formats)), choice, ratio, "us-letter" if paper == "letter" else "a4")


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _check_asked(asked: Asked) -> None:
    _check_known("--format", asked.formats, FORMATS)
    _check_known("--charts", asked.choice.charts, exportable())
    if not asked.formats:
        raise SourceError(NothingChosen("--format", FORMATS))


def _check_known(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    if unknown := tuple(word for word in given if word not in known):
        raise SourceError(NoSuchChoice(option, unknown, tuple(known)))


def _remarks(manifest: PackManifest) -> list[str]:
    remarks = [PLAIN.text("cli.export.remark", remark=remark) for remark in manifest.remarks]
    return [*remarks, *(PLAIN.text("cli.export.left_out", chart=chart) for chart in manifest.left_out)]
