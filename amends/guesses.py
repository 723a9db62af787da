"""The guesses of a draft as a table in the terminal."""

from collections.abc import Sequence

from pipelines.reading.draft import Draft, Guess
from pipelines.reading.draft.matching.readings import questions
from pipelines.reading.draft.settings import settings_of

Line = tuple[str, str, str, str, str]

_HEADER: Line = ("#", "canonical column", "taken from", "sure", "why")
_WIDEST = 60


def guess_table(draft: Draft) -> str:
    """Every guess with its number, one a line, and below it what is not used and what was noticed."""
    rows = [_HEADER, *(_line(draft, number, guess) for number, guess in enumerate(draft.guesses, start=1))]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = [
        "  ".join([*(cell.ljust(w) for cell, w in zip(row, widths, strict=False)), row[4]]).rstrip() for row in rows
    ]
    return "\n".join([*lines, *_settings(draft), *_unused(draft), *_asides(draft)])


def _line(draft: Draft, number: int, guess: Guess) -> Line:
    return (
        str(number),
        f"{guess.table}.{guess.column}",
        _short(_source(draft, guess)),
        guess.confidence,
        _short(guess.why),
    )


def _source(draft: Draft, guess: Guess) -> str:
    if guess.constant:
        return f"always {guess.constant!r}"
    way = "" if guess.way == "as it is" else f" ({guess.way})"
    return f"{shown_file(draft, guess.file)} · {guess.export}{way}"


def shown_file(draft: Draft, alias: str) -> str:
    """A file as people know it: its name, and the sheet if it has one."""
    spec = draft.samples[alias].spec
    return f"{spec.path}[{spec.sheet}]" if spec.sheet else spec.path


def _short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _settings(draft: Draft) -> list[str]:
    settled = [f"  {s.key} = {s.value}  ({s.why})" for s in settings_of(draft) if s.settled]
    return ["", "Settings, to be changed in source.toml:", *settled]


def _unused(draft: Draft) -> list[str]:
    lines = [
        f"  {shown_file(draft, alias)}: {'; '.join(f'{column} ({what})' for column, what in columns)}"
        for alias, columns in draft.unmapped.items()
    ]
    return ["", "Not used:", *lines] if lines else []


def _asides(draft: Draft) -> Sequence[str]:
    asked = [
        f"  {shown_file(draft, q.file)} · {q.column}: day or month first? Nothing in the file settles it."
        for q in questions(draft)
    ]
    asked += [f"  {s.key}: {s.why} in source.toml." for s in settings_of(draft) if not s.settled]
    notes = [f"  {note}" for note in draft.notes]
    return [*(["", "Open questions:", *asked] if asked else []), *(["", "Noticed:", *notes] if notes else [])]
