"""What an XLSX file itself says of a sheet, read from its XML and not by the parser: rows with values, and its size."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

MAX_XML_BYTES = 1 << 31
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
_NUMBER = re.compile(rb'\br="(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]")
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)\d+"')


@dataclass(frozen=True)
class SheetSize:
    """Numbers of the rows that hold a value, and the last column with a cell (both count from 1)."""

    rows: tuple[int, ...]
    last_column: int


def sheet_names(workbook: IO[bytes]) -> tuple[str, ...]:
    """The sheets of a workbook, in order."""
    with zipfile.ZipFile(workbook) as archive:
        return tuple(_sheets(archive))


def sheet_size(workbook: IO[bytes], sheet: str) -> SheetSize:
    """Survey one sheet without interpreting a cell."""
    with zipfile.ZipFile(workbook) as archive:
        part = archive.getinfo(_sheets(archive)[sheet])
        if part.file_size > MAX_XML_BYTES:
            raise zipfile.BadZipFile(part.filename)
        xml = archive.read(part)
    numbers, last, number = [], 0, 0
    for row in _ROW.finditer(xml):
        given = _NUMBER.search(row.group(1))
        number = int(given.group(1)) if given else number + 1
        cells = row.group(2) or b""
        if _VALUE.search(cells):
            numbers.append(number)
            last = max(last, _last_column(cells))
    return SheetSize(tuple(numbers), last)


def _last_column(cells: bytes) -> int:
    letters = _CELL.findall(cells)
    column = 0
    for letter in letters[-1] if letters else b"":
        column = column * 26 + letter - ord("A") + 1
    return column or cells.count(b"<c")


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part of the archive."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    return {
        str(sheet.get("name")): posixpath.normpath(posixpath.join("/xl", targets[sheet.get(_LINK)])).lstrip("/")
        for sheet in book.iter(f"{_MAIN}sheet")
    }
