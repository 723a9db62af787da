"""Every guard rail of one adjusted effect as rows of ``diagnostics``."""

from collections.abc import Mapping

from pipelines.models.judge.comparability import Comparability
from pipelines.models.judge.control import SUBJECT, Control
from pipelines.models.judge.grade import (
    LARGEST_BALANCE,
    LARGEST_CONTROL_SHARE,
    LEAST_DF,
    LEAST_EFFECTIVE_SHARE,
    LEAST_POWER,
    SIGNIFICANT,
    Evidence,
)
from pipelines.models.judge.review import Review
from pipelines.models.judge.sensitivity import Robustness, e_value
from pipelines.models.question import Aim, Level
from pipelines.models.rows import Row, check_row

LARGEST_OUTSIDE_SHARE = 0.10
LARGEST_SPREAD = 1.5
BEFORE_CUSTOMERS = "adjusted_to_place"
# Specifications that must agree with the adjusted one, and the gate that says so.
AGREEING = {
    "without_threatened": "without_threatened",
    "landmark_at_cap": "landmark_at_cap",
    BEFORE_CUSTOMERS: "customer_traits",
}


def check_rows(
    row: Row, level: Level, aim: Aim, review: Review, others: Mapping[str, Row], evidence: Evidence
) -> list[Row]:
    """All checks of the effect in ``row``; ``others`` are the same contrast under other specifications."""
    name = row["effect_id"]
    comparability = review.grounds.comparability.get(level)
    return [
        check_row(name, "df", row["df"], threshold=LEAST_DF, passed=row["df"] >= LEAST_DF, unit="degrees of freedom"),
        *_agreement(row, others, evidence),
        *(_comparability(name, comparability) if comparability else []),
        *(_robustness(name, review.robustness) if review.robustness else []),
        *_e_values(row, aim),
        *_control(name, review.grounds.controls.get(level), evidence),
    ]


def _agreement(row: Row, others: Mapping[str, Row], evidence: Evidence) -> list[Row]:
    """Whether other ways of asking give the same answer."""
    name, failed = row["effect_id"], evidence.soft_failures
    rows = [
        check_row(name, gate, others[spec]["estimate"], passed=gate not in failed, unit=row["unit"])
        for spec, gate in AGREEING.items()
        if spec in others and others[spec]["estimate"] is not None
    ]
    if evidence.reversed is not None:
        rows.append(check_row(name, "reversal", None, passed=not evidence.reversed, subject="raw"))
    if evidence.spread is not None:
        agree, limit = evidence.spread < LARGEST_SPREAD and not evidence.flips, LARGEST_SPREAD
        unit = "standard errors"
        rows.append(check_row(name, "estimator_spread", evidence.spread, threshold=limit, passed=agree, unit=unit))
    return rows


def _comparability(name: str, found: Comparability) -> list[Row]:
    share, outside = found.ess_share, found.outside_share
    inside = outside <= LARGEST_OUTSIDE_SHARE
    rows = [
        check_row(name, "overlap", outside, threshold=LARGEST_OUTSIDE_SHARE, passed=inside, unit="share moved outside"),
        check_row(
            name, "effective_share", share, threshold=LEAST_EFFECTIVE_SHARE, passed=share > LEAST_EFFECTIVE_SHARE,
            unit="share of the weighted cases",
        ),
    ]  # fmt: skip
    for stage, values in (("before", found.before), ("after", found.after)):
        largest = {"largest": max(values.values(), default=0.0)}
        rows += [_difference(name, stage, subject, value) for subject, value in (largest | dict(values)).items()]
    return rows


def _difference(name: str, stage: str, subject: str, value: float) -> Row:
    passed = value < LARGEST_BALANCE
    return check_row(
        name, "balance", value, threshold=LARGEST_BALANCE, passed=passed, unit="SMD", stage=stage, subject=subject
    )


def _robustness(name: str, found: Robustness) -> list[Row]:
    unit, left = "partial R²", "share of the estimate left"
    return [
        *(
            check_row(name, "robustness_value", value, passed=None, unit=unit, subject=subject, verdict="shown")
            for subject, value in (("point", found.value), ("limit", found.value_at_limit))
        ),
        *(
            check_row(
                name, f"bound_{b.multiple:g}x", b.remaining, threshold=0.0, passed=b.remaining > 0, unit=left,
                subject=b.covariate,
            )
            for b in found.bounds
        ),
    ]  # fmt: skip


def _e_values(row: Row, aim: Aim) -> list[Row]:
    base = row["baseline_estimate"]
    if aim.outcome.kind != "binary" or not base:
        return []
    nearest = 0.0 if row["ci_low"] <= 0 <= row["ci_high"] else min(row["ci_low"], row["ci_high"], key=abs)
    ratios = {"point": 1 + row["estimate"] / base, "limit": 1 + nearest / base}
    return [
        check_row(row["effect_id"], "e_value", e_value(r), passed=None, unit="risk ratio", subject=s, verdict="shown")
        for s, r in ratios.items()
        if r > 0
    ]


def _control(name: str, control: Control | None, evidence: Evidence) -> list[Row]:
    if control is None or evidence.control_p is None or evidence.control_power is None:
        return [check_row(name, "negative_control", None, passed=None, subject=SUBJECT, verdict="absent")]
    clear, strong = evidence.control_p > SIGNIFICANT, evidence.control_power >= LEAST_POWER
    small = (evidence.control_share or 0.0) <= LARGEST_CONTROL_SHARE
    values = (
        ("negative_control", control.difference.estimate, None, clear, "standard deviations"),
        ("negative_control_p", evidence.control_p, SIGNIFICANT, clear, "p-value"),
        ("negative_control_share", evidence.control_share, LARGEST_CONTROL_SHARE, small, "share of the effect"),
        ("negative_control_power", evidence.control_power, LEAST_POWER, strong, "chance"),
    )
    return [
        check_row(name, check, value, threshold=threshold, passed=passed, unit=unit, subject=SUBJECT)
        for check, value, threshold, passed, unit in values
    ]
