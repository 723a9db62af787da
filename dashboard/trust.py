"""What a grade rests on: its components, each with one plain finding, read from ``diagnostics``."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.speech import speech_of
from pipelines.publish.store import Row, Rows, Run
from words.doubts import covariate_words
from words.effects import beside, headline, population_words
from words.speech import Speech

UNCHECKED = "could not be checked"
RESTS_ON, BY_LOT = "What the grade rests on", "Drawn by lot: the proofs"


@dataclass(frozen=True)
class Component:
    """One component of the grade: its name, the question it answers, and the check that answers it, in words."""

    label: str
    question: str
    check: str
    say: Callable[[float, Row, Speech], str]
    subject: str = ""


def _limit(check: Row, speech: Speech, unit: str = "") -> str:
    return "" if check.threshold is None else f"; limit {speech.decimal(check.threshold, 1)}{unit}"


def _left(value: float, check: Row, speech: Speech) -> str:
    left = f"{speech.percent(min(value, 1.0))} of the estimate" if value > 0 else "nothing of the estimate"
    return f"One as strong as {covariate_words(check.subject, speech)} would leave {left}"


COMPONENTS: dict[str, Component] = {
    "design": Component(
        "Design",
        "Do the cases moved have others like them?",
        "overlap",
        lambda value, check, speech: f"{speech.percent(value)} have none; limit {speech.percent(check.threshold)}",
    ),
    "balance": Component(
        "Balance",
        "Are the groups alike in what was known before?",
        "balance",
        lambda value, check, speech: (
            f"Largest difference {speech.decimal(value, 2)} standard deviations{_limit(check, speech)}"
        ),
        subject="largest",
    ),
    "effective_sample": Component(
        "Effective sample",
        "How many cases are really comparable?",
        "effective_share",
        lambda value, check, speech: f"{speech.percent(value)} of them; at least {speech.percent(check.threshold)}",
    ),
    "degrees_of_freedom": Component(
        "Independent groups",
        "Does it rest on more than a few events?",
        "df",
        lambda value, check, speech: (
            f"About {speech.decimal(value)} independent groups (degrees of freedom); "
            f"at least {speech.decimal(check.threshold)}"
        ),
    ),
    "robustness": Component("Hidden causes", "Could one we don't know undo it?", "bound_1x", _left),
    "negative_control": Component(
        "Negative control",
        "Do purchases before the failure show no difference, as they should?",
        "negative_control_p",
        lambda value, check, speech: (
            f"{'No clear difference' if check.passed else 'A difference'} (p = {speech.decimal(value, 2)})"
        ),
    ),
    "estimator_spread": Component(
        "Other methods",
        "Do other ways of estimating agree?",
        "estimator_spread",
        lambda value, check, speech: f"At most {speech.decimal(value, 1)} standard errors apart{_limit(check, speech)}",
    ),
}


def checks_of(run: Run, row: Row) -> Rows:
    """Every diagnostics row of one effect."""
    return tuple(d for d in run.diagnostics if d.effect_id == row.effect_id)


def proof_table(run: Run) -> list[dict[str, str]]:
    """One line per effect of grade A, which only a lottery earns, as shown; empty where none was held."""
    speech = speech_of(run)
    rows = [r for r in run.effects if r.grade == "A" and r.spec == "adjusted" and r.estimate is not None]
    return [
        {
            "Found": headline(row, speech),
            "Compared with": beside(row, speech),
            "Among": population_words(row.population, speech),
            "Cases": speech.count(row.n_incidents or 0),
            "Grade": "A",
        }
        for row in rows
    ]


def grade_table(checks: Rows, speech: Speech) -> list[dict[str, str]]:
    """One line per component of the grade, the weakest first, as shown. Empty for an effect without a grade."""
    grades = {d.check.removeprefix("grade_"): d.verdict for d in checks if d.check.startswith("grade_")}
    lines = [(grades[name], component) for name, component in COMPONENTS.items() if name in grades]
    lines.sort(key=lambda line: line[0], reverse=True)
    return [
        {"Component": c.label, "It asks": c.question, "Found": _found(c, checks, speech), "Grade": letter}
        for letter, c in lines
    ]


def _found(component: Component, checks: Rows, speech: Speech) -> str:
    for d in checks:
        if (d.check, d.stage) == (component.check, "after") and component.subject in ("", d.subject):
            return (
                UNCHECKED if d.value is None else component.say(d.value, d, speech) + _weak(component, checks, speech)
            )
    return UNCHECKED


def _weak(component: Component, checks: Rows, speech: Speech) -> str:
    """What a clean negative control is worth: nothing, where it couldn't have seen a difference."""
    power = next((d for d in checks if d.check == "negative_control_power"), None)
    if component.check != "negative_control_p" or power is None or power.value is None or power.passed:
        return ""
    return f"; but one as large as the effect would be seen only {speech.percent(power.value)} of the time"
