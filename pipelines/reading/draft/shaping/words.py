"""Words of shapes, read once from ``data/shapes.toml``, and what values mean by them."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pipelines.contracts.catalog.vocabulary import Actor
from pipelines.contracts.shapes import Step
from pipelines.reading.draft.lexicon import DATA, Phrases
from pipelines.reading.draft.matching.words import tokens


@cache
def _document() -> dict[str, Any]:
    return tomllib.loads((DATA / "shapes.toml").read_text(encoding="utf-8"))


def columns(part: str) -> Phrases:
    """What a column of that part is called."""
    return tuple(_document()["columns"][part])


def step_of(value: str) -> Step | None:
    """What a state or event is to a case; None where nobody knows it. A number in front is passed over."""
    said = _plain(value)
    return next((Step(step) for step, known in _phrases("steps").items() if said in known), None)


def actor_of(value: str) -> Actor | None:
    """A machine or a customer by its name; None for everybody else."""
    words = frozenset(tokens(value))
    if words & {word for phrase in _document()["actors"]["bot"] for word in tokens(phrase)}:
        return Actor.BOT
    return Actor.CUSTOMER if _plain(value) in _phrases("actors")["customer"] else None


def means(value: str, what: str) -> bool:
    """Whether a value says that a customer left or stayed, or that an arm is the usual one."""
    return _plain(value) in _phrases("values")[what]


@cache
def _phrases(part: str) -> Mapping[str, frozenset[str]]:
    return {name: _plains(listed) for name, listed in _document()[part].items()}


def _plains(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_plain, listed))


def _plain(text: str) -> str:
    """Words alone, without a number that orders them (``2 - In progress``)."""
    words = tokens(text)
    return " ".join(words[1:] if len(words) > 1 and words[0].isdigit() else words)
