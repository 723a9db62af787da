"""From a reviewed contrast to its grade, with the reason in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.models.judge.checks import LARGEST_OUTSIDE_SHARE, check_rows
from pipelines.models.judge.grade import Evidence, Grade, grade
from pipelines.models.judge.review import Review
from pipelines.models.judge.sensitivity import MULTIPLES
from pipelines.models.question import Aim, Contrast, Level
from pipelines.models.rows import Row, check_row

HARD_OUTSIDE_SHARE = 0.20
FLIP_ERRORS = 1.0
LARGEST_MOVE_ERRORS = 1.0
LARGEST_MOVE_SHARE = 0.25

GATES: dict[str, str] = {
    "overlap": "too few comparable cases were treated so",
    "without_threatened": "without threatened or escalated cases it points the other way",
    "landmark_at_cap": "without early returns it points the other way",
    "customer_traits": "what is known of the customers moves it much, so what isn't known may too",
}
WEAKNESS: dict[str, str] = {
    "balance": "the groups compared still differ in what was known before",
    "effective_sample": "few cases are really comparable",
    "degrees_of_freedom": "too few independent groups of incidents",
    "robustness": "a hidden cause as strong as one we know could undo it",
    "negative_control": "purchases before the incident don't clear it of hidden differences",
    "estimator_spread": "other ways of estimating it disagree",
}
ABSENT: dict[str, str] = {
    "balance": "the groups compared couldn't be checked for likeness",
    "effective_sample": "how many cases are comparable couldn't be told",
    "robustness": "what a hidden cause could do couldn't be told",
    "negative_control": "nothing known from before the incident can show whether the groups already differed",
    "estimator_spread": "there is no second way of estimating it",
}
REVERSAL = "Unadjusted, the comparison points the other way."


@dataclass(frozen=True)
class Case:
    """What an adjusted effect is judged on: its row, the same contrast under other specifications, the checks made.

    ``headline``: the row leads a page, so it needs more degrees of freedom; ``moved``: see ``moved_by_customers``.
    """

    row: Row
    level: Level
    aim: Aim
    review: Review
    others: Mapping[str, Row]
    randomised: bool
    headline: bool
    moved: bool


def judge(case: Case) -> tuple[Row, list[Row]]:
    """The adjusted effect row with its grade and reason, and its diagnostics rows."""
    row, evidence = case.row, _evidence(case)
    letter, components = grade(evidence)
    parts = [
        check_row(row["effect_id"], f"grade_{name}", None, passed=part <= "B", verdict=part)
        for name, part in components.items()
    ]
    graded = row | {"grade": letter, "reason": _reason(letter, components, evidence)}
    checks = check_rows(row, case.level, case.aim, case.review, case.others, evidence)
    return graded, [*checks, *parts]


def _reason(letter: Grade, components: Mapping[str, Grade], evidence: Evidence) -> str:
    """The reversal first, then what holds the grade down."""
    gates = evidence.hard_failures or evidence.soft_failures
    names = [name for name, part in components.items() if part == letter and letter > "B"]
    absent = _absent(evidence)
    weak = [GATES[g] for g in gates if "design" in names]
    weak += [ABSENT[n] if n in absent else WEAKNESS[n] for n in names if n != "design"]
    limits = f"What limits it: {'; '.join(weak)}." if weak else ""
    return " ".join(text for text in (REVERSAL if evidence.reversed else "", limits) if text)


def _absent(evidence: Evidence) -> set[str]:
    """Components that no check could be made for."""
    checks = {
        "balance": evidence.balance,
        "effective_sample": evidence.ess_share,
        "robustness": evidence.remaining,
        "negative_control": evidence.control_p,
        "estimator_spread": evidence.spread,
    }
    return {name for name, value in checks.items() if value is None}


def _evidence(case: Case) -> Evidence:
    row, review, others = case.row, case.review, case.others
    comparability = review.grounds.comparability.get(case.level)
    outside = _outside_share(review, case.level)
    raw = others.get("raw")
    return Evidence(
        randomised=case.randomised,
        headline=case.headline,
        soft_failures=tuple(_soft_failures(case, outside)),
        hard_failures=("overlap",) if outside > HARD_OUTSIDE_SHARE else (),
        reversed=None if raw is None or raw["estimate"] is None else _opposite(row, raw),
        balance=comparability.worst[1] if comparability else None,
        ess_share=comparability.ess_share if comparability else None,
        df=row["df"],
        remaining={m: review.robustness.remaining(m) for m in MULTIPLES} if review.robustness else None,
        **_control(review, case.level),
        spread=max(_distances(case), default=None),
        flips=_flipped(row, others.get("binned")),
    )


def _opposite(row: Row, other: Row) -> bool:
    return bool(other["estimate"] * row["estimate"] < 0)


def _soft_failures(case: Case, outside: float) -> list[str]:
    pointing = ("without_threatened", "landmark_at_cap")
    failed = [spec for spec in pointing if _flipped(case.row, case.others.get(spec))]
    failed += ["overlap"] if outside > LARGEST_OUTSIDE_SHARE else []
    return failed + (["customer_traits"] if case.moved else [])


def moved_by_customers(
    rows: Sequence[Row], before: Sequence[Row], contrasts: Sequence[Contrast], found: Review
) -> bool:
    """Adding all that is known of the customers moves some contrast by more than its error and a quarter of itself.

    Then what isn't known need be no more than four times as telling to undo it (the ratio of Altonji, Elder & Taber
    2005). Contrasts without comparable cases are left out: there the model speaks, not the customers.
    """
    pairs = zip(rows, before, contrasts, strict=True)
    return any(_moved(a, b) for a, b, c in pairs if _outside_share(found, c.level) <= HARD_OUTSIDE_SHARE)


def _moved(row: Row, before: Row) -> bool:
    if row["estimate"] is None or before["estimate"] is None:
        return False
    least = max(LARGEST_MOVE_ERRORS * row["std_error"], LARGEST_MOVE_SHARE * abs(row["estimate"]))
    return bool(abs(row["estimate"] - before["estimate"]) > least)


def _outside_share(found: Review, level: Level) -> float:
    comparability = found.grounds.comparability.get(level)
    return comparability.outside_share if comparability else 0.0


def _flipped(row: Row, other: Row | None) -> bool:
    """The other sign, and not just by chance around zero."""
    if other is None or other["estimate"] is None or not _opposite(row, other):
        return False
    return bool(abs(other["estimate"] - row["estimate"]) > FLIP_ERRORS * row["std_error"])


def _distances(case: Case) -> list[float]:
    """Distances in standard errors: spline to steps, and AIPW to the outcome model of the same two arms."""
    row, distances, binned = case.row, [], case.others.get("binned")
    if binned is not None and binned["estimate"] is not None and row["std_error"] > 0:
        error = max(row["std_error"], binned["std_error"] or 0.0)
        distances.append(abs(binned["estimate"] - row["estimate"]) / error)
    if case.level in case.review.two_arms:
        arms = case.review.two_arms[case.level]
        distances.append(abs(arms.aipw.estimate - arms.outcome_model) / arms.aipw.std_error)
    return distances


def _control(review: Review, level: Level) -> dict[str, float | None]:
    control, effect = review.grounds.controls.get(level), review.effects.get(level)
    if control is None or effect is None or not np.isfinite(control.difference.p_value):
        return {"control_p": None, "control_share": None, "control_power": None}
    share, power = control.compared(effect)
    return {"control_p": control.difference.p_value, "control_share": share, "control_power": power}
