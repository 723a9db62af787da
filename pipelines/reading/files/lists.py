"""Several columns of one name: lists that take a column a value, as Jira writes its labels."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

_FURTHER = re.compile(r" \((?:[2-9]|[1-9]\d+)\)$")


def numbered(names: Sequence[str]) -> list[str]:
    """Of several columns of one name, as lists are written that take a column a value, the second is ``name (2)``."""
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name.lower()] += 1
        told.append(f"{name} ({seen[name.lower()]})" if seen[name.lower()] > 1 else name)
    return told


def is_one_of_several(column: str, columns: Collection[str]) -> bool:
    """Whether a column is one of several of its name: a list with a column a value, not one fact of a row."""
    return first_of_name(column, columns) != column or f"{column} (2)".lower() in {name.lower() for name in columns}


def first_of_name(column: str, columns: Collection[str]) -> str:
    """The name that a further column of it repeats; of another column, the column itself."""
    first = _FURTHER.sub("", column)
    found = next((name for name in columns if name.lower() == first.lower()), column)
    return found if first != column else column
