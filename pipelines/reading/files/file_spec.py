"""One ``[files.<alias>]`` of a profile: where an export lies and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipelines.errors import SourceError
from pipelines.settings.names import check_known

Format = Literal["csv", "parquet", "xlsx"]
FORMATS: dict[str, Format] = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".parquet": "parquet", ".xlsx": "xlsx"}

# Key → what its value has to be, in TOML's words.
_KEYS: dict[str, str] = {
    "path": "text", "format": "text", "optional": "true or false", "encoding": "text", "delimiter": "text",
    "quote": "text", "header_row": "a row number, or a list of two", "sheet": "text", "decimal": "text",
    "nulls": "a list of texts",
}  # fmt: skip


@dataclass(frozen=True)
class FileSpec:
    """How an export is written.

    ``header_row`` counts physical rows from 1; two numbers mean a header of two rows. ``encoding`` empty: UTF-8, or
    what a byte order mark says. ``sheet`` empty: the first. ``nulls``: texts that mean "nothing", besides blanks.
    """

    alias: str = ""
    path: str = ""
    format: Format = "csv"
    optional: bool = False
    encoding: str = ""
    delimiter: str = ","
    quote: str = '"'
    header_row: tuple[int, ...] = (1,)
    sheet: str = ""
    decimal: Literal[".", ","] = "."
    nulls: tuple[str, ...] = ()


def read_file_spec(alias: str, entry: Any, where: Path) -> FileSpec:
    """Check one entry; ``SourceError`` names the key that is wrong."""
    at = f"{where}: [files.{alias}]"
    if not (alias.isidentifier() and alias.isascii()):
        raise SourceError(f"{at} use letters, digits and _ for the name of a file, so that SQL can name it too.")
    if not isinstance(entry, Mapping):
        raise SourceError(f'{at} write it as {alias} = {{ path = "export.csv" }}.')
    check_known(entry, _KEYS, at, "key")
    if "path" not in entry:
        raise SourceError(f'{at} says no path. Add path = "export.csv" (a * is allowed).')
    if Path(str(entry["path"])).is_absolute() or ".." in Path(str(entry["path"])).parts:
        raise SourceError(f"{at} path must lie inside the data folder. Move the file there, and name it from there.")
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    if isinstance(given.get("header_row"), int):
        given["header_row"] = (given["header_row"],)
    for key, value in given.items():
        if not _well_typed(key, value):
            raise SourceError(f"{at} {key} must be {_KEYS[key]}.")
    _check_marks(given, at)
    return FileSpec(**{"format": _format(given, at), **given, "alias": alias})


def _well_typed(key: str, value: Any) -> bool:
    match _KEYS[key]:
        case "text":
            return isinstance(value, str)
        case "true or false":
            return isinstance(value, bool)
        case "a list of texts":
            return isinstance(value, tuple) and all(isinstance(v, str) for v in value)
    rows = isinstance(value, tuple) and all(isinstance(v, int) and v >= 1 for v in value)
    return rows and (len(value) == 1 or (len(value) == 2 and value[1] == value[0] + 1))


def _check_marks(given: Mapping[str, Any], at: str) -> None:
    delimiter, quote = given.get("delimiter", ","), given.get("quote", '"')
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in "\r\n\0":
        raise SourceError(rf'{at} delimiter must be one character such as "," ";" "|" or "\t".')
    if len(quote) > 1 or not quote.isascii() or quote == delimiter or quote in ("\r", "\n", "\0"):
        raise SourceError(f"{at} quote must be one character other than the delimiter, or empty for none.")
    if given.get("decimal", ".") not in (".", ","):
        raise SourceError(f'{at} decimal must be "." or ",".')


def _format(given: Mapping[str, Any], at: str) -> Format:
    if "format" in given:
        check_known([given["format"]], FORMATS.values(), at, "format")
    suffix = Path(given["path"].removesuffix(".gz")).suffix.lower()
    if "format" not in given and suffix not in FORMATS:
        raise SourceError(f'{at} the ending {suffix!r} is not known. Say format = "csv", "parquet" or "xlsx".')
    found: Format = given.get("format") or FORMATS[suffix]
    return found
