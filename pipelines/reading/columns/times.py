"""Times of an export as UTC: explicit offsets are honoured, other times are local times of a zone."""

from collections.abc import Sequence

from pipelines.contracts.catalog.rows import RowReason
from pipelines.reading.columns.months import by_short_name, in_english, names_month
from pipelines.reading.columns.readings import Parse, is_time
from pipelines.reading.columns.zones import fold_sql, offset_sql, zone_join
from pipelines.reading.files.quoting import name, texts

# Times outside are typing errors or stand for "never": list those in the file's `nulls`.
EARLIEST, LATEST = "1900-01-01", "2200-01-01"

_DAY = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}"
_ZONE = r"(Z|z|UTC|GMT|[+-]\d{2}(:?\d{2})?)"
_ISO = rf"^{_DAY}([ T]\d{{1,2}}:\d{{2}}(:\d{{2}}(\.\d+)?)?( ?{_ZONE})?)?$"
_FIXED = rf":\d{{2}}(\.\d+)? ?{_ZONE}$"
_MONTH = r"^\d{4}-\d{2}$"


def parse_time(column: str, native: str, zone: str, formats: Sequence[str]) -> Parse:
    """SQL for a moment in UTC. Declared formats come first, ISO 8601 is always understood."""
    source, local, fixed = name(column), name(f"{column}@"), name(f"{column}@fixed")
    first = {
        local: _native(source) if is_time(native) else _written(source, formats),
        fixed: _fixed(source, native, formats),
    }
    faults = ((RowReason.NOT_A_TIME, f"{source} IS NOT NULL AND {local} IS NULL"), _implausible(local))
    if zone == "UTC":
        return Parse(local, first, faults=faults)
    offset, fold, days = name(f"{column}@offset"), name(f"{column}@fold"), name(f"{column}@zone")
    second = {
        offset: f"CASE WHEN {fixed} THEN 0 ELSE {offset_sql(local, days)} END",
        fold: f"NOT {fixed} AND {fold_sql(local, days)}",
    }
    skipped = (RowReason.SKIPPED_HOUR, f"{local} IS NOT NULL AND {offset} IS NULL")
    join = zone_join(name(zone_table(zone)), local, days)
    return Parse(f"{local} - to_seconds({offset})", first, second, (*faults, skipped), fold, join)


def zone_table(zone: str) -> str:
    """The name under which the engine sees the days of a zone."""
    return f"zone {zone}"


def parse_date(column: str, native: str, formats: Sequence[str]) -> Parse:
    """SQL for a calendar day; a month stands for its first day."""
    source, day = name(column), name(f"{column}@")
    expression = _native(source) if is_time(native) else _written(source, formats)
    if not is_time(native):
        month = f"TRY_CAST({source} || '-01' AS TIMESTAMP)"
        expression = f"CASE WHEN regexp_matches({source}, '{_MONTH}') THEN {month} ELSE {expression} END"
    faults = ((RowReason.NOT_A_DATE, f"{source} IS NOT NULL AND {day} IS NULL"), _implausible(day))
    return Parse(f"CAST({day} AS DATE)", {day: expression}, faults=faults)


def _implausible(moment: str) -> tuple[RowReason, str]:
    return RowReason.NOT_PLAUSIBLE, f"{moment} < TIMESTAMP '{EARLIEST}' OR {moment} >= TIMESTAMP '{LATEST}'"


def _native(source: str) -> str:
    return f"CAST({source} AS TIMESTAMP)"


def _written(source: str, formats: Sequence[str]) -> str:
    zoned = [f for f in formats if _has_zone(f)]
    plain = [f for f in formats if not _has_zone(f)]
    worded = [by_short_name(f) for f in plain if names_month(f)]
    tries = [
        *([f"CAST(try_strptime({source}, [{texts(zoned)}]) AS TIMESTAMP)"] if zoned else []),
        *([f"try_strptime({source}, [{texts(plain)}])"] if plain else []),
        *([f"try_strptime({in_english(source)}, [{texts(worded)}])"] if worded else []),
        _iso(source),
    ]
    return f"coalesce({', '.join(tries)})"


def _iso(source: str) -> str:
    instant = rf"regexp_replace(regexp_replace({source}, ' ?(z|UTC|GMT)$', 'Z'), ' ([+-]\d+(:\d+)?|Z)$', '\1')"
    return (
        f"CASE WHEN regexp_matches({source}, '{_ISO}') THEN CASE WHEN regexp_matches({source}, '{_FIXED}') "
        f"THEN CAST(TRY_CAST({instant} AS TIMESTAMPTZ) AS TIMESTAMP) ELSE TRY_CAST({source} AS TIMESTAMP) END END"
    )


def _fixed(source: str, native: str, formats: Sequence[str]) -> str:
    """Whether the text (or type) itself says the offset from UTC."""
    if is_time(native):
        return "true" if native == "TIMESTAMP WITH TIME ZONE" else "false"
    zoned = [f for f in formats if _has_zone(f)]
    by_format = f" OR try_strptime({source}, [{texts(zoned)}]) IS NOT NULL" if zoned else ""
    return f"coalesce(regexp_matches({source}, '{_FIXED}'){by_format}, false)"


def _has_zone(form: str) -> bool:
    return "%z" in form or "%Z" in form
