"""What a link asks for and this run doesn't offer: said beside the control, never passed over in silence."""

from collections.abc import Iterable

import streamlit as st

from dashboard.said import small

LONGEST = 60


def not_offered(key: str, labels: Iterable[str]) -> tuple[str, ...]:
    """The values of a control in the address that are none of its labels; read before the control drops them."""
    known = set(labels)
    return tuple(value[:LONGEST] for value in st.query_params.get_all(key) if value not in known)


def explain(values: tuple[str, ...]) -> None:
    """One line on values that can't be shown; nothing where there are none."""
    if values:
        asked = ", ".join(f"“{value}”" for value in values)
        small(f"The link asks for {asked}, which this run doesn't offer here. What it offers is shown instead.")
