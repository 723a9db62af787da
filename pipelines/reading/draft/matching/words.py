"""Names of columns and files as words, the zones they name, and how near a name comes to a phrase."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pipelines.reading.draft.lexicon import names, zones

# A zone in a header: ``Created (EST)``, ``closed_at_utc``, ``Opened [UTC+2]``.
_OFFSET = r"(?:UTC|GMT)\s?[+-]\d{1,2}(?::?00)?"
# Letters whose marks aren't told apart from them.
_UNMARKED = str.maketrans({"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"})


@cache
def tokens(name: str) -> tuple[str, ...]:
    """Lower-case words without accents and articles: ``createdAt``, ``Created at`` and ``CREATED_AT`` are the same.

    ``ö`` and ``oe`` are the same too; so are the words for "number" and "id".
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_UNMARKED))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", plain)
    words = [re.sub("([aou])e", r"\1", word) for word in re.findall(r"[^\W_]+", spaced.lower())]
    telling = [word for word in words if word not in names().fillers] or words
    return tuple("id" if word in names().ids else word for word in telling)


def word_set(words: Iterable[str]) -> frozenset[str]:
    """Words as ``tokens`` writes them."""
    return frozenset(token for word in words for token in tokens(word))


@cache
def _vague() -> frozenset[str]:
    """Words that say little by themselves: as a phrase they count only when they are the whole name."""
    return word_set(names().vague)


@cache
def _altering() -> frozenset[str]:
    """Words that make another thing of the one beside them: "updated at" is not "created at"."""
    return word_set(names().altering)


def name_score(name: str, phrases: Iterable[str]) -> float:
    """How well the best phrase fits a name: 1 for the same words, at least 0.5 when the name says more, else 0."""
    words = tokens(header_zone(name).rest)
    return max((_fit(words, tokens(phrase)) for phrase in phrases), default=0.0)


def _fit(words: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    if "".join(words) == "".join(phrase):
        return 1.0
    if not phrase or (len(phrase) == 1 and phrase[0] in _vague()):
        return 0.0
    for i in range(len(words) - len(phrase) + 1):
        if words[i : i + len(phrase)] == phrase and not _altering() & {*words[:i], *words[i + len(phrase) :]}:
            return 0.5 + 0.4 * len(phrase) / len(words)
    return 0.0


class HeaderZone(NamedTuple):
    """A header without its zone, the zone's letters, and what they may mean; empty without a zone."""

    rest: str
    letters: str = ""
    meant: tuple[str, ...] = ()


@cache
def header_zone(header: str) -> HeaderZone:
    """Split the zone off a header. In brackets letters count in any case, at the end as capitals or after ``_``."""
    letters = "|".join(sorted((re.escape(code) for code in (*zones().known, *zones().open)), key=len, reverse=True))
    code = f"{_OFFSET}|{letters}"
    found = re.search(rf"\s*[(\[]\s*({code})(?: time)?\s*[)\]]\s*", header, re.IGNORECASE)
    found = found or re.search(rf"(?<=[\s_,-])({code})$|(?<=_)({code.lower()})$", header)
    if not found or not header[: found.start()].strip():
        return HeaderZone(header)
    said = next(filter(None, found.groups())).upper().replace(" ", "")
    rest = f"{header[: found.start()].rstrip(' _,-')} {header[found.end() :]}".strip()
    return HeaderZone(rest, said, _meant(said))


def _meant(said: str) -> tuple[str, ...]:
    if offset := re.fullmatch(r"(?:UTC|GMT)([+-])(\d{1,2})(?::?00)?", said):
        # The zone data counts westwards.
        turned = "-" if offset[1] == "+" else "+"
        return (f"Etc/GMT{turned}{int(offset[2])}",) if int(offset[2]) else ("UTC",)
    return (zones().known[said],) if said in zones().known else zones().open[said]
