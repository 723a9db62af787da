"""A draft in the terminal: its guesses as a table, confirmed or corrected line by line, then written and loaded."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from amends.answer import Answer
from amends.faults import InputEnded, LineToCorrect, NobodyToAsk
from pipelines.contracts.catalog.thresholds import MOST_QUESTIONS
from pipelines.contracts.message import Doing, File, Label, Name
from pipelines.contracts.messages.doing import Progress
from pipelines.contracts.sources import Incidents
from pipelines.errors import SourceError
from pipelines.reading.draft import Draft, Guess, check_new, write_draft
from pipelines.reading.draft.asking.answers import NOTHING_SAID, Answers, read_answers, seal
from pipelines.reading.draft.asking.keeping import ANSWERS, learn, learnt
from pipelines.reading.draft.asking.proof import proof_of
from pipelines.reading.draft.asking.questions import Question, Waiting, certain, open_questions, waiting
from pipelines.reading.draft.build import Looked, draft_of, look_at
from pipelines.reading.draft.correction import CorrectionError, corrected
from pipelines.reading.draft.faults import AskedFirst, FirstSay, ProfileWasEdited
from pipelines.reading.draft.settings import settings_of
from pipelines.reading.draft.why import Way
from pipelines.reading.files.exports import Data
from pipelines.settings.load import load_profile
from pipelines.settings.profile import Profile
from words.speech import PLAIN

Line = tuple[str, str, str, str, str]

_WIDEST = 60


class UsingProfile(Doing):
    """A profile is there already."""

    folder: File


class LookingAt(Doing):
    """The files of a folder, or the tables of a database, are being looked at, to draft a profile."""

    folder: Name


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
class Asking:
    """One open question for machines: what is asked, the choices with what each changes, and what waits."""

    id: str
    asks: str
    file: str
    about: str
    question: str
    choices: Mapping[str, str]
    several: bool
    waits: Sequence[str]


@dataclass(frozen=True)
class Drafted:
    """A drafted profile: its guesses without what is empty, columns that are not used, what was noticed and is open."""

    folder: Path
    guesses: Sequence[Mapping[str, str]]
    unmapped: Mapping[str, Mapping[str, str]]
    notes: Sequence[str]
    questions: Sequence[Asking]


def confirmed_profile(
    exports: Data, folder: Path, *, ask: bool, progress: Progress, answers: Path | None = None
) -> Profile:
    """The profile in ``folder``: the one that is there, else a new draft, confirmed line by line when ``ask`` is set.

    A profile that still is as it was drafted, and has open questions, is drafted again with what was answered since.
    Raises ``SourceError`` when nobody can be asked, or when nothing can be run before a question is answered.
    """
    given = read_answers(answers).answers if answers else NOTHING_SAID
    there, known = folder / "source.toml", given
    if not there.is_file():
        check_new(folder)
    elif since := _answered_since(folder, given):
        known = since
    elif answers:
        raise SourceError(ProfileWasEdited(there))
    else:
        progress(UsingProfile(folder))
        return load_profile(str(folder))
    if ask and not sys.stdin.isatty():
        raise SourceError(NobodyToAsk())
    progress(LookingAt(str(exports)))
    with look_at(exports) as looked:
        said = known.after(learnt())
        draft = _asked_for(looked, folder, said) if ask else draft_of(looked, folder, said)
    if ask and not draft.stopped:
        draft = _confirm(draft)
    elif not ask:
        progress(TakenAsGuessed(guess_table(draft)))
    write_draft(draft, PLAIN.say)
    learn(draft.said)
    progress(ProfileWritten(folder))
    _check_usable(draft)
    return load_profile(str(folder))


def _answered_since(folder: Path, given: Answers) -> Answers | None:
    """What was answered for a drafted profile that nobody changed by hand; None where it is to be used as it is."""
    kept = folder / ANSWERS
    if not kept.is_file():
        return None
    answers = read_answers(kept)
    if answers.drafted != seal((folder / "source.toml").read_text(encoding="utf-8")):
        return None
    return given.after(answers.answers) if given.said or load_profile(str(folder)).questions else None


def _check_usable(draft: Draft) -> None:
    """Raise ``SourceError`` where nothing can be run before a question is answered."""
    waits, answers = waiting(draft), draft.folder / ANSWERS
    if not waits.everything:
        return
    first = waits.of(Incidents.NAME)[0].said
    raise SourceError(AskedFirst(draft.stopped, first, answers) if draft.stopped else FirstSay(first, answers))


def _asked_for(looked: Looked, folder: Path, said: Answers) -> Draft:
    """The draft once the worst of what is open was asked, at most seven questions; Enter leaves one open."""
    draft, left = draft_of(looked, folder, said), set[str]()
    for number in range(1, MOST_QUESTIONS + 1):
        question = next((q for q in open_questions(draft) if q.choices and q.id not in left), None)
        if question is None:
            return draft
        _say(f"\n{PLAIN.text('cli.ask.head', number=str(number), most=str(MOST_QUESTIONS))}")
        answer = _answer(question)
        if answer is None:
            left.add(question.id)
        else:
            draft = draft_of(looked, folder, draft.said.then(question.answered(*answer)))
    return draft


def _answer(question: Question) -> tuple[str, ...] | None:
    """What was typed: numbers or answers; None for a question that is to stay open."""
    _say(PLAIN.say(question.said))
    for number, choice in enumerate(question.choices, start=1):
        _say(PLAIN.text("cli.ask.choice", number=str(number), answer=choice.answer, changes=PLAIN.say(choice.changes)))
    prompt = PLAIN.text("cli.ask.several" if question.several else "cli.ask.one", waits=_waits(question))
    while typed := _asked(prompt):
        if question.several and typed == "0":
            return ()
        meant = [_meant(part.strip(), question) for part in (typed.split(",") if question.several else [typed])]
        if all(meant):
            return tuple(meant)
    return None


def _meant(typed: str, question: Question) -> str:
    """The choice of a number, of a word, or of the beginning that one choice alone has; else ""."""
    known = [choice.answer for choice in question.choices]
    if typed.isdigit() and 1 <= int(typed) <= len(known):
        return known[int(typed) - 1]
    near = [answer for answer in known if answer.lower().startswith(typed.lower())]
    return typed if typed in known else near[0] if len(near) == 1 else ""


def _waits(question: Question) -> str:
    return ", ".join(".".join(filter(None, pair)) for pair in question.waits)


def _confirm(draft: Draft) -> Draft:
    _say(guess_table(draft))
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


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _asked(prompt: str) -> str:
    """A line typed by the user; on standard error, since standard output is the result's."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise SourceError(InputEnded())
    return line.strip()


def drafted(draft: Draft) -> Answer:
    """Every guess with its reason, and what to do next. Raises ``SourceError`` where nothing could be guessed."""
    if draft.stopped:
        _check_usable(draft)
    next_ = PLAIN.text("cli.init.next", file=str(draft.folder / "source.toml"), folder=str(draft.folder))
    done = PLAIN.text("cli.init.done", folder=str(draft.folder), next=next_)
    unmapped = {
        alias: {column: PLAIN.say(looks) for column, looks in columns} for alias, columns in draft.unmapped.items()
    }
    waits = waiting(draft)
    guesses, notes = [_plain(draft, waits, g) for g in draft.guesses], [PLAIN.say(n) for n in draft.notes]
    said = Drafted(draft.folder, guesses, unmapped, notes, [_asking(q) for q in open_questions(draft)])
    return Answer(f"{guess_table(draft)}\n\n{done}", said)


def _asking(question: Question) -> Asking:
    choices = {choice.answer: PLAIN.say(choice.changes) for choice in question.choices}
    waits = [".".join(filter(None, pair)) for pair in question.waits]
    said = PLAIN.say(question.said)
    return Asking(question.id, question.asks, question.file, question.about, said, choices, question.several, waits)


def _plain(draft: Draft, waits: Waiting, guess: Guess) -> Mapping[str, str]:
    """A guess for machines, without what is empty."""
    plain = {
        "table": guess.table, "column": guess.column, "file": guess.file, "export": guess.export,
        "proof": proof_of(draft, waits, guess), "why": PLAIN.say(guess.why), "constant": guess.constant,
        "way": guess.way,
    }  # fmt: skip
    return {name: value for name, value in plain.items() if value}


def guess_table(draft: Draft) -> str:
    """Every guess with its number, one a line, and below it what is not used and what was noticed."""
    waits = waiting(draft)
    rows = [_header(), *(_line(draft, waits, number, guess) for number, guess in enumerate(draft.guesses, start=1))]
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
        PLAIN.text("cli.guess.proof"),
        PLAIN.text("cli.guess.why"),
    )


def _line(draft: Draft, waits: Waiting, number: int, guess: Guess) -> Line:
    return (
        str(number),
        f"{guess.table}.{guess.column}",
        _short(_source(draft, guess)),
        PLAIN.label(proof_of(draft, waits, guess)),
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
    stands = settings_of(certain(draft, waiting(draft)), draft)
    settled = [PLAIN.text("cli.guess.setting", key=s.key, value=s.value, why=s.why) for s in stands if s.settled]
    return ["", PLAIN.text("cli.guess.settings"), *settled]


def _unused(draft: Draft) -> list[str]:
    lines = [
        f"  {shown_file(draft, alias)}: {'; '.join(f'{column} ({PLAIN.say(looks)})' for column, looks in columns)}"
        for alias, columns in draft.unmapped.items()
    ]
    return ["", PLAIN.text("cli.guess.unused"), *lines] if lines else []


def _asides(draft: Draft) -> Sequence[str]:
    asked = [f"  {PLAIN.say(question.said)}" for question in open_questions(draft)]
    asked += [PLAIN.text("cli.guess.open", key=s.key, why=s.why) for s in settings_of(draft, draft) if not s.settled]
    notes = [f"  {PLAIN.say(note)}" for note in draft.notes]
    return [
        *(["", PLAIN.text("cli.guess.questions"), *asked] if asked else []),
        *(["", PLAIN.text("cli.guess.noticed"), *notes] if notes else []),
    ]
