"""Write a simulated company as gzipped CSV files, one per canonical table, with the truth beside them."""

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.simulate.simulated import Simulated

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
TRUTH_FILE = "truth.json"


def write_sample(simulated: Simulated, folder: Path) -> None:
    """Write ``<table>.csv.gz`` and ``truth.json``; the same data gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in simulated.tables.items():
        write_csv(frame, folder / f"{name}.csv.gz")
    write_truth(simulated.truth, folder)


def write_truth(truth: Mapping[str, Any], folder: Path) -> None:
    """Write ``truth.json``: one line per true effect, so that two versions can be compared line by line."""
    text = json.dumps(truth, ensure_ascii=False).replace('{"outcome"', '\n{"outcome"') + "\n"
    (folder / TRUTH_FILE).write_text(text, encoding="utf-8")


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """A frame as gzipped CSV: UTF-8, ``\\n``, times in UTC with a Z, blanks empty, no time stamp in the archive."""
    text = in_words(frame).to_csv(index=False, lineterminator="\n", date_format=TIME_FORMAT)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.encode("utf-8"))


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """Yes-or-no columns as ``true`` and ``false``."""
    yes_no = {str(c): frame[c].map({True: "true", False: "false"}) for c in frame if frame[c].dtype == "boolean"}
    return frame.assign(**yes_no)
