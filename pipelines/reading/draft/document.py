"""A draft as the text of source.toml: every guess with its reason beside it, everything unused listed."""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.contracts.canonical import Grain
from pipelines.contracts.message import Message, Remark
from pipelines.contracts.sources import Incidents
from pipelines.reading.draft.asking.answers import seal
from pipelines.reading.draft.asking.keeping import ANSWERS, answers_text, question_lines
from pipelines.reading.draft.asking.proof import proof_of
from pipelines.reading.draft.asking.questions import Waiting, certain, waiting
from pipelines.reading.draft.guess import Draft, Guess
from pipelines.reading.draft.looking.currency import guess_currency
from pipelines.reading.draft.matching.readings import (
    formats_of,
    order_of,
    traits_of,
    values_of,
    zone_of,
)
from pipelines.reading.draft.notes import (
    ContactsOffered,
    DraftHeader,
    EveryRowIsFailure,
    NotUsed,
    OrderOfOthers,
    QueryHeader,
    QuestionsOpen,
    RateNeeded,
    RowsIn,
    RowsOf,
    SettleOrder,
    SettleZone,
    ZoneInHeader,
)
from pipelines.reading.draft.queries import needs_query, query_of
from pipelines.reading.draft.settings import settings_of, toml_text, toml_texts
from pipelines.reading.draft.shaping.written import shape_text
from pipelines.reading.draft.why import Sure, SureOfWay, Way
from pipelines.reading.files.exports import meant
from pipelines.settings.files import FileSpec, Format

Say = Callable[[Message], str]

WIDTH = 120
_PLAIN = FileSpec()


def profile_texts(draft: Draft, say: Say) -> dict[str, str]:
    """File name → text of everything a profile folder holds; ``say`` turns what is remarked into lines of comment.

    What waits for an answer is a comment below its question.
    """
    waits = waiting(draft)
    texts = _Document(certain(draft, waits), draft, waits, say).texts()
    answers = answers_text(draft, waits.questions, seal(texts["source.toml"]), say)
    return {**texts, **({"answers.toml": answers} if answers else {})}


@dataclass(frozen=True)
class _Document:
    draft: Draft
    whole: Draft
    waits: Waiting
    say: Say

    def texts(self) -> dict[str, str]:
        tables = self.draft.tables()
        queries = {f"{table}.sql": self._query(table) for table in tables if needs_query(self.draft, table)}
        held = [table for table in self.whole.tables() if table not in tables]
        waiting = _Document(self.whole, self.whole, self.waits, self.say)
        queries |= {f"{table}.sql": waiting._query(table) for table in held if needs_query(self.whole, table)}
        parts = [
            _block(self.say(DraftHeader())),
            self._profile(),
            self._files(),
            self._questions(),
            *(shape_text(self.draft, shape, self.say) for shape in self.draft.shapes),
            *map(self._table, tables),
            *(_commented(waiting._table(table)) for table in held),
            self._contacts(),
            self._unused(),
        ]
        return {"source.toml": "\n".join(filter(None, parts)), **queries}

    def _beside(self, line: str, why: Remark) -> str:
        return f"{line}  # {_one_line(self.say(why))}"

    def _above(self, why: Remark) -> str:
        return f"# {_one_line(self.say(why))}"

    def _profile(self) -> str:
        lines = ["[profile]", f"title = {toml_text(self.draft.title)}"]
        lines += [
            self._beside(f"{'' if s.settled else '# '}{s.key} = {s.value}", s.why)
            for s in settings_of(self.draft, self.whole)
        ]
        currency = guess_currency(self.whole.guesses, self.whole.samples)
        for other in currency.others:
            lines += ["", self._above(RateNeeded(other, currency.code)), "# [[rates]]",
                      f"# currency = {toml_text(other)}", "# since = 2020-01-01", "# rate = "]  # fmt: skip
        return "\n".join(lines) + "\n"

    def _files(self) -> str:
        draft = self.draft
        used = {g.file for g in draft.guesses} | {shape.alias for shape in draft.shapes}
        used |= {draft.link.orders} if draft.link and draft.guesses else set()
        lines = ["[files]"]
        for alias, sample in draft.samples.items():
            settings = ", ".join(f"{key} = {value}" for key, value in self._settings(alias).items())
            line = self._beside(f"{alias} = {{ {settings} }}", RowsIn(sample.rows))
            if alias in used:
                lines.append(line)
            elif any(g.file == alias for g in self.whole.guesses):
                lines.append(f"# {line}")
        return "\n".join(lines) + "\n"

    def _settings(self, alias: str) -> dict[str, str]:
        """How a file is written, where it isn't as files usually are; a decimal sign only where a map reads numbers."""
        spec = self.draft.samples[alias].spec
        texts = {key: toml_text(value) for key, value in _written(spec).items()}
        mapped = any(not needs_query(self.draft, g.table) for g in self.draft.guesses if g.file == alias)
        shaped = any(shape.alias == alias for shape in self.draft.shapes)
        if spec.decimal != _PLAIN.decimal and (mapped or shaped):
            texts["decimal"] = toml_text(spec.decimal)
        if spec.header_row != _PLAIN.header_row:
            texts["header_row"] = str(spec.header_row[0] if len(spec.header_row) == 1 else list(spec.header_row))
        return texts | ({"nulls": toml_texts(spec.nulls)} if spec.nulls else {})

    def _questions(self) -> str:
        """Each question with its choices, and what is refused until it is answered."""
        lines = []
        for question in self.waits.questions:
            lines += question_lines(question, self.say)
            for table, column in question.waits:
                lines += ["[[questions]]", f"asks = {toml_text(question.asks)}", f"table = {toml_text(table)}"]
                lines += [f"column = {toml_text(column)}"] if column else []
                lines += [f"place = {toml_text(question.place)}", ""]
        return "\n".join([self._above(QuestionsOpen(ANSWERS)), *lines]) if lines else ""

    def _table(self, table: str) -> str:
        guesses = self.draft.of_table(table)
        lines = [self._above(RowsOf(Grain(table)))]
        if table == Incidents.NAME:
            lines.append(self._above(EveryRowIsFailure()))
        lines.append(f"[tables.{table}]")
        if needs_query(self.draft, table):
            lines.append(f'sql = "{table}.sql"')
            lines += [f"#   {g.column}: {g.file}, {g.export!r}, {self._reason(g)}" for g in guesses if g.export]
        else:
            lines += [f"file = {toml_text(guesses[0].file)}", "", f"[tables.{table}.columns]"]
            lines += [f"{g.column} = {toml_text(g.export)}  # {self._reason(g)}" for g in guesses if g.export]
            lines += [f"# {g.column} = {toml_text(g.export)}" for g in self._held(table)]
        parts = (*self._constants(table), *self._formats(table), *self._zones(table), *self._values(table))
        return "\n".join([*lines, *parts]) + "\n"

    def _held(self, table: str) -> list[Guess]:
        """The columns of a table that wait."""
        return [g for g in self.whole.of_table(table) if (table, g.column) in self.waits.columns and g.export]

    def _reason(self, guess: Guess) -> str:
        plain = guess.way is Way.AS_IT_IS
        proof = proof_of(self.whole, self.waits, guess)
        why = Sure(proof, guess.why) if plain else SureOfWay(proof, guess.way, guess.why)
        return _one_line(self.say(why))

    def _constants(self, table: str) -> list[str]:
        said = [g for g in self.draft.of_table(table) if g.constant]
        lines = [f"{g.column} = {toml_text(g.constant)}  # {self._reason(g)}" for g in said]
        return ["", f"[tables.{table}.constants]", *lines] if lines else []

    def _formats(self, table: str) -> list[str]:
        """Formats of moments; one that nothing settles is a comment."""
        lines = []
        for guess in self.draft.of_table(table):
            formats, traits = formats_of(self.draft, guess), traits_of(self.draft, guess)
            if not formats or not traits:
                continue
            line = f"{guess.column} = {toml_texts(formats)}"
            if order_of(self.draft, guess.file, traits) is None:
                line = self._beside(f"# {line}", SettleOrder())
            elif traits.dates.order == "either":
                line = self._beside(line, OrderOfOthers())
            lines.append(line)
        return ["", f"[tables.{table}.formats]", *lines] if lines else []

    def _zones(self, table: str) -> list[str]:
        """Zones that headers name; one that may be several is a comment, so that somebody has to settle it."""
        lines = []
        for guess in self.draft.of_table(table):
            zone = zone_of(self.draft, guess)
            if len(zone.meant) == 1:
                lines.append(self._beside(f"{guess.column} = {toml_text(zone.meant[0])}", ZoneInHeader(zone.letters)))
            elif zone.meant:
                line = f"# {guess.column} = {toml_text(zone.meant[0])}"
                lines.append(self._beside(line, SettleZone(zone.letters, zone.meant)))
        return ["", f"[tables.{table}.time_zones]", *lines] if lines else []

    def _values(self, table: str) -> list[str]:
        lines: list[str] = []
        for guess in self.draft.of_table(table):
            if mapped := values_of(self.draft, guess):
                lines += ["", f"[tables.{table}.values.{guess.column}]", *_pairs(mapped)]
        return lines

    def _query(self, table: str) -> str:
        return f"-- {_one_line(self.say(QueryHeader(Grain(table))))}\n{query_of(self.draft, table)}"

    def _contacts(self) -> str:
        """Commented out: whoever wants contacts on a list has to say so."""
        number = next((g for g in self.draft.of_table(Incidents.NAME) if g.column == Incidents.incident_id), None)
        personal = [t.name for t in self.draft.samples[number.file].columns if t.personal] if number else []
        if not number or not personal:
            return ""
        lines = [
            f"file = {toml_text(number.file)}",
            f"incident_id = {toml_text(number.export)}",
            f"columns = {toml_texts(personal)}",
        ]
        return "\n".join([self._above(ContactsOffered()), "# [contacts]", *(f"# {line}" for line in lines)]) + "\n"

    def _unused(self) -> str:
        lines = [self._above(NotUsed())]
        for alias, columns in self.draft.unmapped.items():
            lines.append(f"# {self.draft.samples[alias].spec.path}")
            lines += [f"#   {toml_text(column)}: {_one_line(self.say(looks))}" for column, looks in columns]
        return "\n".join([*lines, *map(self._above, self.draft.notes)]) + "\n"


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.splitlines()) + "\n"


def _written(spec: FileSpec) -> dict[str, str]:
    marks = {"encoding": spec.encoding, "delimiter": spec.delimiter, "sheet": spec.sheet}
    usual = {"encoding": _PLAIN.encoding, "delimiter": _PLAIN.delimiter, "sheet": _PLAIN.sheet}
    path = meant(spec.path) if "*" not in meant(spec.path) else spec.path
    stored = {"format": spec.format.value} if spec.format is Format.TABLE else {}
    return {"path": path, **stored, **{key: value for key, value in marks.items() if value != usual[key]}}


def _pairs(mapped: Mapping[str, str]) -> Sequence[str]:
    return [f"{toml_text(given)} = {toml_text(canonical)}" for given, canonical in mapped.items()]


def _block(text: str) -> str:
    """A text as lines of comment."""
    return "\n".join(textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# ")) + "\n"


def _one_line(value: str) -> str:
    return " ".join(value.split())
