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
# Signs between letters, where a western reading of central European letters puts them.
_CENTRAL = re.compile(r"[a-z][¹³¿£¥¯][a-z]|[a-z][¹³¿]\b", re.IGNORECASE)
# Letters in runs, and the signs that stand alone behind the numbers of dates.
_EASTERN = (
    ("cp932", re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]{2,}|(?<=[0-9])[年月日時分秒]")),
    ("cp949", re.compile("[\uac00-\ud7a3]{2,}|(?<=[0-9])[년월일시분초]")),
)
MOSTLY_IN_RUNS = 0.7


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
    """UTF-16 when every other byte is empty, UTF-8 when the whole file is, else what its letters show.

    Japanese and Korean letters stand beside each other, and those of central Europe are signs in a western reading.
    """
    for encoding, empty in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if empty.count(0) > len(empty) / 2:
            return encoding
    if _is_utf8(path):
        return "utf-8"
    for encoding, letters in _EASTERN:
        if _is_eastern(head, encoding, letters):
            return encoding
    if _NOT_WINDOWS.search(head):
        return "latin-1" if not _CENTRAL.search(head.decode("latin-1")) else "cp1250"
    return "cp1250" if _CENTRAL.search(head.decode("cp1252")) else "cp1252"


def _is_eastern(head: bytes, encoding: str, letters: re.Pattern[str]) -> bool:
    """Whether nearly everything beyond ASCII is of this script, and mostly in runs: accents of the west stand alone."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    beyond = sum(not c.isascii() for c in text)
    runs = sum(len(run) for run in letters.findall(text))
    return beyond > 0 and runs >= MOSTLY_IN_RUNS * beyond


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
