"""Write a simulated company as gzipped CSV files, one per canonical table, with the truth beside them."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.simulate.flaws import flawed
from pipelines.simulate.simulated import Simulated

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
TRUTH_FILE = "truth.json"


def write_sample(simulated: Simulated, folder: Path) -> None:
    """Write ``<table>.csv.gz`` and ``truth.json``; the same data gives the same bytes."""
    write_tables(simulated, folder)
    write_truth(simulated.truth, folder)


def write_tables(simulated: Simulated, folder: Path) -> None:
    """Write ``<table>.csv.gz`` alone: the truth takes longer than the data."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in simulated.tables.items():
        write_csv(flawed(name, as_text(frame)), folder / f"{name}.csv.gz")


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every value as it stands in the file: times in UTC with a Z, ``true`` and ``false``, blanks empty."""
    return pd.DataFrame({str(c): _as_text(frame[c]) for c in frame})


def _as_text(values: pd.Series) -> pd.Series:
    text: pd.Series
    if pd.api.types.is_datetime64_any_dtype(values):
        text = values.dt.strftime(TIME_FORMAT)
    elif values.dtype == "boolean":
        text = values.map({True: "true", False: "false"})
    else:
        text = values.astype("str")
    return text.where(values.notna(), "")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Gzipped CSV: UTF-8, ``\\n``, no time stamp in the archive."""
    text = frame.to_csv(index=False, lineterminator="\n")
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode("utf-8"))


def write_truth(truth: Mapping[str, Any], folder: Path) -> None:
    """Write ``truth.json``: one line per true effect, so that two versions can be compared line by line."""
    text = json.dumps(truth, ensure_ascii=False).replace('{"outcome"', '\n{"outcome"') + "\n"
    (folder / TRUTH_FILE).write_text(text, encoding="utf-8")
