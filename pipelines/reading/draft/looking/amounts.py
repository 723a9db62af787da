"""How a column writes its amounts: which sign is the decimal one, and which currency stands beside the number."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipelines.reading.draft.lexicon import values

SYMBOLS, CODES = values().symbols, values().currencies
# Blanks and strokes that group thousands.
_GROUPS = "'’ \u00a0\u202f\u2009"
_MARK = "|".join(re.escape(mark) for mark in sorted((*SYMBOLS, *CODES), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"^'?(?P<open>\()?\s?(?P<before>{_MARK})?\s?(?P<sign>[+-]?)(?P<number>\d[\d.,{_GROUPS}]*|[.,]\d+)\s?(?P<after>{_MARK})?"
    r"\s?(?P<behind>-)?(?P<close>\))?$"
)
_COMMA = re.compile(r"^\d{1,3}(\.\d{3})+,\d+$|^\d{1,3}(\.\d{3}){2,}$|^\d*,(\d{1,2}|\d{4,})$")
_POINT = re.compile(r"^\d{1,3}(,\d{3})+\.\d+$|^\d{1,3}(,\d{3}){2,}$|^\d*\.(\d{1,2}|\d{4,})$")
# One sign with three digits behind it: a thousand, or a decimal fraction of three digits.
_EITHER = re.compile(r"^[1-9]\d{0,2}(?P<sign>[.,])\d{3}$")
# Numbers that nobody who groups thousands writes without a sign.
_UNGROUPED = re.compile(r"^\d{4,}$")
_PLAIN = re.compile(
    r"^\d+([.,]\d+)?$|^[.,]\d+$|^\d{1,3}([.,]\d{3})+([.,]\d+)?$|^[1-9]\d{0,2}([" + _GROUPS + r"]\d{3})+([.,]\d+)?$"
)
# So many numbers without a sign are no slip of whoever wrote the others.
FEW_PLAIN = 2


@dataclass(frozen=True)
class Amounts:
    """What the values of a column say as numbers.

    ``share`` of the values that are numbers; ``decimal`` is empty when no value shows it; ``marked``: some carry a
    currency or blanks, ``currency`` is the most frequent one; ``bracketed``: some are below 0 as accountants write it;
    ``largest`` and ``smallest`` with the decimal sign found. ``unsettled``: the only sign in the numbers, where all
    of them have three digits behind it, so that it may group thousands as well as begin the decimals.
    """

    share: float
    decimal: Literal["", ".", ","] = ""
    marked: bool = False
    currency: str = ""
    smallest: float = 0.0
    largest: float = 0.0
    whole: bool = True
    bracketed: bool = False
    unsettled: Literal["", ".", ","] = ""


def read_amounts(values: Sequence[str]) -> Amounts:
    """Read texts without blanks."""
    matches = [m for value in values if (m := _AMOUNT.match(value.strip()))]
    whole = [m for m in matches if bool(m["open"]) == bool(m["close"]) and _PLAIN.match(m["number"].rstrip())]
    found = [(m, _closed_up(m["number"])) for m in whole]
    if not found:
        return Amounts(0.0)
    numbers = [number for _, number in found]
    commas, points = sum(map(bool, map(_COMMA.match, numbers))), sum(map(bool, map(_POINT.match, numbers)))
    decimal: Literal["", ".", ","] = "," if commas > points else "." if points else _proved(numbers)
    marks = Counter(SYMBOLS.get(mark, mark) for m, _ in found if (mark := m["before"] or m["after"]))
    below = [bool(m["open"] or m["behind"]) for m, _ in found]
    read = [
        _number(m["sign"] + number, decimal) * (-1 if b else 1) for (m, number), b in zip(found, below, strict=True)
    ]
    return Amounts(
        share=len(found) / len(values),
        decimal=decimal,
        marked=bool(marks)
        or any(number != m["number"].rstrip() or m[0][0] == "'" for m, number in found)
        or any(below),
        bracketed=any(below),
        currency=marks.most_common(1)[0][0] if marks else "",
        smallest=min(read),
        largest=max(read),
        whole=all(number.is_integer() for number in read),
        unsettled="" if decimal else _either(numbers),
    )


def _proved(numbers: Sequence[str]) -> Literal["", ".", ","]:
    """What numbers with three digits behind one sign say by those beside them, where no other shows the sign.

    Who groups thousands writes those below 1,000 without a sign, and none above; who writes three decimals writes them
    all, and both signs in one column can't be the same thing.
    """
    sign = _either(numbers)
    plain = [number for number in numbers if number.isdigit()]
    if not sign or len(plain) < FEW_PLAIN:
        return ""
    ungrouped = any(map(_UNGROUPED.match, plain))
    return sign if ungrouped else "," if sign == "." else "."


def _either(numbers: Sequence[str]) -> Literal["", ".", ","]:
    """The one sign that has three digits behind it wherever it stands."""
    signs = {m["sign"] for number in numbers if (m := _EITHER.match(number))}
    return "," if signs == {","} else "." if signs == {"."} else ""


def _closed_up(number: str) -> str:
    """Without the blanks and strokes that group thousands."""
    return re.sub(f"[{_GROUPS}]", "", number)


def _number(text: str, decimal: str) -> float:
    """A text that fits ``_PLAIN``; one that breaks the column's habit is still a number."""
    group = "." if decimal == "," or text.count(".") > 1 else ","
    whole = text.replace(group, "").replace(",", ".")
    return float(whole)
