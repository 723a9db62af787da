"""A small published run with known numbers, written by the real publisher. For tests only: every figure is made up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import made_up_decisions
import made_up_findings
import made_up_policies
from made_up_rows import (
    action_effects,
    compensation_effects,
    curves,
    delivered_measures,
    speed_effects,
    trust_checks,
    voice_effects,
    voice_measures,
    waiting_measures,
)
from made_up_tables import tables_of

from pipelines.contracts.catalog.checks import Check, CheckVerdict
from pipelines.contracts.catalog.estimation import Stage
from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.catalog.units import Unit
from pipelines.contracts.manifest import Manifest, Origin, ProfileFacts
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.intake import RowsCounted
from pipelines.contracts.tables.published import SCHEMA_VERSION
from pipelines.publish.lock import turn
from pipelines.publish.write import publish
from words.speech import Speech

# As readers of the made-up run are spoken to.
SPEECH = Speech(currency="EUR", customers_word="guests")

OPTIONAL_TABLES = ("interactions", "compensations", "orders", "customers", "standards", "authority_limits")
QUALITY = [
    RowsCounted("incidents", "cases.csv", RowReason.ROWS_IN, 8004),
    RowsCounted("incidents", "cases.csv", RowReason.KEPT, 7990),
    RowsCounted("incidents", "cases.csv", RowReason.NOT_A_TIME, 9),
    RowsCounted("incidents", "cases.csv", RowReason.REPEATED, 5),
    RowsCounted("orders", "bookings.parquet", RowReason.ROWS_IN, 60210),
    RowsCounted("orders", "bookings.parquet", RowReason.KEPT, 60210),
]
DIAGNOSTICS = [
    Diagnostic(
        "", Check.MATCH_RATE, Stage.BEFORE, "survey", 0.79, Unit.SHARE_OF_INCIDENTS, 0.85, False, CheckVerdict.FAILED
    ),
]


PROFILE = ProfileFacts(
    name="test",
    title="Hotels and ships",
    simulated=True,
    note="Every figure is made up.",
    currency="EUR",
    customers_word="guests",
    time_zone="Europe/Paris",
    horizons_days=(90, 365),
    response_cap_days=14.0,
    severity_order=("nuisance", "disruption", "spoiled"),
    retention="transactional",
    sampled_by="customer",
    targets=(),
    outcomes=(),
)
ORIGIN = Origin(
    schema_version=SCHEMA_VERSION,
    code_version="0.1.0+test",
    created_at=datetime(2026, 11, 2, 6, 30, tzinfo=UTC),
    data_cut=date(2026, 10, 31),
    profile=PROFILE,
    profile_hash="0" * 64,
    settings_hash="0" * 64,
    inputs={"cases.csv": "a" * 64, "bookings.parquet": "b" * 64},
    supplied={
        "incidents": ("incident_id", "opened_at", "customer_id"),
        **dict.fromkeys(OPTIONAL_TABLES, ("incident_id",)),
    },
)


def all_effects() -> list[dict[str, Any]]:
    """Both ladders at both horizons, and other ways of making amends at one."""
    return [
        *action_effects(),
        *voice_effects(),
        *(row for h in (90, 365) for row in (*speed_effects(h), *compensation_effects(h))),
    ]


def _checked(effects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    graded = [row for row in effects if row.spec == "adjusted" and row.grade]
    return [checked for row in graded for checked in trust_checks(row)]


def _decision_layer(decisions: list[dict[str, Any]] | None) -> dict[str, list[dict[str, Any]]]:
    return {
        "decisions": made_up_decisions.all_decisions() if decisions is None else decisions,
        "events": made_up_policies.events(),
        "policies": made_up_policies.policies(),
        "offers": made_up_policies.offers(),
        "scenario_cells": made_up_policies.scenario_cells(),
        "scenario_factors": made_up_policies.scenario_factors(),
        "findings": made_up_findings.findings(),
        "worklist": made_up_policies.worklist(),
    }


def publish_run(
    folder: Path,
    *,
    effects: list[dict[str, Any]] | None = None,
    quality: list[dict[str, Any]] | None = None,
    diagnostics: list[dict[str, Any]] | None = None,
    measures: list[dict[str, Any]] | None = None,
    decisions: list[dict[str, Any]] | None = None,
    decided: bool = True,
    supplied: Mapping[str, tuple[str, ...]] | None = None,
    **profile: Any,
) -> Manifest:
    """Publish the run into ``folder``; what is given replaces the made-up rows.

    ``decided`` False leaves out the tables of the decision layer, as an early version did.
    """
    effects = all_effects() if effects is None else effects
    rows = {
        "effects": effects,
        "curves": curves(effects),
        "diagnostics": [*DIAGNOSTICS, *_checked(effects)] if diagnostics is None else diagnostics,
        "measures": [*waiting_measures(), *delivered_measures(), *voice_measures()] if measures is None else measures,
        "quality": QUALITY if quality is None else quality,
        "quarantine": [],
    } | (_decision_layer(decisions) if decided else {})
    origin = replace(ORIGIN, profile=replace(PROFILE, **profile))
    if supplied is not None:
        origin = replace(origin, supplied=supplied)
    with turn(folder) as mine:
        return publish(mine, tables_of(rows), origin)
