"""Names and texts of a profile, quoted for SQL."""

import re
from collections.abc import Iterable

BLANKS = " \t\r\n\u00a0\u202f\u2009\u3000\ufeff"


def name(text: str) -> str:
    """An identifier."""
    return '"' + text.replace('"', '""') + '"'


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """String literals, separated by commas."""
    return ", ".join(text(value) for value in values)


def as_text(column: str) -> str:
    """A column as text, without blanks around it."""
    return f"trim(CAST({name(column)} AS VARCHAR))"


def identifier(text: str) -> str:
    """A name that SQL takes without quotes."""
    words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return words if words[:1].isalpha() else f"file_{words}".rstrip("_")
