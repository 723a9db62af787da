"""Arrays written as table columns: labels, times and money, with blanks where nothing is recorded; tables as files."""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd

from pipelines.simulate.world.calendar import NEVER
from pipelines.simulate.world.records import Flags, Floats, Whole

# Columns of a table by what they hold; all may have blanks.
Texts: TypeAlias = "pd.Series[str]"
Times: TypeAlias = "pd.Series[pd.Timestamp]"
Numbers: TypeAlias = "pd.Series[float]"
Counts: TypeAlias = "pd.Series[int]"
YesNo: TypeAlias = "pd.Series[bool]"

FIRST_INCIDENT, FIRST_GUEST, FIRST_AGENT = 500_001, 7_000_001, 9_001
AGENTS_PER_SITE = 9
CURRENCY = "EUR"


def labels(index: Whole, names: Sequence[str], known: Flags | None = None) -> Texts:
    """Names by index; blank where ``index`` is negative or the value isn't ``known``."""
    values = np.array([*names, None], dtype=object)
    shown = index >= 0 if known is None else (index >= 0) & known
    return pd.Series(values[np.where(shown, index, len(names))], dtype="str")


def same(text: str, n: int) -> Texts:
    """The same text in every row."""
    return pd.Series(np.full(n, text, dtype=object), dtype="str")


def times(seconds: Whole) -> Times:
    """UTC times, blank where the step never happened."""
    values = np.where(seconds < NEVER, seconds, np.iinfo(np.int64).min)
    return pd.Series(values.astype("datetime64[s]"))


def money(amount: Floats, known: Flags | None = None) -> Numbers:
    """Amounts in whole cents, blank where not known."""
    return pd.Series(np.round(amount if known is None else np.where(known, amount, np.nan), 2))


def flags(values: Flags, known: Flags | None = None) -> YesNo:
    """Yes or no, blank where not known."""
    marked = pd.Series(pd.array(values, dtype="boolean"))
    return marked if known is None else marked.mask(~known)


def numbered(index: Whole, first: int, known: Flags | None = None) -> Texts:
    """Ids: running numbers as text, blank where not known."""
    text = pd.Series((index + first).astype(str), dtype="str")
    return text if known is None else text.where(known)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Gzipped CSV: UTF-8, ``\\n``, no time stamp in the archive."""
    text = frame.to_csv(index=False, lineterminator="\n")
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
