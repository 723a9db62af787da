"""Rows of a delimited file counted from its bytes alone, so that no parser has to be believed.

A file is *plain* when every quote opens at the start of a field and closes at its end, every record has as many fields
as the header, line ends are all alike, no line is blank, and the bytes are UTF-8 without NUL. In a plain file a line
feed ends a record exactly when an even number of quotes stands before it.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

CHUNK_BYTES = 1 << 22
LINE_FEED, CARRIAGE_RETURN = 10, 13


@dataclass(frozen=True)
class Dialect:
    """How a file is written: one-byte delimiter, one-byte quote (0: none), fields per record."""

    delimiter: int
    quote: int
    fields: int


@dataclass(frozen=True)
class Structure:
    """Records of a plain file, its longest record in bytes, and the physical line each record starts on.

    ``lines`` is None when no record spans several lines: record i then stands on the first line + i.
    """

    records: int
    longest_bytes: int
    lines: Numbers | None


@dataclass(frozen=True)
class _Seen:
    """Where the scan stands between two chunks: inside quotes or not, and the record that is still open."""

    line: int
    inside: bool = False
    last_byte: int = LINE_FEED
    closed_last: bool = False
    delimiters: int = 0
    record_bytes: int = 0


@dataclass(frozen=True)
class _Chunk:
    """A block of bytes and what is structure in it: ``marks`` end fields, ``ends`` end records (both outside quotes).

    ``inside`` is None when no byte of the block stands inside quotes.
    """

    bytes: Bytes
    quotes: Flags | None
    inside: Flags | None
    returns: bool
    feeds: Flags
    marks: Numbers
    ends: Numbers


@dataclass(frozen=True)
class _Ended:
    """Records that end in a chunk: the line after each, the longest, and how many lines end in CR LF."""

    next_lines: Numbers
    longest_bytes: int
    after_return: int


def scan(data: bytes, offset: int, first_line: int, dialect: Dialect) -> Structure | None:
    """Structure of the records from byte ``offset``, which is line ``first_line``; None when the file isn't plain."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen, ended = _Seen(first_line), list[_Ended]()
    for block in _blocks(data, offset):
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            return None
        chunk = _chunk(block, seen, dialect)
        well_written = (
            b"\0" not in block and _returns_stand_well(chunk, seen) and _quotes_stand_well(chunk, seen, dialect)
        )
        step = _ended(chunk, seen, dialect) if well_written else None
        if step is None:
            return None
        ended.append(step)
        seen = _after(chunk, seen)
    complete = not seen.inside and (seen.record_bytes == 0 or seen.delimiters == dialect.fields - 1)
    return _structure(ended, seen, first_line) if complete else None


def _blocks(data: bytes, offset: int) -> Iterator[bytes]:
    for start in range(offset, len(data), CHUNK_BYTES):
        yield data[start : start + CHUNK_BYTES]


def _structure(ended: list[_Ended], seen: _Seen, first_line: int) -> Structure | None:
    lines = np.concatenate([np.array([first_line], np.int64), *(e.next_lines for e in ended)])
    feeds = len(lines) - 1
    if sum(e.after_return for e in ended) not in (0, feeds):
        return None
    records = feeds + (seen.record_bytes > 0)
    lines = lines[:records]
    spans = records > 0 and lines[-1] != first_line + records - 1
    longest = max([seen.record_bytes, *(e.longest_bytes for e in ended)])
    return Structure(records, longest, lines if spans else None)


def _chunk(block: bytes, seen: _Seen, dialect: Dialect) -> _Chunk:
    data = np.frombuffer(block, np.uint8)
    feeds = data == LINE_FEED
    structure = feeds | (data == dialect.delimiter)
    quotes = inside = None
    if seen.inside or seen.closed_last or bytes([dialect.quote]) in block:
        quotes = data == dialect.quote
        inside = np.concatenate(([False], np.logical_xor.accumulate(quotes)[:-1])) ^ seen.inside
        structure &= ~inside
    marks = np.flatnonzero(structure)
    return _Chunk(data, quotes, inside, b"\r" in block, feeds, marks, marks[feeds[marks]])


def _previous(chunk: _Chunk, seen: _Seen) -> Bytes:
    return np.concatenate(([np.uint8(seen.last_byte)], chunk.bytes[:-1]))


def _returns_stand_well(chunk: _Chunk, seen: _Seen) -> bool:
    """Outside quotes a carriage return stands only before a line feed."""
    if not chunk.returns and seen.last_byte != CARRIAGE_RETURN:
        return True
    broken = (_previous(chunk, seen) == CARRIAGE_RETURN) & ~chunk.feeds
    return not (broken if chunk.inside is None else broken & ~chunk.inside).any()


def _quotes_stand_well(chunk: _Chunk, seen: _Seen, dialect: Dialect) -> bool:
    """Quotes stand at the edges of fields; doubled ones inside close and open again."""
    if chunk.quotes is None or chunk.inside is None:
        return True
    opening, closing = chunk.quotes & ~chunk.inside, chunk.quotes & chunk.inside
    after_closing = chunk.bytes[np.concatenate(([seen.closed_last], closing[:-1]))]
    may_precede = np.array([dialect.delimiter, LINE_FEED, dialect.quote], np.uint8)
    may_follow = np.array([dialect.delimiter, LINE_FEED, CARRIAGE_RETURN, dialect.quote], np.uint8)
    before_opening = _previous(chunk, seen)[opening]
    return bool(np.isin(before_opening, may_precede).all() and np.isin(after_closing, may_follow).all())


def _ended(chunk: _Chunk, seen: _Seen, dialect: Dialect) -> _Ended | None:
    """The records that end in the chunk; None when one has too few or too many fields, or is blank."""
    ranks = np.flatnonzero(chunk.feeds[chunk.marks])
    delimiters, lengths = np.diff(ranks, prepend=-1) - 1, np.diff(chunk.ends, prepend=-1)
    if len(ranks):
        delimiters[0] += seen.delimiters
        lengths[0] += seen.record_bytes
    returned = np.zeros(len(ranks), bool)
    if chunk.returns or seen.last_byte == CARRIAGE_RETURN:
        returned = _previous(chunk, seen)[chunk.ends] == CARRIAGE_RETURN
    if (delimiters != dialect.fields - 1).any() or (lengths - 1 - returned == 0).any():
        return None
    feeds = np.arange(1, len(ranks) + 1) if chunk.inside is None else np.cumsum(chunk.feeds)[chunk.ends]
    return _Ended(feeds.astype(np.int64) + seen.line, int(lengths.max(initial=0)), int(returned.sum()))


def _after(chunk: _Chunk, seen: _Seen) -> _Seen:
    last_end = int(chunk.ends[-1]) if len(chunk.ends) else -1
    still_open = 0 if len(chunk.ends) else 1
    last_quote = chunk.quotes is not None and bool(chunk.quotes[-1])
    last_inside = chunk.inside is not None and bool(chunk.inside[-1])
    return _Seen(
        line=seen.line + int(np.count_nonzero(chunk.feeds)),
        inside=last_inside ^ last_quote,
        last_byte=int(chunk.bytes[-1]),
        closed_last=last_quote and last_inside,
        delimiters=len(chunk.marks)
        - int(np.searchsorted(chunk.marks, last_end, "right"))
        + still_open * seen.delimiters,
        record_bytes=len(chunk.bytes) - 1 - last_end + still_open * seen.record_bytes,
    )
