"""A draft as the text of source.toml: every guess with its reason beside it, everything unused listed."""

from collections.abc import Mapping, Sequence

from pipelines.contracts.sources import TABLES
from pipelines.reading.draft.guess import Draft, Guess
from pipelines.reading.draft.looking.currency import guess_currency
from pipelines.reading.draft.matching.readings import formats_of, order_of, traits_of, values_of
from pipelines.reading.draft.queries import needs_query, query_of
from pipelines.reading.draft.settings import settings_of, toml_text, toml_texts
from pipelines.settings.files import FileSpec

_HEADER = """\
# Drafted by Amends from the names and values in the exported files. Every line is a guess with its reason; correct what
# is wrong, check with `amends validate`, then `amends run`. What each key means: docs/profiles.md.
"""
_PLAIN = FileSpec()
_CAVEATS = {
    "incidents": "# Every row counts as a failure. If the file holds questions too, keep the failures with a SELECT.\n"
}


def profile_texts(draft: Draft) -> dict[str, str]:
    """File name → text of everything a profile folder holds."""
    queries = {f"{table}.sql": _query(draft, table) for table in draft.tables() if needs_query(draft, table)}
    tables = [_table(draft, table) for table in draft.tables()]
    parts = [_HEADER, _profile(draft), _files(draft), *tables, _contacts(draft), _unused(draft)]
    return {"source.toml": "\n".join(filter(None, parts)), **queries}


def _profile(draft: Draft) -> str:
    lines = ["[profile]", f"title = {toml_text(draft.title)}"]
    lines += [f"{'' if s.settled else '# '}{s.key} = {s.value}  # {s.why}" for s in settings_of(draft)]
    currency = guess_currency(draft.guesses, draft.samples)
    for other in currency.others:
        lines += ["", f"# Amounts in {other} need a rate: how much {currency.code} one {other} is worth, from when on.",
                  "# [[rates]]", f"# currency = {toml_text(other)}", "# since = 2020-01-01", "# rate = "]  # fmt: skip
    return "\n".join(lines) + "\n"


def _files(draft: Draft) -> str:
    used = {g.file for g in draft.guesses} | ({draft.link.orders} if draft.link else set())
    lines = ["[files]"]
    for alias, sample in draft.samples.items():
        if alias in used:
            settings = ", ".join(f"{key} = {value}" for key, value in _settings(sample.spec).items())
            lines.append(f"{alias} = {{ {settings} }}  # {sample.rows:,} rows")
    return "\n".join(lines) + "\n"


def _settings(spec: FileSpec) -> dict[str, str]:
    texts = {key: toml_text(getattr(spec, key)) for key in ("path", "encoding", "delimiter", "sheet", "decimal")
             if key == "path" or getattr(spec, key) != getattr(_PLAIN, key)}  # fmt: skip
    if spec.header_row != _PLAIN.header_row:
        texts["header_row"] = str(spec.header_row[0] if len(spec.header_row) == 1 else list(spec.header_row))
    return texts | ({"nulls": toml_texts(spec.nulls)} if spec.nulls else {})


def _table(draft: Draft, table: str) -> str:
    guesses = draft.of_table(table)
    head = f"{_CAVEATS.get(table, '')}[tables.{table}]"
    if needs_query(draft, table):
        reasons = [f"#   {g.column}: {g.file}, {g.export!r}, {_reason(g)}" for g in guesses if g.export]
        lines = [f"# {TABLES[table].grain}", head, f'sql = "{table}.sql"', *reasons]
    else:
        columns = [f"{g.column} = {toml_text(g.export)}  # {_reason(g)}" for g in guesses if g.export]
        lines = [
            f"# {TABLES[table].grain}",
            head,
            f"file = {toml_text(guesses[0].file)}",
            "",
            f"[tables.{table}.columns]",
            *columns,
        ]
    return "\n".join([*lines, *_constants(table, guesses), *_formats(draft, table), *_values(draft, table)]) + "\n"


def _reason(guess: Guess) -> str:
    way = "" if guess.way == "as it is" else f"{guess.way}; "
    return f"{guess.confidence}: {way}{guess.why}"


def _constants(table: str, guesses: Sequence[Guess]) -> list[str]:
    lines = [f"{g.column} = {toml_text(g.constant)}  # {_reason(g)}" for g in guesses if g.constant]
    return ["", f"[tables.{table}.constants]", *lines] if lines else []


def _formats(draft: Draft, table: str) -> list[str]:
    lines = []
    for guess in draft.of_table(table):
        formats, traits = formats_of(draft, guess), traits_of(draft, guess)
        if not formats or not traits:
            continue
        line = f"{guess.column} = {toml_texts(formats)}"
        if order_of(draft, guess.file, traits) is None:
            line = (
                f"# {line}  # day or month first? Nothing in the file settles it: write what is right, take the # away"
            )
        elif traits.dates.order == "either":
            line += "  # the order of day and month is the other columns'"
        lines.append(line)
    return ["", f"[tables.{table}.formats]", *lines] if lines else []


def _values(draft: Draft, table: str) -> list[str]:
    lines: list[str] = []
    for guess in draft.of_table(table):
        if mapped := values_of(draft, guess):
            lines += ["", f"[tables.{table}.values.{guess.column}]", *_pairs(mapped)]
    return lines


def _pairs(mapped: Mapping[str, str]) -> list[str]:
    return [f"{toml_text(given)} = {toml_text(canonical)}" for given, canonical in mapped.items()]


def _query(draft: Draft, table: str) -> str:
    return f"-- {TABLES[table].grain} Drafted by Amends: see source.toml for the reasons.\n{query_of(draft, table)}"


def _contacts(draft: Draft) -> str:
    """Commented out: whoever wants contacts on a list has to say so."""
    number = next((g for g in draft.of_table("incidents") if g.column == "incident_id"), None)
    personal = [t.name for t in draft.samples[number.file].columns if t.personal] if number else []
    if not number or not personal:
        return ""
    lines = [
        f"file = {toml_text(number.file)}",
        f"incident_id = {toml_text(number.export)}",
        f"columns = {toml_texts(personal)}",
    ]
    why = "# Take the # away below to let `amends worklist --with-contacts` add these columns, on this machine alone."
    return "\n".join([why, "# [contacts]", *(f"# {line}" for line in lines)]) + "\n"


def _unused(draft: Draft) -> str:
    lines = ["# Not used. What was fixed before the first answer may help as a covariate: docs/profiles.md."]
    for alias, columns in draft.unmapped.items():
        lines += [
            f"# {draft.samples[alias].spec.path}",
            *(f"#   {toml_text(column)}: {what}" for column, what in columns),
        ]
    return "\n".join([*lines, *(f"# {_one_line(note)}" for note in draft.notes)]) + "\n"


def _one_line(value: str) -> str:
    return " ".join(value.split())
