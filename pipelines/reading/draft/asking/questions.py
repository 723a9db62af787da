"""What a draft leaves open: typed questions, each with its choices and what waits for the answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.contracts.canonical import CanonicalTable
from pipelines.contracts.catalog.company import Asked
from pipelines.contracts.sources import TABLES, Compensations, Incidents, Interactions, Orders, WordOfMouth
from pipelines.errors import SourceError
from pipelines.reading.draft.asking.answers import (
    BUSINESS_HOURS,
    CENTS,
    DECIMALS,
    THOUSANDS,
    UNITS,
    Said,
    signature,
)
from pipelines.reading.draft.asking.told import (
    AmountsStand,
    AreHundredths,
    Ask,
    Change,
    CountedIn,
    DayComesFirst,
    DayOrMonthFirst,
    DividedByHundred,
    MomentsInZone,
    MonthComesFirst,
    NoColumnReadsAs,
    NotAdded,
    OrdersCount,
    PointOrGroup,
    SignGroups,
    SignIsDecimal,
    TakenFromColumn,
    TakenFromFile,
    WhichColumnIs,
    WhichFileHolds,
    WhichStatesCount,
    WhichUnitIsMeant,
    WhichZoneIsMeant,
)
from pipelines.reading.draft.faults import AnswerMustBe
from pipelines.reading.draft.guess import Draft, Guess, Sampled
from pipelines.reading.draft.looking.currency import guess_currency
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.readings import (
    UNITS_OF_TIME,
    order_of,
    said_of,
    traits_of,
    unknown_states,
    zone_of,
)
from pipelines.reading.draft.why import Way

WITHOUT_CENTS = ("JPY", "KRW", "CLP", "VND", "ISK", "HUF", "PYG", "UGX", "XAF", "XOF")
MONEY_THAT_ASKS = (Orders.NAME, Compensations.NAME)
# Japanese, Chinese and Korean: languages that group thousands with a comma, and in currencies that know no decimals.
_GROUPING = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
# Rows of these tables hidden in the incident file are there where this column says so: without it there are none.
_TELLING = {
    Interactions.NAME: Interactions.contacted_at,
    Compensations.NAME: Compensations.face_amount,
    WordOfMouth.NAME: WordOfMouth.score,
}
# The tables whose loss takes most with it come first.
_WORST = (Incidents.NAME, Orders.NAME, Interactions.NAME, Compensations.NAME)


@dataclass(frozen=True)
class Choice:
    """One answer as it is typed and kept, and what it changes; ``header``: the signature of the file it names."""

    answer: str
    changes: Change
    header: str = ""


@dataclass(frozen=True)
class Question:
    """One thing that nothing settles. ``about``: a column of the export, or a canonical table or column.

    ``waits``: canonical tables, or their columns, that nothing is told of until it is answered. ``several``: any number
    of the choices may hold, or none.
    """

    asks: Asked
    file: str
    header: str
    about: str
    said: Ask
    choices: tuple[Choice, ...]
    waits: tuple[tuple[str, str], ...]
    several: bool = False

    @property
    def id(self) -> str:
        """What tells it from the others of a draft."""
        return ":".join((self.asks, self.file, self.about))

    @property
    def place(self) -> str:
        """Where it stands: the file, and its column."""
        return " · ".join(filter(None, (self.file, "" if self.about in TABLES else self.about)))

    def answered(self, *answer: str) -> Said:
        """An answer to it, as it is kept. Raises ``SourceError`` for one that it doesn't take."""
        known = tuple(choice.answer for choice in self.choices)
        if not set(answer) <= set(known) or (not self.several and len(answer) != 1):
            raise SourceError(AnswerMustBe(self.asks, self.about, answer, known))
        header = next((choice.header for choice in self.choices if choice.header and choice.answer in answer), "")
        among = tuple(choice.answer for choice in self.choices) if self.several else ()
        return Said(self.asks, self.about, answer, self.file, header or self.header, among)


def open_questions(draft: Draft) -> tuple[Question, ...]:
    """Everything that nobody has answered, worst consequence first."""
    found = (
        *_which_file(draft),
        *_which_column(draft),
        *_orders_of_days(draft),
        *_decimal_signs(draft),
        *_hundredths(draft),
        *_states(draft),
        *_zones(draft),
        *_units(draft),
    )
    return tuple(sorted(found, key=_rank))


def _rank(question: Question) -> tuple[bool, int, int, str]:
    whole = any(not column for _, column in question.waits)
    worst = min((_WORST.index(t) if t in _WORST else len(_WORST) for t, _ in question.waits), default=len(_WORST))
    return not whole, worst, list(Asked).index(question.asks), question.id


def _which_file(draft: Draft) -> Iterable[Question]:
    for rivals in draft.rivals:
        choices = tuple(
            Choice(sample.spec.path, TakenFromFile(sample.rows), _header(sample))
            for sample in (draft.samples[alias] for alias in rivals.files)
        )
        said = WhichFileHolds(CanonicalTable(rivals.table))
        yield Question(Asked.WHICH_FILE, "", "", rivals.table, said, choices, ((rivals.table, ""),))


def _which_column(draft: Draft) -> Iterable[Question]:
    for lacking in draft.lacking:
        sample = draft.samples[lacking.file]
        about = f"{lacking.table}.{lacking.column}"
        choices = tuple(Choice(column, TakenFromColumn(column)) for column in lacking.choices)
        said = (WhichColumnIs if choices else NoColumnReadsAs)(sample.spec.path, about)
        waits = ((lacking.waits, ""),)
        yield Question(Asked.WHICH_COLUMN, sample.spec.path, _header(sample), about, said, choices, waits)


def _orders_of_days(draft: Draft) -> Iterable[Question]:
    choices = (Choice("day", DayComesFirst()), Choice("month", MonthComesFirst()))
    for (alias, column), guesses in _uses(draft).items():
        if order_of(draft, alias, draft.samples[alias].by_name[column]) is None:
            yield _of_column(draft, Asked.DAY_OR_MONTH, DayOrMonthFirst, guesses, choices)


def _decimal_signs(draft: Draft) -> Iterable[Question]:
    """Numbers whose only sign may group thousands, in a file where nothing shows the sign; yen have no decimals."""
    choices = (Choice(DECIMALS, SignIsDecimal()), Choice(THOUSANDS, SignGroups()))
    for (alias, column), guesses in _uses(draft).items():
        traits = draft.samples[alias].by_name[column]
        number = any(TABLES[g.table].by_name[g.column].kind in ("money", "number") for g in guesses)
        if number and _is_unsettled(draft, alias, traits):
            yield _of_column(draft, Asked.DECIMAL_SIGN, PointOrGroup, guesses, choices)


def _is_unsettled(draft: Draft, alias: str, traits: Traits) -> bool:
    shown = any(c.amounts.decimal and c.amounts.share > 0.8 for c in draft.samples[alias].columns if not c.dates.share)
    said = said_of(draft, Asked.DECIMAL_SIGN, alias, traits.name)
    if not traits.amounts.unsettled or shown or said or _currency(draft) in WITHOUT_CENTS:
        return False
    return traits.amounts.unsettled == "." or not any(map(_GROUPING.search, draft.samples[alias].by_name))


def _hundredths(draft: Draft) -> Iterable[Question]:
    """Amounts of orders and payouts that may be cents: whole ones, beside ids or moments as programs write them."""
    choices = (Choice(CENTS, DividedByHundred()), Choice(UNITS, AmountsStand()))
    for (alias, column), guesses in _uses(draft).items():
        sample, traits = draft.samples[alias], draft.samples[alias].by_name[column]
        money = any(g.table in MONEY_THAT_ASKS and _is_money(g) and g.way is Way.AS_IT_IS for g in guesses)
        by_program = any(c.since_1970 or c.prefixed > 0.8 for c in sample.columns)
        open_ = not said_of(draft, Asked.HUNDREDTHS, alias, column)
        if money and by_program and open_ and _may_be_cents(draft, traits):
            yield _of_column(draft, Asked.HUNDREDTHS, AreHundredths, guesses, choices)


def _may_be_cents(draft: Draft, traits: Traits) -> bool:
    amounts = traits.amounts
    whole = amounts.share == 1 and amounts.whole and not amounts.marked and not amounts.decimal
    return whole and traits.distinct >= 20 and amounts.largest >= 1000 and _currency(draft) not in WITHOUT_CENTS


def _states(draft: Draft) -> Iterable[Question]:
    for guess in draft.of_table(Orders.NAME):
        traits = traits_of(draft, guess)
        if labels := unknown_states(draft, guess):
            assert traits
            rows = dict(zip(traits.labels, traits.label_rows, strict=True))
            choices = tuple(Choice(label, OrdersCount(rows[label], traits.looked_at)) for label in labels)
            sample = draft.samples[guess.file]
            said = WhichStatesCount(sample.spec.path, guess.export, labels)
            waits = ((Orders.NAME, ""),)
            header = _header(sample)
            yield Question(
                Asked.ORDER_STATES, sample.spec.path, header, guess.export, said, choices, waits, several=True
            )


def _zones(draft: Draft) -> Iterable[Question]:
    for guesses in _uses(draft).values():
        zone = zone_of(draft, guesses[0])
        if len(zone.meant) > 1:
            choices = tuple(Choice(meant, MomentsInZone(meant)) for meant in zone.meant)
            sample = draft.samples[guesses[0].file]
            said = WhichZoneIsMeant(sample.spec.path, guesses[0].export, zone.letters)
            waits = _waits(draft, guesses)
            about = guesses[0].export
            yield Question(Asked.ZONE, sample.spec.path, _header(sample), about, said, choices, waits)


def _units(draft: Draft) -> Iterable[Question]:
    """A time to the first answer, and nothing says of what."""
    if not draft.without_unit:
        return
    alias, column = draft.without_unit
    sample = draft.samples[alias]
    choices = (
        *(Choice(unit, CountedIn(way)) for unit, way in UNITS_OF_TIME.items()),
        Choice(BUSINESS_HOURS, NotAdded()),
    )
    said = WhichUnitIsMeant(sample.spec.path, column)
    waits = ((Interactions.NAME, ""),)
    yield Question(Asked.DURATION_UNIT, sample.spec.path, _header(sample), column, said, choices, waits)


def _of_column(
    draft: Draft,
    asks: Asked,
    said: type[DayOrMonthFirst] | type[PointOrGroup] | type[AreHundredths],
    guesses: tuple[Guess, ...],
    choices: tuple[Choice, ...],
) -> Question:
    sample, column = draft.samples[guesses[0].file], guesses[0].export
    path = sample.spec.path
    return Question(asks, path, _header(sample), column, said(path, column), choices, _waits(draft, guesses))


def _waits(draft: Draft, guesses: Iterable[Guess]) -> tuple[tuple[str, str], ...]:
    """A table waits for a column that it can't do without; otherwise the column alone does."""
    return tuple(dict.fromkeys((g.table, "" if _is_needed(draft, g) else g.column) for g in guesses))


def _is_needed(draft: Draft, guess: Guess) -> bool:
    hidden = guess.table != Incidents.NAME and any(g.file == guess.file for g in draft.of_table(Incidents.NAME))
    telling = hidden and _TELLING.get(guess.table) == guess.column
    return TABLES[guess.table].by_name[guess.column].required or telling


def _uses(draft: Draft) -> dict[tuple[str, str], tuple[Guess, ...]]:
    """Column of an export in use → the guesses that take it."""
    found: dict[tuple[str, str], tuple[Guess, ...]] = {}
    for guess in draft.guesses:
        if guess.export:
            found[guess.file, guess.export] = (*found.get((guess.file, guess.export), ()), guess)
    return found


def _is_money(guess: Guess) -> bool:
    return TABLES[guess.table].by_name[guess.column].kind == "money"


def _currency(draft: Draft) -> str:
    return guess_currency(draft.guesses, draft.samples).code


def _header(sample: Sampled) -> str:
    return signature(sample.by_name)


@dataclass(frozen=True)
class Waiting:
    """What waits for an answer: whole tables, and columns (table, canonical column)."""

    questions: tuple[Question, ...]
    tables: frozenset[str]
    columns: frozenset[tuple[str, str]]

    @property
    def everything(self) -> bool:
        """Whether nothing can be run before an answer."""
        return Incidents.NAME in self.tables

    def of(self, table: str) -> tuple[Question, ...]:
        """The questions that keep a table, or columns of it, waiting."""
        return tuple(q for q in self.questions if any(waits == table for waits, _ in q.waits))


def waiting(draft: Draft) -> Waiting:
    """What the open questions of a draft keep waiting."""
    found = open_questions(draft)
    waits = [pair for question in found for pair in question.waits]
    tables = frozenset(table for table, column in waits if not column)
    return Waiting(found, tables, frozenset(pair for pair in waits if pair[1]))


def certain(draft: Draft, waits: Waiting) -> Draft:
    """The draft without what waits."""
    kept = tuple(g for g in draft.guesses if g.table not in waits.tables and (g.table, g.column) not in waits.columns)
    return draft.changed(guesses=kept)
