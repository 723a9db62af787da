"""What the run before read, so that a file that has lost half of its rows is seen."""

from pipelines.contracts.manifest import INCIDENT_MART
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.publish import tables
from pipelines.publish.faults import StoreError
from pipelines.publish.older import CODED
from pipelines.publish.store import Store


def rows_before(store: Store, profile: str) -> tuple[RowsCounted, ...]:
    """Rows per file of the newest run of a profile; none without one that can be read."""
    for run_id in reversed(store.run_ids()):
        try:
            manifest = store.manifest(run_id)
            if manifest.profile.name == profile and manifest.schema_version >= CODED and INCIDENT_MART in manifest.rows:
                return tuple(tables.rows(store.folder(run_id), RowsCounted, whole=False))
        except StoreError:
            continue
    return ()
