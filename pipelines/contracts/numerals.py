"""How numbers and days are written where the company reads them. Text stays English; separators and date order follow.

A small table instead of a library: 13 conventions, stated in full below. They follow Unicode's CLDR but for one thing:
thousands are always separated, also where a locale leaves four digits together.
Which one holds is a matter of the run being made or read, so it is set once and holds for the thread; every function
that turns a number into text asks here. Data files (CSV, Parquet, JSON) always keep the point and ISO days.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

NO_BREAK, NARROW_NO_BREAK = "\u00a0", "\u202f"


@dataclass(frozen=True)
class Numerals:
    """Separators of decimals and thousands, and the pattern of a day (``strftime``, ``{d}`` without a leading zero)."""

    decimal: str
    thousands: str
    day: str


LOCALES: Mapping[str, Numerals] = {
    "en": Numerals(".", ",", "{d} %b %Y"),
    "en-US": Numerals(".", ",", "%b {d}, %Y"),
    "de": Numerals(",", ".", "%d.%m.%Y"),
    "de-CH": Numerals(".", "’", "%d.%m.%Y"),
    "fr": Numerals(",", NARROW_NO_BREAK, "%d/%m/%Y"),
    "es": Numerals(",", ".", "%d/%m/%Y"),
    "it": Numerals(",", ".", "%d/%m/%Y"),
    "nl": Numerals(",", ".", "%d-%m-%Y"),
    "pl": Numerals(",", NO_BREAK, "%d.%m.%Y"),
    "pt-BR": Numerals(",", ".", "%d/%m/%Y"),
    "sv": Numerals(",", NO_BREAK, "%Y-%m-%d"),
    "ja": Numerals(".", ",", "%Y/%m/%d"),
    "ko": Numerals(".", ",", "%Y. %m. %d."),
}
DEFAULT = "en"
MINUS = "−"
SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "BRL": "R$", "CHF": "CHF"}
_HOLDS: ContextVar[str] = ContextVar("locale", default=DEFAULT)


def write_as(locale: str) -> None:
    """From now on, in this thread. An unknown name, as of a run by a newer version, is written as English."""
    _HOLDS.set(locale if locale in LOCALES else DEFAULT)


@contextmanager
def written_as(locale: str) -> Iterator[None]:
    """Within the block, and as before after it."""
    before = _HOLDS.get()
    write_as(locale)
    try:
        yield
    finally:
        _HOLDS.set(before)


def in_words_of_the_day() -> bool:
    """Whether days are written as day, month in letters and year, so that spans of days can be drawn together."""
    return _HOLDS.get() == DEFAULT


def local_number(text: str) -> str:
    """A number as Python formats it (``1,234.5``) with the separators that hold; nothing but a number may go in."""
    numerals = LOCALES[_HOLDS.get()]
    return text.translate({ord(","): numerals.thousands, ord("."): numerals.decimal})


def local_count(number: int) -> str:
    """A whole number with thousands separated."""
    return local_number(f"{number:,}")


def local_decimal(value: float, digits: int = 0) -> str:
    """A number rounded to so many decimals, thousands separated, with a true minus and never a negative zero."""
    return local_money(f"{value:,.{digits}f}", "")


def local_money(number: str, currency: str) -> str:
    """A sum as Python formats it (``-1,234.50``) with the sign and symbol of a currency: ``−€ 1,234.50``."""
    size = number.removeprefix("-")
    sign = MINUS if size != number and size.strip("0.,") else ""
    mark = f"{SYMBOLS.get(currency, currency)}{NARROW_NO_BREAK}" if currency else ""
    return f"{sign}{mark}{local_number(size)}"


def local_day(value: date) -> str:
    """``31 Oct 2026``, ``31.10.2026``, ``2026. 10. 31.``."""
    return value.strftime(LOCALES[_HOLDS.get()].day).replace("{d}", str(value.day))


def separators() -> str:
    """Decimals and thousands as Plotly wants them for the numbers it writes itself."""
    numerals = LOCALES[_HOLDS.get()]
    return numerals.decimal + numerals.thousands
