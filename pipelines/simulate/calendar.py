"""When things happen: season, hour of the day by channel, and the night as the group's clocks show it."""

import numpy as np
import pandas as pd

from pipelines.simulate.randomness import Flags, Floats, Whole, pick
from pipelines.simulate.world import DAY, END, HOUR, MONTHS, SEASON, START, TIME_ZONE

_FIRST_MONTH = 6
_MONTH_STARTS = (
    pd.date_range("2023-07-01", periods=MONTHS + 1, freq="MS").values.astype("datetime64[s]").astype(np.int64)
)
_MONTH_WEIGHTS = [SEASON[(_FIRST_MONTH + m) % 12] for m in range(MONTHS)]
# Share of complaints by local hour: guests on site (bimodal), and people who write from home.
ON_SITE_HOURS = (3, 2, 1.5, 1, 1, 1.5, 3, 6, 8, 8, 6, 5, 5, 4, 5, 9, 10, 9, 8, 7, 6, 5, 6, 5)
AT_HOME_HOURS = (1, 0.5, 0.3, 0.3, 0.3, 0.5, 2, 4, 6, 8, 9, 8, 7, 6, 6, 6, 6, 6, 6, 7, 8, 8, 6, 3)


def season_day(u: Floats, v: Floats) -> Whole:
    """Midnight (UTC) of a day in the three years, more often in the busy months."""
    month = pick(u, _MONTH_WEIGHTS)
    first, length = _MONTH_STARTS[month], np.diff(_MONTH_STARTS)[month]
    return np.asarray(first + (v * (length // DAY)).astype(np.int64) * DAY, np.int64)


def hour_of_day(u: Floats, v: Floats, on_site: Flags) -> Whole:
    """Seconds after local midnight."""
    hour = np.where(on_site, pick(u, ON_SITE_HOURS), pick(u, AT_HOME_HOURS))
    return (hour * HOUR + (v * HOUR)).astype(np.int64)


def local_hour(seconds: Whole) -> Whole:
    """Hour of the day in the group's time zone."""
    local = pd.DatetimeIndex(seconds.astype("datetime64[s]"), tz="UTC").tz_convert(TIME_ZONE)
    return local.hour.to_numpy().astype(np.int64)


def at_night(seconds: Whole) -> Flags:
    """Between 22:00 and 07:00 on the group's clocks."""
    hour = local_hour(seconds)
    return (hour >= 22) | (hour < 7)


def utc_offset(seconds: Whole) -> Whole:
    """Seconds that the group's clocks are ahead of UTC."""
    index = pd.DatetimeIndex(seconds.astype("datetime64[s]"), tz="UTC").tz_convert(TIME_ZONE)
    naive = index.tz_localize(None).values.astype("datetime64[s]").astype(np.int64)
    return (naive - seconds).astype(np.int64)


def within_period(seconds: Whole) -> Whole:
    """Kept inside the three years, with a minute to spare."""
    return np.clip(seconds, START, END - 60)
