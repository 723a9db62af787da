"""The mess of a warehouse: times in several offsets, rows synced twice, letter case and blanks in e-mail addresses."""

import numpy as np
import pandas as pd

from pipelines.simulate.tables.values import Numbers, Texts, Times

SYNCED = "_fivetran_synced"
LAST_SYNC, EARLIER_SYNC = "2026-07-01 02:14:33.250000", "2026-06-12 02:11:09.817000"
_OFFSETS = ((0.70, 0, "Z"), (0.85, 60, "+01:00"), (0.95, 120, "+02:00"), (1.0, -300, "-05:00"))


def written(times: Times, rng: np.random.Generator) -> Texts:
    """UTC times as text, most with a Z, some at another offset; blank where there is none."""
    u = rng.random(len(times))
    text = pd.Series("", index=times.index, dtype="str")
    low = 0.0
    for high, minutes, zone in _OFFSETS:
        chosen = (u >= low) & (u < high) & times.notna().to_numpy()
        shifted = times[chosen] + pd.Timedelta(minutes=minutes)
        text[chosen] = shifted.dt.strftime("%Y-%m-%dT%H:%M:%S") + zone
        low = high
    return text


def synced(frame: pd.DataFrame, rng: np.random.Generator, share: float = 0.01) -> pd.DataFrame:
    """The frame with its sync time; some rows came twice, first in an earlier sync."""
    twice = frame[rng.random(len(frame)) < share]
    return pd.concat([twice.assign(**{SYNCED: EARLIER_SYNC}), frame.assign(**{SYNCED: LAST_SYNC})], ignore_index=True)


def typed_by_hand(emails: Texts, rng: np.random.Generator) -> Texts:
    """E-mail addresses as people type them: capitals here and there, a blank at the end."""
    u = rng.random(len(emails))
    return emails.mask(u < 0.10, emails.str.upper()).mask(u > 0.94, emails + " ")


def euros(amounts: Numbers) -> Texts:
    """Amounts in euros with two digits."""
    return amounts.map("{:.2f}".format)


def cents(amounts: Numbers) -> Texts:
    """Amounts as whole cents in text, blank where there is none."""
    return (amounts * 100).round().astype("Int64").astype("str").where(amounts.notna(), "")
