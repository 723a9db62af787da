"""Arrays written as table columns: labels, times and money, with blanks where nothing is recorded."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipelines.simulate.randomness import Flags, Floats, Whole
from pipelines.simulate.timeline import NEVER

FIRST_INCIDENT, FIRST_GUEST, FIRST_AGENT = 500_001, 7_000_001, 9_001


def labels(index: Whole, names: Sequence[str], known: Flags | None = None) -> pd.Series:
    """Names by index; blank where ``index`` is negative or the value isn't ``known``."""
    values = np.array([*names, None], dtype=object)
    shown = index >= 0 if known is None else (index >= 0) & known
    return pd.Series(values[np.where(shown, index, len(names))], dtype="str")


def times(seconds: Whole) -> pd.Series:
    """UTC times, blank where the step never happened."""
    values = np.where(seconds < NEVER, seconds, np.iinfo(np.int64).min)
    return pd.Series(values.astype("datetime64[s]"))


def money(amount: Floats, known: Flags | None = None) -> pd.Series:
    """Amounts in whole cents, blank where not known."""
    return pd.Series(np.round(amount if known is None else np.where(known, amount, np.nan), 2))


def flags(values: Flags, known: Flags) -> pd.Series:
    """Yes or no, blank where not known."""
    return pd.Series(pd.array(values, dtype="boolean")).mask(~known)


def numbered(index: Whole, first: int, known: Flags | None = None) -> pd.Series:
    """Ids: running numbers as text, blank where not known."""
    text = pd.Series((index + first).astype(str), dtype="str")
    return text if known is None else text.where(known)


def concat(frames: Sequence[pd.DataFrame], by: Sequence[str]) -> pd.DataFrame:
    """Frames one below the other, in the order of ``by``; ties keep the order given."""
    kept = [f for f in frames if len(f)]
    return pd.concat(kept or list(frames[:1]), ignore_index=True).sort_values(
        list(by), kind="stable", ignore_index=True
    )


Column = npt.NDArray[Any] | pd.Series
