"""What values are called elsewhere: labels of an export under their canonical names."""

from collections.abc import Iterable, Mapping, Sequence

from pipelines.contracts.canonical import Column
from pipelines.contracts.sources import Compensations, Orders, WordOfMouth
from pipelines.reading.draft.lexicon import Phrases, Words, states, values
from pipelines.reading.draft.matching.words import tokens


def value_map(table: str, column: Column, labels: Sequence[str]) -> dict[str, str] | None:
    """Export value → canonical value for the labels that are written otherwise; None when one can't be placed."""
    if table == Orders.NAME and column.name == Orders.status:
        return undone(labels, {})
    if (table, column.name) == (WordOfMouth.NAME, WordOfMouth.score):
        return points(labels)
    words = _vocabulary(table, column)
    if words is None:
        return {}
    placed = {label: _placed(label, words) for label in labels}
    if not all(placed.values()):
        return None
    accepted = ("true", "t", "yes", "y", "1", "false", "f", "no", "n", "0") if column.kind == "flag" else ()
    return {label: to for label, to in placed.items() if to and label != to and label.lower() not in accepted}


def _vocabulary(table: str, column: Column) -> Words | None:
    if column.kind == "flag":
        return values().flag
    if column.name == Compensations.kind and table in values().kinds:
        return values().kinds[table]
    if column.name in values().labels:
        return values().labels[column.name]
    return {allowed: (allowed,) for allowed in column.allowed} if column.allowed else None


def _placed(label: str, words: Words) -> str:
    return next((to for to, known in words.items() if _is_one_of(label, known)), "")


def _is_one_of(label: str, words: Sequence[str]) -> bool:
    return _plain(label) in {_plain(word) for word in words}


def _plain(label: str) -> str:
    return " ".join(tokens(label))


def severity_order(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels from least to most severe; empty when one isn't known or two stand on the same step."""
    steps = {
        label: step for label in labels for step, words in enumerate(values().severity) if _is_one_of(label, words)
    }
    known = len(steps) == len(labels) and len(set(steps.values())) == len(labels)
    return tuple(sorted(steps, key=steps.__getitem__)) if known else ()


def points(labels: Sequence[str]) -> dict[str, str]:
    """Scores in words → their points, "" for what is no score; empty when a label isn't known or nothing is one."""
    untold = {label for label in labels if _is_one_of(label, values().untold)}
    told = [label for label in labels if label not in untold]
    for scale in values().scores:
        worst = 1 if len(scale) > 2 else 0
        steps = {label: worst + n for label in told for n, words in enumerate(scale) if _is_one_of(label, words)}
        if told and len(steps) == len(told):
            return {**{label: str(step) for label, step in steps.items()}, **dict.fromkeys(sorted(untold), "")}
    return {}


def undone(labels: Sequence[str], said: Mapping[str, bool]) -> dict[str, str]:
    """States of orders that are no purchases → "cancelled"; ``said`` comes before the lists."""
    counts = {label: said.get(label, counts_as_purchase(label)) for label in labels}
    return {label: "cancelled" for label in labels if counts[label] is False and label.lower() != "cancelled"}


def counts_as_purchase(label: str) -> bool | None:
    """Whether orders in a state are purchases; None for a state that no list knows. The longest words decide."""
    undone, bought = (max(_said(label, words), default=0) for words in (states().undone, states().bought))
    return None if not undone and not bought else bought > undone


def _said(label: str, phrases: Phrases) -> Iterable[int]:
    words = tokens(label)
    for phrase in map(tokens, phrases):
        if any(words[i : i + len(phrase)] == phrase for i in range(len(words) - len(phrase) + 1)):
            yield len(phrase)
