"""The scope bar: which part of the company is looked at, in the address and kept from place to place.

What is counted follows it. Findings are estimated for everybody and don't; whoever shows them under a scope says so.
"""

from collections.abc import Iterable

import streamlit as st

from dashboard.asked_for import explain, not_offered
from dashboard.said import small
from dashboard.speech import speech_of
from pipelines.contracts.mart import Col
from pipelines.contracts.segments import segment
from pipelines.contracts.tables.worklist import LostCase
from pipelines.publish.store import Run
from words.segments import segment_words

KEY, KEPT = "where", "where_kept"
DIMENSIONS = (Col.BRAND, Col.REGION, Col.SITE_ID)


def segments_of(run: Run) -> tuple[str, ...]:
    """Every brand, region and site of which something was counted, as segments."""
    counted = {r.segment for r in run.series} | {s for case in run.worklist for s in _of_case(case)}
    return tuple(s for d in DIMENSIONS for s in sorted(counted) if s.startswith(f"{d}="))


def _of_case(case: LostCase) -> Iterable[str]:
    parts = ((Col.BRAND, case.brand), (Col.REGION, case.region), (Col.SITE_ID, case.site_id))
    return (segment(dimension, level) for dimension, level in parts if level)


def holds(scope: str, case: LostCase) -> bool:
    """Whether a case belongs to what is looked at."""
    return not scope or scope in _of_case(case)


def choose_scope(run: Run, *, estimated: bool = False) -> str:
    """The segment looked at, "" for the whole company; ``estimated``: the place's numbers can't follow, and say so."""
    speech = speech_of(run)
    found = ("", *segments_of(run))
    if len(found) < 3:
        return ""

    def name(where: str) -> str:
        return segment_words(where) if where else speech.text("place.scope.all")

    unknown = not_offered(KEY, map(name, found))
    kept = st.session_state.get(KEPT, "")
    chosen: str = st.selectbox(
        speech.text("place.scope"), found, index=found.index(kept) if kept in found else 0, format_func=name, key=KEY,
        bind="query-params", width=260,
    )  # fmt: skip
    explain(unknown)
    st.session_state[KEPT] = chosen
    if chosen and estimated:
        small(speech.text("place.scope.estimated", where=name(chosen)))
    return chosen
