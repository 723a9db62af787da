"""Any export as UTF-8 without byte order mark, unpacked and recoded in memory: no copy of it is written down."""

import codecs
import gzip
import zlib
from contextlib import closing
from io import BytesIO
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
HEAD, BLOCK = 4, 1 << 20


def as_utf8(export: Export, content: bytes) -> bytes:
    """The export itself when it already is plain UTF-8, else unpacked and recoded."""
    with closing(_opened(export, content)) as source:
        head = _head(export, source)
        encoding = _encoding(export, head)
        if encoding == "utf-8" and export.path.suffix != ".gz":
            return content
        return _recoded(export, head, source, encoding)


def _opened(export: Export, content: bytes) -> IO[bytes]:
    packed = export.path.suffix == ".gz"
    return gzip.open(BytesIO(content)) if packed else BytesIO(content)  # type: ignore[return-value]


def _head(export: Export, source: IO[bytes]) -> bytes:
    try:
        return source.read(HEAD)
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


def _recoded(export: Export, head: bytes, source: IO[bytes], encoding: str) -> bytes:
    """Block by block; bytes that only claim to be UTF-8 are kept for the reader to judge row by row."""
    keeps_bytes = encoding in {"utf-8", "utf-8-sig"}
    decoder, target = codecs.getincrementaldecoder(encoding)(), BytesIO()
    block = head.removeprefix(codecs.BOM_UTF8) if encoding == "utf-8-sig" else head
    try:
        while block:
            target.write(block if keeps_bytes else decoder.decode(block).encode())
            block = source.read(BLOCK)
        if not keeps_bytes:
            target.write(decoder.decode(b"", final=True).encode())
    except UnicodeDecodeError as error:
        raise SourceError(NotInEncoding(export.name, encoding, export.spec.alias)) from error
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(FileBreaksOff(export.name)) from error
    return target.getvalue()
