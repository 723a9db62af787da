"""Numbers, spans of time and dates as a reader sees them. One place, so that a figure and a sentence agree.

Separators and the order of a date are those of the run's locale: pipelines/contracts/numerals.py.
"""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipelines.contracts.numerals import (
    MINUS,
    SYMBOLS,
    in_words_of_the_day,
    local_count,
    local_day,
    local_decimal,
    local_number,
)

THIN_SPACE = "\u202f"
HOUR_MINUTES, DAY_MINUTES = 60, 1440
MILLION, ROUNDED_FROM = 1_000_000, 10_000


def signed(value: float, digits: int = 0) -> str:
    """``+3``, ``−1`` or ``0``; never ``−0``."""
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return local_number(text)
    return ("+" if value > 0 else MINUS) + local_number(text)


def plain(value: float, digits: int = 0) -> str:
    """A number with a true minus and thousands separated."""
    return local_decimal(value, digits)


def span(low: float, high: float, digits: int = 0) -> str:
    """An interval in words: ``1 to 5``, ``−1 to 3``."""
    return f"{plain(low, digits)} to {plain(high, digits)}"


def percent(share: float, digits: int = 0) -> str:
    """A share of 1 as ``35 %``, with a space that never breaks."""
    return f"{plain(share * 100, digits)}{THIN_SPACE}%"


def count(number: int) -> str:
    """A whole number with thousands separated."""
    return local_count(number)


def duration(minutes: float) -> str:
    """``15 min``, ``1 hour``, ``72 hours``, ``14 days``: as people say a promise."""
    if minutes < HOUR_MINUTES:
        return f"{minutes:.0f} min"
    size, unit = (HOUR_MINUTES, "hour") if minutes <= 3 * DAY_MINUTES else (DAY_MINUTES, "day")
    text = f"{minutes / size:.1f}".removesuffix(".0")
    return f"{local_number(text)} {unit}" + ("" if text == "1" else "s")


def day(value: date) -> str:
    """``31 Oct 2026``."""
    return local_day(value)


def moment(value: datetime) -> str:
    """``31 Oct 2026, 14:05 UTC``, in the zone the value carries."""
    return f"{day(value)}, {value:%H:%M %Z}"


def money(value: float, currency: str, *, whole: bool = False) -> str:
    """``€ 37``, ``€ 212,000``, ``−€ 5.1 million``: three digits at most where the sum is large, whole units below.

    Below ten units with cents, unless ``whole``.
    """
    sign, text = ("", local_count(round(value))) if whole else _sum(value)
    return f"{sign}{SYMBOLS.get(currency, currency)}{THIN_SPACE}{text}"


def money_span(low: float, high: float, currency: str) -> str:
    """An interval of money in words, the currency named once: ``60,000 to 320,000``."""
    return " to ".join("".join(_sum(value)) for value in (low, high))


def _sum(value: float) -> tuple[str, str]:
    """A sum of money as its sign and its size."""
    size = abs(value)
    if size >= MILLION:
        text, after = f"{size / MILLION:,.1f}", " million"
    else:
        rounded = round(size, -3) if size >= ROUNDED_FROM else size
        text, after = f"{rounded:,.{0 if size >= 10 or size == 0 else 2}f}", ""
    return MINUS if value < 0 and text.strip("0.,") else "", local_number(text) + after


def zone(name: str) -> tzinfo:
    """The company's time zone; UTC where this machine doesn't know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def days_between(period: str) -> str:
    """``24–30 Jun 2026`` or ``31 Dec 2025 – 30 Jun 2026`` from ``2026-06-24/2026-06-30``; months as they stand."""
    first, _, last = period.partition("/")
    if not last:
        return period
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    if not in_words_of_the_day():
        return f"{day(start)} – {day(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%b} – {day(end)}"
    return f"{day(start)} – {day(end)}"
