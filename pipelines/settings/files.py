"""One ``[files.<alias>]`` of a profile: where an export lies and how it is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pipelines.errors import SourceError
from pipelines.settings.declared import YES_NO, check_known, declared, frozen, wanted
from pipelines.settings.faults import Noun, Wants
from pipelines.settings.faults_of_files import (
    CommentsAreNotRead,
    DecimalMustBe,
    DelimiterMustBe,
    EscapesAreNotRead,
    FileMustBeKeys,
    KeyOfAnotherFormat,
    NoFileAlias,
    NoPath,
    PathLeavesData,
    QuoteMustBe,
    UnknownEnding,
)


class Format(StrEnum):
    """How a file is stored; ``table``: not as a file, but as a table of a database."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    TABLE = "table"


FORMATS: Mapping[str, Format] = {
    ".csv": Format.CSV, ".tsv": Format.CSV, ".txt": Format.CSV, ".parquet": Format.PARQUET, ".xlsx": Format.XLSX,
}  # fmt: skip
# Keys that say something about files of some formats only.
_ONLY_FOR: Mapping[str, tuple[Format, ...]] = {
    "encoding": (Format.CSV,), "delimiter": (Format.CSV,), "quote": (Format.CSV,), "sheet": (Format.XLSX,),
    "header_row": (Format.CSV, Format.XLSX),
}  # fmt: skip
# Keys that other tools know and nothing here reads.
_UNREAD = {"comment": CommentsAreNotRead, "escape": EscapesAreNotRead}


def _is_header(value: Any) -> bool:
    rows = value if isinstance(value, list) else [value]
    counted = all(isinstance(row, int) and row >= 1 for row in rows)
    return counted and (len(rows) == 1 or (len(rows) == 2 and rows[1] == rows[0] + 1))


# Names that writers of data sets give to parts: part-00000-…, 000000_0, data_0, or an id.
_PART = re.compile(r"^(part|data|file|chunk)?[-_*0-9]*$|^(part[-_].*|[0-9a-f*]{8}-[0-9a-f*-]{4,})$", re.IGNORECASE)

_TEXT = wanted(Wants.PLAIN_TEXT, lambda v: isinstance(v, str))
_TEXTS = wanted(Wants.TEXTS, lambda v: isinstance(v, list) and all(isinstance(item, str) for item in v))
_HEADER = wanted(Wants.HEADER_ROW, _is_header, lambda v: frozen(v if isinstance(v, list) else [v]))


@dataclass(frozen=True)
class FileSpec:
    """How an export is written; annotated fields are the keys. Of a table ``path`` is its name in the database.

    ``header_row`` counts physical rows from 1; two numbers mean a header of two rows. ``encoding`` empty: UTF-8, or
    what a byte order mark says. ``sheet`` empty: the first; ``*`` in it stands for anything. ``nulls``: texts that mean
    "nothing", besides blanks.
    """

    alias: str = ""
    path: Annotated[str, _TEXT] = ""
    format: Annotated[Format, _TEXT] = Format.CSV
    optional: Annotated[bool, YES_NO] = False
    encoding: Annotated[str, _TEXT] = ""
    delimiter: Annotated[str, _TEXT] = ","
    quote: Annotated[str, _TEXT] = '"'
    header_row: Annotated[tuple[int, ...], _HEADER] = (1,)
    sheet: Annotated[str, _TEXT] = ""
    decimal: Annotated[Literal[".", ","], _TEXT] = "."
    nulls: Annotated[tuple[str, ...], _TEXTS] = ()

    @property
    def stem(self) -> str:
        """The name without folders and endings; of a table without its schema, of parts of a data set its folder's."""
        if self.format is Format.TABLE:
            return self.path.rpartition(".")[2]
        *folders, name = (part for part in Path(self.path).parts if "=" not in part)
        named = name.partition(".")[0]
        return folders[-1] if folders and _PART.match(named) else named


def read_file_spec(alias: str, entry: Any, where: Path) -> FileSpec:
    """Check one entry; ``SourceError`` names the key that is wrong."""
    at = f"{where}: [files.{alias}]"
    if not (alias.isidentifier() and alias.isascii()):
        raise SourceError(NoFileAlias(at))
    if not isinstance(entry, Mapping):
        raise SourceError(FileMustBeKeys(at, f'{alias} = {{ path = "…" }}'))
    for key, fault in _UNREAD.items():
        if key in entry:
            raise SourceError(fault(at))
    given = declared(FileSpec, entry, at, f"{at} ")
    _check_path(given, at)
    spec = FileSpec(**{**given, "alias": alias, "format": _format(given, at)})
    _check_marks(spec, at)
    for key, formats in _ONLY_FOR.items():
        if key in given and spec.format not in formats:
            raise SourceError(KeyOfAnotherFormat(at, key, spec.format.value))
    return spec


def _check_path(given: Mapping[str, Any], at: str) -> None:
    if "path" not in given:
        raise SourceError(NoPath(at))
    path = Path(given["path"])
    if path.is_absolute() or ".." in path.parts:
        raise SourceError(PathLeavesData(at))


def _check_marks(spec: FileSpec, at: str) -> None:
    delimiter, quote = spec.delimiter, spec.quote
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in "\r\n\0":
        raise SourceError(DelimiterMustBe(at, r'"," ";" "|"', r'"\t"'))
    if len(quote) > 1 or not quote.isascii() or quote == delimiter or quote in ("\r", "\n", "\0"):
        raise SourceError(QuoteMustBe(at))
    if spec.decimal not in (".", ","):
        raise SourceError(DecimalMustBe(at))


def _format(given: Mapping[str, Any], at: str) -> Format:
    if "format" in given:
        check_known([given["format"]], tuple(Format), at, Noun.FORMAT)
        return Format(given["format"])
    suffix = Path(given["path"].removesuffix(".gz")).suffix.lower()
    if suffix not in FORMATS:
        raise SourceError(UnknownEnding(at, suffix))
    return FORMATS[suffix]
