"""A first profile for a folder of exports, drafted from names and values, each guess with its reason."""

from pathlib import Path

from pipelines.errors import SourceError
from pipelines.reading.draft.build import make_draft
from pipelines.reading.draft.document import Say, profile_texts
from pipelines.reading.draft.faults import DraftFolderTaken, DraftNotWritten
from pipelines.reading.draft.guess import Draft, Guess
from pipelines.reading.files.exports import Data

__all__ = ["Draft", "Guess", "check_new", "draft_profile", "make_draft", "write_draft"]


def draft_profile(data: Data, folder: Path, say: Say) -> Draft:
    """Draft a profile for the exports in ``data`` and write it into ``folder``, which must be new or empty.

    What can't be used yet is a profile too: of what was seen, with the questions that it leaves open.

    ``say`` turns what is remarked into the lines of comment beside each guess.
    """
    check_new(folder)
    draft = make_draft(data, folder)
    write_draft(draft, say)
    return draft


def check_new(folder: Path) -> None:
    """Raise ``SourceError`` when there is something in the folder that a draft could overwrite."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SourceError(DraftFolderTaken(folder))


def write_draft(draft: Draft, say: Say) -> None:
    """Write source.toml, and a .sql where a map of columns isn't enough; replaces an earlier draft."""
    try:
        draft.folder.mkdir(parents=True, exist_ok=True)
        for name, text in profile_texts(draft, say).items():
            (draft.folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise SourceError(DraftNotWritten(draft.folder, error.strerror or "")) from error
