"""The guesses of a draft as a table in the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from amends.answer import Answer
from pipelines.reading.draft import Draft, Guess
from pipelines.reading.draft.matching.readings import questions
from pipelines.reading.draft.settings import settings_of
from pipelines.reading.draft.why import Way
from words.speech import PLAIN

Line = tuple[str, str, str, str, str]

_WIDEST = 60


@dataclass(frozen=True)
class Drafted:
    """A drafted profile: its guesses without what is empty, columns that are not used, and what was noticed."""

    folder: Path
    guesses: Sequence[Mapping[str, str]]
    unmapped: Mapping[str, Mapping[str, str]]
    notes: Sequence[str]


def drafted(draft: Draft) -> Answer:
    """Every guess with its reason, and what to do next."""
    next_ = PLAIN.text("cli.init.next", file=str(draft.folder / "source.toml"), folder=str(draft.folder))
    done = PLAIN.text("cli.init.done", folder=str(draft.folder), next=next_)
    unmapped = {
        alias: {column: PLAIN.say(looks) for column, looks in columns} for alias, columns in draft.unmapped.items()
    }
    said = Drafted(draft.folder, [_plain(g) for g in draft.guesses], unmapped, [PLAIN.say(n) for n in draft.notes])
    return Answer(f"{guess_table(draft)}\n\n{done}", said)


def _plain(guess: Guess) -> Mapping[str, str]:
    """A guess for machines, without what is empty."""
    plain = {
        "table": guess.table, "column": guess.column, "file": guess.file, "export": guess.export,
        "confidence": guess.confidence, "why": PLAIN.say(guess.why), "constant": guess.constant, "way": guess.way,
    }  # fmt: skip
    return {name: value for name, value in plain.items() if value}


def guess_table(draft: Draft) -> str:
    """Every guess with its number, one a line, and below it what is not used and what was noticed."""
    rows = [_header(), *(_line(draft, number, guess) for number, guess in enumerate(draft.guesses, start=1))]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = [
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[4]]).rstrip() for row in rows
    ]
    return "\n".join([*lines, *_settings(draft), *_unused(draft), *_asides(draft)])


def _header() -> Line:
    return (
        PLAIN.text("cli.guess.number"),
        PLAIN.text("cli.guess.column"),
        PLAIN.text("cli.guess.source"),
        PLAIN.text("cli.guess.confidence"),
        PLAIN.text("cli.guess.why"),
    )


def _line(draft: Draft, number: int, guess: Guess) -> Line:
    return (
        str(number),
        f"{guess.table}.{guess.column}",
        _short(_source(draft, guess)),
        PLAIN.label(guess.confidence),
        _short(PLAIN.say(guess.why)),
    )


def _source(draft: Draft, guess: Guess) -> str:
    if guess.constant:
        return PLAIN.text("cli.guess.always", value=repr(guess.constant))
    way = "" if guess.way is Way.AS_IT_IS else f" ({PLAIN.label(guess.way)})"
    return f"{shown_file(draft, guess.file)} · {guess.export}{way}"


def shown_file(draft: Draft, alias: str) -> str:
    """A file as people know it: its name, and the sheet if it has one."""
    spec = draft.samples[alias].spec
    return f"{spec.path}[{spec.sheet}]" if spec.sheet else spec.path


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _settings(draft: Draft) -> list[str]:
    settled = [
        PLAIN.text("cli.guess.setting", key=s.key, value=s.value, why=s.why) for s in settings_of(draft) if s.settled
    ]
    return ["", PLAIN.text("cli.guess.settings"), *settled]


def _unused(draft: Draft) -> list[str]:
    lines = [
        f"  {shown_file(draft, alias)}: {'; '.join(f'{column} ({PLAIN.say(looks)})' for column, looks in columns)}"
        for alias, columns in draft.unmapped.items()
    ]
    return ["", PLAIN.text("cli.guess.unused"), *lines] if lines else []


def _asides(draft: Draft) -> Sequence[str]:
    asked = [
        PLAIN.text("cli.guess.day_or_month", column=f"{shown_file(draft, q.file)} · {q.column}")
        for q in questions(draft)
    ]
    asked += [PLAIN.text("cli.guess.open", key=s.key, why=s.why) for s in settings_of(draft) if not s.settled]
    notes = [f"  {PLAIN.say(note)}" for note in draft.notes]
    return [
        *(["", PLAIN.text("cli.guess.questions"), *asked] if asked else []),
        *(["", PLAIN.text("cli.guess.noticed"), *notes] if notes else []),
    ]
