"""All estimates of a run: the mart and the profile's declarations in, result rows out. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

import pandas as pd

from pipelines.contracts.catalog.doing import EstimatingOutcome, Progress
from pipelines.contracts.mart import Col
from pipelines.contracts.results import CURVE_ANCHOR
from pipelines.models.answer import answer
from pipelines.models.ask.compensation import ask_compensation, compensation_levels
from pipelines.models.ask.compensation_form import ask_kind, kind_levels
from pipelines.models.ask.experiment import ask_experiment, experiment_levels
from pipelines.models.ask.failure import ask_failure, failure_levels, of_drawn, stacked, unlikeness, won_back
from pipelines.models.ask.held_equal import ACTIONS
from pipelines.models.ask.landmark import ask_resolution, ask_silence, landmark_levels, silence_levels
from pipelines.models.ask.needs import missing_for_outcome, missing_for_treatment
from pipelines.models.ask.not_built import not_implemented
from pipelines.models.ask.plan import DOSES, aims, main_horizon, specs
from pipelines.models.ask.segments import OF_ACTIONS, by_segment
from pipelines.models.ask.speed import ask_speed, speed_levels
from pipelines.models.ask.surface import surface
from pipelines.models.ask.yes_no import ask_flag, flag_levels
from pipelines.models.facts import Facts
from pipelines.models.fit.hazard import INCIDENCE, graded_like_returns, hazard_aim, time_to_return
from pipelines.models.fit.shrinkage import with_q_values
from pipelines.models.fit.solve import solve
from pipelines.models.judge.non_response import WEIGHTED, response_aim, response_mart, silence_rows, weighted
from pipelines.models.judge.review import Seen
from pipelines.models.question import Aim, Level, Question
from pipelines.models.refusal import NotEstimableError
from pipelines.models.rows import Results, Row, effect_rows, refused

__all__ = ["Estimates", "Facts", "estimate"]

Estimates = Results

Ask: TypeAlias = Callable[[pd.DataFrame, Aim, Facts], Question]
Levels: TypeAlias = Callable[[], tuple[Level, ...]]

_ASK: dict[str, tuple[Ask, Levels]] = {
    "speed": (ask_speed, speed_levels),
    "compensation": (ask_compensation, compensation_levels),
    "compensation_kind": (ask_kind, kind_levels),
    "resolution": (ask_resolution, landmark_levels),
    "silence": (ask_silence, silence_levels),
    "assignment": (ask_experiment, experiment_levels),
}
_SPECS = ("raw", "adjusted")


def estimate(
    mart: pd.DataFrame, baseline: pd.DataFrame | None, facts: Facts, progress: Progress = lambda step: None
) -> Estimates:
    """Estimate everything the data supports; whatever it doesn't becomes a row with the reason.

    ``mart`` has one row per incident (:func:`pipelines.contracts.mart.incident_columns`), ``baseline`` one per
    never-failed customer. Arguments are not changed. ``progress`` hears each outcome as its turn comes.
    """
    ordered = mart.sort_values(Col.INCIDENT_ID, kind="stable").reset_index(drop=True)
    both = None if baseline is None or len(baseline) == 0 else stacked(ordered, baseline)
    results, seen = Results(), Seen()
    for spec in specs(facts):
        progress(EstimatingOutcome(spec.outcome.label))
        for treatment in spec.treatments:
            for aim in aims(spec, treatment, facts):
                main = spec.leading and aim.horizon_days in (None, main_horizon(facts))
                results += _answer(ordered, aim, facts, seen, main)
        for aim in aims(spec, "failure", facts):
            results += _failure(both, aim, facts, seen)
    return (
        _judged_together(_exchange_as_its_parts(results))
        + _time_to_return(ordered, results.effects, facts)
        + not_implemented()
    )


def _time_to_return(mart: pd.DataFrame, effects: Sequence[Row], facts: Facts) -> Results:
    aim = hazard_aim(main_horizon(facts), INCIDENCE)
    missing = missing_for_outcome(facts, aim.outcome) or missing_for_treatment(facts, "speed")
    if missing:
        return refused(aim, speed_levels(), ("adjusted",), missing)
    try:
        horizon = main_horizon(facts)
        same = [row for row in effects if row["horizon_days"] == horizon]
        return graded_like_returns(time_to_return(mart, facts, horizon), same)
    except NotEstimableError as refusal:
        return refused(aim, speed_levels(), ("adjusted",), refusal.reason)


def _judged_together(results: Results) -> Results:
    """q-values across the five actions and what goes with them, outcome by outcome."""
    effects = list(results.effects)
    families: dict[str, list[int]] = {}
    for j, row in enumerate(effects):
        if row["treatment"] in ACTIONS and row["spec"] == "adjusted" and not row["segment"]:
            families.setdefault(f"actions on {row['outcome']}", []).append(j)
    for family, places in families.items():
        for j, row in zip(places, with_q_values([effects[j] for j in places], family), strict=True):
            effects[j] = row
    return replace(results, effects=effects)


def _exchange_as_its_parts(results: Results) -> Results:
    """What speed is worth in money is no surer than the promise and the offer that it compares."""
    parts = {
        (row["treatment"], row["outcome"], row["horizon_days"]): row["grade"]
        for row in results.effects
        if row["spec"] == "adjusted" and not row["segment"] and row["level_to"] == CURVE_ANCHOR.get(row["treatment"])
    }
    effects = [
        row
        if row["treatment"] != "speed_and_compensation" or row["estimate"] is None
        else row | {"grade": max(filter(None, (row["grade"], *(parts.get((t, *_asked(row))) for t in DOSES))))}
        for row in results.effects
    ]
    return replace(results, effects=effects)


def _asked(row: Row) -> tuple[str, int | None]:
    return row["outcome"], row["horizon_days"]


def _answer(mart: pd.DataFrame, aim: Aim, facts: Facts, seen: Seen, main: bool) -> Results:
    """All rows of one aim; ``main``: of a leading outcome at the main horizon."""
    leads = main and aim.treatment in DOSES
    ask, name_levels = _ASK.get(aim.treatment, (ask_flag, flag_levels))
    levels = name_levels()
    missing = missing_for_outcome(facts, aim.outcome) or missing_for_treatment(facts, aim.treatment)
    if missing:
        return refused(aim, levels, _SPECS, missing)
    try:
        question = ask(mart, aim, facts)
    except NotEstimableError as refusal:
        return refused(aim, levels, _SPECS, refusal.reason)
    results = answer(question, mart, facts, seen, leads)
    if aim.outcome.responders_only:
        results += _for_the_silent(question, mart, aim, facts, results)
    if not (leads or (main and aim.treatment in OF_ACTIONS)):
        return results
    if aim.treatment == "compensation":
        results += _surface(question)
    parents = [row for row in results.effects if row["spec"] == "adjusted" and row["treatment"] == aim.treatment]
    return results + by_segment(question, mart, parents, facts.crossed_segments)


def _for_the_silent(question: Question, mart: pd.DataFrame, aim: Aim, facts: Facts, results: Results) -> Results:
    """The weighted specification, and what non-response could hide, where it can be told who answers."""
    ask = _ASK.get(aim.treatment, (ask_flag, flag_levels))[0]
    try:
        response = ask(response_mart(mart, aim), response_aim(aim), facts)
        again = weighted(question, response)
        solved = solve(again, [again.base, *(c.to for c in again.contrasts)])
    except NotEstimableError as refusal:
        return refused(aim, [c.level for c in question.contrasts], (WEIGHTED,), refusal.reason)
    shown = [row for row in results.effects if row["spec"] == "adjusted"]
    return Results(effect_rows(solved, WEIGHTED), [], [d for row in shown for d in silence_rows(row, response)])


def _surface(question: Question) -> Results:
    try:
        return surface(question)
    except NotEstimableError as refusal:
        aim = replace(question.aim, treatment="speed_and_compensation", estimand="surface", baseline="what was done")
        return refused(aim, (Level("exchange", "today", "60"),), ("adjusted",), refusal.reason)


def _failure(both: pd.DataFrame | None, aim: Aim, facts: Facts, seen: Seen) -> Results:
    missing = missing_for_outcome(facts, aim.outcome)
    if missing or both is None:
        reason = missing or "Nobody's purchases went well, to compare with. Add the orders of all customers."
        return refused(aim, failure_levels(), _SPECS, reason)
    try:
        question = ask_failure(both, aim, facts)
    except NotEstimableError as refusal:
        return refused(aim, failure_levels(), _SPECS, refusal.reason)
    results = answer(question, both, facts, seen, thorough=False)
    groups = [row["grade"] for row in results.effects if row["spec"] == "adjusted"]
    results += Results([won_back(question, aim, "adjusted", groups)])
    return results if facts.has("comparison_subjects") else of_drawn(results, unlikeness(both.iloc[question.rows]))
