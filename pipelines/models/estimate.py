"""All estimates of a run: the mart and the profile's declarations in, result rows out. Pure."""

from collections.abc import Callable
from typing import TypeAlias

import pandas as pd

from pipelines.models.answer import answer
from pipelines.models.compensation import ask_compensation, compensation_levels
from pipelines.models.experiment import ask_experiment, experiment_levels
from pipelines.models.facts import Facts
from pipelines.models.flag import ask_flag, flag_levels
from pipelines.models.kind import ask_kind, kind_levels
from pipelines.models.needs import missing_for_outcome, missing_for_treatment
from pipelines.models.plan import DOSES, aims, main_horizon, specs
from pipelines.models.question import Aim, Level, Question
from pipelines.models.refusal import NotEstimableError
from pipelines.models.review import Seen
from pipelines.models.rows import Results, refused
from pipelines.models.speed import ask_speed, speed_levels

__all__ = ["Estimates", "Facts", "estimate"]

Estimates = Results

Ask: TypeAlias = Callable[[pd.DataFrame, Aim, Facts], Question]
Levels: TypeAlias = Callable[[], tuple[Level, ...]]

_ASK: dict[str, tuple[Ask, Levels]] = {
    "speed": (ask_speed, speed_levels),
    "compensation": (ask_compensation, compensation_levels),
    "compensation_kind": (ask_kind, kind_levels),
    "assignment": (ask_experiment, experiment_levels),
}
_SPECS = ("raw", "adjusted")


def estimate(mart: pd.DataFrame, baseline: pd.DataFrame | None, facts: Facts) -> Estimates:
    """Estimate everything the data supports; whatever it doesn't becomes a row with the reason.

    ``mart`` has one row per incident (:func:`pipelines.contracts.mart.incident_columns`), ``baseline`` one per
    never-failed customer. Arguments are not changed.
    """
    ordered = mart.sort_values("incident_id", kind="stable").reset_index(drop=True)
    results, seen = Results(), Seen()
    for spec in specs(facts):
        for treatment in spec.treatments:
            for aim in aims(spec, treatment, facts):
                thorough = spec.thorough and treatment in DOSES and aim.horizon_days == main_horizon(facts)
                results += _answer(ordered, aim, facts, seen, thorough)
    return results


def _answer(mart: pd.DataFrame, aim: Aim, facts: Facts, seen: Seen, thorough: bool) -> Results:
    ask, name_levels = _ASK.get(aim.treatment, (ask_flag, flag_levels))
    levels = name_levels()
    missing = missing_for_outcome(facts, aim.outcome) or missing_for_treatment(facts, aim.treatment)
    if missing:
        return refused(aim, levels, _SPECS, missing)
    try:
        question = ask(mart, aim, facts)
    except NotEstimableError as refusal:
        return refused(aim, levels, _SPECS, refusal.reason)
    return answer(question, mart, facts, seen, thorough)
