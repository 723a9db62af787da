"""A handful of wrong rows, as in every export: whoever reads it has to set them aside and say so."""

from collections.abc import Callable

import pandas as pd

STALE, ORPHANS, BROKEN_TIMES, NEGATIVE_AMOUNTS = 12, 9, 5, 3


def flawed(name: str, written: pd.DataFrame) -> pd.DataFrame:
    """A table as text with its wrong rows at the end; tables without any come back as they are."""
    wrong = _WRONG.get(name)
    return pd.concat([written, wrong(written)], ignore_index=True) if wrong else written


def _spread(frame: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Rows from all over the table."""
    return frame.iloc[:: max(len(frame) // rows, 1)].head(rows)


def _stale_incidents(frame: pd.DataFrame) -> pd.DataFrame:
    """Older versions of incidents, from when they were open."""
    return _spread(frame, STALE).assign(resolved_at="", closed_at="", fixed_for_customer="")


def _orphans(frame: pd.DataFrame) -> pd.DataFrame:
    """Contacts of incidents that are not in the export."""
    chosen = _spread(frame, ORPHANS)
    return chosen.assign(incident_id="9" + chosen["incident_id"])


def _broken_times(frame: pd.DataFrame) -> pd.DataFrame:
    chosen = _spread(frame, BROKEN_TIMES)
    return chosen.assign(order_id="9" + chosen["order_id"], ordered_at="0000-00-00 00:00:00")


def _negative_amounts(frame: pd.DataFrame) -> pd.DataFrame:
    return _spread(frame, NEGATIVE_AMOUNTS).assign(face_amount="-20.00")


_WRONG: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "incidents": _stale_incidents,
    "interactions": _orphans,
    "orders": _broken_times,
    "compensations": _negative_amounts,
}
