"""A published folder for faults: runs that carry one mark in every table, so that half or mixed reads are seen."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
from published_run import DIAGNOSTICS, ORIGIN

from pipelines.contracts.arrow import row_table
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.contracts.tables.worklist import LostCase
from pipelines.publish.lock import turn
from pipelines.publish.store import Store
from pipelines.publish.write import publish

LONG = os.environ.get("AMENDS_FAULTS") == "long"
ROWS = 400


def marked_tables(mark: int) -> dict[str, pa.Table]:
    """Tables whose every row says ``mark``."""
    quality = [RowsCounted("incidents", f"{i}.csv", RowReason.KEPT, mark) for i in range(ROWS)]
    diagnostics = [replace(DIAGNOSTICS[0], subject=str(mark)) for _ in range(ROWS)]
    return {
        "quality": row_table(RowsCounted, quality),
        "diagnostics": row_table(Diagnostic, diagnostics),
        "worklist": row_table(LostCase, []),
    }


def publish_marked(published: Path, mark: int) -> Manifest:
    """Publish a run of this mark, as a run is published."""
    with turn(published) as mine:
        return publish(mine, marked_tables(mark), replace(ORIGIN, code_version=str(mark)))


@dataclass
class Reads:
    """What a reader saw: runs read, runs that were passed over or couldn't be read, runs whose tables disagree."""

    whole: int = 0
    torn: int = 0
    mixed: int = 0

    def look(self, store: Store) -> None:
        """Read what is shown, once."""
        standing = store.standing()
        if standing.trouble is not None:
            self.torn += 1
        run = store.run(standing.run_id)
        marks = {run.manifest.code_version, *(str(r.rows) for r in run.quality), *(d.subject for d in run.diagnostics)}
        if len(marks) != 1 or len(run.quality) != ROWS or len(run.diagnostics) != ROWS:
            self.mixed += 1
        else:
            self.whole += 1
