"""Where files may be written: outside the published folder, whose runs never change, and where a folder is."""

from pathlib import Path

from amends.faults import FileNotWritten, InsidePublished, NoFileThere, NoFolderThere
from pipelines.errors import SourceError, why


def check_file(published: Path, to: Path) -> None:
    """A file can be written there. Raises ``SourceError``."""
    _check_outside(published, to)
    if to.is_dir() or not to.resolve().parent.is_dir():
        raise SourceError(NoFileThere(to))


def make_folder(published: Path, to: Path) -> None:
    """The folder is there afterwards; made where the folder above it exists. Raises ``SourceError``."""
    _check_outside(published, to)
    if to.is_file() or not to.resolve().parent.is_dir():
        raise SourceError(NoFolderThere(to))
    try:
        to.mkdir(exist_ok=True)
    except OSError as error:
        raise SourceError(FileNotWritten(to, why(error))) from error


def _check_outside(published: Path, to: Path) -> None:
    if to.resolve().is_relative_to(published.resolve()):
        raise SourceError(InsidePublished(to))
