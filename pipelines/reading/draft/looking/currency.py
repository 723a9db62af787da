"""The currency amounts are in, as columns, values and headers show it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipelines.contracts.message import Remark
from pipelines.contracts.sources import Incidents
from pipelines.reading.draft.guess import Guess, Sampled
from pipelines.reading.draft.looking.amounts import CODES, SYMBOLS
from pipelines.reading.draft.why import AssumedCurrency, BesideAmounts, MostFrequentOf, NamedInColumn


class Currency(NamedTuple):
    """The reporting currency, why, and other currencies that need rates."""

    code: str
    why: Remark
    others: tuple[str, ...] = ()


def guess_currency(guesses: Iterable[Guess], samples: Mapping[str, Sampled]) -> Currency:
    """Currency columns first, then marks beside the amounts, then headers; else EUR, said to be an assumption."""
    used = [(g.column, samples[g.file].by_name[g.export], g.file) for g in guesses if g.export]
    listed = [t for column, t, _ in used if column == Incidents.currency and t.labels]
    if listed:
        codes = list(dict.fromkeys(label.upper() for t in listed for label in t.labels))
        others = tuple(codes[1:])
        return Currency(codes[0], MostFrequentOf(listed[0].name), others)
    marks = Counter(t.amounts.currency for _, t, _ in used if t.amounts.currency)
    if marks:
        return Currency(marks.most_common(1)[0][0], BesideAmounts())
    for _, traits, file in used:
        if traits.amounts.share > 0.8 and (code := _named(traits.name)):
            return Currency(code, NamedInColumn(traits.name, file))
    return Currency("EUR", AssumedCurrency())


def _named(header: str) -> str:
    words = re.findall(r"[A-Za-z]+", header.upper())
    return next((w for w in words if w in CODES), next((SYMBOLS[s] for s in SYMBOLS if s in header), ""))
