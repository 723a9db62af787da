"""All estimates of a run: the mart and the profile's declarations in, result rows out. Pure."""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add
from threading import Event
from typing import TypeAlias

import pandas as pd

from pipelines.contracts.catalog.estimation import (
    AskedOf,
    ContrastKind,
    Estimand,
    Estimator,
    Group,
    OutcomeId,
    SeType,
    Spec,
    TreatmentId,
    q_family,
)
from pipelines.contracts.catalog.grades import Verdict
from pipelines.contracts.catalog.outcomes import RETURNED, Outcome
from pipelines.contracts.catalog.treatments import (
    ASSIGNMENT,
    COMPENSATION,
    COMPENSATION_KIND,
    DOSES,
    FAILURE,
    RESOLUTION,
    SILENCE,
    SPEED,
    SPEED_AND_COMPENSATION,
    TREATMENTS,
)
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.doing import EstimatingOutcome, Progress
from pipelines.contracts.messages.estimation import InstrumentNotBuilt, PolicyChangeNotBuilt, ThresholdNotBuilt
from pipelines.contracts.messages.lacking import NobodyToCompare
from pipelines.contracts.sources import ComparisonSubjects, Incidents
from pipelines.contracts.tables.effect import Effect
from pipelines.models.answer import answer
from pipelines.models.ask.circumstances import within
from pipelines.models.ask.compensation import ask_compensation, compensation_levels
from pipelines.models.ask.compensation_form import ask_kind, kind_levels
from pipelines.models.ask.failure import (
    ask_failure,
    failure_levels,
    of_drawn,
    of_undated,
    stacked,
    unlikeness,
    won_back,
)
from pipelines.models.ask.hazard import INCIDENCE, graded_like_returns, hazard_aim, time_to_return
from pipelines.models.ask.landmark import ask_resolution, ask_silence, landmark_levels, silence_levels
from pipelines.models.ask.plan import aims, joint_aim, main_horizon, outcomes_asked, treatments_asked
from pipelines.models.ask.segments import OF_ACTIONS, by_segment
from pipelines.models.ask.speed import ask_speed, speed_levels
from pipelines.models.ask.surface import EXCHANGE, surface
from pipelines.models.ask.yes_no import ask_flag, flag_levels
from pipelines.models.facts import Facts
from pipelines.models.fit.shrinkage import with_q_values
from pipelines.models.fit.solve import solve
from pipelines.models.judge.non_response import response_aim, response_mart, silence_rows, weighted
from pipelines.models.judge.parts import graded_parts
from pipelines.models.judge.review import Seen
from pipelines.models.judge.within import applies
from pipelines.models.question import Aim, Level, Question
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, effect_rows, refused
from pipelines.models.trials.trial import Trial

__all__ = ["Estimates", "Facts", "estimate"]

Estimates = Results

Ask: TypeAlias = Callable[[pd.DataFrame, Aim, Facts], Question]
Levels: TypeAlias = Callable[[], tuple[Level, ...]]

# What is asked otherwise than as a yes against a no.
_ASK: dict[TreatmentId, tuple[Ask, Levels]] = {
    SPEED: (ask_speed, speed_levels),
    COMPENSATION: (ask_compensation, compensation_levels),
    COMPENSATION_KIND: (ask_kind, kind_levels),
    RESOLUTION: (ask_resolution, landmark_levels),
    SILENCE: (ask_silence, silence_levels),
}
_SPECS = (Spec.RAW, Spec.ADJUSTED)
# Groups of treatments that are looked at together, so that their p-values are judged together.
_JUDGED_TOGETHER = (Group.ACTIONS, Group.CONDUCT)


def estimate(
    mart: pd.DataFrame,
    baseline: pd.DataFrame | None,
    facts: Facts,
    progress: Progress = lambda step: None,
    threads: int = 1,
) -> Estimates:
    """Estimate everything the data supports; whatever it doesn't becomes a row with the reason.

    ``mart`` has one row per incident (:func:`pipelines.contracts.mart.incident_columns`), ``baseline`` one per
    never-failed customer. Arguments are not changed. ``progress`` hears each outcome as the first treatment's turn
    comes. So many ``threads`` take treatments in turn; how many changes no row.
    """
    ordered = mart.sort_values(Col.INCIDENT_ID, kind="stable").reset_index(drop=True)
    both = None if baseline is None or len(baseline) == 0 else stacked(ordered, baseline)
    asking, outcomes = _Asking(ordered, both, facts, Seen(), Trial(ordered, facts)), outcomes_asked(facts)
    first, *others = _treatments(outcomes)
    with ThreadPoolExecutor(threads) as pool:
        led = pool.submit(asking.of, first, outcomes, progress)
        try:
            found = dict(zip(others, pool.map(lambda t: asking.of(t, outcomes), others), strict=True))
            found[first] = led.result()
        except BaseException:  # an interrupt too: nobody waits for what is left
            asking.halted.set()
            raise
    pairs = ((o, t) for o in outcomes for t in (*treatments_asked(o), FAILURE))
    results = reduce(add, (found[t][o.id] for o, t in pairs), Results())
    return (
        _judged_together(_exchange_as_its_parts(results))
        + _time_to_return(ordered, results.effects, facts)
        + not_implemented()
    )


def _treatments(outcomes: Sequence[Outcome]) -> tuple[TreatmentId, ...]:
    """Every treatment that some outcome is asked about, in order; against customers without a failure last."""
    return tuple(dict.fromkeys([*(t for o in outcomes for t in treatments_asked(o)), FAILURE]))


@dataclass(frozen=True)
class _Asking:
    """What every question of a run is put to, and what earlier questions about the same treatment have seen."""

    mart: pd.DataFrame
    both: pd.DataFrame | None
    facts: Facts
    seen: Seen
    trial: Trial
    halted: Event = field(default_factory=Event)

    def of(
        self, treatment: TreatmentId, outcomes: Sequence[Outcome], progress: Progress = lambda step: None
    ) -> dict[OutcomeId, Results]:  # fmt: skip
        """All rows about one treatment, outcome by outcome: what one shows of its cases serves the next."""
        found = {}
        for outcome in outcomes:
            progress(EstimatingOutcome(outcome.name or outcome.id))
            if treatment == FAILURE or treatment in treatments_asked(outcome):
                asked = aims(outcome, treatment, self.facts)
                found[outcome.id] = reduce(add, (self._one(aim) for aim in asked), Results())
        return found

    def _one(self, aim: Aim) -> Results:
        if self.halted.is_set():
            raise CancelledError
        if aim.treatment == FAILURE:
            return _failure(self.both, aim, self.facts, self.seen)
        if aim.treatment == ASSIGNMENT:
            return self.trial.answer(aim, _lacking(aim, self.facts))
        main = aim.outcome.leading and aim.horizon_days in (None, main_horizon(self.facts))
        return _answer(self.mart, aim, self.facts, self.seen, main)


def _lacking(aim: Aim, facts: Facts) -> Reason | None:
    """What the profile lacks for a question, the outcome's needs first."""
    return aim.outcome.lacking(facts) or TREATMENTS[aim.treatment].lacking(facts)


def _time_to_return(mart: pd.DataFrame, effects: Sequence[Effect], facts: Facts) -> Results:
    horizon = main_horizon(facts)
    aim = hazard_aim(horizon, INCIDENCE)
    if missing := _lacking(aim, facts):
        return refused(aim, speed_levels(), (Spec.ADJUSTED,), missing)
    try:
        same = [row for row in effects if row.horizon_days == horizon]
        return graded_like_returns(time_to_return(mart, facts, horizon), same)
    except NotEstimableError as refusal:
        return refused(aim, speed_levels(), (Spec.ADJUSTED,), *refusal.reasons)


def _judged_together(results: Results) -> Results:
    """q-values across what is looked at together, such as the five actions, outcome by outcome."""
    effects = list(results.effects)
    families: dict[str, list[int]] = {}
    for j, row in enumerate(effects):
        group = TREATMENTS[row.treatment].group if row.treatment in TREATMENTS else None
        if group in _JUDGED_TOGETHER and row.spec is Spec.ADJUSTED and not row.segment:
            families.setdefault(q_family(str(group), row.outcome), []).append(j)
    for family, places in families.items():
        for j, row in zip(places, with_q_values([effects[j] for j in places], family), strict=True):
            effects[j] = row
    return replace(results, effects=effects)


def _exchange_as_its_parts(results: Results) -> Results:
    """What speed is worth in money is no surer than the promise and the offer that it compares."""
    parts = {
        (row.treatment, row.outcome, row.horizon_days): row.grade
        for row in results.effects
        if row.treatment in DOSES
        and row.spec is Spec.ADJUSTED
        and not row.segment
        and row.level_to == TREATMENTS[row.treatment].headline
    }

    def graded(row: Effect) -> Effect:
        if row.treatment != SPEED_AND_COMPENSATION or row.estimate is None:
            return row
        grades = (row.grade, *(parts.get((dose, row.outcome, row.horizon_days)) for dose in DOSES))
        return replace(row, grade=max(grade for grade in grades if grade))

    return replace(results, effects=[graded(row) for row in results.effects])


def _answer(mart: pd.DataFrame, aim: Aim, facts: Facts, seen: Seen, main: bool) -> Results:
    """All rows of one aim; ``main``: of a leading outcome at the main horizon."""
    leads = main and aim.treatment in DOSES
    ask, name_levels = _ASK.get(aim.treatment, (ask_flag, flag_levels))
    levels = name_levels()
    if missing := _lacking(aim, facts):
        return refused(aim, levels, _SPECS, missing)
    try:
        question = ask(mart, aim, facts)
    except NotEstimableError as refusal:
        return refused(aim, levels, _SPECS, *refusal.reasons)
    results = answer(question, mart, facts, seen, leads)
    if aim.outcome.responders_only:
        results += _for_the_silent(question, mart, aim, facts, results)
    if not (leads or (main and aim.treatment in OF_ACTIONS)):
        return results
    if aim.treatment == COMPENSATION:
        results += _surface(question)
    parents = [row for row in results.effects if row.spec is Spec.ADJUSTED and row.treatment == aim.treatment]
    held = within(question, seen.around(mart)) if applies(question, facts) else question
    parts = by_segment(held, mart, parents, facts.crossed_segments)
    return results + graded_parts(parts, question, mart, facts, seen)


def _for_the_silent(question: Question, mart: pd.DataFrame, aim: Aim, facts: Facts, results: Results) -> Results:
    """The weighted specification, and what non-response could hide, where it can be told who answers."""
    ask = _ASK.get(aim.treatment, (ask_flag, flag_levels))[0]
    try:
        response = ask(response_mart(mart, aim), response_aim(aim), facts)
        again = weighted(question, response)
        solved = solve(again, [again.base, *(c.to for c in again.contrasts)])
    except NotEstimableError as refusal:
        levels = [c.level for c in question.contrasts]
        return refused(aim, levels, (Spec.RESPONSE_WEIGHTED,), *refusal.reasons)
    shown = [row for row in results.effects if row.spec is Spec.ADJUSTED]
    silent = [d for row in shown for d in silence_rows(row, response)]
    return Results(effect_rows(solved, Spec.RESPONSE_WEIGHTED), [], silent)


def _surface(question: Question) -> Results:
    try:
        return surface(question)
    except NotEstimableError as refusal:
        return refused(joint_aim(question.aim), (EXCHANGE,), (Spec.ADJUSTED,), *refusal.reasons)


def _failure(both: pd.DataFrame | None, aim: Aim, facts: Facts, seen: Seen) -> Results:
    missing = aim.outcome.lacking(facts) or (NobodyToCompare() if both is None else None)
    if both is None or missing:
        return refused(aim, failure_levels(), _SPECS, missing or NobodyToCompare())
    try:
        question = ask_failure(both, aim, facts)
    except NotEstimableError as refusal:
        return refused(aim, failure_levels(), _SPECS, *refusal.reasons)
    results = answer(question, both, facts, seen, thorough=False)
    groups = [row.grade for row in results.effects if row.spec is Spec.ADJUSTED]
    results += Results([won_back(question, aim, Spec.ADJUSTED, groups)])
    if not facts.has(Incidents.NAME, Incidents.opened_at):
        results = of_undated(results)
    return results if facts.has(ComparisonSubjects.NAME) else of_drawn(results, unlikeness(both.iloc[question.rows]))


# Designs that would need other data.
_UNBUILT: dict[Estimand, Reason] = {
    Estimand.THRESHOLD: ThresholdNotBuilt(),
    Estimand.POLICY_CHANGE: PolicyChangeNotBuilt(),
    Estimand.INSTRUMENT: InstrumentNotBuilt(),
}


def not_implemented() -> Results:
    """Rows that say which designs are not built, one each."""
    return Results(
        [
            Effect(
                outcome=RETURNED, treatment=SPEED, contrast=ContrastKind(estimand.value), population=AskedOf.ALL,
                estimand=estimand, estimator=Estimator.NONE, spec=Spec.NONE, se_type=SeType.NONE,
                verdict=Verdict.NOT_IMPLEMENTED, reasons=(reason,),
            )
            for estimand, reason in _UNBUILT.items()
        ]
    )  # fmt: skip
