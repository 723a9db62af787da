"""Why a column was taken for what it is taken for, and what unused columns look like: never with a value of theirs."""

from enum import StrEnum

from pipelines.contracts.message import Count, Name, Remark, Share


class Proof(StrEnum):
    """What a reading rests on: values that allow no other, names alone, somebody's word, or nothing yet."""

    PROVEN = "proven"
    LIKELY = "likely"
    SAID = "said"
    OPEN = "open"


class Way(StrEnum):
    """How a value comes out of its column.

    As it is, so much after opening, as a moment counted from 1970, "cancelled" where the column is filled, an amount in
    hundredths, one given that the export writes below 0, the line it stands on, or the opening where blank.
    """

    AS_IT_IS = "as_it_is"
    SECONDS_AFTER_OPENING = "seconds_after_opening"
    MINUTES_AFTER_OPENING = "minutes_after_opening"
    HOURS_AFTER_OPENING = "hours_after_opening"
    CLOCK_AFTER_OPENING = "clock_after_opening"
    CANCELLED_WHERE_FILLED = "cancelled_where_filled"
    HUNDREDTHS = "hundredths"
    WITHOUT_SIGN = "without_sign"
    LINE = "line"
    ELSE_OPENING = "else_opening"
    SECONDS_SINCE_1970 = "seconds_since_1970"
    MILLISECONDS_SINCE_1970 = "milliseconds_since_1970"

    @property
    def is_since_1970(self) -> bool:
        """Whether the column counts from 1970."""
        return self in (Way.SECONDS_SINCE_1970, Way.MILLISECONDS_SINCE_1970)


class Personal(StrEnum):
    """What makes a column personal."""

    EMAILS = "emails"
    PHONES = "phones"
    NAMES = "names"


class Named(StrEnum):
    """How near the name of a column comes to what columns like it are called."""

    SO = "so"
    LIKE_IT = "like_it"


class Looks(Remark, family="remark"):
    """What the values of a column look like."""


class Empty(Looks):
    """No value at all."""


class Dates(Looks):
    """Days or moments."""


class DatesWritten(Looks):
    """So many of the values are dates, in these formats."""

    share: Share
    formats: tuple[Name, ...]


class DatesInIso(Looks):
    """So many of the values are dates as ISO 8601 writes them."""

    share: Share


class Since1970(Looks):
    """Numbers that can be moments."""

    unit: Way


class NoDates(Looks):
    """Nothing that can be read as dates."""


class Numbers(Looks):
    """Numbers."""


class ShareOfNumbers(Looks):
    """So many of the values are numbers."""

    share: Share


class NoNumbers(Looks):
    """Nothing that can be read as numbers."""


class NoIds(Looks):
    """Texts, moments or links, none of which are ids."""


class NoValueTwice(Looks):
    """Every value stands once."""


class ValuesRepeat(Looks):
    """So many of the values stand further up too."""

    share: Share


class Emails(Looks):
    """Addresses, which identify people."""


class DifferentOfRows(Looks):
    """So many different values in so many rows looked at."""

    n: Count
    rows: Count


class DifferentValues(Looks):
    """So many different values."""

    n: Count


class OneValue(Looks):
    """The same value throughout."""


class NoLabels(Looks):
    """Texts, moments or people, none of which are labels."""


class NoKnownLabels(Looks):
    """Labels of which one means nothing here."""


class FreeText(Looks):
    """Sentences."""


class TextLeftOut(Looks):
    """Sentences, which may say anything of anybody."""


class PersonalLeftOut(Looks):
    """What identifies people."""

    what: Personal


class NamedAnd(Remark):
    """The name of the column, and what its values look like."""

    named: Named
    looks: Looks


class KnownOf(Remark):
    """A known tool calls it so, and what its values look like."""

    system: Name
    looks: Looks


class FoundIn(Remark):
    """So many of its values are found in another file."""

    share: Share
    file: Name


class SameCustomers(Remark):
    """Its values are those of the incidents."""


class AreIncidents(Remark):
    """So many of its values are incidents."""

    share: Share


class AreCustomers(Remark):
    """So many of its values are customers known elsewhere."""

    share: Share


class AreOrders(Remark):
    """So many of the values of another column are orders there."""

    share: Share
    column: Name


class KindInNames(Remark):
    """The file or its columns name the kind."""


class NoColumnSays(Remark):
    """Nothing names it."""


class NamedSoDates(Remark):
    """Its name says so, and it holds dates."""


class YouSaidSo(Remark):
    """Somebody corrected it."""


class YouStarted(Remark):
    """Somebody started the table."""


class NothingNumbers(Remark):
    """No column numbers the cases, so the line they stand on does."""


class IncidentItself(Remark):
    """The row stands for the incident it lies in."""


class AsInIncidents(Remark):
    """The same column as of the incidents."""


class BecauseOf(Remark):
    """Another column says that there is such a row."""

    column: Name


class EndOfCase(Remark):
    """No column says when, so the end of the case stands for it."""


class FirstAnswer(Remark):
    """When the case was first answered."""


class FirstAnswerLooks(Remark):
    """When the case was first answered, and what the values look like."""

    looks: Looks


class GivenWhereNot0(Remark):
    """What was given, where it isn't 0."""

    looks: Looks


class ScoreOfCustomer(Remark):
    """What the customer said of it."""

    looks: Looks


class MostFrequentOf(Remark):
    """The most frequent value of a column."""

    column: Name


class BesideAmounts(Remark):
    """It is written beside the amounts."""


class NamedInColumn(Remark):
    """A column's name holds it."""

    column: Name
    file: Name


class AssumedCurrency(Remark):
    """No file says which currency."""


class Sure(Remark):
    """What a guess rests on, and why."""

    proof: Proof
    why: Remark


class SureOfWay(Remark):
    """What a guess rests on, how its value is made, and why."""

    proof: Proof
    way: Way
    why: Remark
