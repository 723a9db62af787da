"""Write a simulated company as gzipped CSV files, one per canonical table, with the truth beside them.

A handful of rows are wrong, as in every export: whoever reads it has to set them aside and say so.
"""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from pipelines.simulate.company import Simulated
from pipelines.simulate.tables.canonical import Tables
from pipelines.simulate.tables.compensations import Compensations
from pipelines.simulate.tables.contacts import Interactions
from pipelines.simulate.tables.incidents import Incidents
from pipelines.simulate.tables.orders import Orders
from pipelines.simulate.tables.values import write_csv
from pipelines.simulate.truth import write_truth

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
NO_TIME = "0000-00-00 00:00:00"
STALE, ORPHANS, BROKEN_TIMES, NEGATIVE_AMOUNTS = 12, 9, 5, 3


def write_sample(simulated: Simulated, folder: Path) -> None:
    """Write ``<table>.csv.gz`` and ``truth.json``; the same data gives the same bytes."""
    write_tables(simulated, folder)
    write_truth(simulated.truth, folder)


def write_tables(simulated: Simulated, folder: Path) -> None:
    """Write ``<table>.csv.gz`` alone: the truth takes longer than the data."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in exported(simulated.tables).items():
        write_csv(frame, folder / f"{name}.csv.gz")


def exported(tables: Tables) -> Mapping[str, pd.DataFrame]:
    """Every table as text by its name, wrong rows at its end."""
    return {name: _flawed(table, pd.DataFrame(_as_text(vars(table)))) for name, table in vars(tables).items()}


def _as_text(columns: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    return {name: _text(values) for name, values in columns.items()}


def _text(values: pd.Series) -> pd.Series:
    """Every value as it stands in the file: times in UTC with a Z, ``true`` and ``false``, blanks empty."""
    text: pd.Series
    if pd.api.types.is_datetime64_any_dtype(values):
        text = values.dt.strftime(TIME_FORMAT)
    elif values.dtype == "boolean":
        text = values.map({True: "true", False: "false"})
    else:
        text = values.astype("str")
    return text.where(values.notna(), "")


def _flawed(table: object, written: pd.DataFrame) -> pd.DataFrame:
    """A table as text with its wrong rows at the end; tables without any come back as they are.

    Older versions of incidents from when they were open, contacts of incidents that are not in the export, orders at a
    time that no clock shows, amounts below nothing.
    """
    match table:
        case Incidents():
            wrong = _spread(written, STALE).assign(resolved_at="", closed_at="", fixed_for_customer="")
        case Interactions():
            wrong = _spread(written, ORPHANS).assign(incident_id="9" + table.incident_id)
        case Orders():
            wrong = _spread(written, BROKEN_TIMES).assign(order_id="9" + table.order_id, ordered_at=NO_TIME)
        case Compensations():
            wrong = _spread(written, NEGATIVE_AMOUNTS).assign(face_amount="-20.00")
        case _:
            return written
    return pd.concat([written, wrong], ignore_index=True)


def _spread(written: pd.DataFrame, rows: int) -> pd.DataFrame:
    """Rows from all over the table."""
    return written.iloc[:: max(len(written) // rows, 1)].head(rows)
