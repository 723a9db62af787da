"""What the values of one column look like. Grain: one column of one export."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.reading.draft.lexicon import names
from pipelines.reading.draft.looking.amounts import Amounts, read_amounts
from pipelines.reading.draft.looking.dates import Dates, read_dates
from pipelines.reading.draft.matching.words import tokens, word_set
from pipelines.reading.draft.why import Personal, Way

MAX_LABELS = 60
# 1990 and 2100, as seconds since 1970.
FIRST_SECOND, LAST_SECOND = 631_152_000, 4_102_444_800

_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]{2,}$")
_PHONE = re.compile(r"^(\+|00)\d[\d ()./-]{7,}$|^\(?0\d[\d ()/-]{7,}$")
_CLOCK = re.compile(r"^\d{1,4}:\d{2}(:\d{2})?$")
_ZERO = re.compile(r"^[0:.,]+$")
# Ids as programs write them: ch_3Nq…, pi_…, order_….
_PREFIXED = re.compile(r"^[a-z]{2,8}_[A-Za-z0-9]{3,}$")
_LINK = re.compile(r"^(https?://|www\.)\S+$")


@cache
def _people() -> frozenset[str]:
    return word_set(names().people)


@cache
def _things() -> frozenset[str]:
    return word_set(names().things)


@dataclass(frozen=True)
class Traits:
    """One column: how many of the values looked at are filled and different, and what they can be read as.

    ``zeros`` are 0 or 00:00, ``prefixed`` ids such as ch_3Nq. ``labels``: distinct values, most frequent first, none
    for columns with more than 60, and ``label_rows`` how often each stands among the rows looked at. Shares are of
    filled values.
    """

    name: str
    looked_at: int
    filled: int
    distinct: int
    labels: tuple[str, ...]
    dates: Dates
    amounts: Amounts
    email: float
    phone: float
    link: float
    clock: float
    zeros: float
    prefixed: float
    mean_length: float
    mean_words: float
    label_rows: tuple[int, ...] = ()

    @property
    def unique(self) -> bool:
        """No value twice among those looked at."""
        return self.filled > 1 and self.distinct == self.filled

    @property
    def since_1970(self) -> Way | None:
        """Which part of a second the numbers count from 1970, when they can be moments from 1990 to 2100."""
        amounts = self.amounts
        if amounts.share < 1 or not amounts.whole or amounts.marked or self.dates.share > 0:
            return None
        for unit, second in ((Way.SECONDS_SINCE_1970, 1), (Way.MILLISECONDS_SINCE_1970, 1000)):
            if FIRST_SECOND * second <= amounts.smallest <= amounts.largest <= LAST_SECOND * second:
                return unit
        return None

    @property
    def free_text(self) -> bool:
        """Sentences rather than labels."""
        return self.mean_words >= 4 or (self.mean_length > 40 and self.mean_words >= 2)

    @property
    def personal(self) -> Personal | None:
        """What makes the column personal, if anything does."""
        if self.email > 0.5:
            return Personal.EMAILS
        if self.phone > 0.5:
            return Personal.PHONES
        words = frozenset(tokens(self.name))
        if words & _people() and not words & _things() and self.amounts.share < 0.5 and self.dates.share < 0.5:
            return Personal.NAMES
        return None

    @property
    def label(self) -> bool:
        """Few different values that are no numbers, moments or sentences."""
        return bool(self.labels) and not self.free_text and self.dates.share < 0.5


def read_traits(name: str, values: Sequence[str | None]) -> Traits:
    """Look at a sample of a column's values; blanks count as not filled."""
    filled = [stripped for value in values if value and (stripped := value.strip())]
    counted = Counter(filled)
    few = len(counted) <= MAX_LABELS and (len(counted) <= 12 or len(counted) < len(filled) / 2)
    return Traits(
        name=name,
        looked_at=len(values),
        filled=len(filled),
        distinct=len(counted),
        labels=tuple(label for label, _ in counted.most_common()) if few else (),
        dates=read_dates(filled),
        amounts=read_amounts(filled),
        email=_share(_EMAIL, filled),
        phone=_share(_PHONE, filled),
        link=_share(_LINK, filled),
        clock=_share(_CLOCK, filled),
        zeros=_share(_ZERO, filled),
        prefixed=_share(_PREFIXED, filled),
        mean_length=sum(map(len, filled)) / max(len(filled), 1),
        mean_words=sum(len(value.split()) for value in filled) / max(len(filled), 1),
        label_rows=tuple(n for _, n in counted.most_common()) if few else (),
    )


def _share(pattern: re.Pattern[str], values: Sequence[str]) -> float:
    return sum(bool(pattern.match(value)) for value in values) / max(len(values), 1)
