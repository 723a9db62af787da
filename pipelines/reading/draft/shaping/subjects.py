"""Whether a file is a snapshot of customers or an experiment: a row a subject, a flag or arm, and no clock."""

from collections.abc import Sequence
from itertools import chain

from pipelines.contracts.canonical import COVARIATE_PREFIX
from pipelines.contracts.catalog.outcomes import OUTCOMES, STAYED
from pipelines.contracts.shapes import Role, Shape
from pipelines.engine import Engine
from pipelines.reading.columns.parsing import NO, YES
from pipelines.reading.draft.guess import Sampled
from pipelines.reading.draft.lexicon import values
from pipelines.reading.draft.looking.traits import Traits
from pipelines.reading.draft.matching.words import name_score, tokens
from pipelines.reading.draft.shaping.found import FoundShape, OwnOutcome
from pipelines.reading.draft.shaping.words import columns, means
from pipelines.reading.files.quoting import identifier, name

CONTROL = "control"
_FLAGS = {"yes": YES, "no": NO}
MOST_ARMS, MOST_FEATURES, MOST_LABELS = 6, 12, 20
# So pure a feature tells who left, and comes of it.
PURE = 0.98
FEWEST_PURE_ROWS = 20


def find_snapshot(engine: Engine, file: Sampled) -> FoundShape | None:
    """The snapshot that a file is: who left or stayed, how often something failed them, and what else is known."""
    if _dated(file):
        return None
    flags = [(t, left) for left, part in ((True, "left"), (False, "stayed")) for t in _named(file, part)]
    told = next(((t, mapped) for t, left in flags if (mapped := _stay(t, left))), None)
    failures = [t for t in (*_named(file, "failure"), *_named(file, "calls")) if _counts(t)]
    if told is None or not failures:
        return None
    flag, told_as = told
    key = _key(file)
    besides = {flag.name, failures[0].name, *([key] if key else []), *(t.name for t, _ in flags)}
    features, apart = _features(engine, file, flag, [t for t in file.columns if t.name not in besides])
    return FoundShape(
        alias=file.spec.alias,
        shape=Shape.SNAPSHOT,
        columns={Role.FAILURE: failures[0].name, **({Role.CUSTOMER: key} if key else {})},
        outcomes={STAYED: flag.name},
        values={STAYED: told_as, **({Role.FAILURE: failing} if (failing := _in_english(failures[0])) else {})},
        features=features,
        left_apart=apart,
    )


def without_failure(file: Sampled) -> str:
    """The flag of a snapshot in which nothing says whom something failed; empty for every other file."""
    if _dated(file) or any(_counts(t) for t in (*_named(file, "failure"), *_named(file, "calls"))):
        return ""
    return next((t.name for t in _named(file, "left") if _stay(t, True)), "")


def find_experiment(file: Sampled) -> FoundShape | None:
    """The experiment that a file is: an arm, one of them the usual one, and what came of the subjects."""
    arms = [t for t in _named(file, Role.ARM) if 2 <= len(t.labels) <= MOST_ARMS]
    arm = next((t for t in arms if any(means(label, "control") for label in t.labels)), None)
    if arm is None:
        return None
    own = tuple(found for t in _named(file, "outcome") if t.name != arm.name and (found := _outcome(t)))
    if not own:
        return None
    key, days = _key(file), [t.name for t in file.columns if t.dates.share > 0.95]
    return FoundShape(
        alias=file.spec.alias,
        shape=Shape.EXPERIMENT,
        columns={
            Role.ARM: arm.name,
            **({Role.CUSTOMER: key} if key else {}),
            **({Role.MOMENT: days[0]} if days else {}),
        },
        outcomes={found.id: found.column for found in own},
        values=_usual(arm) | {o.id: said for o in own if (said := _in_english(file.by_name[o.column]))},
        own=own,
    )


def _usual(arm: Traits) -> dict[str, dict[str, str]]:
    """The usual arm under the name that models know it by, so that the others are told against it."""
    usual = [label for label in arm.labels if means(label, "control")]
    return {Role.ARM: {usual[0]: CONTROL}} if len(usual) == 1 and usual[0].lower() != CONTROL else {}


def _dated(file: Sampled) -> bool:
    return any(t.dates.share > 0.8 or t.since_1970 for t in file.columns)


def _named(file: Sampled, part: str) -> list[Traits]:
    scored = [(name_score(t.name, columns(part)), t) for t in file.columns if t.filled]
    return [t for score, t in sorted(scored, key=lambda pair: -pair[0]) if score == 1]


def _key(file: Sampled) -> str:
    unique = [t for t in _named(file, Role.CUSTOMER) if t.distinct > 0.95 * t.filled]
    return unique[0].name if unique else ""


def _counts(traits: Traits) -> bool:
    """A yes or no, or how often: whole and not below 0."""
    if _is_flag(traits):
        return len(traits.labels) == 2
    amounts = traits.amounts
    return amounts.share > 0.95 and amounts.whole and amounts.smallest >= 0 and traits.distinct > 1


def _says(label: str, said: str) -> bool:
    """Whether a label is a yes (or a no) in any language."""
    return tokens(label) in {tokens(word) for word in values().flag[said]} or label.lower() in _FLAGS[said]


def _is_flag(traits: Traits) -> bool:
    return bool(traits.labels) and all(_says(label, "yes") or _says(label, "no") for label in traits.labels)


def _in_english(traits: Traits) -> dict[str, str]:
    """Yes and no, where they are written in another language than reading knows."""
    if not _is_flag(traits) or all(label.lower() in (*YES, *NO) for label in traits.labels):
        return {}
    return {label: "yes" if _says(label, "yes") else "no" for label in traits.labels}


def _stay(traits: Traits, left: bool) -> dict[str, str]:
    """Each value of a flag as a yes or no of staying; empty where one isn't known."""
    found = {}
    for label in traits.labels:
        yes, no = _says(label, "yes"), _says(label, "no")
        gone, there = means(label, "left"), means(label, "stayed")
        if not any((yes, no, gone, there)):
            return {}
        stays = there or (no if left else yes) if not gone else False
        found[label] = "yes" if stays else "no"
    return found if set(found.values()) == {"yes", "no"} else {}


def _features(
    engine: Engine, file: Sampled, flag: Traits, others: Sequence[Traits]
) -> tuple[dict[str, tuple[str, bool]], tuple[str, ...]]:
    """Columns that may be held equal on both sides, and those left out since they tell who left."""
    found: dict[str, tuple[str, bool]] = {}
    apart = []
    left = tuple(chain.from_iterable(phrase.split() for phrase in columns("left")))
    for traits in others:
        number = traits.amounts.share > 0.95 and traits.distinct > MOST_ARMS
        label = 2 <= len(traits.labels) <= MOST_LABELS
        if traits.personal or traits.free_text or not (number or label) or traits.distinct == traits.filled:
            continue
        if any(name_score(traits.name, (word,)) for word in left) or _is_function(engine, file, flag, traits, label):
            apart.append(traits.name)
        elif len(found) < MOST_FEATURES:
            found[f"{COVARIATE_PREFIX}{identifier(traits.name).removeprefix('file_')}"] = (traits.name, number)
    return found, tuple(apart)


def _is_function(engine: Engine, file: Sampled, flag: Traits, traits: Traits, label: bool) -> bool:
    """Whether a label nearly always goes with leaving, as its reason does."""
    if not label:
        return False
    purest = engine.rows(
        f"SELECT max(of_one), count(*) FROM (SELECT max(n) / sum(n) AS of_one, sum(n) AS rows FROM ("
        f"SELECT {_text(traits.name)} AS value, {_text(flag.name)} AS said, count(*) AS n FROM {file.relation} "
        f"GROUP BY 1, 2) GROUP BY value HAVING sum(n) >= {FEWEST_PURE_ROWS}) WHERE of_one >= {PURE}"
    )[0]
    overall = engine.value(
        f"SELECT max(n) / sum(n) FROM (SELECT count(*) AS n FROM {file.relation} "
        f"WHERE {_text(flag.name)} <> '' GROUP BY {_text(flag.name)})"
    )
    return bool(purest[1]) and overall < PURE - 0.03


def _outcome(traits: Traits) -> OwnOutcome | None:
    binary = _is_flag(traits)
    amount = not binary and traits.amounts.share > 0.95 and traits.amounts.smallest >= 0
    if not (binary or amount):
        return None
    worse = bool(name_score(traits.name, columns("lower")))
    known = identifier(traits.name)
    return OwnOutcome(f"own_{known}" if known in OUTCOMES else known, traits.name, amount, not worse)


def _text(column: str) -> str:
    return f"trim(CAST({name(column)} AS VARCHAR))"
