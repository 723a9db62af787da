"""What somebody said of what exports leave open, and of which file: kept as TOML, found again by the file's header.

An answer holds for the file it was given for, and for any file with the same columns: the next export of the same tool.
Names of columns and labels of states are kept, never a row.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pipelines.contracts.catalog.company import Asked
from pipelines.errors import SourceError
from pipelines.reading.draft.faults import AnswersNotRead, AnswersNotToml
from pipelines.settings.declared import TEXT, check_known, code, declared, is_list_of, wanted
from pipelines.settings.faults import EntriesMustBeBlocks, Noun, Wants

SECTION = "answers"
DRAFTED = "drafted"
# Answers as they are typed.
DECIMALS, THOUSANDS, CENTS, UNITS, BUSINESS_HOURS = "decimals", "thousands", "cents", "units", "business_hours"
_ANY_TEXT = wanted(Wants.TEXT, lambda v: isinstance(v, str))
_TEXTS = wanted(Wants.TEXTS, lambda v: isinstance(v, str) or v == [] or is_list_of(v, str))


def signature(columns: Iterable[str]) -> str:
    """What files of the same columns share, in any order: 16 hex digits, of the names alone."""
    names = "\n".join(sorted(" ".join(column.lower().split()) for column in columns))
    return hashlib.sha256(names.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Said:
    """One answer: annotated fields are its keys. ``about``: a column of the export, or a canonical table or column.

    ``header`` is the signature of the file's columns, ``among`` the labels that were asked about, ``answer`` what was
    said of them: empty while nobody has.
    """

    asks: Annotated[Asked, code(Asked)]
    about: Annotated[str, TEXT]
    answer: Annotated[tuple[str, ...], _TEXTS] = ()
    file: Annotated[str, _ANY_TEXT] = ""
    header: Annotated[str, _ANY_TEXT] = ""
    among: Annotated[tuple[str, ...], _TEXTS] = ()

    @property
    def open(self) -> bool:
        """Whether nobody has answered yet; of labels asked about none may count."""
        return not self.answer and not self.among


@dataclass(frozen=True)
class Answers:
    """Everything that was said, the latest word first."""

    said: tuple[Said, ...] = ()
    _found: Mapping[tuple[Asked, str], tuple[Said, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[tuple[Asked, str], tuple[Said, ...]] = {}
        for said in self.said:
            found[said.asks, said.about] = (*found.get((said.asks, said.about), ()), said)
        object.__setattr__(self, "_found", found)

    def of(self, asks: Asked, about: str, file: str = "", header: str = "") -> Said | None:
        """What was said of this file, else of one with the same columns."""
        found = self._found.get((asks, about), ())
        named = (said for said in found if said.file == file and said.header in ("", header))
        alike = (said for said in found if header and said.header == header)
        return next(named, None) or next(alike, None)

    def one(self, asks: Asked, about: str, file: str = "", header: str = "") -> str:
        """The single word said, or "" """
        said = self.of(asks, about, file, header)
        return said.answer[0] if said and said.answer else ""

    def every(self, asks: Asked, about: str) -> tuple[Said, ...]:
        """Everything said of something, whichever the file."""
        return self._found.get((asks, about), ())

    def then(self, *more: Said) -> "Answers":
        """With further answers, which come before those there are."""
        replaced = {(s.asks, s.about, s.file, s.header, s.among) for s in more}
        kept = (s for s in self.said if (s.asks, s.about, s.file, s.header, s.among) not in replaced)
        return Answers((*more, *kept))

    def after(self, earlier: "Answers") -> "Answers":
        """These, and what was said earlier where these say nothing."""
        return earlier.then(*self.said)


@dataclass(frozen=True)
class Kept:
    """A file of answers: those given, and the seal of the profile they were written beside."""

    answers: Answers
    drafted: str = ""


def seal(text: str) -> str:
    """What tells whether a drafted profile is still as it was drafted."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_answers(path: Path) -> Kept:
    """The answers kept in a file; entries that nobody has answered yet are left out. Raises ``SourceError``."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(AnswersNotRead(path, error.strerror or "")) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(AnswersNotToml(path, str(error))) from error
    check_known(document, {SECTION, DRAFTED}, f"{path}:", Noun.SECTION)
    entries = document.get(SECTION, [])
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise SourceError(EntriesMustBeBlocks(path, SECTION))
    found = tuple(_said(entry, f"{path}: [[{SECTION}]] {n}") for n, entry in enumerate(entries, start=1))
    return Kept(Answers(tuple(said for said in found if not said.open)), str(document.get(DRAFTED, "")))


def _said(entry: Mapping[str, Any], at: str) -> Said:
    given = declared(Said, entry, at, f"{at}: ")
    texts: dict[str, tuple[str, ...]] = {key: _texts(given[key]) for key in ("answer", "among") if key in given}
    # An empty text is a place for an answer; an empty list says that none of the labels counts.
    untold = entry.get("answer", "") == ""
    untold_of: dict[str, tuple[str, ...]] = {"among": ()} if untold else {}
    return Said(**{**given, **texts, **untold_of})


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple) else (value,) if value else ()


NOTHING_SAID = Answers()
