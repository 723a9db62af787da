"""What a draft says beside its guesses: what is left out, what stays open, and what stands above a drafted profile."""

from pipelines.contracts.canonical import CanonicalTable, Grain
from pipelines.contracts.message import Count, Fault, Name, Remark
from pipelines.contracts.shapes import Shape


class WhyLeftOut(Remark, family="remark"):
    """Why a file can't be used."""


class OtherKind(WhyLeftOut):
    """It is stored in a way that isn't read."""


class OfVersionedTable(WhyLeftOut):
    """It is a part of a Delta, Iceberg or Hudi table, whose folder also holds rows that are gone."""


class Unreadable(WhyLeftOut):
    """It can't be read or unpacked."""


class NothingInIt(WhyLeftOut):
    """It is empty."""


class NoNames(WhyLeftOut):
    """No row of names stands above its rows."""


class NamesRepeat(WhyLeftOut):
    """Several of its columns have the same name."""

    names: tuple[Name, ...]


class NoParquetFile(WhyLeftOut):
    """It only claims to be Parquet."""


class NoXlsxFile(WhyLeftOut):
    """It only claims to be a workbook, or is locked."""


class NoSheetWithNames(WhyLeftOut):
    """No sheet of it has names above its rows."""


class RefusedByReader(WhyLeftOut):
    """Reading it as a profile would was refused."""

    fault: Fault


class LeftOut(Remark):
    """A file that isn't used."""

    file: Name
    why: WhyLeftOut


class AndNoted(Remark):
    """Several notes in one."""

    first: Remark
    others: Remark


class ShippedFits(Remark):
    """A shipped profile was written for files of these names."""

    profile: Name


class RecognisedAs(Remark):
    """A file with the headers of a known tool."""

    file: Name
    system: Name


class PoorReviews(Remark):
    """Reviews with few stars count as incidents, since no file holds cases."""

    file: Name
    column: Name


class BelongsToNobody(Remark):
    """A file whose rows name neither customer nor incident."""

    file: Name
    table: CanonicalTable


class MessagesMayTell(Remark):
    """Messages that aren't taken without being asked for."""

    file: Name
    column: Name


class TwinNotUsed(Remark):
    """A file with the columns of one in use."""

    file: Name
    twin: Name


class NothingShared(Remark):
    """No column of the incidents shares values with the customers elsewhere."""

    file: Name
    other: Name


class RowsPerOrderOnce(Remark):
    """Several rows per order, of which each has the whole amount."""

    file: Name


class RowsPerOrderSummed(Remark):
    """Several rows per order, whose amounts are parts."""

    file: Name


class RowsPerCase(Remark):
    """Several rows per case."""

    file: Name


class LastRowHolds(Remark):
    """Several rows per case, of which the one changed last holds."""

    file: Name
    column: Name


class RowsPerKey(Remark):
    """Several rows per key, so that the file is left out."""

    file: Name
    table: CanonicalTable


class RowsLeftOut(Remark):
    """Rows that are no cases, or messages that no customer got from a person, by what a column says of them."""

    file: Name
    column: Name
    rows: Count
    texts: tuple[Name, ...]


class DeletedLeftOut(Remark):
    """Rows that were deleted where they come from, and that a loader's copy keeps."""

    file: Name
    column: Name
    rows: Count


class OlderVersionsLeftOut(Remark):
    """Rows of which a loader's copy holds a later version."""

    file: Name
    key: Name
    version: Name
    rows: Count


class BusinessHours(Remark):
    """A time to the first answer that counts opening hours, and so can't be added to the opening."""

    file: Name
    column: Name


class WhichUnit(Remark):
    """A time to the first answer without its unit."""

    file: Name
    column: Name


class ScoreWithoutDay(Remark):
    """A score, and nothing says when it was given."""

    file: Name
    column: Name


class ShapeFound(Remark):
    """What a row of a file is, where it is no case."""

    file: Name
    shape: Shape


class TouchesAreStates(Remark):
    """States or events that are taken for staff who take a case up where the customer notices."""

    file: Name
    labels: tuple[Name, ...]


class StepsNotKnown(Remark):
    """States or events that nobody knows, so that a run stops at them."""

    file: Name
    column: Name
    labels: tuple[Name, ...]


class WhomItFailed(Remark):
    """Whom something failed, of the customers of a snapshot."""

    file: Name
    column: Name


class FeaturesApart(Remark):
    """Columns of a snapshot that tell who left, and so can't be held equal."""

    file: Name
    columns: tuple[Name, ...]


class WereLotsDrawn(Remark):
    """Whether the arms of an experiment were drawn by lot."""


class OwnOutcomeSaid(Remark):
    """What stands above the outcomes of an experiment."""


class FeaturesHeld(Remark):
    """What stands above the features of a snapshot."""


class DraftHeader(Remark):
    """What stands above a drafted profile."""


class QuestionsOpen(Remark):
    """What stands above open questions in a drafted profile."""

    answers: Name


class AnswerFitsNothing(Remark):
    """An answer for a file that isn't among the exports."""

    file: Name
    about: Name


class AnswersHeader(Remark):
    """What stands above a file of answers."""


class AnswerHere(Remark):
    """The place of an answer that nobody has given yet."""


class EveryRowIsFailure(Remark):
    """What stands above drafted incidents."""


class RowsOf(Remark):
    """What one row of a table is, above it."""

    grain: Grain


class QueryHeader(Remark):
    """What stands above a drafted SELECT."""

    grain: Grain


class RowsIn(Remark):
    """How many rows a file has."""

    n: Count


class RateNeeded(Remark):
    """Amounts in another currency."""

    other: Name
    currency: Name


class SettleOrder(Remark):
    """Day or month first: the format is written as a comment until somebody settles it."""


class ZoneInHeader(Remark):
    """The header names the zone."""

    letters: Name


class SettleZone(Remark):
    """The header names a zone that may be several."""

    letters: Name
    meant: tuple[Name, ...]


class OrderOfOthers(Remark):
    """Day or month first as in the other columns."""


class ContactsOffered(Remark):
    """Contacts for a local list, which nobody asked for yet."""


class NotUsed(Remark):
    """What stands above the columns that aren't used."""


class ZoneUnsaid(Remark):
    """No file says the zone of its times."""


class HorizonsOf(Remark):
    """What horizons count."""


class CapOf(Remark):
    """What the response cap decides."""


class OrdersShow(Remark):
    """Orders show who came back."""


class SubscriptionsShow(Remark):
    """Subscriptions show who stayed."""


class FlagsShow(Remark):
    """The company's own flags show who came back."""


class NothingShows(Remark):
    """No file shows who came back."""


class BlankMayBeUnknown(Remark):
    """Closed cases without a first answer may have had one."""


class FirstAnswerAlone(Remark):
    """What happened after the first answer isn't recorded."""


class LeastSevereFirst(Remark):
    """The order of severities is known."""


class WhichIsLeastSevere(Remark):
    """The order of severities isn't known."""
