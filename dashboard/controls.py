"""Widgets that choose what a page shows. Each is bound to the address, so that a copied link shows the same."""

import streamlit as st

from dashboard.effects import horizons
from dashboard.store import Run


def choose_horizon(run: Run, treatment: str) -> int | None:
    """Days after the failure; only horizons the run asked about. None when there is nothing to choose."""
    days = horizons(run.effects, treatment)
    if len(days) < 2:
        return None
    return st.segmented_control(
        "Came back within",
        days,
        default=days[-1],
        required=True,
        format_func=lambda d: f"{d} days",
        key="horizon",
        bind="query-params",
    )
