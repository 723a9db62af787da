"""Widgets that choose what a page shows. Each is bound to the address, so that a copied link shows the same."""

from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard.effects import LEADING, Aim, horizons, leading_aim, leading_treatment, outcomes
from dashboard.mass_events import event_name
from dashboard.offers import budget_label
from dashboard.store import Row, Run
from pipelines.contracts.catalog import OUTCOMES, TREATMENTS

DIMENSIONS = {"channel": "channel", "site_id": "site", "brand": "brand", "severity": "severity"}


def choose_aim(run: Run, treatment: str) -> Aim | None:
    """Outcome and horizon of a treatment; only combinations that were estimated can be chosen.

    Without any estimate: the question whose refusal says why. None when the run never asked.
    """
    leading = leading_aim(run, treatment)
    if leading is None:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = _choose_outcome(outcomes(run.effects, treatment), leading)
        aim = leading_aim(run, treatment, outcome) or leading
        days = horizons(run.effects, treatment, outcome)
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
    return leading_aim(run, treatment, outcome, horizon)


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


def choose_dimension(measures: Iterable[Row], measure: str) -> str | None:
    """By what a table of a measure is broken down; only dimensions it was counted by. None when there is none."""
    segments = {m["segment"].partition("=")[0] for m in measures if m["measure"] == measure}
    found = [name for name in DIMENSIONS if name in segments]
    if len(found) < 2:
        return next(iter(found), None)
    chosen: str = st.segmented_control(
        "By", found, default=found[0], required=True, format_func=DIMENSIONS.__getitem__, key="by", bind="query-params"
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
