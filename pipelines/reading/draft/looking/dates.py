"""How a column writes its moments: strptime formats, and whether day and month can be told apart."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.reading.columns.months import month_of

Order = Literal["", "day", "month", "either", "both"]

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?P<year>(19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?P<sep>)$")
_YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?!\d)")
_DAY_NAME = re.compile(
    r"(?P<day>\d{1,2})(?P<sep>\.? |-|/|\.? de )(?P<month>[^\W\d_]{3,12})(?P<point>\.?)(?P<then> de |[ /-])"
    r"(?P<year>\d{4}|\d{2})(?!\d)"
)
_IN_SIGNS = re.compile(
    r"(?P<year>\d{4})(?P<sep>[年년] ?)(?P<month>\d{1,2})(?P<then>[月월] ?)(?P<day>\d{1,2})(?P<end>[日일])"
)
_NAME_DAY = re.compile(r"(?P<month>[A-Za-z]{3,9}) (?P<day>\d{1,2})(?P<sep>,? )(?P<year>\d{4})(?!\d)")
_CLOCK = re.compile(
    r"((?P<gap> (?:às|à|a las|um|kl\.?|om|o godz\.|o|alle ore|alle|ore|at) | - |T|, ?| ?)"
    r"(?P<hour>\d{1,2})(?P<colon>:|h|시 ?|時)\d{2}(?P<minutes>[分분])?"
    r"(?P<seconds>:\d{2}(?P<fraction>[.,]\d{1,6})?)?(?P<half> ?[AaPp][Mm])?(?P<after> ?(?:Uhr|uur|uhr|h))?)?"
    r"(?P<zone> ?(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?$"
)


@dataclass(frozen=True)
class Dates:
    """What the values of a column say as moments.

    ``share`` of the values that are moments; ``formats``: strptime formats, most frequent first, none when all are
    ISO 8601. ``order``: whether numbers put day or month first, ``either`` when both readings fit every value (formats
    are then written day first), ``both`` when the column mixes them. ``zoned``: some values name their offset,
    ``clocked``: some an hour.
    """

    share: float
    formats: tuple[str, ...] = ()
    order: Order = ""
    zoned: bool = False
    clocked: bool = False


@dataclass(frozen=True)
class _Moment:
    form: str
    iso: bool = False
    clocked: bool = False
    zoned: bool = False
    numbers: tuple[int, int] | None = None


def read_dates(values: Sequence[str]) -> Dates:
    """Read texts without blanks."""
    moments = [moment for value in values if (moment := _moment(value.strip()))]
    if not moments:
        return Dates(0.0)
    order = _order(m.numbers for m in moments if m.numbers)
    forms = tuple(form for form, _ in Counter(m.form for m in moments).most_common())
    if order == "month":
        forms = month_first(forms)
    iso = all(m.iso for m in moments)
    return Dates(
        len(moments) / len(values),
        () if iso else forms,
        order,
        any(m.zoned for m in moments),
        any(m.clocked for m in moments),
    )


def month_first(formats: Iterable[str]) -> tuple[str, ...]:
    """The formats with day and month in the other order, where both are numbers in front."""
    return tuple(re.sub(r"^%d([-/])%m", r"%m\1%d", form) for form in formats)


def _moment(text: str) -> _Moment | None:
    for pattern, read in (
        (_YEAR_FIRST, _year_first),
        (_COMPACT, _year_first),
        (_IN_SIGNS, _in_signs),
        (_YEAR_LAST, _year_last),
        (_DAY_NAME, _named),
        (_NAME_DAY, _named),
    ):
        if date := pattern.match(text):
            clock = _CLOCK.match(text, date.end())
            moment = read(date) if clock and _possible(clock) else None
            return _with_clock(moment, clock) if moment and clock else None
    return None


def _year_first(date: re.Match[str]) -> _Moment | None:
    if not (1 <= int(date["month"]) <= 12 and 1 <= int(date["day"]) <= 31):
        return None
    sep = date["sep"]
    return _Moment(f"%Y{sep}%m{sep}%d", iso=sep == "-")


def _in_signs(date: re.Match[str]) -> _Moment | None:
    if not (1 <= int(date["month"]) <= 12 and 1 <= int(date["day"]) <= 31):
        return None
    return _Moment(f"%Y{date['sep']}%m{date['then']}%d{date['end']}")


def _year_last(date: re.Match[str]) -> _Moment | None:
    first, second, sep = int(date["first"]), int(date["second"]), date["sep"]
    if not (1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31) or (sep == "." and second > 12):
        return None
    # Points are written day first everywhere; slashes and dashes are not.
    return _Moment(f"%d{sep}%m{sep}{_year(date)}", numbers=None if sep == "." else (first, second))


def _named(date: re.Match[str]) -> _Moment | None:
    name, sep = date["month"].lower(), date["sep"]
    if month_of(name) is None:
        return None
    month = "%b" if len(name) == 3 else "%B"
    if date.re is _NAME_DAY:
        return _Moment(f"{month} %d{sep}%Y")
    return _Moment(f"%d{sep}{month}{date['then']}{_year(date)}")


def _year(date: re.Match[str]) -> str:
    return "%Y" if len(date["year"]) == 4 else "%y"


def _possible(clock: re.Match[str]) -> bool:
    return clock["hour"] is None or int(clock["hour"]) <= (12 if clock["half"] else 23)


def _with_clock(date: _Moment, clock: re.Match[str]) -> _Moment:
    form, zone, half = date.form, clock["zone"] or "", clock["half"] or ""
    if clock["hour"]:
        form += f"{clock['gap']}{'%I' if half else '%H'}{clock['colon']}%M{clock['minutes'] or ''}"
        form += ":%S" if clock["seconds"] else ""
        form += f"{clock['fraction'][0]}%f" if clock["fraction"] else ""
        form += half.lower().replace("am", "%p").replace("pm", "%p") + (clock["after"] or "")
    if zone:
        form += zone[: len(zone) - len(zone.strip())] + ("%Z" if zone.strip() in {"UTC", "GMT"} else "%z")
    plain = clock["gap"] in (None, " ", "T") and clock["colon"] in (None, ":") and not (half or clock["after"])
    iso = date.iso and plain and ",%f" not in form
    return _Moment(form, iso, bool(clock["hour"]), bool(zone), date.numbers)


def _order(pairs: Iterable[tuple[int, int]]) -> Order:
    seen = list(pairs)
    day, month = any(first > 12 for first, _ in seen), any(second > 12 for _, second in seen)
    if day and month:
        return "both"
    return "day" if day else "month" if month else "either" if seen else ""
