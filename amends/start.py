"""From a folder of exports to a profile the user has seen: draft, show, correct, write, load."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from amends.guesses import guess_table, shown_file
from pipelines.errors import SourceError
from pipelines.reading.draft import Draft, check_new, make_draft, write_draft
from pipelines.reading.draft.correction import CorrectionError, corrected
from pipelines.reading.draft.matching.readings import questions
from pipelines.settings.profile import Profile, load_profile

_HELP = "Enter to accept, a number to correct that line, or TABLE.COLUMN = EXPORT COLUMN: "


def confirmed_profile(exports: Path, folder: Path, *, ask: bool, progress: Callable[[str], None]) -> Profile:
    """The profile in ``folder``: the one that is there, else a new draft, confirmed line by line when ``ask`` is set.

    Raises ``SourceError`` when nobody can be asked, or when the files leave a question open that nobody answered.
    """
    if (folder / "source.toml").is_file():
        progress(f"using the profile that is in {folder}; remove that folder to draft a new one")
        return load_profile(str(folder))
    check_new(folder)
    if ask and not sys.stdin.isatty():
        raise SourceError("standard input is no terminal, so nobody can be asked. Add --yes to accept every guess.")
    progress(f"looking at the files in {exports}")
    draft = make_draft(exports, folder)
    if ask:
        draft = _confirm(draft)
    else:
        progress(f"taken as guessed:\n{guess_table(draft)}")
    write_draft(draft)
    _check_answered(draft)
    progress(f"profile written to {folder}")
    return load_profile(str(folder))


def _confirm(draft: Draft) -> Draft:
    _say(guess_table(draft))
    for question in questions(draft):
        column = f"{shown_file(draft, question.file)} · {question.column}"
        draft = draft.changed(answers={**draft.answers, (question.file, question.column): _first(column)})
    while said := _asked(f"\n{_HELP}"):
        try:
            draft = _after(draft, said)
            _say(guess_table(draft))
        except CorrectionError as error:
            _say(f"  {error}")
    return draft


def _after(draft: Draft, said: str) -> Draft:
    target, given, source = (part.strip() for part in said.partition("="))
    if given:
        return corrected(draft, target, source)
    if not target.isdigit() or not 1 <= int(target) <= len(draft.guesses):
        raise CorrectionError(f"type a number from 1 to {len(draft.guesses)}, or TABLE.COLUMN = EXPORT COLUMN.")
    guess = draft.guesses[int(target) - 1]
    now = guess.constant or guess.export
    source = _asked(f"  {guess.table}.{guess.column} from (column, - to leave out, Enter for {now!r}): ")
    return corrected(draft, target, source) if source else draft


def _first(column: str) -> Literal["day", "month"]:
    while True:
        said = _asked(f"{column}: is 03/04 the third of April (d) or the fourth of March (m)? ").lower()
        if said in ("d", "m"):
            return "day" if said == "d" else "month"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _asked(prompt: str) -> str:
    """A line typed by the user; on standard error, since standard output is the result's."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise SourceError("the input ended before every guess was accepted; nothing is written. Start again.")
    return line.strip()


def _check_answered(draft: Draft) -> None:
    if open_questions := questions(draft):
        columns = ", ".join(f"{shown_file(draft, q.file)} · {q.column}" for q in open_questions)
        raise SourceError(
            f"{columns}: day or month first? Nothing in the file settles it. Take the # away from the right format in "
            f"{draft.folder / 'source.toml'} and start again."
        )
