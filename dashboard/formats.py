"""Numbers, spans of time and dates as a reader sees them. One place, so that a figure and a sentence agree."""

from datetime import date, datetime

MINUS, THIN_SPACE = "−", " "
HOUR_MINUTES, DAY_MINUTES = 60, 1440


def signed(value: float, digits: int = 0) -> str:
    """``+3``, ``−1`` or ``0``; never ``−0``."""
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return ("+" if value > 0 else MINUS) + text


def plain(value: float, digits: int = 0) -> str:
    """A number with a true minus and thousands separated."""
    text = f"{abs(value):,.{digits}f}"
    return text if value >= 0 or not text.strip("0.,") else MINUS + text


def span(low: float, high: float, digits: int = 0) -> str:
    """An interval in words: ``1 to 5``, ``−1 to 3``."""
    return f"{plain(low, digits)} to {plain(high, digits)}"


def percent(share: float, digits: int = 0) -> str:
    """A share of 1 as ``35 %``, with a space that never breaks."""
    return f"{plain(share * 100, digits)}{THIN_SPACE}%"


def count(number: int) -> str:
    """A whole number with thousands separated."""
    return f"{number:,}"


def duration(minutes: float) -> str:
    """``15 min``, ``1 hour``, ``72 hours``, ``14 days``: as people say a promise."""
    if minutes < HOUR_MINUTES:
        return f"{minutes:.0f} min"
    size, unit = (HOUR_MINUTES, "hour") if minutes <= 3 * DAY_MINUTES else (DAY_MINUTES, "day")
    text = f"{minutes / size:.1f}".removesuffix(".0")
    return f"{text} {unit}" + ("" if text == "1" else "s")


def day(value: date) -> str:
    """``31 Oct 2026``."""
    return f"{value.day} {value:%b %Y}"


def moment(value: datetime) -> str:
    """``31 Oct 2026, 14:05 UTC``, in the zone the value carries."""
    return f"{day(value)}, {value:%H:%M %Z}"
