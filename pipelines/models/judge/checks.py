"""Every guard rail of one adjusted effect as rows of ``diagnostics``; units and limits are the catalogue's."""

from collections.abc import Mapping

from pipelines.contracts.catalog.checks import Check, CheckVerdict, Subject, passes
from pipelines.contracts.catalog.estimation import Spec, Stage
from pipelines.contracts.catalog.outcomes import OutcomeKind
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.models.judge.comparability import Comparability
from pipelines.models.judge.control import SUBJECT, Control
from pipelines.models.judge.grade import Evidence
from pipelines.models.judge.review import Review
from pipelines.models.judge.sensitivity import Robustness, e_value
from pipelines.models.question import Aim, Level
from pipelines.models.rows import checked, shown

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
    ]


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
