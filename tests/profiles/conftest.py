"""One run of the product per shipped profile and session, published from the real exports."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from real_data import export_folder

from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.measure import Measured
from pipelines.publish.store import Run, local_store
from pipelines.run import run
from pipelines.settings.load import load_profile


@dataclass(frozen=True)
class OfProfile:
    """A published run, and what tests ask of it."""

    folder: Path

    @cached_property
    def mart(self) -> pd.DataFrame:
        return pq.read_table(self.folder / "incident_mart.parquet").to_pandas()

    @cached_property
    def never_failed(self) -> pd.DataFrame:
        return pq.read_table(self.folder / "baseline_mart.parquet").to_pandas()

    @cached_property
    def run(self) -> Run:
        return local_store(self.folder.parents[1]).run(self.folder.name)

    @property
    def manifest(self) -> Manifest:
        return self.run.manifest

    def rows(self, name: str, /, **wanted: Any) -> list[Any]:
        """Rows of a result table whose columns have these values."""
        rows = getattr(self.run, name)
        return [row for row in rows if all(getattr(row, column) == value for column, value in wanted.items())]

    def asked(self, **wanted: Any) -> list[Effect]:
        """Effects of what the product knows how to estimate; what it doesn't build yet has rows of its own."""
        return [row for row in self.rows("effects", **wanted) if row.verdict is not Verdict.NOT_IMPLEMENTED]

    def measure(self, name: str, segment: str = "") -> Measured:
        """The one row of a described measure over the whole period."""
        (row,) = self.rows("measures", topic=Topic.DESCRIPTIVE, measure=name, segment=segment, period="")
        return row

    def found(self, check: str) -> float | None:
        """How much a check of the data found."""
        (row,) = self.rows("diagnostics", check=check, effect_id="")
        return row.value

    def quality(self, table: str) -> Counter[RowReason]:
        """Rows per reason of one canonical table, over all its files."""
        counts: Counter[RowReason] = Counter()
        for row in self.rows("quality", table=table):
            counts[row.reason] += row.rows
        return counts


@pytest.fixture(scope="session")
def publish_profile(tmp_path_factory):
    """Run a shipped profile over its real export."""

    def publish(profile_name, export):
        published = tmp_path_factory.mktemp(profile_name)
        manifest = run(
            export_folder(export),
            load_profile(profile_name),
            published,
            id_key=b"a key of the tests",
            data_cut=None,
            progress=lambda step: None,
        )
        return OfProfile(local_store(published).folder(manifest.run_id))

    return publish


@pytest.fixture(scope="session")
def olist(publish_profile):
    return publish_profile("olist", "olist_sample")


@pytest.fixture(scope="session")
def cfpb(publish_profile):
    return publish_profile("cfpb", "cfpb_complaints")


@pytest.fixture(scope="session")
def bank(publish_profile):
    return publish_profile("bank_app_reviews", "bank_app_reviews")
