"""Rows as an HTML table: captioned for screen readers and with numbers set right.

On a phone a table of words becomes one card per row, a line to each cell; of many short cells a card whose cells run
on; a narrow table of numbers stays a table.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from dashboard.said import unbroken
from pipelines.contracts.catalog.grades import Grade
from words.effects import IN_SHORT
from words.speech import Speech

MOST_SIDE_BY_SIDE, MOST_LETTERS = 4, 40
LONGEST_RUNNING_ON = 30
GRADE, _GRADED = "Grade", re.compile(r"\bgrade ([A-D])\b")
LONG, FIRST = 15, 12
OWNER, NOBODY = "Owner", "none"
NO_OWNERS = (
    "None of these lines has an owner: one is declared for a measure over all cases, with its target in the profile."
)


@dataclass(frozen=True)
class Link:
    """A cell that leads to another address of this app."""

    text: str
    query: str


# Rows as shown: each cell by the name of its column.
Lines = Sequence[Mapping[str, str | Link]]


def html_table(rows: Lines, caption: str, numeric: frozenset[str] = frozenset(), shape: str = "") -> str:
    """A table whose columns are the keys of the first row. Every cell is escaped, whatever an export put into it.

    ``shape`` is that of a longer table which these rows continue.
    """
    columns = list(rows[0])
    head = "".join(f'<th scope="col"{_side(c, numeric)}>{escape(c)}</th>' for c in columns)
    body = "".join("<tr>" + "".join(_cell(row[c], c, numeric) for c in columns) + "</tr>" for row in rows)
    style, name = shape or shape_of(rows, numeric), escape(caption)
    return (
        f'<div class="{style}" tabindex="0" role="region" aria-label="{name}">'
        f"<table><caption>{name}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def shape_of(rows: Lines, numeric: frozenset[str]) -> str:
    """The classes that say what becomes of a table on a phone."""
    columns = list(rows[0])
    if numeric and _narrow(rows, columns):
        return "amends-table"
    short = all(len(str(row[column])) <= LONGEST_RUNNING_ON for row in rows for column in columns[1:])
    return "amends-table stacks runs-on" if numeric and short else "amends-table stacks"


def legend(rows: Lines, speech: Speech) -> str:
    """What the grades in these rows mean, in one line; "" where there are none."""
    graded = {str(row.get(GRADE, "")) for row in rows}
    graded |= {letter for row in rows for value in row.values() for letter in _GRADED.findall(str(value))}
    words = [f"{grade} {speech.text(IN_SHORT[grade])}" for grade in Grade if grade in graded]
    return f"Grade: {'; '.join(words)}." if words else ""


def folded(rows: Lines) -> tuple[Lines, Lines]:
    """The rows shown at once, and those of a long table that are folded away."""
    return (rows, ()) if len(rows) <= LONG else (rows[:FIRST], rows[FIRST:])


def without_owners(rows: Lines) -> Lines:
    """The rows without their column of owners where it names nobody; else the very rows."""
    if any(row.get(OWNER, "") != NOBODY for row in rows):
        return rows
    return [{name: value for name, value in row.items() if name != OWNER} for row in rows]


def _narrow(rows: Lines, columns: Sequence[str]) -> bool:
    """Whether the widest cells fit side by side on a phone."""
    letters = sum(max(len(str(row[column])) for row in rows) for column in columns)
    return len(columns) <= MOST_SIDE_BY_SIDE and letters <= MOST_LETTERS


def _side(column: str, numeric: frozenset[str]) -> str:
    return ' class="number"' if column in numeric else ""


def _cell(value: object, column: str, numeric: frozenset[str]) -> str:
    text = escape(value.text if isinstance(value, Link) else unbroken(str(value)))
    if isinstance(value, Link):
        text = f'<a href="?{escape(value.query)}" target="_self">{text}</a>'
    return f'<td{_side(column, numeric)} data-label="{escape(column)}">{text}</td>'
