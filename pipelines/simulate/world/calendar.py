"""When things happen: three years, hour of the day by channel, and the night as the group's clocks show it.

Times are in seconds since 1970, UTC.
"""

from datetime import UTC, datetime

import numpy as np
import pandas as pd

from pipelines.simulate.world.randomness import pick
from pipelines.simulate.world.records import Flags, Floats, Whole

HOUR, DAY = 3_600, 86_400
# A step that never happens.
NEVER = np.int64(1) << 40
TIME_ZONE = "Europe/Madrid"
MONTHS = 36
START = int(datetime(2023, 7, 1, tzinfo=UTC).timestamp())
END = int(datetime(2026, 7, 1, tzinfo=UTC).timestamp())
ORDERS_START = START - 366 * DAY

MONTH_STARTS = pd.date_range(datetime(2023, 7, 1), periods=MONTHS, freq="MS")
# Share of complaints by local hour: guests on site (bimodal), and people who write from home.
ON_SITE_HOURS = (3, 2, 1.5, 1, 1, 1.5, 3, 6, 8, 8, 6, 5, 5, 4, 5, 9, 10, 9, 8, 7, 6, 5, 6, 5)
AT_HOME_HOURS = (1, 0.5, 0.3, 0.3, 0.3, 0.5, 2, 4, 6, 8, 9, 8, 7, 6, 6, 6, 6, 6, 6, 7, 8, 8, 6, 3)


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
