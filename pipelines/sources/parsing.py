"""Texts of an export as typed values: SQL that gives NULL and a reason where a text isn't what it should be."""

from dataclasses import dataclass

from pipelines.contracts.sources import SQL_TYPE, Column
from pipelines.sources.quoting import name, texts

YES = ("true", "t", "yes", "y", "1")
NO = ("false", "f", "no", "n", "0")
MAX_ID_LENGTH = 100

_ISO = r"^\d{4}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?( ?(Z|z|[+-]\d{2}(:?\d{2})?))?$"
_OFFSET = r":\d{2}(\.\d+)? ?(Z|z|[+-]\d{2}(:?\d{2})?)$"
_WHOLE = r"^[+-]?\d+(\.0*)?$"
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_NOT_FINITE = r"^[+-]?(nan|inf|infinity)$"


@dataclass(frozen=True)
class Parse:
    """How one column is read: ``middle`` columns computed first, then the value, and its (reason, condition) faults."""

    middle: dict[str, str]
    value: str
    faults: tuple[tuple[str, str], ...] = ()
    fold: str = ""


def parse_column(column: Column, zone: str, formats: tuple[str, ...], decimal: str) -> Parse:
    """SQL over a text column of the same name."""
    source = name(column.name)
    match column.kind:
        case "id":
            return Parse(
                {}, source, ((f"longer than {MAX_ID_LENGTH} characters", f"length({source}) > {MAX_ID_LENGTH}"),)
            )
        case "label":
            return _label(column, source)
        case "text":
            return Parse({}, source)
        case "flag":
            return _typed(column, _flag(source), "not yes or no")
        case "date":
            return _typed(column, f"TRY_CAST({source} AS DATE)", "not a date")
        case "time":
            return _time(column, zone)
        case _:
            return _number(column, decimal)


def _label(column: Column, source: str) -> Parse:
    if not column.allowed:
        return Parse({}, source)
    return Parse({}, source, (("not an allowed value", f"{source} NOT IN ({texts(column.allowed)})"),))


def _typed(column: Column, expression: str, reason: str) -> Parse:
    value = name(f"{column.name}@")
    return Parse({value: expression}, value, ((reason, f"{name(column.name)} IS NOT NULL AND {value} IS NULL"),))


def _flag(source: str) -> str:
    return f"CASE WHEN lower({source}) IN ({texts(YES)}) THEN true WHEN lower({source}) IN ({texts(NO)}) THEN false END"


def _number(column: Column, decimal: str) -> Parse:
    source = name(column.name)
    plain = source
    if decimal == ",":
        plain = f"translate({source}, '.,', ',.')"
    plain = f"CASE WHEN regexp_matches({plain}, '{_THOUSANDS}') THEN replace({plain}, ',', '') ELSE {plain} END"
    form = _WHOLE if column.kind == "count" else _NUMBER
    expression = f"CASE WHEN regexp_matches({plain}, '{form}') THEN TRY_CAST({plain} AS {SQL_TYPE[column.kind]}) END"
    reason = "not a whole number" if column.kind == "count" else "not a number"
    parse = _typed(column, expression, reason)
    limits = []
    if column.minimum is not None:
        limits.append((f"below {column.minimum:g}", f"{parse.value} < {column.minimum:g}"))
    if column.maximum is not None:
        limits.append((f"above {column.maximum:g}", f"{parse.value} > {column.maximum:g}"))
    not_finite = ("not a finite number", f"regexp_matches(lower({source}), '{_NOT_FINITE}')")
    return Parse(parse.middle, parse.value, (not_finite, *parse.faults, *limits))


def _time(column: Column, zone: str) -> Parse:
    source, local, fixed = name(column.name), name(f"{column.name}@"), name(f"{column.name}@fixed")
    middle = {
        fixed: f"coalesce(regexp_matches({source}, '{_OFFSET}'), false)",
        local: f"CASE WHEN regexp_matches({source}, '{_ISO}') THEN CASE "
        f"WHEN regexp_matches({source}, '{_OFFSET}') "
        f"THEN CAST(TRY_CAST(regexp_replace({source}, ' ([Z+-])', '\\1') AS TIMESTAMPTZ) AS TIMESTAMP) "
        f"ELSE TRY_CAST({source} AS TIMESTAMP) END END",
    }
    unreadable = ("not a time", f"{source} IS NOT NULL AND {local} IS NULL")
    if zone == "UTC":
        return Parse(middle, local, (unreadable,))
    utc = f"CAST(timezone('{zone}', {local}) AS TIMESTAMP)"
    value = f"CASE WHEN {fixed} THEN {local} ELSE {utc} END"
    skipped = f"NOT {fixed} AND timezone('{zone}', timezone('{zone}', {local})) <> {local}"
    return Parse(middle, value, (unreadable, ("an hour that summer time skips", skipped)))
