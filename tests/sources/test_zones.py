"""Local times to UTC, against Python's own zone rules."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.reading.columns.zones import changes, fold_sql, offset_sql, zone_days, zone_join

ZONES = (
    "Europe/Paris", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Pacific/Apia", "Africa/Casablanca", "Antarctica/Troll", "America/Havana", "UTC",
)  # fmt: skip


@pytest.fixture(scope="module")
def to_utc(engine_for_module):
    """Local times of a zone → (UTC or None in a gap, whether it happens twice)."""
    engine = engine_for_module

    def converting(zone, times):
        engine.register("zone days", zone_days(zone))
        engine.register("times", pa.table({"i": range(len(times)), "local": pa.array(times, pa.timestamp("us"))}))
        return engine.rows(
            f"SELECT local - to_seconds({offset_sql('local', 'z')}), {fold_sql('local', 'z')} FROM times "
            f"{zone_join(chr(34) + 'zone days' + chr(34), 'local', 'z')} ORDER BY i"
        )

    return converting


def by_python(zone, local):
    """What Python makes of it: no local time in a gap survives the way to UTC and back."""
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    exists = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    return (first.replace(tzinfo=None) if exists else None), exists and first != second


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    zone=st.sampled_from(ZONES), times=st.lists(st.datetimes(datetime(1971, 1, 1), datetime(2036, 1, 1)), min_size=1)
)
def test_any_time_agrees_with_python(to_utc, zone, times):
    assert to_utc(zone, times) == [by_python(zone, local) for local in times]


@pytest.mark.parametrize("zone", ZONES)
def test_times_around_every_change_agree_with_python(to_utc, zone):
    steps = [timedelta(minutes=m, seconds=s) for m in (-61, -60, -1, 0, 1, 29, 30, 59, 60, 61) for s in (-1, 0)]
    edges = [edge for change in changes(zone) if change.instant.year < 2036 for edge in (change.begins, change.ends)]
    times = [edge + step for edge in edges for step in steps] or [datetime(2024, 1, 1)]
    assert to_utc(zone, times) == [by_python(zone, local) for local in times]


def test_days_beyond_the_rules_follow_the_nearest(to_utc):
    assert to_utc("Asia/Kolkata", [datetime(1960, 1, 1), datetime(2150, 1, 1)]) == [
        (datetime(1959, 12, 31, 18, 30), False),
        (datetime(2149, 12, 31, 18, 30), False),
    ]
