"""Names of months in the languages of exports, from CLDR, as the numbers that dates are read by."""

import re
from functools import cache

from babel.dates import get_month_names

from pipelines.reading.files.quoting import text

LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "ja", "ko")
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@cache
def months() -> dict[str, int]:
    """Name of a month in lower case, in full or short and without points → its number, where only one has it."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.lower().rstrip("."), set()).add(number)
    found["sept"] = {9}
    return {name: numbers.copy().pop() for name, numbers in found.items() if len(numbers) == 1 and name[:1].isalpha()}


def month_of(word: str) -> int | None:
    """The number of a month by its name, in any letter case."""
    return months().get(word.lower().rstrip("."))


def in_english(source: str) -> str:
    """SQL: a text with the name of a month in it as ``Aug``; a text without one as it is."""
    written = f"lower({source})"
    for number, english in enumerate(ENGLISH, start=1):
        names = "|".join(sorted((name for name, n in months().items() if n == number), key=len, reverse=True))
        pattern, short = rf"(^|[^\pL])({names})\.?([^\pL]|$)", rf"\1{english}\3"
        written = f"regexp_replace({written}, {text(pattern)}, {text(short)})"
    return written


def by_short_name(form: str) -> str:
    """A format as it reads what ``in_english`` gives: short names of months, all other letters lower-case."""
    return re.sub(r"%.|[^%]+", lambda part: part[0] if part[0][0] == "%" else part[0].lower(), form.replace("%B", "%b"))


def names_month(form: str) -> bool:
    """Whether a format holds the name of a month."""
    return "%b" in form or "%B" in form
