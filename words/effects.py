"""One honest sentence from one effect row. Pure: text, number and grade come from the same row, so they can't disagree.

The verb follows the grade and nothing else; an interval that holds zero says "cannot say" whatever the grade.
"""

from pipelines.contracts.catalog.estimation import AskedOf, At, ContrastKind, Estimand, Spec
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.thresholds import SMALLEST_TESTED_POINTS
from pipelines.contracts.catalog.treatments import (
    ASSIGNMENT,
    COMPENSATION,
    COMPENSATION_KIND,
    FAILURE,
    SILENCE,
    SPEED,
)
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.tables.effect import Effect
from words.changes import change, holds_zero, is_per_100, limits, limits_in_words, noun, number, told, within
from words.paradox import won_back_headline
from words.segments import segment_words
from words.speech import Speech

DAY_MINUTES, HOUR_MINUTES = 1440, 60

CLAIMS = {
    Grade.A: "finding.effect.causes",
    Grade.B: "finding.effect.estimated",
    Grade.C: "finding.effect.associated",
}
MEANS = {
    Grade.A: "finding.grade_means.a",
    Grade.B: "finding.grade_means.b",
    Grade.C: "finding.grade_means.c",
    Grade.D: "finding.grade_means.d",
}
UNGRADED = "finding.grade_means.none"
IN_SHORT = {
    Grade.A: "finding.grade_in_short.a",
    Grade.B: "finding.grade_in_short.b",
    Grade.C: "finding.grade_in_short.c",
    Grade.D: "finding.grade_in_short.d",
}
ASSUMES = {
    Grade.A: "finding.grade_assumes.a",
    Grade.B: "finding.grade_assumes.b",
    Grade.C: "finding.grade_assumes.c",
    Grade.D: "finding.grade_assumes.d",
}
FAILED = {At.RECOVERED: "finding.done.recovered", At.NOT_RECOVERED: "finding.done.not_recovered"}


def headline(row: Effect, speech: Speech) -> str:
    """The shortest true statement: what, how much, between which limits."""
    what = what_is_done(row, speech)
    if row.estimate is None:
        return speech.text("finding.effect.not_known", what=what)
    if row.spec is Spec.RAW:
        return speech.text("finding.effect.unadjusted", change=change(row, speech), limits=limits(row, speech))
    if row.grade is None or row.grade not in CLAIMS:
        return speech.text("finding.effect.no_conclusion", what=what)
    if row.estimand is Estimand.WON_BACK_SHARE:
        return won_back_headline(row, speech)
    if holds_zero(row):
        return speech.text("finding.effect.cannot_say", what=what, limits=limits_in_words(row, speech))
    said = speech.text(CLAIMS[row.grade], what=what, change=change(row, speech), limits=limits(row, speech))
    return speech.capital(said)


def sentence(row: Effect, speech: Speech) -> str:
    """The headline with its baseline, what it assumes, and what weakens it; for a missing estimate its reason."""
    told = speech.sentence(headline(row, speech))
    if row.estimate is None:
        return speech.lines((told, speech.all(row.reasons)))
    assumed = speech.text(ASSUMES[row.grade]) if row.grade else ""
    test = experiment(row, speech) if row.grade is Grade.D else ""
    return speech.lines((told, _against(row, speech), assumed, test, speech.all(row.reasons)))


def beside(row: Effect, speech: Speech) -> str:
    """What stands below headline and badge: the baseline, what weakens it, and without a conclusion the experiment."""
    test = experiment(row, speech) if row.grade is Grade.D else ""
    return speech.lines((_against(row, speech), speech.all(row.reasons), test))


def badge(row: Effect, speech: Speech) -> str:
    """What the grade means, in plain words."""
    return grade_meaning(row.grade, speech)


def grade_meaning(grade: Grade | None, speech: Speech) -> str:
    """What a grade means, or having none."""
    return speech.text(UNGRADED if grade is None else MEANS[grade])


def definition(row: Effect, speech: Speech) -> str:
    """What exactly the number is, for the hover beside it."""
    outcome = speech.label(f"outcome.{row.outcome}.inside", row.outcome)
    quoted = speech.text("finding.definition.outcome", outcome=outcome)
    scale = speech.label(Unit.PER_100_CUSTOMERS if is_per_100(row) else f"unit.{row.unit}", row.unit or "")
    return speech.capital(
        speech.text(
            "finding.definition",
            what=what_is_done(row, speech),
            baseline=row.baseline or speech.text("finding.definition.nothing_done"),
            outcome=within(quoted, row, speech),
            scale=scale,
            population=speech.capital(population_words(row.population, speech)),
        )
    )


def population_words(population: AskedOf | None, speech: Speech) -> str:
    """Whom an effect speaks of: "incidents that a person answered …"."""
    return "" if population is None else speech.label(population)


def what_is_done(row: Effect, speech: Speech) -> str:
    """The treatment as it stands in a sentence: "answering everyone within an hour"."""
    text = _phrase(row, speech)
    if not row.segment:
        return text
    return speech.text("finding.done.in_segment", what=text, segment=segment_words(row.segment, speech))


def deed(row: Effect, speech: Speech) -> str:
    """The treatment as a heading: "Answering everyone within an hour"."""
    return speech.capital(what_is_done(row, speech))


def _phrase(row: Effect, speech: Speech) -> str:
    treatment, to, base = row.treatment, str(row.level_to), str(row.level_from)
    if treatment == SPEED:
        return speech.text("finding.done.speed", time=promised_time(float(to), speech))
    if treatment == COMPENSATION:
        return _compensating(to, base, speech)
    if treatment == COMPENSATION_KIND:
        rather = speech.text("finding.offer.nothing") if base == At.NO_FORM else form_name(base, speech)
        return speech.text("finding.done.form", form=form_name(to, speech), rather=rather)
    if row.estimand is Estimand.BY_DOSE:
        return _of_dose(row, to, speech)
    if treatment == ASSIGNMENT:
        return speech.text("finding.done.assigned", arm=to.replace("_", " "), base=base.replace("_", " "))
    if treatment == FAILURE and to in FAILED:
        return speech.text(FAILED[At(to)])
    if treatment == SILENCE:
        return speech.text("finding.done.silence", hours=speech.hours(float(to)))
    return speech.label(f"treatment.{treatment}.done", speech.label(f"treatment.{treatment}", treatment))


def _of_dose(row: Effect, to: str, speech: Speech) -> str:
    if row.contrast is ContrastKind.ONE_MORE:
        return speech.text("finding.done.one_more")
    return speech.text("finding.done.any_dose", dose=to)


def _compensating(to: str, base: str, speech: Speech) -> str:
    if to == At.ANY:
        return speech.text("finding.done.anything")
    rather = speech.text("finding.offer.nothing") if float(base) == 0 else speech.percent(float(base))
    return speech.text("finding.done.share", share=speech.percent(float(to)), rather=rather)


def promised_time(minutes: float, speech: Speech) -> str:
    """A promise as people say it: "15 minutes", "an hour", "4 hours", "a day", "3 days"."""
    if minutes == HOUR_MINUTES:
        return speech.text("finding.time.hour")
    if minutes == DAY_MINUTES:
        return speech.text("finding.time.day")
    if minutes > DAY_MINUTES and minutes % DAY_MINUTES == 0:
        return speech.days(minutes / DAY_MINUTES)
    return speech.hours(minutes / HOUR_MINUTES) if minutes > HOUR_MINUTES else speech.minutes(minutes)


def form_name(kind: str, speech: Speech) -> str:
    """A form of compensation as it stands in a sentence."""
    return speech.label(f"form.{kind}", kind)


def _against(row: Effect, speech: Speech) -> str:
    if row.baseline_estimate is None or not row.baseline or not is_per_100(row):
        return ""
    size = number(row.baseline_estimate, row, speech)
    return speech.text("finding.effect.against", baseline=row.baseline, size=size, noun=noun(row, speech))


def experiment(row: Effect, speech: Speech) -> str:
    """The experiment that would settle it: incidents per arm for 80 % power, from the row's baseline and clustering.

    Two-sided 5 % test of two shares; the effect to find is the estimate, but at least two points.
    """
    base = row.baseline_estimate
    if not is_per_100(row) or base is None or not 0 < base < 100:
        return speech.text("finding.test.settles")
    points = max(abs(told(row.estimate)), SMALLEST_TESTED_POINTS)
    inflation = (row.n_incidents or 0) / row.effective_incidents if row.effective_incidents else 1.0
    arm = 2 * (1.96 + 0.84) ** 2 * base * (100 - base) / points**2 * inflation
    return speech.text("finding.test.sized", size=int(round(arm, -2)), points=number(points, row, speech))
