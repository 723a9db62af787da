"""Rows of events, policies, offers, scenarios and the worklist with known numbers. For tests only: made up."""

from datetime import UTC, datetime
from typing import Any

from made_up_decisions import SHARE
from rows_in_short import made

from pipelines.contracts.catalog.counting import WonBack
from pipelines.contracts.messages.steps import Apologise
from pipelines.contracts.tables.event import EventMeasure
from pipelines.contracts.tables.policy import Offer, Policy
from pipelines.contracts.tables.scenario import ScenarioCell, ScenarioFactor
from pipelines.contracts.tables.worklist import LostCase

Row = dict[str, Any]


def events() -> list[Any]:
    """A live storm and an old power cut."""
    return [made(EventMeasure, row) for row in _events()]


def _events() -> list[Row]:
    empty: Row = {}
    rows = []
    for event, period in (("storm-2026-10", "2026-10-20/2026-10-24"), ("power_cut-2025-04", "2025-04-26/2025-05-02")):
        common = empty | {"event_id": event, "period": period, "population": "incidents", "suppressed": False}
        rows += [
            common
            | {
                "measure": "incidents",
                "unit": "incidents",
                "estimate": 410.0,
                "n": 410,
                "verdict": "counted",
            },
            common
            | {
                "measure": "customers_hit",
                "unit": "customers",
                "estimate": 361.0,
                "n": 361,
                "verdict": "counted",
            },
            common
            | {
                "measure": "contacted",
                "within_days": 1 / 24,
                "unit": SHARE,
                "estimate": 0.52,
                "ci_low": 0.48,
                "ci_high": 0.57,
                "expected": 0.64,
                "ratio": 0.81,
                "ratio_low": 0.75,
                "ratio_high": 0.88,
                "n": 410,
                "verdict": "estimated",
            },
        ]
    return rows


def policies() -> list[Any]:
    """No policy is clearly better: three budgets and the test to run."""
    return [made(Policy, row) for row in _policies()]


def _policies() -> list[Row]:
    empty: Row = {}
    common = {
        "outcome": "returned",
        "horizon_days": 365,
        "population": "answered",
        "cost_today": 37.8,
        "gain": 1.0,
        "gain_low": -2.0,
        "gain_high": 4.0,
        "value": 5.0,
        "value_low": -8.0,
        "value_high": 18.0,
        "changed_share": 0.5,
        "unit": "EUR per incident",
        "n": 3162,
        "df": 30.0,
        "grade": "C",
        "verdict": "experiment",
        "reason": "Not clearly better than today.",
        "test_arms": "as_today_against_offers",
        "test_unit": "customer_or_event",
        "test_per_arm": 3720,
        "test_points": 2.0,
        "test_weeks": 40.0,
    }
    rows = [empty | common | {"policy": "best", "cost": 30.0}]
    return rows + [
        empty
        | common
        | {
            "policy": f"{r:g}",
            "budget_ratio": r,
            "budget": 37.8 * r,
            "cost": 37.8 * r,
            "next_return": 0.3,
            "next_return_low": -0.5,
            "next_return_high": 1.1,
        }
        for r in (0.5, 1.0, 1.5)
    ]


def offers() -> list[Any]:
    """Two kinds of cases; only one gets something else than today."""
    return [made(Offer, row) for row in _offers()]


def _offers() -> list[Row]:
    empty: Row = {}
    rows = []
    for policy in ("best", "0.5", "1", "1.5"):
        for rank, (severity, share) in enumerate((("nuisance", None), ("stay_spoiled", 0.75)), start=1):
            rows.append(
                empty
                | {
                    "policy": policy,
                    "segment": f"severity={severity};brand=Alba",
                    "severity": severity,
                    "severity_rank": rank,
                    "service": "Alba",
                    "share": share,
                    "share_today": 0.2,
                    "share_standard": 0.25,
                    "cost": 10.0,
                    "cost_today": 8.0,
                    "value": 4.0,
                    "value_low": -2.0,
                    "value_high": 10.0,
                    "n": 400,
                    "unit": "EUR per incident",
                }
            )
    return rows


def scenario_cells() -> list[Any]:
    """One segment: as today, answered within an hour, given half the loss, and both of which too few had."""
    return [made(ScenarioCell, row) for row in _scenario_cells()]


def _scenario_cells() -> list[Row]:
    empty: Row = {}
    asked = ((None, None, 30.0, True), (60.0, None, 33.0, True), (None, 0.5, 31.0, True), (60.0, 0.5, 35.0, False))
    return [
        empty
        | {
            "cell": cell,
            "segment": "severity=nuisance",
            "severity": "nuisance",
            "severity_rank": 1,
            "minutes": minutes,
            "share": share,
            "outcome": "returned",
            "horizon_days": 365,
            "estimate": estimate,
            "std_error": 1.0,
            "ci_low": estimate - 2,
            "ci_high": estimate + 2,
            "df": 40.0,
            "df_common": 40.0,
            "unit": "per 100 customers",
            "cost": 20.0 if share else 9.0 if minutes else 8.0,
            "hours_sooner": 2.0 if minutes else 0.0,
            "price_per_hour": 0.5,
            "margin": 300.0,
            "n": 2000,
            "n_near": 400 if supported else 9,
            "supported": supported,
            "grade": "B",
            "verdict": "estimated",
        }
        for cell, (minutes, share, estimate, supported) in enumerate(asked)
    ]


def scenario_factors() -> list[Any]:
    """Each cell varies on its own, by half a point, over forty clusters."""
    return [made(ScenarioFactor, row) for row in _scenario_factors()]


def _scenario_factors() -> list[Row]:
    cells, clusters = range(4), range(40)
    return [
        {"cell": cell, "factor": 40 * cell + cluster, "common": False, "loading": 0.5 / 40**0.5}
        for cell in cells
        for cluster in clusters
    ]


def worklist() -> list[LostCase]:
    """Three cases, the most valuable first; two of them spoiled stays."""
    opened, closed = (datetime(2026, month, 1, tzinfo=UTC) for month in (3, 4))
    values = (("507254", "spoiled", 11_000.0), ("500339", "nuisance", 9_800.0), ("503874", "spoiled", None))
    return [
        LostCase(
            incident_id=case,
            site_id="S2",
            category="missed_port",
            severity=severity,
            opened_at=opened,
            closed_at=closed,
            value_at_stake=value,
            answered_in_time=None,
            standard_offer=None,
            standard_approver=None,
            next_step=Apologise(),
            won_back=WonBack.NO_ORDER_YET,
        )
        for case, severity, value in values
    ]
