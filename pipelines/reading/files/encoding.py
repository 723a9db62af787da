"""Any export as a UTF-8 file without byte order mark: unpacked and recoded into the engine's private folder."""

import codecs
import gzip
import zlib
from contextlib import closing
from pathlib import Path
from typing import IO

from pipelines.errors import SourceError
from pipelines.reading.files.exports import Export
from pipelines.reading.files.faults import FileBreaksOff, NoGzip, NotInEncoding, UnknownEncoding

# Longest first: the mark of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BLOCK = 1 << 20


def utf8_file(export: Export, scratch: Path) -> Path:
    """The export itself when it already is plain UTF-8, else a recoded copy in ``scratch``."""
    with closing(_opened(export.path)) as source:
        encoding = _encoding(export, _head(export, source))
    if encoding == "utf-8" and export.path.suffix != ".gz":
        return export.path
    copy = scratch / f"{export.spec.alias}.{export.name.replace('/', '_')}.utf8"
    with closing(_opened(export.path)) as source, copy.open("wb") as target:
        _recode(export, source, target, encoding)
    return copy


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _head(export: Export, source: IO[bytes]) -> bytes:
    try:
        return source.read(4)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(NoGzip(export.name)) from error


def _encoding(export: Export, head: bytes) -> str:
    marked = next((encoding for mark, encoding in MARKS if head.startswith(mark)), "")
    declared = export.spec.encoding
    if not declared:
        return marked or "utf-8"
    try:
        codec = codecs.lookup(declared).name
    except LookupError as error:
        raise SourceError(UnknownEncoding(export.spec.alias, declared)) from error
    return marked if codec in {"utf-8", "utf-8-sig"} and marked == "utf-8-sig" else codec


def _recode(export: Export, source: IO[bytes], target: IO[bytes], encoding: str) -> None:
    """Copy block by block; bytes that only claim to be UTF-8 are kept for the reader to judge row by row."""
    keeps_bytes = encoding in {"utf-8", "utf-8-sig"}
    if encoding == "utf-8-sig":
        source.read(len(codecs.BOM_UTF8))
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while block := source.read(BLOCK):
            target.write(block if keeps_bytes else decoder.decode(block).encode())
        if not keeps_bytes:
            target.write(decoder.decode(b"", final=True).encode())
    except UnicodeDecodeError as error:
        raise SourceError(NotInEncoding(export.name, encoding, export.spec.alias)) from error
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(FileBreaksOff(export.name)) from error
