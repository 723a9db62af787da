"""From a reviewed contrast to its grade, with the reason in plain words."""

from collections.abc import Mapping

import numpy as np

from pipelines.models.checks import LARGEST_OUTSIDE_SHARE, check_rows
from pipelines.models.grade import Evidence, Grade, grade
from pipelines.models.question import Aim, Level
from pipelines.models.review import Review
from pipelines.models.rows import Row, check_row
from pipelines.models.sensitivity import MULTIPLES

HARD_OUTSIDE_SHARE = 0.20
FLIP_ERRORS = 1.0

WEAKNESS: dict[str, str] = {
    "design": "a check of the design failed",
    "balance": "the groups compared still differ in what was known before",
    "effective_sample": "few cases are really comparable",
    "degrees_of_freedom": "too few independent groups of incidents",
    "robustness": "a hidden cause as strong as one we know could undo it",
    "negative_control": "purchases before the incident don't clear it of hidden differences",
    "estimator_spread": "other ways of estimating it disagree",
}
REVERSAL = "Unadjusted, the comparison points the other way."


def judge(
    row: Row, level: Level, aim: Aim, review: Review, others: Mapping[str, Row], randomised: bool, headline: bool
) -> tuple[Row, list[Row]]:
    """The adjusted effect row with its grade and reason, and its diagnostics rows.

    ``others`` are the rows of the same contrast under the other specifications, by name.
    """
    evidence = _evidence(row, level, aim, review, others, randomised, headline)
    letter, components = grade(evidence)
    parts = [
        check_row(row["effect_id"], f"grade_{name}", None, passed=part <= "B", verdict=part)
        for name, part in components.items()
    ]
    graded = row | {"grade": letter, "reason": _reason(letter, components, bool(evidence.reversed))}
    return graded, [*check_rows(row, level, aim, review, others, evidence), *parts]


def _reason(letter: Grade, components: Mapping[str, Grade], reversal: bool) -> str:
    weak = [WEAKNESS[name] for name, part in components.items() if part == letter and letter > "B"]
    limits = f"What limits it: {'; '.join(weak)}." if weak else ""
    return " ".join(sentence for sentence in (REVERSAL if reversal else "", limits) if sentence)


def _evidence(
    row: Row, level: Level, aim: Aim, review: Review, others: Mapping[str, Row], randomised: bool, headline: bool
) -> Evidence:
    comparability = review.grounds.comparability.get(level)
    outside = comparability.outside_share if comparability else 0.0
    raw = others.get("raw")
    return Evidence(
        randomised=randomised,
        headline=headline,
        soft_failures=tuple(_soft_failures(row, outside, others)),
        hard_failures=("overlap",) if outside > HARD_OUTSIDE_SHARE else (),
        reversed=None if raw is None or raw["estimate"] is None else _opposite(row, raw),
        balance=comparability.worst[1] if comparability else None,
        ess_share=comparability.ess_share if comparability else None,
        df=row["df"],
        remaining={m: review.robustness.remaining(m) for m in MULTIPLES} if review.robustness else None,
        **_control(row, level, aim, review),
        spread=max(_distances(row, level, review, others), default=None),
        flips=_flipped(row, others.get("binned")),
    )


def _opposite(row: Row, other: Row) -> bool:
    return bool(other["estimate"] * row["estimate"] < 0)


def _soft_failures(row: Row, outside: float, others: Mapping[str, Row]) -> list[str]:
    failed = ["overlap"] if outside > LARGEST_OUTSIDE_SHARE else []
    return failed + [spec for spec in ("without_threatened", "landmark_at_cap") if _flipped(row, others.get(spec))]


def _flipped(row: Row, other: Row | None) -> bool:
    """The other sign, and not just by chance around zero."""
    if other is None or other["estimate"] is None or not _opposite(row, other):
        return False
    return bool(abs(other["estimate"] - row["estimate"]) > FLIP_ERRORS * row["std_error"])


def _distances(row: Row, level: Level, review: Review, others: Mapping[str, Row]) -> list[float]:
    """Distances in standard errors: spline to steps, and AIPW to the outcome model of the same two arms."""
    distances, binned = [], others.get("binned")
    if binned is not None and binned["estimate"] is not None and row["std_error"] > 0:
        error = max(row["std_error"], binned["std_error"])
        distances.append(abs(binned["estimate"] - row["estimate"]) / error)
    if level in review.two_arms:
        arms = review.two_arms[level]
        distances.append(abs(arms.aipw.estimate - arms.outcome_model) / arms.aipw.std_error)
    return distances


def _control(row: Row, level: Level, aim: Aim, review: Review) -> dict[str, float | None]:
    """Size and power are measured against the effect where both are in points per 100; else only the test counts."""
    control = review.grounds.control
    if control is None or level not in control.intervals or not np.isfinite(control.intervals[level].p_value):
        return {"control_p": None, "control_share": None, "control_power": None}
    found = control.intervals[level]
    if aim.scale != 100.0 or row["estimate"] == 0:
        return {"control_p": found.p_value, "control_share": 0.0, "control_power": 1.0}
    return {
        "control_p": found.p_value,
        "control_share": 100.0 * abs(found.estimate) / abs(row["estimate"]),
        "control_power": control.power(level, row["estimate"]),
    }
