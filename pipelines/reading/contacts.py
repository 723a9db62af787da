"""Contacts of customers, read back from the export for a local list. Nothing of it reaches a run, a log or an error."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.contracts.catalog.doing import Progress
from pipelines.contracts.table import Column, Table
from pipelines.engine import open_engine
from pipelines.errors import SourceError
from pipelines.reading.columns.mapping import Origin, map_columns
from pipelines.reading.files.exports import find_exports
from pipelines.reading.files.quoting import name
from pipelines.reading.files.raw import read_source
from pipelines.reading.tables.ledger import open_ledger
from pipelines.reading.tables.spec import TableSpec, read_spec
from pipelines.settings.names import check_known
from pipelines.settings.profile import Profile

_KEYS = ("file", "incident_id", "columns")


@dataclass(frozen=True)
class ContactSpec:
    """``[contacts]``: the file that holds contacts, its incident column, and the columns to hand on."""

    file: str
    incident_id: str
    columns: tuple[str, ...]


def read_contacts(
    data_dir: Path, profile: Profile, incident_ids: Collection[str], progress: Progress
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Names of the contact columns, and incident → their values (blank where the export says nothing).

    Of an incident with several rows the first counts. Raises ``SourceError`` when the profile names no contacts, or
    names a file or column that isn't there.
    """
    spec = read_spec(profile)
    asked = contact_spec(profile, spec.files)
    with open_engine() as engine:
        open_ledger(engine)
        exports = find_exports(spec, [asked.file], data_dir)[asked.file]
        wanted = {column.lower() for column in (asked.incident_id, *asked.columns)}
        source = read_source(engine, spec.files[asked.file], exports, wanted, progress)
        _check_columns(asked, source.origin)
        mapped = map_columns(_table(asked), source.origin)
        columns = ", ".join(f"{m.sql} AS {name(column)}" for column, m in mapped.items())
        rows = engine.rows(f"SELECT {columns} FROM {source.origin.relation} ORDER BY _file, _line")
    wanted_ids = set(incident_ids)
    found = {row[0]: tuple(cell or "" for cell in row[1:]) for row in reversed(rows) if row[0] in wanted_ids}
    return asked.columns, found


def contact_spec(profile: Profile, files: Collection[str]) -> ContactSpec:
    """``[contacts]``, checked. Raises ``SourceError`` when it is missing, incomplete or names an unknown file."""
    at = f"{profile.folder / 'source.toml'}: [contacts]"
    entry = profile.document.get("contacts")
    example = 'file = "tickets", incident_id = "Ticket ID", columns = ["E-mail"]'
    if not isinstance(entry, Mapping):
        raise SourceError(f"{at} is missing. Say where contacts are: {example}.")
    check_known(entry, _KEYS, at, "key")
    columns = entry.get("columns")
    named = isinstance(columns, list) and columns and all(isinstance(column, str) for column in columns)
    if not named or not all(isinstance(entry.get(key), str) for key in ("file", "incident_id")):
        raise SourceError(f"{at} needs {example}.")
    check_known([entry["file"]], files, at, "file")
    return ContactSpec(entry["file"], entry["incident_id"], tuple(columns or ()))


def _check_columns(asked: ContactSpec, origin: Origin) -> None:
    found = {column.lower() for column in origin.columns}
    for column in (asked.incident_id, *asked.columns):
        if column.lower() not in found:
            raise SourceError(f"{origin.where}: no column {column!r}. Correct [contacts] in source.toml.")


def _table(asked: ContactSpec) -> TableSpec:
    """Contacts read by the rules that incidents are read by, so that ids agree to the letter."""
    columns = {f"contact_{i}": column for i, column in enumerate(asked.columns)}
    contract = Table(
        "contacts", "One row per row of the export.",
        (Column("incident_id", "id", required=True), *(Column(column, "text") for column in columns)),
    )  # fmt: skip
    return TableSpec(table=contract, file=asked.file, columns={"incident_id": asked.incident_id, **columns})
