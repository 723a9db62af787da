"""What a grade rests on: its components, each with one plain finding, read from ``diagnostics``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.cells import NOTHING, cases
from dashboard.speech import speech_of
from pipelines.contracts.catalog.checks import COMPONENT_CHECK, Check, Subject
from pipelines.contracts.catalog.estimation import Spec, Stage
from pipelines.contracts.catalog.grades import Component, Grade
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.doubts import AS_STRONG, covariate_words
from words.effects import beside, headline, population_words
from words.speech import Speech

UNCHECKED = "could not be checked"
RESTS_ON, BY_LOT = "What the grade rests on", "Drawn by lot: the proofs"


@dataclass(frozen=True)
class Asked:
    """One component of the grade as a reader is asked: its name, the question, and the check that answers it, in words.

    ``multiple``: how many times the strongest known cause the hidden one of the check is.
    """

    label: str
    question: str
    check: Check
    say: Callable[[float, Diagnostic, Speech], str]
    subject: str = ""
    multiple: float | None = None

    def answered_by(self, check: Diagnostic) -> bool:
        """Whether a check is the one."""
        if (check.check, check.stage) != (self.check, Stage.AFTER):
            return False
        return self.subject in ("", check.subject) and self.multiple in (None, check.multiple)


def _limit(check: Diagnostic, speech: Speech, unit: str = "") -> str:
    return "" if check.threshold is None else f"; limit {speech.decimal(check.threshold, 1)}{unit}"


def _left(value: float, check: Diagnostic, speech: Speech) -> str:
    left = f"{speech.percent(min(value, 1.0))} of the estimate" if value > 0 else "nothing of the estimate"
    return f"One as strong as {covariate_words(check.subject, speech)} would leave {left}"


COMPONENTS: dict[Component, Asked] = {
    Component.DESIGN: Asked(
        "Design",
        "Do the cases moved have others like them?",
        Check.OVERLAP,
        lambda value, check, speech: (
            f"{speech.percent(value)} have none; limit {speech.percent(told(check.threshold))}"
        ),
    ),
    Component.BALANCE: Asked(
        "Balance",
        "Are the groups alike in what was known before?",
        Check.BALANCE,
        lambda value, check, speech: (
            f"Largest difference {speech.decimal(value, 2)} standard deviations{_limit(check, speech)}"
        ),
        subject=Subject.LARGEST,
    ),
    Component.EFFECTIVE_SAMPLE: Asked(
        "Effective sample",
        "How many cases are really comparable?",
        Check.EFFECTIVE_SHARE,
        lambda value, check, speech: (
            f"{speech.percent(value)} of them; at least {speech.percent(told(check.threshold))}"
        ),
    ),
    Component.DEGREES_OF_FREEDOM: Asked(
        "Independent groups",
        "Does it rest on more than a few events?",
        Check.DF,
        lambda value, check, speech: (
            f"About {speech.decimal(value)} independent groups (degrees of freedom); "
            f"at least {speech.decimal(told(check.threshold))}"
        ),
    ),
    Component.ROBUSTNESS: Asked(
        "Hidden causes", "Could one we don't know undo it?", Check.HIDDEN_CAUSE, _left, multiple=AS_STRONG
    ),
    Component.NEGATIVE_CONTROL: Asked(
        "Negative control",
        "Do purchases before the failure show no difference, as they should?",
        Check.NEGATIVE_CONTROL_P,
        lambda value, check, speech: (
            f"{'No clear difference' if check.passed else 'A difference'} (p = {speech.decimal(value, 2)})"
        ),
    ),
    Component.ESTIMATOR_SPREAD: Asked(
        "Other methods",
        "Do other ways of estimating agree?",
        Check.ESTIMATOR_SPREAD,
        lambda value, check, speech: f"At most {speech.decimal(value, 1)} standard errors apart{_limit(check, speech)}",
    ),
    Component.CIRCUMSTANCES: Asked(
        "Circumstances",
        "Does how others nearby were treated show no trace, as it should?",
        Check.CONTROLS_ACROSS,
        lambda value, check, speech: (
            f"{'No clear trace' if check.passed else 'A trace'} (p = {speech.decimal(value, 2)})"
        ),
        subject=Subject.TOGETHER,
    ),
}


def checks_of(run: Run, row: Effect) -> tuple[Diagnostic, ...]:
    """Every diagnostics row of one effect."""
    return tuple(d for d in run.diagnostics if d.effect_id == row.effect_id)


def proof_table(run: Run) -> list[dict[str, str]]:
    """One line per effect of grade A, which only a lottery earns, as shown; empty where none was held."""
    speech = speech_of(run)
    key = (Grade.A, Spec.ADJUSTED)
    rows = [r for r in run.effects if (r.grade, r.spec) == key and r.estimate is not None]
    return [
        {
            "Found": headline(row, speech),
            "Compared with": beside(row, speech) or NOTHING,
            "Among": population_words(row.population, speech),
            "Cases": cases(row.n_incidents, speech),
            "Grade": Grade.A.value,
        }
        for row in rows
    ]


def grade_table(checks: Sequence[Diagnostic], speech: Speech) -> list[dict[str, str]]:
    """One line per component of the grade, the weakest first, as shown. Empty for an effect without a grade."""
    grades = {c: grade for c in Component if (grade := _grade(c, checks)) is not None}
    lines = sorted(grades, key=lambda component: grades[component], reverse=True)
    return [
        {
            "Component": COMPONENTS[c].label,
            "It asks": COMPONENTS[c].question,
            "Found": _found(COMPONENTS[c], checks, speech),
            "Grade": grades[c].value,
        }
        for c in lines
    ]


def _grade(component: Component, checks: Sequence[Diagnostic]) -> Grade | None:
    return next((d.grade for d in checks if d.check == COMPONENT_CHECK[component]), None)


def _found(asked: Asked, checks: Sequence[Diagnostic], speech: Speech) -> str:
    found = next((d for d in checks if asked.answered_by(d)), None)
    if found is None or found.value is None:
        return UNCHECKED
    return asked.say(found.value, found, speech) + _weak(asked, checks, speech)


def _weak(asked: Asked, checks: Sequence[Diagnostic], speech: Speech) -> str:
    """What a clean negative control is worth: nothing, where it couldn't have seen a difference."""
    power = next((d for d in checks if d.check == Check.NEGATIVE_CONTROL_POWER), None)
    if asked.check is not Check.NEGATIVE_CONTROL_P or power is None or power.value is None or power.passed:
        return ""
    return f"; but one as large as the effect would be seen only {speech.percent(power.value)} of the time"
