"""How numbers, money and days are written where the company reads them: Unicode's CLDR, by way of Babel.

One house rule stands above it, in every locale: a narrow space that never breaks parts a number from ``%`` or a
currency. The minus is a true minus, and zero has none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import NumberPattern, get_currency_symbol, parse_pattern
from babel.units import format_unit

from words.pseudo import PSEUDO

ListStyle = Literal["standard", "or"]
NARROW, NO_BREAK, MINUS = "\u202f", "\u00a0", "−"
ENGLISH = "en"
_DASH = re.compile(r"\s*–\s*")


@dataclass(frozen=True)
class Conventions:
    """CLDR's data for numbers (their ``name``), days and texts, and whether those are in the same language."""

    name: str
    numbers: Locale
    days: Locale
    texts: Locale
    same_language: bool

    def number(self, digits: str) -> str:
        """A number as Python writes it (``-1234.50``), in full: its decimals stay as many as they are."""
        return _number(digits, self.name)

    def percent(self, digits: str) -> str:
        """So many of 100, with the sign for it."""
        return self._between(self.numbers.percent_formats[None], digits.startswith("-"), self.number(_size(digits)), "")

    def symbol(self, currency: str) -> str:
        """``€``; the code itself where the locale has no sign for it."""
        return get_currency_symbol(currency, locale=self.numbers) if currency else ""

    def money(self, text: str, currency: str, *, negative: bool) -> str:
        """A size already written, with symbol and sign where the locale puts them."""
        pattern = self.numbers.currency_formats["standard"]
        return self._between(pattern, negative, text, self.symbol(currency))

    def _between(self, pattern: NumberPattern, negative: bool, text: str, symbol: str) -> str:
        side = 1 if negative else 0
        before, after = (part[side].replace("¤", symbol) for part in (pattern.prefix, pattern.suffix))
        sign = MINUS if negative else ""
        left, right = (part.replace("-", "").strip(NO_BREAK + NARROW + " ") for part in (before, after))
        return f"{sign}{left}{NARROW if left else ''}{text}{NARROW if right else ''}{right}"

    def day(self, value: date) -> str:
        """``31 Oct 2026`` or ``Oct 31, 2026``; in figures alone where the texts are in another language."""
        if self.same_language:
            return format_date(value, "medium", locale=self.days)
        return format_date(value, _in_figures(str(self.days)), locale=self.days)

    def month(self, value: date) -> str:
        """``Oct 2026``; in figures alone where the texts are in another language."""
        return format_skeleton("yMMM" if self.same_language else "yM", value, locale=self.days)

    def days_between(self, first: date, last: date) -> str:
        """Two days and what lies between, what they share said once where months are named."""
        if first == last:
            return self.day(first)
        if not self.same_language:
            return f"{self.day(first)} – {self.day(last)}"
        text = format_interval(first, last, "yMMMd", locale=self.days)
        shared = (first.year, first.month) == (last.year, last.month)
        return _DASH.sub("–", text) if shared else _DASH.sub(" – ", text)

    def unit(self, digits: str, unit: str) -> str:
        """A number with CLDR's unit (``duration-hour``) in the language of texts: the number keeps to the locale."""
        pattern = _pattern(str(self.texts), _decimals(digits)).pattern
        text = format_unit(Decimal(digits), unit, "long", format=pattern, locale=self.texts)
        return text.replace(_number(digits, str(self.texts)), self.number(digits))

    def listed(self, texts: Sequence[str], style: ListStyle) -> str:
        """Several texts as one: CLDR's ``standard`` ("a, b and c") or ``or``; "" where there is none."""
        return format_list(list(texts), style, locale=self.texts) if texts else ""

    @property
    def separators(self) -> str:
        """Decimals and thousands, as Plotly wants them for the numbers it writes itself."""
        symbols = self.numbers.number_symbols["latn"]
        return f"{symbols['decimal']}{symbols['group']}"


@cache
def conventions(locale: str, language: str) -> Conventions:
    """Those of a locale, for texts in a language. A locale nobody knows, as of a run by a newer version, is English.

    Plain English means thousands as everywhere in English, and days and lists as in Britain.
    """
    numbers, texts = _known(locale), _british(language)
    same = numbers.language == texts.language
    return Conventions(str(numbers), numbers, _british(locale), _british(locale) if same else texts, same)


def _known(locale: str) -> Locale:
    try:
        return Locale.parse(ENGLISH if locale == PSEUDO else locale, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(ENGLISH)


def _british(locale: str) -> Locale:
    found = _known(locale)
    return Locale.parse("en_GB") if str(found) == ENGLISH else found


@lru_cache(maxsize=8192)
def _number(digits: str, locale: str) -> str:
    sign = MINUS if digits.startswith("-") and digits.strip("-0.") else ""
    size: str = _pattern(locale, _decimals(digits)).apply(Decimal(_size(digits)), Locale.parse(locale))
    return sign + size


@cache
def _pattern(locale: str, decimals: int) -> NumberPattern:
    """The locale's pattern of a plain number, which groups thousands its way, with so many decimals."""
    grouped = Locale.parse(locale).decimal_formats[None].pattern.partition(".")[0]
    return parse_pattern(grouped + ("." + "0" * decimals if decimals else ""))


@cache
def _in_figures(locale: str) -> str:
    """The locale's shortest day with all four figures of the year."""
    pattern: str = Locale.parse(locale).date_formats["short"].pattern
    return pattern if "yyyy" in pattern else pattern.replace("yy", "y")


def _decimals(digits: str) -> int:
    return len(digits.partition(".")[2])


def _size(digits: str) -> str:
    return digits.removeprefix("-")
