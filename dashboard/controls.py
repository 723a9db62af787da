"""Widgets that choose what a page shows. Each is bound to the address, so that a copied link shows the same."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from dashboard.asked_for import explain, not_offered
from dashboard.effects import (
    Aim,
    Slice,
    dimensions,
    headline_row,
    headlined,
    horizons,
    leading_aim,
    leading_treatment,
    outcomes,
    parts,
    sliced_levels,
)
from dashboard.figures.sites import MEASURES, site_measures
from dashboard.filters import DIMENSIONS, View, cells_of, levels
from dashboard.lookup import described, in_order
from dashboard.mass_events import event_name
from dashboard.offers import budget_label
from dashboard.places.people import Chosen as People
from dashboard.places.people import Work, of
from dashboard.speech import speech_of
from dashboard.words import measure_label, outcome_label, treatment_label
from pipelines.contracts.catalog.counting import NeededFor
from pipelines.contracts.catalog.estimation import OutcomeId, TreatmentId
from pipelines.contracts.catalog.measures import MeasureId
from pipelines.contracts.catalog.treatments import LEADING
from pipelines.contracts.tables.policy import Policy
from pipelines.publish.store import Run
from words.segments import family_words, label_words, level_words, segment_words
from words.speech import Speech

Choice = TypeVar("Choice")


def _one_of(
    label: str, found: Sequence[Choice], key: str, words: Callable[[Choice], str], *, at: int = 0, width: int = 260
) -> Choice:
    """One of several; of a single one there is nothing to choose."""
    unknown = not_offered(key, map(words, found))
    chosen = found[at]
    if len(found) > 1:
        chosen = st.selectbox(
            label, found, index=at, format_func=words, key=key, bind="query-params", width=width
        )  # fmt: skip
    explain(unknown)
    return chosen


def _some_of(label: str, found: Sequence[str], key: str, words: Callable[[str], str]) -> tuple[str, ...]:
    """Any of several; none chosen means all."""
    unknown = not_offered(key, map(words, found))
    chosen = st.multiselect(label, found, format_func=words, placeholder="all", key=key, bind="query-params")
    explain(unknown)
    return tuple(chosen)


def _step(label: str, found: Sequence[str], key: str, *, at: str) -> str:
    """One step of a slider."""
    unknown = not_offered(key, found)
    chosen: str = st.select_slider(label, found, value=at, key=key, bind="query-params")
    explain(unknown)
    return chosen


def choose_aim(run: Run, treatment: TreatmentId) -> Aim | None:
    """Outcome, horizon and part of a treatment; only combinations that were estimated can be chosen.

    Without any estimate: the question whose refusal says why. None when the run never asked.
    """
    leading = leading_aim(run, treatment)
    if leading is None:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = _choose_outcome(outcomes(run.effects, treatment), leading, speech_of(run))
        aim = leading_aim(run, treatment, outcome) or leading
        aim = _choose_horizon(run, aim)
        return _choose_part(run, aim)


def _choose_horizon(run: Run, aim: Aim) -> Aim:
    days = horizons(run.effects, aim.treatment, aim.outcome)
    unknown = not_offered("horizon", map(_days, days))
    if len(days) < 2:
        explain(unknown)
        return aim
    horizon = st.segmented_control(
        "Within",
        days,
        default=aim.horizon_days,
        required=True,
        format_func=_days,
        key="horizon",
        bind="query-params",
    )
    explain(unknown)
    return leading_aim(run, aim.treatment, aim.outcome, horizon) or aim


def _days(horizon: int) -> str:
    return f"{horizon} days"


def _choose_part(run: Run, aim: Aim) -> Aim:
    found = ["", *in_order(run, parts(run, aim))]
    return replace(aim, segment=_one_of("For", found, "for", part_label, width=240))


def part_label(segment: str) -> str:
    """``severity=stay_spoiled`` → ``severity: stay spoiled``; everyone for no segment."""
    return segment_words(segment) if segment else "everyone"


def _choose_outcome(found: Sequence[OutcomeId], leading: Aim, speech: Speech) -> OutcomeId:
    if leading.outcome not in found:
        return leading.outcome
    at = found.index(leading.outcome)
    return _one_of("What it changes", found, "outcome", lambda outcome: outcome_label(outcome, speech), at=at)


def choose_treatment(run: Run, among: Collection[OutcomeId] = ()) -> TreatmentId:
    """What a page is about; only treatments with an estimate, on one of ``among`` where outcomes are named."""
    able = {r.treatment for r in run.effects if headlined(r) and (not among or r.outcome in among)}
    leading = leading_treatment(run)
    found = [t for t in LEADING if t in able] or [leading]
    at = found.index(leading) if leading in found else 0
    return _one_of("About", found, "about", lambda treatment: treatment_label(treatment, speech_of(run)), at=at)


def choose_event(events: Sequence[str]) -> str:
    """One mass incident; the latest at first."""
    return _one_of("Mass incident", events, "event", event_name, width=320)


def choose_budget(rows: Sequence[Policy], speech: Speech) -> Policy | None:
    """One budget step; None where no budget was published."""
    if not rows:
        return None
    labels = {budget_label(row, speech): row for row in rows}
    today = next((label for label, row in labels.items() if row.budget_ratio == 1), next(iter(labels)))
    if len(labels) == 1:
        return labels[today]
    return labels[_step("Budget per incident", list(labels), "budget", at=today)]


def choose_site_measure(run: Run, among: Sequence[MeasureId] = MEASURES) -> MeasureId | None:
    """By which share sites are compared; only those that tell sites apart. None where there is none."""
    found = site_measures(run, among)
    return _one_of("Compared by", found, "sites_by", measure_label, width=380) if found else None


def choose_slice(run: Run, aim: Aim | None) -> Slice | None:
    """Along which dimension, and at which promise, a question is shown part by part; None where none was estimated."""
    found = dimensions(run, aim) if aim else ()
    if aim is None or not found:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = _one_of("Compared across", found, "across", family_words, width=240)
        part = Slice(replace(aim, segment=""), chosen)
        levels_ = sliced_levels(run, part)
        if not levels_:
            return part
        lead = headline_row(run, part.aim)
        at = levels_.index(lead.level_to) if lead and lead.level_to and lead.level_to in levels_ else 0
        promise = _one_of(
            "Promise", levels_, "promise", lambda m: f"within {speech_of(run).duration(float(m))}", at=at, width=180
        )
    return replace(part, level=promise)


def choose_view(run: Run, measure: MeasureId) -> View:
    """By what a measure's table is broken down; only what it was counted by can be chosen."""
    cells = cells_of(described(run))
    counted = {segment.partition("=")[0] for name, segment in cells if name == measure}
    able = [name for name in DIMENSIONS if name in counted]
    if not able:
        return View()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        dimension = _one_of("By", able, "by", DIMENSIONS.__getitem__, width=200)
        found = in_order(run, levels(cells, measure, dimension))
        chosen = _some_of("Only", found, f"only_{dimension}", level_words)
    return View(dimension, chosen or tuple(found))


def choose_run(found: Sequence[str], names: Mapping[str, str]) -> str:
    """One published run to compare with; the first at first."""
    return _one_of("Compared with", found, "with", lambda r: " · ".join(filter(None, (r, names.get(r, "")))), width=320)


def choose_case_filters(run: Run, scope: str) -> People:
    """To which cases the list of people is narrowed; no choice means all that are still to do."""
    speech = speech_of(run)
    kinds = ["", *(k for k in NeededFor if any(c.needed_for is k for c in run.worklist))]
    every = speech.text("place.people.kind.all")

    def named(level: str) -> str:
        return label_words(level) if level else every

    kind = _one_of(speech.text("place.people.kind"), kinds, "why", lambda k: speech.label(NeededFor(k)) if k else every,
                   width=160)  # fmt: skip
    work = _one_of(speech.text("place.people.work"), list(Work), "work", speech.label, width=150)
    channel = _one_of(speech.text("place.people.channel"), ["", *of(run.worklist, "channel")], "channel", named,
                      width=150)  # fmt: skip
    levels_ = ["", *of(run.worklist, "severity")]
    severity = _one_of(speech.text("place.people.severity"), levels_, "severity", named, width=180)
    case = st.text_input(speech.text("place.people.find"), key="case", bind="query-params", width=130)
    newly = st.checkbox(speech.text("place.people.newly"), key="newly", bind="query-params")
    return People(NeededFor(kind) if kind else None, scope, channel, severity, work, newly, case)
