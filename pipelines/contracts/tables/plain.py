"""Cells of published rows as plain values, for Parquet and for the journal, and back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pipelines.contracts.message import decode, encode
from pipelines.contracts.tables.row import Published, coded, codes, columns, is_many, messages

R = TypeVar("R", bound=Published)
Plain = str | int | float | bool | datetime | None


def written(value: Any, hint: Any) -> Plain:
    """A cell as a plain value: codes by their value, messages as JSON, reals with 12 significant digits.

    So few that reruns are byte-identical. Raises ``ValueError`` for a code that its catalogue doesn't hold.
    """
    if messages(hint) is not None:
        return encode(value if is_many(hint) else () if value is None else (value,))
    if codes(hint):
        return None if value is None else str(coded(value, hint))
    if isinstance(value, float):
        return None if value != value else float(f"{value:.12g}")
    found: Plain = value
    return found


def read(cell: Any, hint: Any) -> Any:
    """A plain value as the cell it was; ``ValueError`` for a code that its catalogue doesn't hold."""
    family = messages(hint)
    if family is not None:
        found = decode(cell, family)
        return found if is_many(hint) else next(iter(found), None)
    return cell if cell is None else coded(cell, hint)


def written_column(values: Sequence[Any], hint: Any) -> list[Plain]:
    """The cells of one column as plain values; the same code is looked up once."""
    if messages(hint) is not None:
        return [written(value, hint) if value else None for value in values]
    if not codes(hint):
        return [written(value, hint) for value in values]
    known = {value: written(value, hint) for value in dict.fromkeys(values)}
    return [known[value] for value in values]


def read_column(cells: Sequence[Any], hint: Any) -> list[Any]:
    """The cells of one column as they were; the same code and the same message are made once."""
    if messages(hint) is None and not codes(hint):
        return list(cells)
    known = {cell: read(cell, hint) for cell in dict.fromkeys(cells)}
    return [known[cell] for cell in cells]


def plain_row(row: Published) -> dict[str, Plain]:
    """Every cell of a row by its column."""
    return {name: written(getattr(row, name), hint) for name, hint in columns(type(row)).items()}


def row_of(row: type[R], cells: Mapping[str, Any]) -> R:
    """The row that cells by column make; columns that are missing take their default, ids stay as they were.

    Raises ``ValueError`` for a code that its catalogue doesn't hold, ``TypeError`` for a column that has no default.
    """
    return built(row, {name: read(cells[name], hint) for name, hint in columns(row).items() if name in cells})


def built(row: type[R], values: Mapping[str, Any]) -> R:
    """The row of cells that are already read."""
    given = {name: value for name, value in values.items() if row.__dataclass_fields__[name].init}  # type: ignore[attr-defined]
    made = row(**given)
    for name in values.keys() - given.keys():
        object.__setattr__(made, name, values[name])
    return made
