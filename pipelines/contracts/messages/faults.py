"""Why a run can't be published, found or read, what a decision must be before it is remembered, and what to do."""

from pipelines.contracts.message import Count, Fault, File, Name


class NoExportsFolder(Fault):
    """The folder that should hold the exports isn't there."""

    folder: File


class RunNotWritten(Fault):
    """The machine refused to write a run into the published folder."""

    folder: File
    why: Name


class TooLittleMemory(Fault):
    """The engine may not hold as much memory as a step of the run needs."""

    limit: Name


class NoMemoryLeft(Fault):
    """The machine has no memory left to give."""


class ScratchRefused(Fault):
    """The machine refuses a folder for what a run writes down for the time being."""

    folder: File
    why: Name


class DiskFull(Fault):
    """The folder of what a run writes down for the time being has no room left."""

    folder: File


class LimitUnreadable(Fault):
    """A limit of the machine that the environment names can't be read."""

    variable: Name
    value: Name
    such_as: Name


class NoRun(Fault):
    """Nothing has been published in this folder yet."""

    folder: File


class UnknownRun(Fault):
    """The run asked for is not in this folder."""

    folder: File
    run: Name


class ManifestDamaged(Fault):
    """The manifest of a run is missing, or no manifest."""

    run: Name


class ManifestLacks(Fault):
    """The manifest of a run lacks something, or holds it in another form."""

    run: Name
    lacking: Name


class SchemaUnknown(Fault):
    """A run was written by a later version, or says nothing of its schema."""

    run: Name
    schema: Name


class ManifestChanged(Fault):
    """A manifest doesn't say what it said when the run was published."""

    run: Name


class ManifestOfAnother(Fault):
    """The folder of a run holds the manifest of another."""

    run: Name
    other: Name


class PublishedFileChanged(Fault):
    """A file of a run isn't what was published."""

    run: Name
    file: Name


class RunUnreadable(Fault):
    """Rows of a run of an earlier version can't be made out."""

    run: Name
    error: Name


class RowsMissing(Fault):
    """A table of a run that bears no digests holds another number of rows than its manifest counts."""

    run: Name
    file: Name
    rows: Count
    counted: Count


class PointerMissing(Fault):
    """Runs are there, but nothing says which is current."""

    folder: File


class PointerDamaged(Fault):
    """What should say which run is current can't be read as the id of one."""

    folder: File


class PointerNamesNoRun(Fault):
    """The run said to be current isn't there."""

    folder: File
    run: Name


class PointerBehind(Fault):
    """A newer run is whole and was to be shown, and the pointer names an earlier one."""

    folder: File
    run: Name
    newer: Name


class NotRemoved(Fault):
    """The machine refused to remove a run."""

    folder: File
    why: Name


class StrayName(Fault):
    """Something lies among the runs, or in one, that was never published."""

    file: File


class LeftByDeadWriter(Fault):
    """Something that a writer left which was ended in the middle."""

    file: File


class JournalUnreadable(Fault):
    """The journal is no file."""

    file: File


class JournalLineUnreadable(Fault):
    """A line of the journal isn't what was written."""

    file: File
    line: Name


class JournalGap(Fault):
    """Entries of the journal aren't there any more."""

    file: File
    first: Name
    last: Name


class NoWholeRun(Fault):
    """There are runs, and none of them is whole."""

    folder: File
    why: Fault


class FolderBusy(Fault):
    """Another process is making a run in this folder, or writing into it."""

    folder: File
    user: Name
    process: Name
    host: Name
    since: Name


class HolderStopped(Fault):
    """A process holds the folder and is stopped, so that it lets nobody in."""

    folder: File
    user: Name
    process: Name
    host: Name
    since: Name


class HeldBySomebody(Fault):
    """A process that left no name holds the folder."""

    folder: File


class JournalNotWritten(Fault):
    """The machine refused to write into the journal."""

    folder: File
    why: Name


class TableDamaged(Fault):
    """A table of a run is missing or can't be opened."""

    run: Name
    file: Name


class TableBreaksContract(Fault):
    """Columns of a table are missing or of another type."""

    run: Name
    file: Name
    columns: tuple[Name, ...]


class TableHoldsUnknownCode(Fault):
    """A table holds a code that no catalogue declares."""

    run: Name
    file: Name
    code: Name


class MartLacks(Fault):
    """The mart of a run was made by an earlier version, without columns that are asked for."""

    run: Name
    columns: tuple[Name, ...]


class DecisionText(Fault):
    """A text that is empty or too long."""

    field: Name
    longest: Count


class DueBeforeDecided(Fault):
    """A due day before the decision was taken."""


class EffectNotEstimated(Fault):
    """An effect without a number."""


class EffectNotFollowed(Fault):
    """An effect of nothing that can be done, or one that isn't adjusted."""


class SeveralEffects(Fault):
    """The beginning of more than one effect's id."""

    effect_id: Name


class NoSuchEffect(Fault):
    """An id of no effect of the run."""

    effect_id: Name
