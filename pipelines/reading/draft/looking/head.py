"""The first text of a file, and the encoding its bytes show."""

import codecs
import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipelines.reading.files.encoding import MARKS

HEAD_BYTES = 1 << 18
BLOCK_BYTES = 1 << 22
# Bytes that Windows-1252 doesn't define.
_NOT_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


def text_head(path: Path) -> tuple[str, str]:
    """The head of a file without the line broken off at its end, and its encoding; empty: UTF-8, or marked by itself.

    Raises ``OSError``, ``EOFError`` or ``zlib.error`` when the file can't be read or unpacked.
    """
    with _opened(path) as file:
        head = file.read(HEAD_BYTES)
    marked = next((encoding for mark, encoding in MARKS if head.startswith(mark)), "")
    encoding = marked or _unmarked(path, head)
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    if len(head) == HEAD_BYTES:
        text = text.rpartition("\n")[0] or text
    return text, "" if marked or encoding == "utf-8" else encoding


def _unmarked(path: Path, head: bytes) -> str:
    """UTF-16 when every other byte is empty, UTF-8 when the whole file is, else what Windows writes in the west."""
    for encoding, empty in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if empty.count(0) > len(empty) / 2:
            return encoding
    if _is_utf8(path):
        return "utf-8"
    return "latin-1" if _NOT_WINDOWS.search(head) else "cp1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(path: Path) -> Iterator[bytes]:
    with _opened(path) as file:
        while block := file.read(BLOCK_BYTES):
            yield block


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]
