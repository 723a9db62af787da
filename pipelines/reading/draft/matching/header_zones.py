"""Zones that headers name: ``Created (EST)``, ``closed_at_utc``, ``Opened [UTC+2]``."""

import re
from functools import cache
from typing import NamedTuple

from pipelines.reading.draft.lexicon import zones

_OFFSET = r"(?:UTC|GMT)\s?[+-]\d{1,2}(?::?00)?"


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
