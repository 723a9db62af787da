"""Names and texts of a profile, quoted for SQL."""

from collections.abc import Iterable

BLANKS = " \t\r\n\u00a0\ufeff"


def name(text: str) -> str:
    """An identifier."""
    return '"' + text.replace('"', '""') + '"'


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """String literals, separated by commas."""
    return ", ".join(text(value) for value in values)
