"""Contacts of customers, read back from the export for a local list. Nothing of it reaches a run, a log or an error."""

from collections.abc import Collection

from pipelines.contracts.canonical import Column, Holds, Table
from pipelines.contracts.messages.doing import Progress
from pipelines.contracts.sources import Incidents
from pipelines.engine import open_sealed
from pipelines.errors import SourceError
from pipelines.reading.columns.mapping import Origin, map_columns
from pipelines.reading.files.exports import Data, find_exports
from pipelines.reading.files.quoting import name
from pipelines.reading.files.raw import read_source
from pipelines.reading.tables.faults import NoContactColumn
from pipelines.settings.faults_of_files import ContactsMissing
from pipelines.settings.profile import Profile
from pipelines.settings.sources import ContactSpec
from pipelines.settings.tables import TableSpec


def read_contacts(
    data: Data, profile: Profile, incident_ids: Collection[str], progress: Progress
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Names of the contact columns, and incident → their values (blank where the export says nothing).

    Of an incident with several rows the first counts. Raises ``SourceError`` when the profile names no contacts, or
    names a file or column that isn't there.
    """
    spec, asked = profile.sources, profile.sources.contacts
    if asked is None:
        raise SourceError(ContactsMissing(f"{profile.path}: [contacts]"))
    with open_sealed() as engine:
        exports = find_exports(spec.files, [asked.file], data)[asked.file]
        wanted = {column.lower() for column in (asked.incident_id, *asked.columns)}
        source = read_source(engine, spec.files[asked.file], exports, wanted, progress)
        _check_columns(asked, source.origin)
        mapped = map_columns(_table(asked), source.origin)
        columns = ", ".join(f"{m.sql} AS {name(column)}" for column, m in mapped.items())
        rows = engine.rows(f"SELECT {columns} FROM {source.origin.relation} ORDER BY _file, _line")
    wanted_ids = set(incident_ids)
    found = {row[0]: tuple(cell or "" for cell in row[1:]) for row in reversed(rows) if row[0] in wanted_ids}
    return asked.columns, found


def _check_columns(asked: ContactSpec, origin: Origin) -> None:
    found = {column.lower() for column in origin.columns}
    for column in (asked.incident_id, *asked.columns):
        if column.lower() not in found:
            raise SourceError(NoContactColumn(origin.where, column))


def _table(asked: ContactSpec) -> TableSpec:
    """Contacts read by the rules that incidents are read by, so that ids agree to the letter."""
    columns = {f"contact_{i}": column for i, column in enumerate(asked.columns)}
    incident_id = Column(Incidents.incident_id, Holds("id", required=True))
    contract = Table("contacts", (incident_id, *(Column(column, "text") for column in columns)))
    return TableSpec(table=contract, file=asked.file, columns={incident_id: asked.incident_id, **columns})
