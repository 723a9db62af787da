"""From a reviewed contrast to its grade with the reasons for it, and every guard rail as rows of ``diagnostics``.

Units and limits of the checks are the catalogue's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipelines.contracts.catalog.checks import Check, CheckVerdict, Subject, passes
from pipelines.contracts.catalog.estimation import Spec, Stage
from pipelines.contracts.catalog.grades import Component, Grade
from pipelines.contracts.catalog.outcomes import OutcomeKind
from pipelines.contracts.catalog.thresholds import (
    FLIP_ERRORS,
    HARD_OUTSIDE_SHARE,
    HIDDEN_CAUSE_MULTIPLES,
    MOVE_ERRORS,
    MOVE_SHARE,
)
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.grounds import (
    BalanceUnchecked,
    CircumstancesUnchecked,
    ComparableUnchecked,
    ControlNotClean,
    ControlUnchecked,
    FewGroups,
    FewReallyComparable,
    HiddenCauseEnough,
    HiddenCauseUnchecked,
    Imbalanced,
    Limited,
    LittleOverlap,
    MethodsDisagree,
    MovedByCustomers,
    OneMethod,
    Reversed,
    TracesAcross,
    TracesUnseen,
    TracesWithin,
    TurnedByEarlyReturns,
    TurnedByThreats,
)
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.judge.comparability import Comparability
from pipelines.models.judge.grade import Evidence, grade
from pipelines.models.judge.review import SUBJECT, Compared, Control, Review, Shared
from pipelines.models.judge.sensitivity import Robustness, e_value
from pipelines.models.question import Aim, Contrast, Level
from pipelines.models.rows import checked, component, shown

BEFORE_CUSTOMERS = Spec.ADJUSTED_TO_PLACE
# Specifications that must agree with the adjusted one, and the gate that says so.
AGREEING: dict[Spec, Check] = {
    Spec.WITHOUT_THREATENED: Check.WITHOUT_THREATENED,
    Spec.LANDMARK_AT_CAP: Check.LANDMARK_AT_CAP,
    BEFORE_CUSTOMERS: Check.CUSTOMER_TRAITS,
}


def check_rows(
    row: Effect, level: Level, aim: Aim, review: Review, others: Mapping[Spec, Effect], evidence: Evidence
) -> list[Diagnostic]:
    """All checks of the effect in ``row``; ``others`` are the same contrast under other specifications."""
    comparability = review.grounds.comparability.get(level)
    return [
        checked(row, Check.DF, row.df),
        *_agreement(row, others, evidence),
        *(_comparability(row, comparability) if comparability else []),
        *(_robustness(row, review.robustness) if review.robustness else []),
        *_e_values(row, aim),
        *_control(row, review.grounds.controls.get(level), evidence),
        *_others(row, review.shared),
    ]


def _others(row: Effect, shared: Shared) -> list[Diagnostic]:
    """Controls of circumstances before and after they are held: p-values one by one and together, and their power."""
    looks = (
        (Check.CONTROLS_ACROSS, Check.CONTROLS_POWER_ACROSS, shared.across),
        (Check.CONTROLS_WITHIN, Check.CONTROLS_POWER_WITHIN, shared.within),
    )
    rows: list[Diagnostic] = []
    for check, power, found in looks:
        if found is None:
            rows.append(
                checked(row, check, subject=Subject.TOGETHER, verdict=CheckVerdict.NOT_CHECKED, reasons=shared.lacking)
            )
            continue
        for one in found.each:
            rows += [shown(row, check, one.p_value, one.name), shown(row, power, one.power, one.name)]
        rows += [
            checked(row, check, found.p_value, subject=Subject.TOGETHER),
            checked(row, power, found.power, subject=Subject.TOGETHER)
            if power is Check.CONTROLS_POWER_ACROSS
            else shown(row, power, found.power, Subject.TOGETHER),
        ]
    return rows


def _agreement(row: Effect, others: Mapping[Spec, Effect], evidence: Evidence) -> list[Diagnostic]:
    """Whether other ways of asking give the same answer."""
    rows = [
        checked(row, gate, others[spec].estimate, passed=gate not in evidence.soft_failures)
        for spec, gate in AGREEING.items()
        if spec in others and others[spec].estimate is not None
    ]
    if evidence.reversed is not None:
        rows.append(checked(row, Check.REVERSAL, passed=not evidence.reversed, subject=Subject.RAW))
    if evidence.spread is not None:
        near = passes(Check.ESTIMATOR_SPREAD, evidence.spread)
        rows.append(checked(row, Check.ESTIMATOR_SPREAD, evidence.spread, passed=near and not evidence.flips))
    return rows


def _comparability(row: Effect, found: Comparability) -> list[Diagnostic]:
    rows = [
        checked(row, Check.OVERLAP, found.outside_share),
        checked(row, Check.EFFECTIVE_SHARE, found.ess_share),
    ]
    for stage, values in ((Stage.BEFORE, found.before), (Stage.AFTER, found.after)):
        largest = {str(Subject.LARGEST): max(values.values(), default=0.0)}
        rows += [
            checked(row, Check.BALANCE, value, stage=stage, subject=subject)
            for subject, value in (largest | dict(values)).items()
        ]
    return rows


def _robustness(row: Effect, found: Robustness) -> list[Diagnostic]:
    return [
        shown(row, Check.ROBUSTNESS_VALUE, found.value, Subject.POINT),
        shown(row, Check.ROBUSTNESS_VALUE, found.value_at_limit, Subject.LIMIT),
        *(
            checked(row, Check.HIDDEN_CAUSE, bound.remaining, subject=bound.covariate, multiple=bound.multiple)
            for bound in found.bounds
        ),
    ]


def _e_values(row: Effect, aim: Aim) -> list[Diagnostic]:
    base = row.baseline_estimate
    if aim.outcome.kind != OutcomeKind.BINARY or not base or row.ci_low is None or row.ci_high is None:
        return []
    nearest = 0.0 if row.ci_low <= 0 <= row.ci_high else min(row.ci_low, row.ci_high, key=abs)
    ratios = {Subject.POINT: 1 + (row.estimate or 0.0) / base, Subject.LIMIT: 1 + nearest / base}
    return [shown(row, Check.E_VALUE, e_value(r), subject) for subject, r in ratios.items() if r > 0]


def _control(row: Effect, control: Control | None, evidence: Evidence) -> list[Diagnostic]:
    if control is None or evidence.control_p is None or evidence.control_power is None:
        return [checked(row, Check.NEGATIVE_CONTROL, subject=SUBJECT, verdict=CheckVerdict.ABSENT)]
    clear = passes(Check.NEGATIVE_CONTROL_P, evidence.control_p)
    return [
        checked(row, Check.NEGATIVE_CONTROL, control.difference.estimate, passed=clear, subject=SUBJECT),
        checked(row, Check.NEGATIVE_CONTROL_P, evidence.control_p, subject=SUBJECT),
        checked(row, Check.NEGATIVE_CONTROL_SHARE, evidence.control_share, subject=SUBJECT),
        checked(row, Check.NEGATIVE_CONTROL_POWER, evidence.control_power, subject=SUBJECT),
    ]


GATES: dict[Check, Reason] = {
    Check.OVERLAP: LittleOverlap(),
    Check.WITHOUT_THREATENED: TurnedByThreats(),
    Check.LANDMARK_AT_CAP: TurnedByEarlyReturns(),
    Check.CUSTOMER_TRAITS: MovedByCustomers(),
}
WEAKNESS: dict[Component, Reason] = {
    Component.BALANCE: Imbalanced(),
    Component.EFFECTIVE_SAMPLE: FewReallyComparable(),
    Component.DEGREES_OF_FREEDOM: FewGroups(),
    Component.ROBUSTNESS: HiddenCauseEnough(),
    Component.NEGATIVE_CONTROL: ControlNotClean(),
    Component.ESTIMATOR_SPREAD: MethodsDisagree(),
}
ABSENT: dict[Component, Reason] = {
    Component.BALANCE: BalanceUnchecked(),
    Component.EFFECTIVE_SAMPLE: ComparableUnchecked(),
    Component.ROBUSTNESS: HiddenCauseUnchecked(),
    Component.NEGATIVE_CONTROL: ControlUnchecked(),
    Component.ESTIMATOR_SPREAD: OneMethod(),
}


@dataclass(frozen=True)
class Case:
    """What an adjusted effect is judged on: its row, the same contrast under other specifications, the checks made.

    ``headline``: the row leads a page, so it needs more degrees of freedom; ``moved``: see ``moved_by_customers``.
    """

    row: Effect
    level: Level
    aim: Aim
    review: Review
    others: Mapping[Spec, Effect]
    randomised: bool
    headline: bool
    moved: bool


def judge(case: Case) -> tuple[Effect, list[Diagnostic]]:
    """The adjusted effect row with its grade and reasons, and its diagnostics rows."""
    row, evidence = case.row, _evidence(case)
    letter, components = grade(evidence)
    graded = replace(row, grade=letter, reasons=reasons_for(letter, components, evidence))
    checks = check_rows(row, case.level, case.aim, case.review, case.others, evidence)
    return graded, [*checks, *(component(row, name, part) for name, part in components.items())]


def reasons_for(letter: Grade, components: Mapping[Component, Grade], evidence: Evidence) -> tuple[Reason, ...]:
    """The reversal first, then what holds the grade down."""
    gates = evidence.hard_failures or evidence.soft_failures
    names = [name for name, part in components.items() if part == letter and letter > Grade.B]
    absent = _absent(evidence)
    weak = [GATES[gate] for gate in gates if Component.DESIGN in names]
    plain = [n for n in names if n not in (Component.DESIGN, Component.CIRCUMSTANCES)]
    weak += [ABSENT[n] if n in absent else WEAKNESS[n] for n in plain]
    weak += _traces(evidence) if Component.CIRCUMSTANCES in names else []
    return (*((Reversed(),) if evidence.reversed else ()), *((Limited(tuple(weak)),) if weak else ()))


def _traces(evidence: Evidence) -> Sequence[Reason]:
    """What of the circumstances holds a grade down."""
    if evidence.across_p is not None and not passes(Check.CONTROLS_ACROSS, evidence.across_p):
        return (TracesAcross(),)
    if evidence.unrecorded:
        return evidence.unrecorded
    if evidence.within_p is None or evidence.controls_power is None:
        return (CircumstancesUnchecked(),)
    within = passes(Check.CONTROLS_WITHIN, evidence.within_p)
    return (TracesUnseen(),) if within else (TracesWithin(),)


def _absent(evidence: Evidence) -> set[Component]:
    """Components that no check could be made for."""
    checks = {
        Component.BALANCE: evidence.balance,
        Component.EFFECTIVE_SAMPLE: evidence.ess_share,
        Component.ROBUSTNESS: evidence.remaining,
        Component.NEGATIVE_CONTROL: evidence.control_p,
        Component.ESTIMATOR_SPREAD: evidence.spread,
    }
    return {name for name, value in checks.items() if value is None}


def _evidence(case: Case) -> Evidence:
    row, review, others = case.row, case.review, case.others
    comparability = review.grounds.comparability.get(case.level)
    outside = _outside_share(review, case.level)
    raw = others.get(Spec.RAW)
    robustness, control = review.robustness, _compared(review, case.level)
    return Evidence(
        randomised=case.randomised,
        headline=case.headline,
        soft_failures=tuple(_soft_failures(case, outside)),
        hard_failures=(Check.OVERLAP,) if outside > HARD_OUTSIDE_SHARE else (),
        reversed=None if raw is None or raw.estimate is None else _opposite(row, raw),
        balance=comparability.worst[1] if comparability else None,
        ess_share=comparability.ess_share if comparability else None,
        df=row.df or 0.0,
        remaining={m: robustness.remaining(m) for m in HIDDEN_CAUSE_MULTIPLES} if robustness else None,
        control_p=control.p_value if control else None,
        control_share=control.share if control else None,
        control_power=control.power if control else None,
        spread=max(_distances(case), default=None),
        flips=_flipped(_across(case), others.get(Spec.BINNED)),
        unrecorded=review.shared.lacking,
        across_p=review.shared.across.p_value if review.shared.across else None,
        within_p=review.shared.within.p_value if review.shared.within else None,
        controls_power=review.shared.across.power if review.shared.across else None,
    )


def _across(case: Case) -> Effect:
    """The row as it is estimated across circumstances, with its own error: what other models of it are held against."""
    across = case.others.get(Spec.ACROSS_CIRCUMSTANCES)
    return case.row if across is None or across.estimate is None else replace(case.row, estimate=across.estimate)


def _opposite(row: Effect, other: Effect) -> bool:
    return bool((other.estimate or 0.0) * (row.estimate or 0.0) < 0)


def _soft_failures(case: Case, outside: float) -> list[Check]:
    pointing = {Spec.WITHOUT_THREATENED: Check.WITHOUT_THREATENED, Spec.LANDMARK_AT_CAP: Check.LANDMARK_AT_CAP}
    failed = [check for spec, check in pointing.items() if _flipped(_across(case), case.others.get(spec))]
    failed += [] if passes(Check.OVERLAP, outside) else [Check.OVERLAP]
    return failed + ([Check.CUSTOMER_TRAITS] if case.moved else [])


def moved_by_customers(
    rows: Sequence[Effect], before: Sequence[Effect], contrasts: Sequence[Contrast], found: Review
) -> bool:
    """Adding all that is known of the customers moves some contrast by more than its error and a quarter of itself.

    Then what isn't known need be no more than four times as telling to undo it (the ratio of Altonji, Elder & Taber
    2005). Contrasts without comparable cases are left out: there the model speaks, not the customers.
    """
    pairs = zip(rows, before, contrasts, strict=True)
    return any(_moved(a, b) for a, b, c in pairs if _outside_share(found, c.level) <= HARD_OUTSIDE_SHARE)


def _moved(row: Effect, before: Effect) -> bool:
    if row.estimate is None or row.std_error is None or before.estimate is None:
        return False
    least = max(MOVE_ERRORS * row.std_error, MOVE_SHARE * abs(row.estimate))
    return abs(row.estimate - before.estimate) > least


def _outside_share(found: Review, level: Level) -> float:
    comparability = found.grounds.comparability.get(level)
    return comparability.outside_share if comparability else 0.0


def _flipped(row: Effect, other: Effect | None) -> bool:
    """The other sign, and not just by chance around zero."""
    if other is None or other.estimate is None or row.estimate is None or row.std_error is None:
        return False
    return _opposite(row, other) and abs(other.estimate - row.estimate) > FLIP_ERRORS * row.std_error


def _distances(case: Case) -> list[float]:
    """Distances in standard errors: spline to steps, and AIPW to the outcome model of the same two arms."""
    row, distances, binned = _across(case), list[float](), case.others.get(Spec.BINNED)
    if binned is not None and binned.estimate is not None and row.estimate is not None and (row.std_error or 0.0) > 0:
        error = max(row.std_error or 0.0, binned.std_error or 0.0)
        distances.append(abs(binned.estimate - row.estimate) / error)
    if case.level in case.review.two_arms:
        arms = case.review.two_arms[case.level]
        distances.append(abs(arms.aipw.estimate - arms.outcome_model) / arms.aipw.std_error)
    return distances


def _compared(review: Review, level: Level) -> Compared | None:
    """The negative control of a contrast beside its effect, where both are known."""
    control, effect = review.grounds.controls.get(level), review.effects.get(level)
    if control is None or effect is None or not np.isfinite(control.difference.p_value):
        return None
    return control.compared(effect)
