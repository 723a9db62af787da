"""From a folder of exports to a profile the user has seen: draft, show, correct, write, load."""

import sys
from pathlib import Path
from typing import Literal

from amends.faults import DayOrMonthFirst, InputEnded, LineToCorrect, NobodyToAsk
from amends.guesses import guess_table, shown_file
from pipelines.contracts.catalog.doing import Progress
from pipelines.contracts.message import Doing, File, Label
from pipelines.errors import SourceError
from pipelines.reading.draft import Draft, check_new, make_draft, write_draft
from pipelines.reading.draft.correction import CorrectionError, corrected
from pipelines.reading.draft.matching.readings import questions
from pipelines.settings.load import load_profile
from pipelines.settings.profile import Profile
from words.speech import PLAIN


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
    progress(ProfileWritten(folder))
    return load_profile(str(folder))


def _confirm(draft: Draft) -> Draft:
    _say(guess_table(draft))
    for question in questions(draft):
        column = f"{shown_file(draft, question.file)} · {question.column}"
        draft = draft.changed(answers={**draft.answers, (question.file, question.column): _first(column)})
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
