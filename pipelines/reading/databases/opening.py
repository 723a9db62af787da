"""What ``--data`` names: a folder, or a database. A driver is loaded only where one is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pipelines.errors import SourceError
from pipelines.reading.databases.database import Database, first_line, without_secrets
from pipelines.reading.databases.dialect import Dialect
from pipelines.reading.databases.faults import DatabaseRefused, PasswordInAddress
from pipelines.reading.files.exports import Data

_SQLITE_FILES = (".db", ".sqlite", ".sqlite3")


@contextmanager
def opened(data: str) -> Iterator[Data]:
    """A folder, or a database that is open until the end of the block.

    Raises ``SourceError`` where the database can't be opened, or its address holds a password.
    """
    address = _address(data)
    dialect = _dialect(urlsplit(address).scheme)
    if dialect is None:
        yield Path(data)
        return
    if _has_password(address):
        raise SourceError(PasswordInAddress(without_secrets(address)))
    try:
        connection = dialect.connect(address)
        database = Database(address, dialect, connection)
    except dialect.refusal as error:
        raise SourceError(DatabaseRefused(without_secrets(address), first_line(error))) from None
    with connection:
        yield database


def _address(data: str) -> str:
    """A SQLite file may be named as a file, too."""
    is_file = Path(data).suffix.lower() in _SQLITE_FILES and Path(data).is_file()
    return f"sqlite:///{data}" if is_file else data


def _has_password(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.password or {"password", "sslpassword"} & set(parse_qs(parts.query)))


def _dialect(scheme: str) -> Dialect | None:
    if scheme in ("postgresql", "postgres"):
        from pipelines.reading.databases.postgresql import PostgreSQL

        return PostgreSQL()
    if scheme == "sqlite":
        from pipelines.reading.databases.sqlite import SQLite

        return SQLite()
    return None
