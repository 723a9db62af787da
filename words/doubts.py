"""What an estimate stands on and what would overturn it, in plain sentences from its checks. Pure: rows in, words."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipelines.contracts.catalog.checks import Check, Subject
from pipelines.contracts.catalog.estimation import Spec, Stage
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from words.changes import change, limits, told
from words.speech import Speech

# A hidden cause that mattered as much as the strongest known one.
AS_STRONG = 1.0


class Weighed(NamedTuple):
    """Sentences on one estimate: what speaks for it, and what would or does speak against it."""

    stands_on: tuple[str, ...]
    would_overturn: tuple[str, ...]


Said = tuple[bool, str] | None
Specifications = Mapping[Spec, Effect]


def weighed(row: Effect, checks: Iterable[Diagnostic], specifications: Specifications, speech: Speech) -> Weighed:
    """One sentence per check that was made, on the side its verdict puts it.

    ``checks`` are the diagnostics of the effect in ``row``, ``specifications`` the same effect asked in other ways.
    Checks that could not be made are left out.
    """
    made = [c for c in checks if c.value is not None and c.stage is Stage.AFTER]
    found = [
        _hidden_cause(_first(made, Check.HIDDEN_CAUSE, multiple=AS_STRONG), speech),
        _strong_enough(_first(made, Check.ROBUSTNESS_VALUE, Subject.POINT), speech),
        _earlier_purchases(_first(made, Check.NEGATIVE_CONTROL_P), _first(made, Check.NEGATIVE_CONTROL_POWER), speech),
        _without_pressure(row, specifications.get(Spec.WITHOUT_THREATENED), speech),
        _unadjusted(row, specifications.get(Spec.RAW), speech),
    ]
    said = [one for one in found if one is not None]
    return Weighed(tuple(text for holds, text in said if holds), tuple(text for holds, text in said if not holds))


def _first(
    made: Iterable[Diagnostic], check: Check, subject: str | None = None, multiple: float | None = None
) -> Diagnostic | None:
    wanted = (c for c in made if c.check == check and subject in (None, c.subject))
    return next((c for c in wanted if multiple in (None, c.multiple)), None)


def doubts(row: Effect, checks: Iterable[Diagnostic], specifications: Specifications, speech: Speech) -> list[str]:
    """What would overturn the estimate in ``row``, and nothing that speaks for it."""
    return list(weighed(row, checks, specifications, speech).would_overturn)


def _hidden_cause(check: Diagnostic | None, speech: Speech) -> Said:
    if check is None:
        return None
    cause, value = covariate_words(check.subject, speech), told(check.value)
    if value <= 0:
        return bool(check.passed), speech.text("finding.doubt.hidden_cause_undoes", cause=cause)
    left = speech.percent(min(value, 1.0), 0)
    return bool(check.passed), speech.text("finding.doubt.hidden_cause_leaves", cause=cause, left=left)


def _strong_enough(check: Diagnostic | None, speech: Speech) -> Said:
    if check is None:
        return None
    return False, speech.text("finding.doubt.strong_enough", share=speech.percent(told(check.value), 0))


def _earlier_purchases(check: Diagnostic | None, power: Diagnostic | None, speech: Speech) -> Said:
    """A clean control counts for the estimate only where it could have seen a difference."""
    if check is None:
        return None
    if not check.passed:
        return False, speech.text("finding.doubt.earlier_purchases_differ")
    if power is None or power.passed:
        return True, speech.text("finding.doubt.earlier_purchases_alike")
    seen = speech.percent(told(power.value), 0)
    return False, speech.text("finding.doubt.earlier_purchases_blind", share=seen)


def _without_pressure(row: Effect, other: Effect | None, speech: Speech) -> Said:
    if other is None or other.estimate is None:
        return None
    said = speech.text("finding.doubt.without_pressure", change=change(other, speech), limits=limits(other, speech))
    return _agrees(row, other), said


def _unadjusted(row: Effect, raw: Effect | None, speech: Speech) -> Said:
    if raw is None or raw.estimate is None:
        return None
    turned = raw.estimate * told(row.estimate) < 0
    code = "finding.doubt.unadjusted_the_other_way" if turned else "finding.doubt.unadjusted"
    return _agrees(row, raw), speech.text(code, change=change(raw, speech), limits=limits(raw, speech))


def _agrees(row: Effect, other: Effect) -> bool:
    """Whether the other way of asking shows a change clear of zero, on the side of the estimate."""
    if other.ci_low is None or other.ci_high is None:
        return False
    return other.ci_low > 0 if told(row.estimate) > 0 else other.ci_high < 0


def covariate_words(name: str, speech: Speech) -> str:
    """A covariate as words: ``loyalty_tier`` → ``loyalty tier``, ``severity=nuisance`` → ``severity: nuisance``."""
    known, unknown = name.removesuffix(" unknown"), name.endswith(" unknown")
    column, _, level = known.partition("=")
    code = f"covariate.{column.replace(' ', '_')}"
    words = speech.label(code, column.removeprefix("x_").replace("_", " "))
    if level:
        words = speech.text("finding.covariate.level", covariate=words, level=level.replace("_", " "))
    return speech.text("finding.covariate.not_recorded", covariate=words) if unknown else words
