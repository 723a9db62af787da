"""Rows of the decision layer with known numbers. For tests only: every figure is made up."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from made_up_tables import split

from dashboard.lookup import described
from pipelines.contracts.catalog.counting import Topic
from pipelines.publish.store import Run

SPLIT = ("measures", "contrasts", "valuations", "decision_reviews")

Row = dict[str, Any]
WEEK, HALF_YEAR, MATURED = "2026-10-25/2026-10-31", "2026-05-03/2026-10-31", "2025-05-03/2025-10-31"
SHARE = "share of incidents"


def decision(part: str, measure: str, estimate: float | None, n: int = 500, **columns: Any) -> Any:
    """One row of ``decisions``; shares get an interval of five points on either side."""
    empty = dict.fromkeys(("ci_low", "ci_high"))
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
    return split({name: value for name, value in row.items() if value is not None or name == "estimate"})


def counted(part: str, measure: str, estimate: float, n: int, **columns: Any) -> Any:
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
    """112 silent cases, 61 of them by web form; of 1,500 closed cases 900 not won back."""
    return [
        counted("void", "silent_for_a_week_now", 112, 130, unit="cases"),
        counted("void", "silent_for_a_week_now", 61, 70, unit="cases", segment="channel=web_form"),
        counted("void", "silent_for_a_week_now", 51, 60, unit="cases", segment="channel=desk"),
        counted("void", "closed_not_restored", 900, 1500, unit="cases"),
        counted("void", "closed_known_not_restored", 300, 1500, unit="cases"),
        counted("void", "closed_without_new_order", 500, 1500, unit="cases"),
        counted("void", "closed_return_unknown", 100, 1500, unit="cases"),
        counted("void", "closed_no_order_horizon_past", 320, 1500, unit="cases", within_days=365.0),
        counted("void", "closed_no_order_horizon_open", 180, 1500, unit="cases", within_days=365.0),
        counted("void", "closed_ordered_again", 550, 1500, unit="cases"),
        counted("void", "closed_restored", 50, 1500, unit="cases"),
        counted("void", "closed_unheard", 75, 1500, unit="cases"),
        counted("void", "days_silent_now", 30, 112, unit="days", level="median"),
        counted("void", "days_silent_now", 412, 112, unit="days", level="longest"),
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
    """Good stories less bad ones per 100."""
    return [decision("word_of_mouth", "net_word_of_mouth", -0.5, 6900, unit="per 100", ci_low=-1.2, ci_high=0.1)]


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


def choice() -> list[Row]:
    """How many incidents a year scenarios speak of."""
    steady = "The next year brings as many incidents as the last."
    return [counted("choice", "incidents_a_year", 1200, 1200, unit="incidents a year", assumption=steady)]


def all_decisions(effect_id: str = "") -> list[Row]:
    """Everything above."""
    return [*standards(), *void(), *funnel(), *learning(), *stories(), *money(effect_id), *choice()]


def decisions_of(run: Run) -> tuple[Any, ...]:
    """Its counted measures by topic, contrasts, valuations and reviews of decisions."""
    counted = (r for r in run.measures if r.topic is not Topic.DESCRIPTIVE)
    return (*counted, *run.contrasts, *run.valuations, *run.decision_reviews)


def with_decisions(run: Run, rows: Iterable[Any] = ()) -> Run:
    """The run with these rows in place of its counted measures, contrasts, valuations and reviews."""
    found = [split(row) for row in rows]
    by_table = {name: tuple(r for r in found if name == r.TABLE) for name in SPLIT}
    return replace(run, **by_table | {"measures": (*described(run), *by_table["measures"])})
