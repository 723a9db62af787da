"""Rows of a published run with known numbers. For tests only: every figure is made up."""

import math
from collections.abc import Iterable
from typing import Any

from rows_in_short import changed, effect_row, made

from pipelines.contracts.catalog.checks import COMPONENT_CHECK
from pipelines.contracts.catalog.counting import Topic
from pipelines.contracts.catalog.grades import Component
from pipelines.contracts.catalog.treatments import COMPENSATION_LADDER_SHARE
from pipelines.contracts.tables.curve import CurvePoint
from pipelines.contracts.tables.diagnostic import Diagnostic
from pipelines.contracts.tables.measure import Measured

# τ in minutes → (adjusted, low, high, raw), in returning guests per 100 at 365 days.
SPEED = {
    15: (5.1, 2.3, 7.4, 11.2),
    60: (3.2, 1.2, 5.1, 8.4),
    240: (1.8, 0.4, 3.2, 5.0),
    1440: (0.6, -0.3, 1.5, 1.9),
    4320: (0.1, -0.5, 0.7, 0.4),
}


def effect(treatment: str, level_to: str, spec: str, horizon: int | None = 365, **overrides: Any) -> Any:
    """One row of ``effects`` with everything the models fill in."""
    speed = treatment == "speed"
    row: dict[str, Any] = {
        "outcome": "returned",
        "horizon_days": horizon,
        "treatment": treatment,
        "contrast": "within" if speed else "share",
        "level_from": "today" if speed else "0",
        "level_to": level_to,
        "population": "all" if speed else "answered",
        "estimand": "policy_shift" if speed else "dose",
        "estimator": "g_computation",
        "spec": spec,
        "se_type": "cv3",
        "unit": "per 100 customers",
        "baseline": "today's answering times" if speed else "nothing given",
        "baseline_estimate": 31.4,
        "n_incidents": 7412,
        "n_clusters": 5230,
        "n_events": 2290,
        "effective_incidents": 1130.0,
        "df": 44.0,
        "std_error": 1.0,
        "p_value": 0.01,
        "grade": "B",
    }
    return effect_row(**(row | overrides))


def refused(treatment: str, level_to: str, spec: str, reason: str, horizon: int = 365) -> Any:
    """A row that says why there is no estimate."""
    nothing = dict.fromkeys(
        (
            "baseline_estimate",
            "n_incidents",
            "n_clusters",
            "n_events",
            "effective_incidents",
            "df",
            "std_error",
            "p_value",
            "grade",
        )
    )
    return effect(treatment, level_to, spec, horizon, **nothing, verdict="not_estimable", reason=reason)


def speed_effects(horizon: int = 365) -> list[Any]:
    """The speed ladder, adjusted and raw."""
    rows = []
    for tau, (estimate, low, high, raw) in SPEED.items():
        shrink = 1.0 if horizon == 365 else 0.6
        rows += [
            effect(
                "speed",
                str(tau),
                "adjusted",
                horizon,
                estimate=shrink * estimate,
                ci_low=shrink * low,
                ci_high=shrink * high,
            ),
            effect("speed", str(tau), "raw", horizon, estimate=raw, ci_low=raw - 1, ci_high=raw + 1, grade=None),
            effect("speed", str(tau), "binned", horizon, estimate=estimate - 0.3, ci_low=low, ci_high=high, grade=None),
        ]
    return rows


def action_effects() -> list[Any]:
    """Three actions and two forms of compensation: one clear gain, one that may be nothing, one without conclusion."""
    columns: dict[str, Any] = {
        "contrast": "yes_or_no",
        "level_from": "no",
        "estimand": "action",
        "population": "answered",
    }
    kinds: dict[str, Any] = {"contrast": "kind", "level_from": "none", "estimand": "form", "population": "answered"}
    return [
        effect("repair", "yes", "adjusted", estimate=4.0, ci_low=2.0, ci_high=6.0, **columns),
        effect("repair", "yes", "raw", estimate=9.0, ci_low=7.0, ci_high=11.0, **columns | {"grade": None}),
        effect("apology", "yes", "adjusted", estimate=0.5, ci_low=-1.0, ci_high=2.0, **columns),
        effect("empathy", "yes", "adjusted", estimate=3.0, ci_low=1.0, ci_high=5.0, **columns | {"grade": "D"}),
        effect("compensation_kind", "cash", "adjusted", estimate=3.0, ci_low=1.0, ci_high=5.0, **kinds),
        effect("compensation_kind", "gesture", "adjusted", estimate=-0.4, ci_low=-2.0, ci_high=1.2, **kinds),
    ]


def voice_effects() -> list[Any]:
    """What answering within an hour changes in what guests say: fewer negative posts, the rest unclear."""
    values = {
        "promoter": (2.0, -1.0, 5.0, 1300),
        "negative_post": (-0.6, -1.0, -0.2, 7000),
        "referrals": (0.1, -0.4, 0.6, 7000),
    }
    return [
        effect("speed", "60", "adjusted", None, outcome=outcome, estimate=x, ci_low=low, ci_high=high, n_incidents=n)
        for outcome, (x, low, high, n) in values.items()
    ]


def dose_level(share: float) -> float:
    """Returning guests per 100 when everyone gets this share of the loss: flat, then steep, then flat."""
    return 29.0 + 9.0 / (1 + math.exp(-7 * (share - 0.45)))


def check(row: Any, name: str, value: float | None, **columns: Any) -> Any:
    """One row of ``diagnostics`` of an effect."""
    plain: dict[str, Any] = {"subject": "", "unit": None, "stage": "after", "threshold": None, "passed": None}
    known = {"effect_id": row.effect_id, "check": name, "value": value, "verdict": "shown"}
    return made(Diagnostic, known | plain | columns)


def trust_checks(row: Any) -> list[Any]:
    """What stands behind a grade of B, one component of which could not do better."""
    letters = {"design": "B", "balance": "B", "effective_sample": "B", "degrees_of_freedom": "A"}
    letters |= {"robustness": "B", "negative_control": "B", "estimator_spread": "A", "circumstances": "B"}
    balance = {"severity": (0.62, 0.24), "loyalty_tier": (0.2, 0.04)}
    return [
        *(check(row, COMPONENT_CHECK[Component(name)], None, grade=letter) for name, letter in letters.items()),
        check(row, "overlap", 0.02, threshold=0.1, passed=True),
        check(row, "effective_share", 0.18, threshold=0.3, passed=False),
        check(row, "df", 44.0, threshold=20.0, passed=True),
        check(row, "hidden_cause", -5.9, threshold=0.0, passed=False, subject="loyalty_tier", multiple=1.0),
        check(row, "negative_control_p", 0.63, threshold=0.01, passed=True, subject="ordered_before"),
        check(row, "estimator_spread", 0.4, threshold=1.5, passed=True),
        check(row, "controls_across", 0.31, threshold=0.05, passed=True, subject="together"),
        check(row, "balance", 0.24, threshold=0.1, subject="largest"),
        *(
            check(row, "balance", value, threshold=0.1, subject=subject, stage=stage)
            for subject, values in balance.items()
            for stage, value in zip(("before", "after"), values, strict=True)
        ),
    ]


def measure(name: str, estimate: float | None, *, segment: str = "", period: str = "", n: int = 500) -> Any:
    """One row of ``measures`` with an interval of two points on either side."""
    limits = (None, None) if estimate is None else (max(0.0, estimate - 0.02), min(1.0, estimate + 0.02))
    row = {"measure": name, "segment": segment, "period": period, "estimate": estimate, "n": n, "suppressed": False}
    return made(Measured, row | {"topic": Topic.DESCRIPTIVE, "ci_low": limits[0], "ci_high": limits[1]})


def waiting_measures() -> list[Any]:
    """How fast people are answered, over all and for two channels."""
    shares = {
        "": (0.94, 0.59, 0.84, 0.5),
        "channel=desk": (0.98, 0.86, 0.98, 0.2),
        "channel=survey": (0.8, 0.01, 0.3, 58.0),
    }
    names = (
        "answered_share",
        "answered_within_60_minutes",
        "answered_within_1440_minutes",
        "median_first_contact_hours",
    )
    return [
        measure(name, value, segment=segment, n=500 if segment else 1000)
        for segment, values in shares.items()
        for name, value in zip(names, values, strict=True)
    ]


def compensation_effects(horizon: int = 365) -> list[Any]:
    """The ladder of offers, adjusted and raw; the largest offer was made too rarely to judge."""
    rows = []
    for share in COMPENSATION_LADDER_SHARE[1:-1]:
        gain = dose_level(share) - dose_level(0.0)
        rows += [
            effect(
                "compensation", f"{share:g}", "adjusted", horizon, estimate=gain, ci_low=gain - 2.2, ci_high=gain + 2.2
            ),
            effect(
                "compensation",
                f"{share:g}",
                "raw",
                horizon,
                estimate=gain - 4,
                ci_low=gain - 6,
                ci_high=gain - 2,
                grade=None,
            ),
        ]
    top = f"{COMPENSATION_LADDER_SHARE[-1]:g}"
    reason = "Only 12 incidents are already treated so; at least 30 are needed."
    return rows + [refused("compensation", top, spec, reason, horizon) for spec in ("adjusted", "raw")]


def curves(effects: Iterable[Any]) -> list[Any]:
    """The curves that hang on the effects at one hour and at half the loss."""
    rows: list[Any] = []
    for row in (r for r in effects if r.estimate is not None):
        if row.treatment == "speed" and row.level_to == "60":
            xs = sorted({*SPEED, *(round(5 * (20160 / 5) ** (i / 23)) for i in range(24))})
            rows += _curve(row, xs, "minutes", lambda x: 36.8 - 0.95 * math.log10(x) ** 1.3, 1.0, 10080)
        if row.treatment == "compensation" and row.level_to == "0.5":
            rows += _curve(row, [i / 20 for i in range(31)], "share of the loss", dose_level, 1.2, 1.25)
    return rows


def _curve(parent: dict[str, Any], xs: list[float], unit: str, level: Any, half: float, end: float) -> list[Any]:
    rows = []
    drop = 31.4 if unit == "minutes" else dose_level(0.0)
    for series, minus in (("gain", drop), ("level", 0.0)):
        for band, wider in (("pointwise", 1.0), ("simultaneous", 1.5)):
            for i, x in enumerate(xs):
                y = level(x) - minus + (3.0 if parent.spec == "raw" else 0.0)
                near = int(20 + 380 * math.exp(-((i - 8) ** 2) / 40)) if x <= end else 9
                rows.append(
                    {
                        "effect_id": parent.effect_id,
                        "series": series,
                        "x": float(x),
                        "x_unit": unit,
                        "estimate": y,
                        "ci_low": y - half * wider,
                        "ci_high": y + half * wider,
                        "band": band,
                        "supported": near >= 30 or x <= end,
                        "n_near": near,
                        "grade": None,
                    }
                )
    return [made(CurvePoint, row) for row in rows]


def delivered_measures() -> list[Any]:
    """How often two actions are done, over all and in one month."""
    return [
        measure("apology_given", 0.44, n=7200),
        measure("fixed_for_customer", 0.61, n=7900),
        measure("apology_given", 0.5, period="2026-09"),
    ]


def voice_measures() -> list[Any]:
    """As many good stories as bad after an incident, hardly any bad without one; and how many stars were given."""
    never = "population=never_failed"
    stars = {"estimate": 3.64, "ci_low": 3.51, "ci_high": 3.76}
    return [
        measure("negative_post", 0.037, n=6900),
        measure("negative_post", 0.004, segment=never, n=17000),
        measure("positive_story", 0.032, n=6900),
        measure("positive_story", 0.029, segment=never, n=17000),
        changed(measure("review_stars", None), stars),
    ]
