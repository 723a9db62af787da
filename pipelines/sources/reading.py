"""What reading one export file gave."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """One file: its columns in order, and its rows as counted from the file itself, not by the parser."""

    file: str
    columns: tuple[str, ...]
    rows_in: int
