"""Packs and notes from the command line: what the Export page does, without the page."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from amends.targets import check_file
from dashboard.exports.choice import Choice, exportable
from dashboard.exports.pack import FORMATS, Asked, review_of, write_pack
from pipelines.errors import SourceError
from pipelines.publish.store import Store

Result = dict[str, Any]
Progress = Callable[[str], None]


def write_export(store: Store, run_id: str | None, to: Path, asked: Asked, progress: Progress) -> Result:
    """Write a pack of the named run, else of the current one. Raises ``PublishError`` or ``SourceError``."""
    check_file(store.published, to)
    _check_asked(asked)
    review = review_of(store, run_id or store.current_id(), asked.choice, progress)
    if not review.findings and asked.choice != Choice():
        raise SourceError(
            f"run {review.run_id}: none of the charts asked for has an estimate. Ask for others, or leave out "
            "--charts, --outcome and --horizon."
        )
    manifest = write_pack(review, asked, to, progress)
    names = ", ".join(str(file["name"]) for file in manifest["files"][:6])
    more = f" and {len(manifest['files']) - 6} more" if len(manifest["files"]) > 6 else ""
    lines = [f"{to}: {names}{more}, from run {review.run_id}", *(f"  {remark}" for remark in manifest["remarks"])]
    lines += [f"  no estimate, so left out: {chart}" for chart in manifest["left_out"]]
    return {"data": manifest | {"file": str(to)}, "text": "\n".join(lines)}


def asked_for(
    formats: str, charts: str | None, outcome: str | None, horizon: int | None, ratio: Any, paper: str
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
        raise SourceError(f"--format: none given. Choose among {', '.join(FORMATS)}.")


def _check_known(option: str, given: Sequence[str], known: Sequence[str]) -> None:
    if unknown := [word for word in given if word not in known]:
        raise SourceError(f"{option}: no such thing as {', '.join(unknown)}. Choose among {', '.join(known)}.")
