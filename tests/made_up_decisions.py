"""Rows of the decision layer with known numbers. For tests only: every figure is made up."""

from datetime import UTC, datetime
from typing import Any

from pipelines.contracts.results import DECISIONS, EVENTS, OFFERS, POLICIES, SCENARIO_CELLS, WORKLIST

Row = dict[str, Any]
WEEK, HALF_YEAR, MATURED = "2026-10-25/2026-10-31", "2026-05-03/2026-10-31", "2025-05-03/2025-10-31"
SHARE = "share of incidents"


def decision(part: str, measure: str, estimate: float | None, n: int = 500, **columns: Any) -> Row:
    """One row of ``decisions``; shares get an interval of five points on either side."""
    empty = dict.fromkeys(name for name, _ in DECISIONS)
    plain: Row = {
        "segment": "",
        "level": "",
        "period": "",
        "clock": "",
        "population": "incidents",
        "unit": SHARE,
        "verdict": "estimated",
        "suppressed": False,
    }
    row = empty | plain | {"part": part, "measure": measure, "estimate": estimate, "n": n} | columns
    if estimate is not None and row["verdict"] == "estimated":
        row |= {
            name: row[name] if row[name] is not None else estimate + half
            for name, half in (("ci_low", -0.05), ("ci_high", 0.05))
        }
    return row


def counted(part: str, measure: str, estimate: float, n: int, **columns: Any) -> Row:
    """A plain count at the data cut."""
    return decision(part, measure, estimate, n, verdict="counted", clock="known_now", **columns)


def standards() -> list[Row]:
    """Last week and half a year, over all and for twelve sites of which one is clearly under the target."""
    target = {"target": 0.6, "owner": "Head of guest relations", "clock": "known_now"}
    hour = "answered_within_60_minutes"
    sites = [
        decision(
            "standards",
            hour,
            0.4 if site == 1 else 0.6 + site / 100,
            40,
            segment=f"site_id=H{site:02}",
            period=HALF_YEAR,
            observed=0.5,
            expected=0.6,
            standing="below" if site == 1 else "unclear",
            **target,
        )
        for site in range(1, 13)
    ]
    small = decision(
        "standards",
        hour,
        None,
        4,
        segment="site_id=H13",
        period=HALF_YEAR,
        verdict="suppressed",
        suppressed=True,
        reason="Fewer than 10 cases: too few to show.",
        **target,
    )
    return [
        decision(
            "standards", "standard_met", 0.81, 120, period=WEEK, clock="known_now", usual_low=0.72, usual_high=0.78
        ),
        decision(
            "standards", hour, 0.62, 120, period=WEEK, usual_low=0.51, usual_high=0.69, standing="unclear", **target
        ),
        decision("standards", hour, 0.61, 3000, period=HALF_YEAR, **target),
        decision(
            "standards",
            "returned_within_365d",
            0.3,
            1178,
            period=MATURED,
            clock="matured",
            target=0.33,
            owner="Commercial director",
            standing="below",
            within_days=365.0,
        ),
        *sites,
        small,
    ]


def void() -> list[Row]:
    """112 silent cases, 61 of them by web form; 900 closed cases not won back."""
    return [
        counted("void", "silent_for_a_week_now", 112, 130, unit="cases"),
        counted("void", "silent_for_a_week_now", 61, 70, unit="cases", segment="channel=web_form"),
        counted("void", "silent_for_a_week_now", 51, 60, unit="cases", segment="channel=desk"),
        counted("void", "closed_not_restored", 900, 1500, unit="cases"),
        counted("void", "closed_known_not_restored", 300, 1500, unit="cases"),
        counted("void", "closed_without_new_order", 500, 1500, unit="cases"),
        counted("void", "closed_return_unknown", 100, 1500, unit="cases"),
        decision("void", "closed_known_not_restored_share", 0.2, 1500, unit="share of closed cases"),
        counted("void", "value_at_stake", 5_114_993.67, 870, unit="EUR spent in the year before"),
    ]


def funnel() -> list[Row]:
    """Three steps of a matured cohort."""
    steps = {"contacted": 0.9, "contacted_and_fixed": 0.5, "contacted_and_fixed_and_returned": 0.2}
    where = {"clock": "matured", "within_days": 365.0, "population": "incidents older than 365 days"}
    return [decision("funnel", name, share, 4000, **where) for name, share in steps.items()] + [
        decision("funnel", "returned", 0.29, 7000, within_days=365.0)
    ]


def learning() -> list[Row]:
    """One fix that worked, one that didn't; one kind of failure that rises."""
    ratio = {"unit": "ratio", "population": "occasions"}
    return [
        decision(
            "learning",
            "rate_ratio_after_fix",
            0.47,
            66,
            segment="root_cause=boiler",
            ci_low=0.26,
            ci_high=0.84,
            assumption="Nothing but the fix changed.",
            **ratio,
        ),
        decision(
            "learning",
            "rate_ratio_after_fix",
            1.1,
            80,
            segment="root_cause=check_in",
            ci_low=0.8,
            ci_high=1.5,
            assumption="Nothing but the fix changed.",
            **ratio,
        ),
        decision("learning", "occasions_per_10000_units", 0.4, 66, segment="root_cause=boiler", unit="per 10,000"),
        decision(
            "learning",
            "rate_against_the_year_before",
            3.0,
            160,
            segment="category=noise",
            ci_low=2.0,
            ci_high=4.4,
            observed=30.0,
            expected=10.0,
            usual_low=7.0,
            usual_high=13.0,
            standing="above",
            period="2026-10-04/2026-10-31",
            **ratio,
        ),
        decision(
            "learning",
            "rate_against_the_year_before",
            1.0,
            90,
            segment="category=billing",
            ci_low=0.7,
            ci_high=1.4,
            observed=7.0,
            expected=7.0,
            usual_low=4.0,
            usual_high=9.0,
            standing="unclear",
            period="2026-10-04/2026-10-31",
            **ratio,
        ),
    ]


def stories() -> list[Row]:
    """Per 100: as many good as bad after an incident, hardly any bad without one."""
    values = {
        ("good_stories", "incidents"): 3.2,
        ("bad_stories", "incidents"): 3.7,
        ("good_stories", "never-failed customers"): 2.9,
        ("bad_stories", "never-failed customers"): 0.4,
    }
    rows = [
        decision(
            "word_of_mouth",
            name,
            value,
            6900,
            population=population,
            unit="per 100",
            within_days=90.0,
            ci_low=value - 0.3,
            ci_high=value + 0.3,
        )
        for (name, population), value in values.items()
    ]
    return [*rows, decision("word_of_mouth", "net_word_of_mouth", -0.5, 6900, unit="per 100", ci_low=-1.2, ci_high=0.1)]


def money(effect_id: str) -> list[Row]:
    """What the hour is worth, what compensation costs."""
    return [
        decision(
            "money",
            "cost_of_delay",
            3.8,
            4600,
            level="60",
            unit="EUR margin per incident",
            ci_low=1.2,
            ci_high=6.4,
            grade="B",
            effect_id=effect_id,
        ),
        decision("money", "compensation_cost", 37.3, 8000, unit="EUR per incident", ci_low=29.0, ci_high=45.0),
    ]


def all_decisions(effect_id: str = "") -> list[Row]:
    """Everything above."""
    return [*standards(), *void(), *funnel(), *learning(), *stories(), *money(effect_id)]


def events() -> list[Row]:
    """A live storm and an old power cut."""
    empty = dict.fromkeys(name for name, _ in EVENTS)
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


def policies() -> list[Row]:
    """No policy is clearly better: three budgets and the test to run."""
    empty = dict.fromkeys(name for name, _ in POLICIES)
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
        "test_arms": "as today; this policy",
        "test_unit": "customer",
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


def offers() -> list[Row]:
    """Two kinds of cases; only one gets something else than today."""
    empty = dict.fromkeys(name for name, _ in OFFERS)
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


def scenario_cells() -> list[Row]:
    """One segment: as today, answered within an hour, given half the loss, and both of which too few had."""
    empty = dict.fromkeys(name for name, _ in SCENARIO_CELLS)
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
            "cost": 20.0 if share else 8.0,
            "margin": 300.0,
            "currency": "EUR",
            "n": 2000,
            "n_near": 400 if supported else 9,
            "supported": supported,
            "grade": "B",
            "verdict": "estimated",
        }
        for cell, (minutes, share, estimate, supported) in enumerate(asked)
    ]


def scenario_factors() -> list[Row]:
    """Each cell varies on its own, by half a point, over forty clusters."""
    cells, clusters = range(4), range(40)
    return [
        {"cell": cell, "factor": 40 * cell + cluster, "common": False, "loading": 0.5 / 40**0.5}
        for cell in cells
        for cluster in clusters
    ]


def worklist() -> list[Row]:
    """Three cases, the most valuable first; two of them spoiled stays."""
    empty = dict.fromkeys(name for name, _ in WORKLIST)
    opened, closed = (datetime(2026, month, 1, tzinfo=UTC) for month in (3, 4))
    values = (("507254", "spoiled", 11_000.0), ("500339", "nuisance", 9_800.0), ("503874", "spoiled", None))
    return [
        empty
        | {
            "incident_id": case,
            "site_id": "S2",
            "category": "missed_port",
            "severity": severity,
            "opened_at": opened,
            "closed_at": closed,
            "value_at_stake": value,
            "next_step": "Apologise in person",
            "won_back": "no new order yet",
        }
        for case, severity, value in values
    ]
