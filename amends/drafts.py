"""A draft in the terminal: its guesses as a table, confirmed or corrected line by line, then written and loaded."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from amends.answer import Answer
from amends.faults import DayOrMonthFirst, InputEnded, LineToCorrect, NobodyToAsk, WhichZone
from pipelines.contracts.message import Doing, File, Label
from pipelines.contracts.messages.doing import Progress
from pipelines.errors import SourceError
from pipelines.reading.draft import Draft, Guess, check_new, make_draft, write_draft
from pipelines.reading.draft.correction import CorrectionError, corrected
from pipelines.reading.draft.matching.readings import (
    cents_questions,
    questions,
    state_questions,
    waits_for,
    with_cents,
    zone_questions,
)
from pipelines.reading.draft.settings import settings_of
from pipelines.reading.draft.why import Way
from pipelines.settings.load import load_profile
from pipelines.settings.profile import Profile
from words.speech import PLAIN

Line = tuple[str, str, str, str, str]

_WIDEST = 60


class UsingProfile(Doing):
    """A profile is there already."""

    folder: File


class LookingAt(Doing):
    """The files of a folder are being looked at, to draft a profile."""

    folder: File


class TakenAsGuessed(Doing):
    """Nobody is asked, so every guess stands."""

    guesses: Label


class ProfileWritten(Doing):
    """The profile is written."""

    folder: File


class RunPublished(Doing):
    """The run is published, and its summary told before the dashboard opens."""

    summary: Label


@dataclass(frozen=True)
class Drafted:
    """A drafted profile: its guesses without what is empty, columns that are not used, and what was noticed."""

    folder: Path
    guesses: Sequence[Mapping[str, str]]
    unmapped: Mapping[str, Mapping[str, str]]
    notes: Sequence[str]


def confirmed_profile(exports: Path, folder: Path, *, ask: bool, progress: Progress) -> Profile:
    """The profile in ``folder``: the one that is there, else a new draft, confirmed line by line when ``ask`` is set.

    Raises ``SourceError`` when nobody can be asked, or when the files leave a question open that nobody answered.
    """
    if (folder / "source.toml").is_file():
        progress(UsingProfile(folder))
        return load_profile(str(folder))
    check_new(folder)
    if ask and not sys.stdin.isatty():
        raise SourceError(NobodyToAsk())
    progress(LookingAt(exports))
    draft = make_draft(exports, folder)
    if ask:
        draft = _confirm(draft)
    else:
        progress(TakenAsGuessed(guess_table(draft)))
    write_draft(draft, PLAIN.say)
    _check_answered(draft)
    _check_zones(draft)
    progress(ProfileWritten(folder))
    return load_profile(str(folder))


def _confirm(draft: Draft) -> Draft:
    _say(guess_table(draft))
    for question in questions(draft):
        column = f"{shown_file(draft, question.file)} · {question.column}"
        draft = draft.changed(answers={**draft.answers, (question.file, question.column): _first(column)})
    for state in state_questions(draft):
        column = f"{shown_file(draft, state.file)} · {state.column}"
        draft = draft.changed(states={**draft.states, state.label: _yes("cli.start.counts", column, state.label)})
    for amounts in cents_questions(draft):
        column = f"{shown_file(draft, amounts.file)} · {amounts.column}"
        draft = with_cents(draft, amounts, _yes("cli.start.cents", column))
    while said := _asked(f"\n{PLAIN.text('cli.start.accept')}"):
        try:
            draft = _after(draft, said)
            _say(guess_table(draft))
        except CorrectionError as error:
            _say(f"  {PLAIN.say(error.fault)}")
    return draft


def _after(draft: Draft, said: str) -> Draft:
    target, given, source = (part.strip() for part in said.partition("="))
    if given:
        return corrected(draft, target, source)
    if not target.isdigit() or not 1 <= int(target) <= len(draft.guesses):
        raise CorrectionError(LineToCorrect(len(draft.guesses)))
    guess = draft.guesses[int(target) - 1]
    now = guess.constant or guess.export
    source = _asked(PLAIN.text("cli.start.correct", column=f"{guess.table}.{guess.column}", now=repr(now)))
    return corrected(draft, target, source) if source else draft


def _first(column: str) -> Literal["day", "month"]:
    while True:
        said = _asked(PLAIN.text("cli.start.day_or_month", column=column)).lower()
        if said in ("d", "m"):
            return "day" if said == "d" else "month"


def _yes(question: str, column: str, label: str = "") -> bool:
    while True:
        said = _asked(PLAIN.text(question, column=column, label=label)).lower()
        if said in ("y", "n"):
            return said == "y"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _asked(prompt: str) -> str:
    """A line typed by the user; on standard error, since standard output is the result's."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise SourceError(InputEnded())
    return line.strip()


def _check_answered(draft: Draft) -> None:
    if open_questions := questions(draft):
        columns = tuple(f"{shown_file(draft, q.file)} · {q.column}" for q in open_questions)
        raise SourceError(DayOrMonthFirst(columns, draft.folder / "source.toml"))


def _check_zones(draft: Draft) -> None:
    if asked := zone_questions(draft):
        columns = tuple(f"{shown_file(draft, g.file)} · {g.export}" for g, _ in asked)
        raise SourceError(WhichZone(columns, asked[0][1].meant, draft.folder / "source.toml"))


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
    asked += [f"  {PLAIN.say(waiting)}" for waiting in waits_for(draft)]
    asked += [PLAIN.text("cli.guess.open", key=s.key, why=s.why) for s in settings_of(draft) if not s.settled]
    notes = [f"  {PLAIN.say(note)}" for note in draft.notes]
    return [
        *(["", PLAIN.text("cli.guess.questions"), *asked] if asked else []),
        *(["", PLAIN.text("cli.guess.noticed"), *notes] if notes else []),
    ]
