"""A delimited file that isn't plain, record by record: what can be read is copied in plain form, the rest is set aside.

A record is read where it has exactly the header's number of fields and its quotes close. Where it isn't, its first
physical line is set aside and reading goes on with the next line, so a quote that never closes costs one row.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from pipelines.contracts.catalog.rows import RowReason
from pipelines.reading.files.scan import Dialect


@dataclass(frozen=True)
class Mended:
    """Records copied and how many, and (physical line, reason) of those set aside: together the rows of the file."""

    plain: bytes
    copied: int
    rejected: tuple[tuple[int, RowReason], ...]


@dataclass(frozen=True)
class _Record:
    """A record or one line that is none: its bytes, the line it starts on, and why it can't be read, if it can't."""

    bytes: bytes
    line: int
    reason: RowReason | None


@dataclass(frozen=True)
class _Patterns:
    quote: bytes
    field: re.Pattern[bytes]
    exact: re.Pattern[bytes]
    any_width: re.Pattern[bytes]
    line: re.Pattern[bytes]
    end: re.Pattern[bytes]


def mend(data: bytes, offset: int, first_line: int, dialect: Dialect) -> Mended:
    """Copy the readable records after byte ``offset``, each behind the number of its physical line."""
    rejected, copied, plain = [], 0, BytesIO()
    for record in _records(data, offset, first_line, dialect):
        if record.reason:
            rejected.append((record.line, record.reason))
        else:
            copied += 1
            plain.write(b"%d%c%b\n" % (record.line, dialect.delimiter, _plain(record.bytes, dialect)))
    return Mended(plain.getvalue(), copied, tuple(rejected))


def _records(data: bytes, offset: int, first_line: int, dialect: Dialect) -> Iterator[_Record]:
    patterns, line = _patterns(dialect), first_line
    while offset < len(data):
        found, reason = _next(data, offset, patterns)
        if found.strip(b" "):
            yield _Record(found, line, reason)
        offset += len(found)
        ending = patterns.end.match(data, offset)
        offset = ending.end() if ending else offset
        line += 1 + (len(found.splitlines()) - 1 if b"\n" in found or b"\r" in found else 0)


def _next(data: bytes, offset: int, patterns: _Patterns) -> tuple[bytes, RowReason | None]:
    if match := patterns.exact.match(data, offset):
        found = match.group()
        if b"\0" in found:
            return found, RowReason.NUL_BYTE
        return found, None if found.isascii() or _is_utf8(found) else RowReason.NOT_UTF8
    loose, line = patterns.any_width.match(data, offset), patterns.line.match(data, offset)
    first_line = line.group() if line else b""
    if loose and loose.end() - offset <= len(first_line):
        return first_line, RowReason.WRONG_NUMBER_OF_FIELDS
    odd = first_line.count(patterns.quote) % 2
    return first_line, RowReason.UNCLOSED_QUOTE if odd else RowReason.STRAY_QUOTE


def _is_utf8(found: bytes) -> bool:
    try:
        found.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@cache
def _patterns(dialect: Dialect) -> _Patterns:
    """A field is quoted as a whole, or doesn't begin with a quote; quotes inside such a one stand for themselves."""
    d = re.escape(bytes([dialect.delimiter]))
    bare = rb"[^%b\r\n]*+" % d
    if dialect.quote:
        q = re.escape(bytes([dialect.quote]))
        bare = rb"(?:[^%b%b\r\n][^%b\r\n]*+)?+" % (q, d, d)
        field = rb"(?:%b[^%b]*+(?:%b%b[^%b]*+)*+%b|%b)" % (q, q, q, q, q, q, bare)
    else:
        field = bare
    end = rb"(?=\r|\n|\Z)"
    return _Patterns(
        quote=bytes([dialect.quote]),
        field=re.compile(field),
        exact=re.compile(rb"%b(?:%b%b){%d}%b" % (field, d, field, dialect.fields - 1, end)),
        any_width=re.compile(rb"%b(?:%b%b)*+%b" % (field, d, field, end)),
        line=re.compile(rb"[^\r\n]*"),
        end=re.compile(rb"\r\n|\n|\r"),
    )


def _plain(record: bytes, dialect: Dialect) -> bytes:
    """The record with every quote at the edge of a field."""
    quote = bytes([dialect.quote])
    if quote not in record:
        return record
    delimiter = bytes([dialect.delimiter])
    return delimiter.join(_requoted(field, quote) for field in _fields(record, dialect))


def _fields(record: bytes, dialect: Dialect) -> Iterator[bytes]:
    pattern, at = _patterns(dialect).field, 0
    while match := pattern.match(record, at):
        yield match.group()
        at = match.end() + 1
        if at > len(record):
            return


def _requoted(field: bytes, quote: bytes) -> bytes:
    if field.startswith(quote) or quote not in field:
        return field
    return quote + field.replace(quote, quote + quote) + quote
