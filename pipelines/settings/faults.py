"""What can be wrong with a profile: its keys, their values, and the names that it uses."""

from enum import StrEnum

from pipelines.contracts.message import Count, Fault, File, Name, Step


class Noun(StrEnum):
    """What an unknown name was taken for."""

    ACTION = "action"
    CANONICAL_COLUMN = "canonical_column"
    COLUMN = "column"
    FILE = "file"
    FORMAT = "format"
    KEY = "key"
    MEASURE = "measure"
    SECTION = "section"
    TABLE = "table"
    TABLE_FUNCTION = "table_function"
    VALUE = "value"


class Wants(StrEnum):
    """What a key must hold."""

    TEXT = "text"
    PLAIN_TEXT = "plain_text"
    TEXTS = "texts"
    DAY = "day"
    YES_NO = "yes_no"
    NUMBER = "number"
    COST = "cost"
    SHARE = "share"
    RATE = "rate"
    DAYS_ABOVE_0 = "days_above_0"
    LIST_OF_DAYS = "list_of_days"
    LIST_OF_LABELS = "list_of_labels"
    COVARIATE = "covariate"
    HEADER_ROW = "header_row"
    SHARES = "shares"
    HOURS_ABOVE_0 = "hours_above_0"
    COUNT_ABOVE_0 = "count_above_0"
    POINTS_ABOVE_0 = "points_above_0"
    BLOCKS = "blocks"


class Shown(Fault, family="fault"):
    """Names inside a message, as many as one can read."""


class Names(Shown):
    """All of them."""

    names: tuple[Name, ...]


class SomeNames(Shown):
    """The first of them."""

    names: tuple[Name, ...]
    more: Count


class Suggestion(Step, family="step"):
    """What may have been meant."""


class DidYouMean(Suggestion):
    """The nearest known name."""

    name: Name


class KnownNames(Suggestion):
    """Every known name, where none is near."""

    known: Shown


class UnknownName(Fault):
    """A key, column, file … that nobody knows."""

    at: Name
    noun: Noun
    name: Name
    meant: Suggestion


class NoSuchProfile(Fault):
    """Neither a shipped profile nor a folder that holds one."""

    name: Name
    shipped: tuple[Name, ...]


class NoToml(Fault):
    """A profile that can't be parsed; ``why`` is the parser's own remark."""

    path: File
    why: Name


class ProfileMustBeKeys(Fault):
    """``[profile]`` is something else than a table of keys."""

    path: File


class EntriesMustBeBlocks(Fault):
    """A list of a profile is something else than blocks."""

    path: File
    name: Name


class KeysMissing(Fault):
    """An entry lacks keys that it can't do without."""

    at: Name
    keys: tuple[Name, ...]


class DeclaredTwice(Fault):
    """Two entries of one list share their name."""

    at: Name
    names: tuple[Name, ...]


class MustBe(Fault):
    """A key holds what it can't."""

    at: Name
    wanted: Wants


class MustBeOneOf(Fault):
    """A key holds none of its few possible values."""

    at: Name
    choices: tuple[Name, ...]


class MustBePairs(Fault):
    """A list of pairs of families holds something else."""

    at: Name
    families: tuple[Name, ...]


class NoTimeZone(Fault):
    """A time zone that isn't one."""

    path: File
    zone: Name


class TargetIsNoShare(Fault):
    """A target off the scale of its measure."""

    at: Name
    measure: Name


class TargetIsPercent(Fault):
    """A target written as so many of 100."""

    at: Name
    measure: Name
    share: Name
    written: Name


class TargetIsNegative(Fault):
    """A target below zero for what is counted."""

    at: Name
    measure: Name


class TargetAmountIsNegative(Fault):
    """A target below zero for a sum of money."""

    at: Name
    measure: Name


class NoLots(Fault):
    """It is said by what lots were drawn, but not that they were."""

    path: File


class QuestionIsSettled(Fault):
    """A question stands in the profile beside what it asks for."""

    at: Name
    waits: Name


class OrdersUnderContracts(Fault):
    """Orders are said to be what was sampled, where customers subscribe."""

    path: File


class FlagsNotSupplied(Fault):
    """Who came back is said to be a flag, and no table holds flags."""

    path: File


class CatalogueOutcomeDeclared(Fault):
    """A profile's own outcome takes the name of one that is known already."""

    at: Name
    outcome: Name
