"""A day in one column and its clock in another: ``Date`` beside ``Time``, ``Datum`` beside ``Uhrzeit``."""

import re
from collections.abc import Mapping, Sequence

from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.traits import Traits, read_traits
from pipelines.reading.draft.matching.words import tokens, word_set

Texts = Mapping[str, Sequence[str | None]]

_CLOCK = re.compile(r"^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?( ?[AaPp][Mm])?$")
ENOUGH = 0.95
# Shorter words end others by chance.
LONG_ENOUGH = 4


def clock_columns(columns: Sequence[Traits], texts: Texts) -> dict[str, str]:
    """Column of days → column of their clocks: the same name but for the words for day and time."""
    days = {_but_for(t.name, names().days): t.name for t in columns if _holds_days(t)}
    clocks = {_but_for(t.name, names().clocks): t.name for t in columns if _holds_clocks(texts[t.name])}
    return {days[rest]: clock for rest, clock in clocks.items() if rest in days and tokens(clock) != rest}


def with_clocks(columns: Sequence[Traits], texts: Texts, clocks: Mapping[str, str]) -> tuple[Traits, ...]:
    """The columns, where days are looked at with their clocks."""
    return tuple(
        read_traits(t.name, [_joined(*pair) for pair in zip(texts[t.name], texts[clocks[t.name]], strict=True)])
        if t.name in clocks
        else t
        for t in columns
    )


def _joined(day: str | None, clock: str | None) -> str | None:
    return f"{day} {clock}" if day and clock else day


def _but_for(header: str, words: Sequence[str]) -> tuple[str, ...]:
    """The words of a header without those for day and time, alone or at the end of a compound: ``Eingangsuhrzeit``."""
    left_out = sorted(word_set(words), key=len, reverse=True)
    ends = [word for word in left_out if len(word) >= LONG_ENOUGH]
    rest = (next((t.removesuffix(end) for end in ends if t.endswith(end)), t) for t in tokens(header))
    return tuple(token for token in rest if token and token not in left_out)


def _holds_days(traits: Traits) -> bool:
    clock = any("%H" in form or "%I" in form for form in traits.dates.formats)
    return traits.dates.share > 0.8 and not clock and not traits.dates.clocked


def _holds_clocks(values: Sequence[str | None]) -> bool:
    filled = [value for value in values if value]
    return bool(filled) and sum(bool(_CLOCK.match(value)) for value in filled) >= ENOUGH * len(filled)
