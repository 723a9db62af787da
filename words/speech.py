"""Messages, codes, numbers and days as one reader is told them: in a language, a locale and a currency."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import cache, reduce
from typing import Annotated, Any, get_args, get_origin

from pipelines.contracts.manifest import ProfileFacts
from pipelines.contracts.message import Kind, Message, parameters, snake
from words.catalogue import MissingMessageError, holds, languages, plural_rule, template
from words.conventions import ENGLISH, Conventions, ListStyle, conventions
from words.pseudo import PSEUDO
from words.rounding import MILLION, needed, rounded, share_digits, sum_of_money

HOUR_MINUTES, DAY_MINUTES = 60, 1440
COUNTS = "n"
# What a template may be given from outside its message: what the company calls its customers, many and one, and its
# reporting currency's code.
MANY, ONE, CURRENCY = "customers", "customer", "currency"

Spoken = str | int | date | Message | Sequence["Spoken"]


@dataclass(frozen=True)
class Speech:
    """How one reader is spoken to: ``locale`` as in profiles (``de-CH``), an ISO ``currency``, the word for customers.

    The language is the locale's where ``words/`` has it, else English: then numbers and days follow the locale and
    texts don't. Every text is a whole message of a catalogue.
    """

    locale: str = ENGLISH
    currency: str = ""
    customers_word: str = MANY

    @classmethod
    def of(cls, profile: ProfileFacts) -> "Speech":
        """As the profile of a run declared it."""
        return cls(profile.locale, profile.currency, profile.customers_word)

    @property
    def language(self) -> str:
        """The language of texts, as its folder in ``words/`` is called."""
        return _language(self.locale)

    @property
    def _here(self) -> Conventions:
        return conventions(self.locale, self.language)

    def say(self, message: Message) -> str:
        """One message as a sentence. Raises :class:`MissingMessageError` where the language lacks it."""
        known = parameters(type(message))
        given = {f.name: getattr(message, f.name) for f in fields(message)}  # type: ignore[arg-type]
        said = {name: self._of_kind(value, *known[name]) for name, value in given.items() if value is not None}
        counted = [value for name, value in given.items() if known[name][1] is Kind.COUNT and value is not None]
        return self._filled(message.CODE, said, given.get(COUNTS) if COUNTS in given else next(iter(counted), None))

    def maybe(self, message: Message | None) -> str:
        """A message where there is one, else ""."""
        return "" if message is None else self.say(message)

    def all(self, messages: Iterable[Message]) -> str:
        """Several messages, one sentence after the other; "" where there is none."""
        return " ".join(map(self.say, messages))

    def text(self, code: str, **values: Spoken) -> str:
        """A message of the catalogues' own. Texts are put in as they are, whole numbers counted, codes by their label.

        Raises :class:`MissingMessageError` for an unknown code, and for values that its template has no place for.
        """
        wanted = template(self.language, code).placeholders
        if extra := values.keys() - wanted - {COUNTS}:
            raise MissingMessageError(f"{code} has no place for {', '.join(sorted(extra))}")
        whole = [v for v in values.values() if isinstance(v, int)]
        n = values.get(COUNTS)
        said = {name: self._spoken(value) for name, value in values.items()}
        return self._filled(code, said, n if isinstance(n, int) else next(iter(whole), None))

    def _filled(self, code: str, values: Mapping[str, str], number: int | None) -> str:
        found = template(self.language, code)
        form = plural_rule(self.language)(abs(number)) if len(found.forms) > 1 and number is not None else 0
        ours = {MANY: self.customers_word, ONE: self.customers_word.removesuffix("s"), CURRENCY: self.currency}
        return found.filled({**ours, **values}, form)

    def _spoken(self, value: Spoken) -> str:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, str):
            return self.label(value) if isinstance(value, StrEnum) else value
        if isinstance(value, int):
            return self.count(value)
        return self.day(value) if isinstance(value, date) else self.listed([self._spoken(v) for v in value])

    def _of_kind(self, value: Any, type_: Any, kind: Kind | None) -> str:
        if get_origin(type_) is tuple:
            inner = _annotated(get_args(type_)[0])
            texts = [self._of_kind(item, *inner) for item in value]
            if _is_message(inner[0]):
                return self.clauses(texts)
            return self.enumerated(texts) if inner[1] is Kind.NAME else self.listed(texts)
        if kind is None or isinstance(value, StrEnum | Message):
            return self._spoken(value)
        return _KINDS[kind](self, value)

    def label(self, code: str, otherwise: str | None = None) -> str:
        """What a code is called: ``Grade.A`` by ``grade.a``, an entry of a registry by its own label key.

        ``otherwise`` stands in for what the company declared itself; without it an unknown code is an error.
        """
        key = label_key(code) if isinstance(code, StrEnum) else code
        if otherwise is not None and not holds(self.language, key):
            return otherwise
        return self._filled(key, {}, None).strip()

    def count(self, number: int) -> str:
        """A whole number with thousands separated."""
        return self._here.number(str(int(number)))

    def decimal(self, value: float, digits: int = 0) -> str:
        """A number with so many decimals, a true minus and never a negative zero."""
        return self._here.number(rounded(value, digits))

    def number(self, value: float) -> str:
        """A number with the digits it needs: whole from 100 on, at most two decimals below ten."""
        return self._here.number(needed(value))

    def signed(self, value: float, digits: int = 0) -> str:
        """``+3``, ``−1`` or ``0``; never ``−0``."""
        text = rounded(value, digits)
        return ("+" if float(text) > 0 else "") + self._here.number(text)

    def span(self, low: float, high: float, digits: int = 0) -> str:
        """An interval in words: ``1 to 5``."""
        return self.text("said.span", low=self.decimal(low, digits), high=self.decimal(high, digits))

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of 1 as ``35 %``."""
        return self._here.percent(rounded(100 * share, digits))

    def share(self, share: float) -> str:
        """A share of 1 as ``35 %``, with a decimal where it would read as none."""
        return self.percent(share, share_digits(share))

    def money(self, value: float, *, whole: bool = False) -> str:
        """``€ 37``, ``€ 212,000``, ``−€ 5.1 million``: three digits at most where the sum is large, whole units below.

        Below ten units with cents, unless ``whole``.
        """
        size = rounded(value, 0) if whole else sum_of_money(value)
        negative = size.startswith("-")
        text = self._here.number(size.removeprefix("-")) if whole else self._sum(abs(value))
        return self._marked(text, negative=negative)

    def exactly(self, value: float, digits: int = 2) -> str:
        """A sum with so many decimals: ``−€ 1,234.50``."""
        size = rounded(value, digits)
        return self._marked(self._here.number(size.removeprefix("-")), negative=size.startswith("-"))

    def _marked(self, text: str, *, negative: bool) -> str:
        return self._here.money(text, self.currency, negative=negative)

    @property
    def symbol(self) -> str:
        """The sign of the currency, where it stands alone."""
        return self._here.symbol(self.currency)

    def money_span(self, low: float, high: float) -> str:
        """An interval of money in words, the currency left to what stands beside it: ``60,000 to 320,000``."""
        return self.text("said.span", low=self._sum(low), high=self._sum(high))

    def _sum(self, value: float) -> str:
        size = sum_of_money(value)
        text = self._here.number(size)
        return self.text("said.millions", size=text) if abs(value) >= MILLION else text

    def duration(self, minutes: float) -> str:
        """``15 min``, ``1 hour``, ``72 hours``, ``14 days``: as people say a promise."""
        if minutes < HOUR_MINUTES:
            return self.text("said.minutes", minutes=self.decimal(minutes))
        if minutes <= 3 * DAY_MINUTES:
            return self.hours(minutes / HOUR_MINUTES)
        return self.days(minutes / DAY_MINUTES)

    def minutes(self, value: float) -> str:
        """``15 minutes``, whatever their number."""
        return self._unit(value, "duration-minute")

    def hours(self, value: float) -> str:
        """``1 hour``, ``1.5 hours``."""
        return self._unit(value, "duration-hour")

    def days(self, value: float) -> str:
        """``14 days``."""
        return self._unit(value, "duration-day")

    def _unit(self, value: float, unit: str) -> str:
        return self._here.unit(rounded(value, 1).removesuffix(".0"), unit)

    def day(self, value: date) -> str:
        """``31 Oct 2026``."""
        return self._here.day(value)

    def month(self, value: date) -> str:
        """``Oct 2026``, whatever day of it."""
        return self._here.month(value)

    def moment(self, value: datetime) -> str:
        """``31 Oct 2026, 14:05 UTC``, in the zone the value carries."""
        return f"{self.day(value.date())}, {value:%H:%M %Z}"

    def days_between(self, period: str) -> str:
        """``24–30 Jun 2026`` from ``2026-06-24/2026-06-30``; months and whatever else is no two days as they stand."""
        first, _, last = period.partition("/")
        return self._here.days_between(date.fromisoformat(first), date.fromisoformat(last)) if last else period

    def listed(self, texts: Sequence[str], style: ListStyle = "standard") -> str:
        """``a, b and c``; with ``style`` "or": ``a, b or c``."""
        return self._here.listed(texts, style)

    def enumerated(self, texts: Sequence[str]) -> str:
        """``a, b, c``: a list that is no sentence; "" where there is none."""
        return reduce(lambda one, other: self.text("said.enumerated", one=one, other=other), texts) if texts else ""

    def clauses(self, texts: Sequence[str]) -> str:
        """``a; b; c``: messages within a message; "" where there is none."""
        return reduce(lambda one, other: self.text("said.clauses", one=one, other=other), texts) if texts else ""

    def capital(self, text: str) -> str:
        """A text that begins a sentence or a heading."""
        return text[:1].upper() + text[1:]

    def sentence(self, text: str) -> str:
        """A headline as a sentence among others, with its full stop."""
        return self.text("said.sentence", text=text)

    def of_100(self, share: float) -> str:
        """A share of 1 as so many of 100, whole and without a sign for it."""
        return self.decimal(100 * share)

    def lines(self, texts: Iterable[str]) -> str:
        """Sentences one after the other, those left empty left out."""
        return " ".join(text for text in texts if text)

    @property
    def separators(self) -> str:
        """Decimals and thousands as Plotly wants them."""
        return self._here.separators


# For whoever no profile speaks for: the command line before a run, logs, tests.
PLAIN = Speech()


@cache
def _language(locale: str) -> str:
    wanted = {locale, locale.partition("-")[0]}
    return PSEUDO if locale == PSEUDO else next((name for name in languages() if name in wanted), ENGLISH)


def label_key(code: StrEnum) -> str:
    """Where a code's label stands: ``Grade.A`` under ``grade.a``, ``FixKind.DONE`` under ``fix_kind.done``."""
    return f"{snake(type(code).__name__)}.{code.value.lower()}"


def _annotated(hint: Any) -> tuple[Any, Kind | None]:
    return (get_args(hint)[0], get_args(hint)[1]) if get_origin(hint) is Annotated else (hint, None)


def _is_message(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Message)


_KINDS: Mapping[Kind, Callable[[Speech, Any], str]] = {
    Kind.COUNT: Speech.count,
    Kind.NUMBER: Speech.number,
    Kind.SHARE: Speech.share,
    Kind.MONEY: Speech.money,
    Kind.SUM: Speech.exactly,
    Kind.MINUTES: Speech.minutes,
    Kind.HOURS: Speech.hours,
    Kind.DAYS: Speech.days,
    Kind.DAY: Speech.day,
    Kind.LABEL: lambda _, text: text,
    Kind.NAME: lambda _, text: str(text),
    Kind.OUTCOME: lambda speech, text: speech.label(f"outcome.{text}", text),
}
