"""The charts behind a grade: the same question asked in other ways, and how alike the compared groups are."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.effects import Aim, headline_row, specifications
from dashboard.figures.balance import Difference, balance
from dashboard.figures.drawn import Drawn
from dashboard.figures.effects import rung_of, sample_size
from dashboard.figures.ladder import ladder
from dashboard.figures.theme import Palette
from dashboard.speech import speech_of
from pipelines.contracts.catalog.checks import Check, Subject
from pipelines.contracts.catalog.estimation import Spec, Stage
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.row import told
from pipelines.publish.store import Run
from words.changes import noun, timeless
from words.doubts import covariate_words
from words.speech import Speech

SPECIFICATIONS = {
    Spec.RAW: "unadjusted",
    Spec.ADJUSTED_TO_FAILURE: "+ the failure",
    Spec.ADJUSTED_TO_CHANNEL: "+ the channel",
    Spec.ADJUSTED_TO_PLACE: "+ the place",
    Spec.ADJUSTED_TO_CUSTOMER: "+ the customer",
    Spec.ACROSS_CIRCUMSTANCES: "+ earlier purchases",
    Spec.WITHIN_MONTHS: "within a site's month",
    Spec.WITHIN_FORTNIGHTS: "within a fortnight",
    Spec.ADJUSTED: "within a week: the headline",
    Spec.BINNED: "in steps, no curve",
    Spec.AIPW: "second method",
    Spec.WITHOUT_THREATENED: "without threats",
    Spec.LANDMARK_AT_CAP: "no early returns",
    Spec.IMPUTED: "blanks filled in",
}


def specification_ladder(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """The headline effect under every other way of asking, from unadjusted to everything adjusted for and beyond."""
    speech = speech_of(run)
    row = headline_row(run, aim)
    if row is None or row.estimate is None:
        return None
    same = specifications(run, row)
    rows = tuple(same[spec] for spec in SPECIFICATIONS if spec in same)
    rungs = [replace(rung_of(r, SPECIFICATIONS[r.spec], speech), conclusive=row.grade is not Grade.D) for r in rows]
    title, measure = _spread_title(rows), noun(row, speech)
    return Drawn(
        title,
        f"The same effect asked in other ways. {measure.capitalize()}, 95 % interval",
        ladder(rungs, colours, f"change in {timeless(row, speech)}"),
        rows,
        sample_size((row,), speech),
        f"{title}. {'; '.join(f'{r.label} {r.reading}' for r in rungs)}.",
        tuple(f"No estimate {SPECIFICATIONS[r.spec]}. {speech.all(r.reasons)}" for r in rows if r.estimate is None),
    )


def _spread_title(rows: Sequence[Effect]) -> str:
    signs = {r.estimate > 0 for r in rows if r.estimate is not None}
    return "Every way of asking points the same way" if len(signs) == 1 else "Ways of asking disagree on the direction"


def balance_chart(run: Run, aim: Aim, colours: Palette) -> Drawn | None:
    """How far apart cases already treated and not are in what was known before, unweighted and weighted."""
    speech = speech_of(run)
    row = headline_row(run, aim)
    checks = [d for d in run.diagnostics if row and d.effect_id == row.effect_id and d.check == Check.BALANCE]
    covariates = [d for d in checks if d.subject != Subject.LARGEST and d.value is not None]
    if not covariates:
        return None
    differences = [_difference(subject, covariates, speech) for subject in dict.fromkeys(d.subject for d in covariates)]
    threshold = told(covariates[0].threshold)
    title = _balance_title(differences, threshold, speech)
    return Drawn(
        title,
        "Cases already treated so against the others: absolute difference in standard deviations",
        balance(differences, threshold, colours),
        tuple(covariates),
        f"{speech.count(len(differences))} characteristics",
        f"{title}.",
        ("◇ before weighting, ● after.",),
    )


def _difference(subject: str, checks: Sequence[Diagnostic], speech: Speech) -> Difference:
    value = {d.stage: d.value for d in checks if d.subject == subject}
    return Difference(covariate_words(subject, speech), value.get(Stage.BEFORE), value.get(Stage.AFTER))


def _balance_title(differences: Sequence[Difference], threshold: float, speech: Speech) -> str:
    apart = sum(1 for d in differences if d.after is not None and d.after >= threshold)
    if apart == 0:
        return "Weighted, the groups are alike in everything known before"
    return f"{speech.count(apart)} of {speech.count(len(differences))} characteristics still differ after weighting"
