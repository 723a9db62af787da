"""A row of a published table as the cells of a file: numbers and codes as published, what it says in words."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from pipelines.contracts.message import Message
from pipelines.contracts.tables.row import Published, columns
from words.speech import Speech

Cell: TypeAlias = str | bool | int | float | None


def head_of(rows: Sequence[Published]) -> tuple[str, ...]:
    """The columns of the rows' table; none without a row."""
    return tuple(columns(type(rows[0]))) if rows else ()


def cells_of(row: Published, speech: Speech) -> tuple[Cell, ...]:
    """One cell per column."""
    return tuple(_cell(getattr(row, name), speech) for name in columns(type(row)))


def _cell(value: Cell | datetime | StrEnum | Message | tuple[Message, ...], speech: Speech) -> Cell:
    if isinstance(value, tuple):
        return speech.all(value)
    if isinstance(value, Message):
        return speech.say(value)
    return value.isoformat() if isinstance(value, datetime) else value
