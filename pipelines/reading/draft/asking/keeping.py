"""Answers as TOML: beside the profile with the questions still open, and for the next exports of the same tools."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from pipelines.contracts.message import Message
from pipelines.errors import SourceError
from pipelines.reading.draft.asking.answers import DRAFTED, NOTHING_SAID, SECTION, Answers, Said, read_answers
from pipelines.reading.draft.asking.questions import Question
from pipelines.reading.draft.faults import AnswersNotWritten
from pipelines.reading.draft.guess import Draft
from pipelines.reading.draft.notes import AnswerHere, AnswersHeader
from pipelines.reading.draft.settings import toml_text, toml_texts

Say = Callable[[Message], str]
ANSWERS = "answers.toml"
# Beside the key that ids are hashed with: what was learnt on this machine, of columns and states, never of rows.
LEARNT = Path(".amends") / "readings.toml"


def answers_text(draft: Draft, questions: Sequence[Question], sealed: str, say: Say) -> str:
    """What was said, and a place for each answer that is lacking; "" where nothing was said or asked."""
    if not draft.said.said and not questions:
        return ""
    lines = [*_comment(say(AnswersHeader())), f"{DRAFTED} = {toml_text(sealed)}", ""]
    for question in questions:
        lines += [*question_lines(question, say), *_entry(_unanswered(question), say(AnswerHere())), ""]
    for said in draft.said.said:
        lines += [*_entry(said), ""]
    return "\n".join(lines)


def question_lines(question: Question, say: Say) -> list[str]:
    """A question and its choices as lines of comment."""
    choices = [f"#   {_one_line(choice.answer)}: {_one_line(say(choice.changes))}" for choice in question.choices]
    return [*_comment(say(question.said)), *choices]


def _unanswered(question: Question) -> Said:
    among = tuple(choice.answer for choice in question.choices) if question.several else ()
    return Said(question.asks, question.about, (), question.file, question.header, among)


def _entry(said: Said, untold: str = "") -> list[str]:
    answer = toml_texts(said.answer) if said.among else toml_text("".join(said.answer))
    lines = [f"[[{SECTION}]]", f"asks = {toml_text(said.asks)}", f"about = {toml_text(said.about)}"]
    lines += [f"file = {toml_text(said.file)}"] if said.file else []
    lines += [f"header = {toml_text(said.header)}"] if said.header else []
    lines += [f"among = {toml_texts(said.among)}"] if said.among else []
    return [*lines, f'answer = ""  # {_one_line(untold)}' if untold else f"answer = {answer}"]


def _comment(text: str) -> list[str]:
    return [f"# {_one_line(text)}"]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def learnt() -> Answers:
    """What was said on this machine of earlier exports."""
    return read_answers(LEARNT).answers if LEARNT.is_file() else NOTHING_SAID


def learn(said: Answers) -> None:
    """Keep what was said for exports with the same columns, whatever their files are called."""
    known = learnt()
    new = [Said(s.asks, s.about, s.answer, "", s.header, s.among) for s in said.said if s.header]
    together = known.then(*new)
    if together == known:
        return
    lines = [line for told in together.said for line in (*_entry(told), "")]
    try:
        LEARNT.parent.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(LEARNT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
    except OSError as error:
        raise SourceError(AnswersNotWritten(LEARNT, error.strerror or "")) from error
