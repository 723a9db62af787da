"""Widgets that choose what a page shows. Each is bound to the address, so that a copied link shows the same."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.decisions import in_order
from dashboard.effects import LEADING, Aim, Slice, dimensions, horizons, leading_aim, leading_treatment, outcomes, parts
from dashboard.figures.sites import MEASURES, site_measures
from dashboard.filters import DIMENSIONS, View, cells_of, level_words, levels
from dashboard.mass_events import event_name
from dashboard.offers import budget_label
from dashboard.store import Row, Run
from dashboard.words import measure_label
from dashboard.worklist import COLUMNS, Chosen, levels_of
from pipelines.contracts.catalog import OUTCOMES, TREATMENTS


def choose_aim(run: Run, treatment: str) -> Aim | None:
    """Outcome, horizon and part of a treatment; only combinations that were estimated can be chosen.

    Without any estimate: the question whose refusal says why. None when the run never asked.
    """
    leading = leading_aim(run, treatment)
    if leading is None:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = _choose_outcome(outcomes(run.effects, treatment), leading)
        aim = leading_aim(run, treatment, outcome) or leading
        aim = _choose_horizon(run, aim)
        return _choose_part(run, aim)


def _choose_horizon(run: Run, aim: Aim) -> Aim:
    days = horizons(run.effects, aim.treatment, aim.outcome)
    if len(days) < 2:
        return aim
    horizon = st.segmented_control(
        "Within",
        days,
        default=aim.horizon_days,
        required=True,
        format_func=lambda d: f"{d} days",
        key="horizon",
        bind="query-params",
    )
    return leading_aim(run, aim.treatment, aim.outcome, horizon) or aim


def _choose_part(run: Run, aim: Aim) -> Aim:
    found = parts(run, aim)
    if not found:
        return aim
    chosen: str = st.selectbox(
        "For", ["", *in_order(run, found)], format_func=part_label, key="for", bind="query-params", width=240
    )
    return replace(aim, segment=chosen)


def part_label(segment: str) -> str:
    """``severity=stay_spoiled`` → ``severity: stay spoiled``; everyone for no segment."""
    return segment.replace("_", " ").replace("=", ": ").replace(";", ", ") or "everyone"


def _choose_outcome(found: Sequence[str], leading: Aim) -> str:
    if len(found) < 2:
        return leading.outcome
    chosen: str = st.selectbox(
        "What it changes",
        found,
        index=found.index(leading.outcome),
        format_func=outcome_label,
        key="outcome",
        bind="query-params",
        width=260,
    )
    return chosen


def outcome_label(outcome: str) -> str:
    """The catalog's label, else the profile's own name in words."""
    return OUTCOMES[outcome].label if outcome in OUTCOMES else outcome.replace("_", " ").capitalize()


def choose_treatment(run: Run) -> str:
    """What a page is about; only treatments the run asked about."""
    asked = {r["treatment"] for r in run.effects}
    found = [t for t in LEADING if t in asked] or ["speed"]
    leading = leading_treatment(run)
    chosen: str = st.selectbox(
        "About",
        found,
        index=found.index(leading) if leading in found else 0,
        format_func=lambda treatment: TREATMENTS[treatment].label,
        key="about",
        bind="query-params",
        width=260,
    )
    return chosen


def choose_event(events: Sequence[str]) -> str:
    """One mass incident; the latest at first."""
    chosen: str = st.selectbox(
        "Mass incident", events, format_func=event_name, key="event", bind="query-params", width=320
    )
    return chosen


def choose_budget(rows: Sequence[Row], currency: str) -> Row | None:
    """One budget step; None where no budget was published."""
    if not rows:
        return None
    labels = {budget_label(row, currency): row for row in rows}
    today = next((label for label, row in labels.items() if row["budget_ratio"] == 1), next(iter(labels)))
    if len(labels) == 1:
        return labels[today]
    chosen: str = st.select_slider("Budget per incident", list(labels), value=today, key="budget", bind="query-params")
    return labels[chosen]


def choose_site_measure(run: Run, among: tuple[str, ...] = MEASURES) -> str | None:
    """By which share sites are compared; only those that tell sites apart. None where there is none."""
    found = site_measures(run, among)
    if len(found) < 2:
        return next(iter(found), None)
    chosen: str = st.selectbox(
        "Compared by", found, format_func=measure_label, key="sites_by", bind="query-params", width=380
    )
    return chosen


def choose_slice(run: Run, aim: Aim | None) -> Slice | None:
    """Along which dimension a question is shown part by part; None where no part was estimated."""
    found = dimensions(run, aim) if aim else ()
    if aim is None or not found:
        return None
    chosen: str = found[0]
    if len(found) > 1:
        chosen = st.selectbox(
            "Compared across", found, format_func=lambda d: d.replace("_", " "), key="across", bind="query-params",
            width=240,
        )  # fmt: skip
    return Slice(replace(aim, segment=""), chosen)


def choose_view(run: Run, measure: str) -> View:
    """By what a measure's table is broken down; only what it was counted by can be chosen."""
    cells = cells_of(run.measures)
    counted = {segment.partition("=")[0] for name, segment in cells if name == measure}
    able = [name for name in DIMENSIONS if name in counted]
    if not able:
        return View()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        dimension: str = st.selectbox(
            "By", able, format_func=DIMENSIONS.__getitem__, key="by", bind="query-params", width=200
        )
        found = in_order(run, levels(cells, measure, dimension))
        chosen = st.multiselect(
            "Only", found, format_func=level_words, placeholder="all", key=f"only_{dimension}", bind="query-params"
        )
    return View(dimension, tuple(chosen or found))


def choose_cases(run: Run) -> Chosen:
    """To which sites, severities and kinds of failure the worklist is narrowed; no choice means all."""
    found = {column: levels_of(run.worklist, column) for column in COLUMNS}
    offered = {column: levels for column, levels in found.items() if len(levels) > 1}
    if not offered:
        return Chosen({})
    chosen = {}
    for place, (column, names) in zip(st.columns(len(offered)), offered.items(), strict=True):
        chosen[column] = tuple(
            place.multiselect(
                DIMENSIONS[column].capitalize(), names, format_func=lambda name: name.replace("_", " "),
                placeholder="all", key=f"cases_{column}", bind="query-params",
            )
        )  # fmt: skip
    return Chosen(chosen)
