"""Texts of an export as typed values: SQL that gives NULL and a reason where a text isn't what it should be."""

from pipelines.contracts.canonical import SQL_TYPE, Column
from pipelines.contracts.catalog.rows import RowReason
from pipelines.reading.columns.readings import REAL, Parse, is_number
from pipelines.reading.columns.times import parse_date, parse_time
from pipelines.reading.files.quoting import name, texts

YES = ("true", "t", "yes", "y", "1", "1.0")
NO = ("false", "f", "no", "n", "0", "0.0")
MAX_ID_LENGTH = 100
# Every limit of the contract, and what is said of a value beyond it.
_BELOW, _ABOVE = {0.0: RowReason.BELOW_0}, {1.0: RowReason.ABOVE_1}

_WHOLE = r"^[+-]?\d+(\.0*)?$"
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_THOUSANDS = r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"
_NOT_FINITE = r"^[+-]?(nan|inf|infinity)$"


def parse_column(column: Column, native: str, zone: str, formats: tuple[str, ...], decimal: str) -> Parse:
    """SQL over a column of the canonical name, of engine type ``native`` (VARCHAR: as the export writes it)."""
    match column.kind:
        case "time":
            return parse_time(column.name, native, zone, formats)
        case "date":
            return parse_date(column.name, native, formats)
        case "money" | "number" | "count":
            return _number(column, native, decimal)
        case "flag":
            return _flag(column, native)
        case "id":
            return _id(column)
        case _:
            return _label(column)


def _id(column: Column) -> Parse:
    source = name(column.name)
    too_long = f"length({source}) > {MAX_ID_LENGTH}"
    return Parse(source, faults=((RowReason.TOO_LONG, too_long),))


def _label(column: Column) -> Parse:
    source = name(column.name)
    if not column.allowed:
        return Parse(source)
    return Parse(source, faults=((RowReason.NOT_ALLOWED, f"{source} NOT IN ({texts(column.allowed)})"),))


def _flag(column: Column, native: str) -> Parse:
    source = name(column.name)
    if native == "BOOLEAN":
        return Parse(source)
    yes, no = f"lower({source}) IN ({texts(YES)})", f"lower({source}) IN ({texts(NO)})"
    return _checked(column, f"CASE WHEN {yes} THEN true WHEN {no} THEN false END", RowReason.NOT_YES_OR_NO)


def _number(column: Column, native: str, decimal: str) -> Parse:
    source, whole = name(column.name), column.kind == "count"
    expression = _native_number(column, native) if is_number(native) else _written_number(column, decimal)
    parse = _checked(column, expression, RowReason.NOT_A_WHOLE_NUMBER if whole else RowReason.NOT_A_NUMBER)
    endless = f"NOT isfinite({source})" if native in REAL else f"regexp_matches(lower({source}), '{_NOT_FINITE}')"
    not_finite = () if is_number(native) and native not in REAL else ((RowReason.NOT_FINITE, endless),)
    if column.kind == "number":
        not_finite = (*not_finite, (RowReason.NOT_FINITE, f"NOT isfinite({parse.value})"))
    limits = [
        (reasons[limit], f"{parse.value} {sign} {limit:g}")
        for reasons, sign, limit in ((_BELOW, "<", column.minimum), (_ABOVE, ">", column.maximum))
        if limit is not None
    ]
    return Parse(parse.value, parse.first, faults=(*not_finite, *parse.faults, *limits))


def _native_number(column: Column, native: str) -> str:
    source, target = name(column.name), SQL_TYPE[column.kind]
    if column.kind == "count":
        return f"CASE WHEN {source} = floor({source}) THEN TRY_CAST({source} AS {target}) END"
    return (
        f"CASE WHEN isfinite({source}) THEN TRY_CAST({source} AS {target}) END"
        if native in REAL
        else (f"TRY_CAST({source} AS {target})")
    )


def _written_number(column: Column, decimal: str) -> str:
    source = name(column.name)
    pointed = f"translate({source}, '.,', ',.')" if decimal == "," else source
    plain = f"CASE WHEN regexp_matches({pointed}, '{_THOUSANDS}') THEN replace({pointed}, ',', '') ELSE {pointed} END"
    form = _WHOLE if column.kind == "count" else _NUMBER
    return f"CASE WHEN regexp_matches({plain}, '{form}') THEN TRY_CAST({plain} AS {SQL_TYPE[column.kind]}) END"


def _checked(column: Column, expression: str, reason: RowReason) -> Parse:
    """A value that is NULL though the export says something is a fault."""
    value = name(f"{column.name}@")
    return Parse(value, {value: expression}, faults=((reason, f"{name(column.name)} IS NOT NULL AND {value} IS NULL"),))
