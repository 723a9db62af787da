"""Widgets that choose what a page shows. Each is bound to the address, so that a copied link shows the same."""

from collections.abc import Iterable

import streamlit as st

from dashboard.effects import horizons, leading_aim
from dashboard.store import Row, Run
from pipelines.contracts.catalog import TREATMENTS

DIMENSIONS = {"channel": "channel", "site_id": "site", "brand": "brand", "severity": "severity"}


def choose_horizon(run: Run, treatment: str) -> int | None:
    """Days after the failure; only horizons that were estimated. None when there is nothing to choose."""
    days = horizons(run.effects, treatment)
    leading = leading_aim(run, treatment)
    if len(days) < 2 or leading is None:
        return None
    return st.segmented_control(
        "Came back within",
        days,
        default=leading.horizon_days,
        required=True,
        format_func=lambda d: f"{d} days",
        key="horizon",
        bind="query-params",
    )


def choose_treatment() -> str:
    """Whether a page is about speed or about compensation."""
    chosen: str = st.segmented_control(
        "About",
        ("speed", "compensation"),
        default="speed",
        required=True,
        format_func=lambda treatment: TREATMENTS[treatment].label,
        key="about",
        bind="query-params",
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
