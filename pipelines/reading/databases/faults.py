"""What can be wrong with a database as the source of exports."""

from pipelines.contracts.message import Count, Fault, Name


class PasswordInAddress(Fault):
    """The address of a database holds a password, where a shell's history and a list of processes would keep it."""

    address: Name


class DatabaseRefused(Fault):
    """The database can't be reached, or lets nobody in."""

    database: Name
    why: Name


class TableRefused(Fault):
    """The database doesn't hand out a table."""

    table: Name
    why: Name


class NoSuchTable(Fault):
    """A table that the profile names isn't in the database, or may not be read."""

    table: Name
    alias: Name
    database: Name


class NoTables(Fault):
    """The database shows no table that may be read."""

    database: Name


class TooManyTables(Fault):
    """A database that holds far more than a draft can look at."""

    database: Name
    most: Count


class TableWantsDatabase(Fault):
    """The profile reads tables of a database, and a folder was given."""

    alias: Name


class FileWantsFolder(Fault):
    """The profile reads files, and a database was given."""

    alias: Name
    database: Name
