"""Rows of a delimited file counted from its bytes alone, so that no parser has to be believed.

A file is *plain* when every quote opens at the start of a field and closes at its end, every record has as many fields
as the header, line ends are all alike, no line is blank, and the bytes are UTF-8 without NUL. In a plain file a line
feed ends a record exactly when an even number of quotes stands before it.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]

CHUNK_BYTES = 1 << 22
LINE_FEED, CARRIAGE_RETURN = 10, 13


@dataclass(frozen=True)
class Dialect:
    """How a plain file is written: one-byte delimiter and quote, fields per record."""

    delimiter: int
    quote: int
    fields: int


@dataclass(frozen=True)
class Structure:
    """Records of a plain file, its longest record in bytes, and the physical line each record starts on.

    ``lines`` is None when no record spans several lines: record i then stands on line ``first_line + i``.
    """

    records: int
    longest_bytes: int
    lines: Numbers | None


@dataclass(frozen=True)
class _State:
    """Where the scan stands between two chunks."""

    inside: bool = False
    last_byte: int = LINE_FEED
    closed_last: bool = False
    delimiters: int = 0
    record_bytes: int = 0
    records: int = 0
    line: int = 1
    longest_bytes: int = 0
    carriage_returns: int = 0
    ends_after_return: int = 0


def scan(path: Path, offset: int, first_line: int, dialect: Dialect) -> Structure | None:
    """Structure of the records from byte ``offset``, which is line ``first_line``; None when the file isn't plain."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    state = _State(line=first_line)
    starts: list[Numbers] = [np.array([first_line], dtype=np.int64)]
    for chunk in _chunks(path, offset):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return None
        step = _step(np.frombuffer(chunk, np.uint8), state, dialect)
        if step is None:
            return None
        state, chunk_starts = step
        starts.append(chunk_starts)
    return _structure(state, np.concatenate(starts), first_line, dialect)


def _chunks(path: Path, offset: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(offset)
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _structure(state: _State, starts: Numbers, first_line: int, dialect: Dialect) -> Structure | None:
    open_record = state.record_bytes > 0
    if state.inside or (open_record and state.delimiters != dialect.fields - 1):
        return None
    if state.carriage_returns not in (0, state.ends_after_return) or (
        state.carriage_returns and state.ends_after_return != state.records
    ):
        return None
    records = state.records + open_record
    starts = starts[:records]
    one_line_each = bool(records == 0 or starts[-1] == first_line + records - 1)
    return Structure(records, max(state.longest_bytes, state.record_bytes), None if one_line_each else starts)


def _step(chunk: Bytes, state: _State, dialect: Dialect) -> tuple[_State, Numbers] | None:
    """The state after a chunk, and the lines on which the records after its line ends start."""
    if (chunk == 0).any():
        return None
    quotes = chunk == dialect.quote
    before = _inside_before(quotes, state.inside)
    previous = np.concatenate(([np.uint8(state.last_byte)], chunk[:-1]))
    closing = quotes & before
    if not _quotes_stand_well(chunk, previous, quotes & ~before, closing, state.closed_last, dialect):
        return None
    feeds = chunk == LINE_FEED
    ends = np.flatnonzero(feeds & ~before)
    structural = np.flatnonzero((feeds | (chunk == dialect.delimiter)) & ~before)
    end_ranks = np.flatnonzero(chunk[structural] == LINE_FEED)
    delimiters = np.diff(end_ranks, prepend=-1) - 1
    lengths = np.diff(ends, prepend=-1)
    if len(ends):
        delimiters[0] += state.delimiters
        lengths[0] += state.record_bytes
        blank = lengths - 1 - (previous[ends] == CARRIAGE_RETURN) == 0
        if blank.any() or (delimiters != dialect.fields - 1).any():
            return None
    tail = len(chunk) - 1 - (ends[-1] if len(ends) else -1)
    tail_delimiters = len(structural) - 1 - (end_ranks[-1] if len(end_ranks) else -1)
    after = replace(
        state,
        inside=bool(before[-1] ^ quotes[-1]),
        last_byte=int(chunk[-1]),
        closed_last=bool(closing[-1]),
        delimiters=int(tail_delimiters + (0 if len(ends) else state.delimiters)),
        record_bytes=int(tail + (0 if len(ends) else state.record_bytes)),
        records=state.records + len(ends),
        line=state.line + int(feeds.sum()),
        longest_bytes=int(max(state.longest_bytes, lengths.max(initial=0))),
        carriage_returns=state.carriage_returns + int(((chunk == CARRIAGE_RETURN) & ~before).sum()),
        ends_after_return=state.ends_after_return + int((previous[ends] == CARRIAGE_RETURN).sum()),
    )
    starts = np.cumsum(feeds)[ends] + state.line if feeds.sum() != len(ends) else np.arange(len(ends)) + state.line + 1
    return after, starts.astype(np.int64)


def _inside_before(quotes: Flags, inside: bool) -> Flags:
    """Whether each byte stands inside quotes: the parity of the quotes before it."""
    if not quotes.any():
        return np.full(len(quotes), inside)
    parity = np.logical_xor.accumulate(quotes)
    return np.concatenate(([False], parity[:-1])) ^ inside


def _quotes_stand_well(
    chunk: Bytes, previous: Bytes, opening: Flags, closing: Flags, closed_last: bool, dialect: Dialect
) -> bool:
    """Opening quotes follow a delimiter, a line end or a quote; closing ones stand before one."""
    if not (opening.any() or closing.any() or closed_last):
        return True
    opened_after = np.array([dialect.delimiter, LINE_FEED, dialect.quote], np.uint8)
    closed_before = np.array([dialect.delimiter, LINE_FEED, CARRIAGE_RETURN, dialect.quote], np.uint8)
    after_closing = chunk[np.concatenate(([closed_last], closing[:-1]))]
    return bool(np.isin(previous[opening], opened_after).all() and np.isin(after_closing, closed_before).all())
