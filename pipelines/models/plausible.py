"""What can't be believed holds down what rests on it: estimates at D at best, for whatever reason the checks name.

Checks of the exports come from reading. Those of outcomes are made here: all alike, all but decided by a label or by
what was done, or failing that seems to help.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.contracts.catalog.checks import CHECKS, Check, CheckVerdict, Touch
from pipelines.contracts.catalog.estimation import Spec, Stage
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.outcomes import Outcome, OutcomeFamily, OutcomeKind, every_outcome
from pipelines.contracts.catalog.thresholds import (
    FEWEST_ALL_ALIKE,
    FEWEST_OF_A_FUNCTION,
    LEAST_SAMPLE_DIFFERENCE,
    MOST_SEGMENTS,
    NEARLY_A_FUNCTION,
    SAMPLE_P,
)
from pipelines.contracts.catalog.treatments import (
    FAILURE,
    PROACTIVE_NOTICE,
    RESOLUTION,
    SILENCE,
    SPEED,
    SPEED_AND_COMPENSATION,
    TREATMENTS,
    TreatmentKind,
)
from pipelines.contracts.mart import Col, ColumnName, Named
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.plausible import (
    AllOfThem,
    FailingSeemsToHelp,
    NoneOfThem,
    SampledByLabel,
    SetByLabel,
    SetByTreatment,
)
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.ask.plan import outcomes_asked
from pipelines.models.facts import Facts
from pipelines.models.question import flags, numbers
from pipelines.models.rows import Results, checked

_ANSWERS = {SPEED, SPEED_AND_COMPENSATION, SILENCE, RESOLUTION, PROACTIVE_NOTICE}
_RETURNS = {OutcomeFamily.ORDERS, OutcomeFamily.BOOKINGS, OutcomeFamily.BOND}
_LABELS = (Col.CHANNEL, Col.CATEGORY, Col.SEGMENT, Col.BRAND, Col.REGION, Col.LOYALTY_TIER)
# Words in the name of a column that says which part of a drawn sample a case belongs to.
_SAMPLES = {"sample", "split", "set", "fold", "partition", "subset", "source", "wave", "batch"}


def outcome_checks(mart: pd.DataFrame, facts: Facts) -> list[Diagnostic]:
    """Outcomes that every case or none has, and outcomes that a label all but decides; one row each that fails."""
    found: list[Diagnostic] = []
    for outcome in outcomes_asked(facts):
        if outcome.kind is OutcomeKind.BINARY and outcome.lacking(facts) is None:
            for column in _columns(outcome, facts):
                known = numbers(mart, column) if column in mart else np.array([])
                found += [*_alike(outcome, known), *_by_labels(outcome, known, mart, facts)]
    return list({(row.check, row.subject): row for row in reversed(found)}.values())[::-1]


def held_down(results: Results, doubts: Sequence[Diagnostic], mart: pd.DataFrame) -> Results:
    """The results with every graded row that rests on what failed at D, its reasons first; ``doubts``: failed checks.

    Rows of the checks of single effects are added.
    """
    own = [row for effect in results.effects for row in _own_checks(effect, mart)]
    reasons = {row.effect_id: row.reasons for row in own if row.passed is False}
    effects = [
        _held(effect, (*doubts_of(effect, doubts), *reasons.get(effect.effect_id, ()))) for effect in results.effects
    ]
    grades = {effect.effect_id: effect.grade for effect in effects}
    curves = [replace(point, grade=grades.get(point.effect_id, point.grade)) for point in results.curves]
    return Results(effects, curves, [*results.diagnostics, *own])


def doubts_of(effect: Effect, doubts: Iterable[Diagnostic]) -> tuple[Reason, ...]:
    """Why an effect can't be believed, as far as it lies in the exports."""
    return tuple(dict.fromkeys(reason for row in doubts if _rests_on(effect, row) for reason in row.reasons))


def _rests_on(effect: Effect, doubt: Diagnostic) -> bool:
    match doubt.touches:
        case Touch.EVERYTHING:
            return True
        case Touch.ANSWERS:
            return effect.treatment in _ANSWERS
        case Touch.RETURNS:
            entry = every_outcome().get(effect.outcome)
            return entry is not None and entry.family in _RETURNS
        case Touch.FAILURE:
            return effect.treatment == FAILURE
        case Touch.OUTCOME:
            return effect.outcome == doubt.subject
    return False


def _held(effect: Effect, reasons: tuple[Reason, ...]) -> Effect:
    if not reasons or effect.grade is None:
        return effect
    return replace(effect, grade=Grade.D, reasons=(*reasons, *(r for r in effect.reasons if r not in reasons)))


def _columns(outcome: Outcome, facts: Facts) -> list[ColumnName]:
    return [outcome.column_at(h) for h in (facts.horizons_days if outcome.has_horizon else (None,))]


def _failed(check: Check, outcome: Outcome, value: float, reason: Reason) -> Diagnostic:
    entry = CHECKS[check]
    return Diagnostic(
        "", check, Stage.BEFORE, outcome.id, value, entry.unit, entry.limit.threshold if entry.limit else None, False,
        CheckVerdict.FAILED, reasons=(reason,), touches=entry.touches,
    )  # fmt: skip


def _alike(outcome: Outcome, values: np.ndarray) -> list[Diagnostic]:
    known = values[np.isfinite(values)]
    if len(known) < FEWEST_ALL_ALIKE or 0 < known.mean() < 1:
        return []
    reason = AllOfThem if known.mean() else NoneOfThem
    told = reason(outcome.name or outcome.id, len(known))
    return [_failed(Check.CONSTANT_OUTCOME, outcome, float(known.mean()), told)]


def _by_labels(outcome: Outcome, values: np.ndarray, mart: pd.DataFrame, facts: Facts) -> list[Diagnostic]:
    labels: list[ColumnName] = [*_LABELS, *(Named(name) for name, kind in facts.covariates if kind == "label")]
    if len(values) == 0 or np.isfinite(values).sum() < 2 * FEWEST_OF_A_FUNCTION:
        return []
    rows = (_by_label(outcome, values, mart, column) for column in labels if column in mart)
    return [row for row in rows if row is not None]


def _by_label(outcome: Outcome, values: np.ndarray, mart: pd.DataFrame, column: ColumnName) -> Diagnostic | None:
    """The label's levels with the least and the most of an outcome, where they differ as levels of no sample do."""
    told = pd.DataFrame({"y": values, "level": mart[column].astype("object").to_numpy()}).dropna()
    levels = told.groupby("level")["y"].agg(["mean", "size"])
    large = levels[levels["size"] >= FEWEST_OF_A_FUNCTION]
    if not 2 <= len(large) <= MOST_SEGMENTS:
        return None
    shares = {str(level): float(share) for level, share in large["mean"].items()}
    low, high = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
    apart, called = shares[high] - shares[low], outcome.name or outcome.id
    if apart >= NEARLY_A_FUNCTION:
        return _failed(Check.OUTCOME_BY_LABEL, outcome, apart, SetByLabel(called, str(column), low, high))
    if _tells_samples(column) and apart > LEAST_SAMPLE_DIFFERENCE and _p_value(large) < SAMPLE_P:
        drawn = SampledByLabel(called, str(column), shares[low], shares[high])
        return _failed(Check.OUTCOME_BY_LABEL, outcome, apart, drawn)
    return None


def _tells_samples(column: str) -> bool:
    return bool(_SAMPLES & set(column.split("_")))


def _p_value(levels: pd.DataFrame) -> float:
    yes = (levels["mean"] * levels["size"]).round().to_numpy()
    counts = np.array([yes, levels["size"].to_numpy() - yes])
    return float(stats.chi2_contingency(counts).pvalue) if (counts.sum(axis=1) > 0).all() else 1.0


def _own_checks(effect: Effect, mart: pd.DataFrame) -> list[Diagnostic]:
    """Checks of one adjusted effect, made of the mart itself."""
    if effect.spec is not Spec.ADJUSTED or effect.segment or effect.estimate is None:
        return []
    if effect.treatment == FAILURE:
        return _failing(effect)
    apart = _apart(effect, mart)
    return [] if apart is None else [_judged(effect, Check.OUTCOME_BY_TREATMENT, apart, SetByTreatment())]


def _failing(effect: Effect) -> list[Diagnostic]:
    """Failing that helps: an effect on the better side of zero by more than chance."""
    outcome = every_outcome().get(effect.outcome)
    if outcome is None or effect.ci_low is None or effect.ci_high is None or effect.unit == "share":
        return []
    helps = effect.ci_low > 0 if outcome.higher_is_better else effect.ci_high < 0
    row = checked(effect, Check.FAILING_HELPS, effect.estimate, passed=not helps, unit=effect.unit)
    return [replace(row, reasons=(FailingSeemsToHelp(),), touches=Touch.ITSELF) if helps else row]


def _judged(effect: Effect, check: Check, value: float, reason: Reason) -> Diagnostic:
    row = checked(effect, check, value)
    return replace(row, reasons=(reason,), touches=Touch.ITSELF) if row.passed is False else row


def _apart(effect: Effect, mart: pd.DataFrame) -> float | None:
    """How far shares of the outcome lie apart between cases of a yes and of a no; None where it isn't a yes or no."""
    treatment, outcome = TREATMENTS.get(effect.treatment), every_outcome().get(effect.outcome)
    if treatment is None or treatment.kind is not TreatmentKind.YES_NO or treatment.column not in mart:
        return None
    if outcome is None or outcome.kind is not OutcomeKind.BINARY:
        return None
    column = outcome.column_at(effect.horizon_days)
    if column not in mart:
        return None
    y, known = numbers(mart, column), mart[treatment.column].notna().to_numpy()
    done = _done(mart, treatment.column, treatment.yes)
    sides = [y[known & np.isfinite(y) & side] for side in (done, ~done)]
    if min(map(len, sides)) < FEWEST_OF_A_FUNCTION:
        return None
    return abs(float(sides[0].mean() - sides[1].mean()))


def _done(mart: pd.DataFrame, column: ColumnName, yes: str | float | None) -> np.ndarray:
    return flags(mart, column) if yes is None else (mart[column] == yes).fillna(False).to_numpy(bool)
