"""A small published run with known numbers, written by the real publisher. For tests only: every figure is made up."""

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipelines.contracts.arrow import result_table
from pipelines.contracts.catalog import COMPENSATION_LADDER_SHARE
from pipelines.contracts.manifest import Manifest
from pipelines.contracts.results import KEPT, ROWS_IN, SCHEMA_VERSION, effect_row
from pipelines.publish import publish

# τ in minutes → (adjusted, low, high, raw), in returning guests per 100 at 365 days.
SPEED = {
    15: (5.1, 2.3, 7.4, 11.2),
    60: (3.2, 1.2, 5.1, 8.4),
    240: (1.8, 0.4, 3.2, 5.0),
    1440: (0.6, -0.3, 1.5, 1.9),
    4320: (0.1, -0.5, 0.7, 0.4),
}
OPTIONAL_TABLES = ("interactions", "compensations", "orders", "customers", "standards", "authority_limits")


def effect(treatment: str, level_to: str, spec: str, horizon: int = 365, **overrides: Any) -> dict[str, Any]:
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


def refused(treatment: str, level_to: str, spec: str, reason: str, horizon: int = 365) -> dict[str, Any]:
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


def speed_effects(horizon: int = 365) -> list[dict[str, Any]]:
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
        ]
    return rows


def dose_level(share: float) -> float:
    """Returning guests per 100 when everyone gets this share of the loss: flat, then steep, then flat."""
    return 29.0 + 9.0 / (1 + math.exp(-7 * (share - 0.45)))


def compensation_effects(horizon: int = 365) -> list[dict[str, Any]]:
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


def curves(effects: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The curves that hang on the effects at one hour and at half the loss."""
    rows: list[dict[str, Any]] = []
    for row in effects:
        if row["treatment"] == "speed" and row["level_to"] == "60":
            xs = [round(5 * (20160 / 5) ** (i / 23)) for i in range(24)]
            rows += _curve(row, xs, "minutes", lambda x: 36.8 - 0.95 * math.log10(x) ** 1.3, 1.0, 10080)
        if row["treatment"] == "compensation" and row["level_to"] == "0.5":
            rows += _curve(row, [i / 20 for i in range(31)], "share of the loss", dose_level, 1.2, 1.25)
    return rows


def _curve(
    parent: dict[str, Any], xs: list[float], unit: str, level: Any, half: float, end: float
) -> list[dict[str, Any]]:
    rows = []
    drop = 31.4 if unit == "minutes" else dose_level(0.0)
    for series, minus in (("gain", drop), ("level", 0.0)):
        for band, wider in (("pointwise", 1.0), ("simultaneous", 1.5)):
            for i, x in enumerate(xs):
                y = level(x) - minus + (3.0 if parent["spec"] == "raw" else 0.0)
                near = int(20 + 380 * math.exp(-((i - 8) ** 2) / 40)) if x <= end else 9
                rows.append(
                    {
                        "effect_id": parent["effect_id"],
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
    return rows


QUALITY = [
    {"table": "incidents", "file": "cases.csv", "reason": ROWS_IN, "rows": 8004},
    {"table": "incidents", "file": "cases.csv", "reason": KEPT, "rows": 7990},
    {"table": "incidents", "file": "cases.csv", "reason": "opened_at is not a time", "rows": 9},
    {"table": "incidents", "file": "cases.csv", "reason": "duplicate incident_id", "rows": 5},
    {"table": "orders", "file": "bookings.parquet", "reason": ROWS_IN, "rows": 60210},
    {"table": "orders", "file": "bookings.parquet", "reason": KEPT, "rows": 60210},
]
DIAGNOSTICS = [
    {
        "effect_id": "",
        "check": "match_rate",
        "stage": "before",
        "subject": "channel=survey",
        "value": 0.79,
        "unit": "share",
        "threshold": 0.85,
        "passed": False,
        "verdict": "below_threshold",
    },
]


def facts(**profile: Any) -> dict[str, Any]:
    """The manifest without what the publisher adds."""
    return {
        "schema_version": SCHEMA_VERSION,
        "code_version": "0.1.0+test",
        "created_at": "2026-11-02T06:30:00+00:00",
        "data_cut": "2026-10-31",
        "profile_hash": "0" * 64,
        "settings_hash": "0" * 64,
        "inputs": {"cases.csv": "a" * 64, "bookings.parquet": "b" * 64},
        "supplied": {
            "incidents": ["incident_id", "opened_at", "customer_id"],
            **{t: ["incident_id"] for t in OPTIONAL_TABLES},
        },
        "profile": {
            "name": "test",
            "title": "Hotels and ships",
            "simulated": True,
            "note": "Every figure is made up.",
            "currency": "EUR",
            "customers_word": "guests",
            "time_zone": "Europe/Paris",
            "horizons_days": [90, 365],
            "response_cap_days": 14.0,
            "severity_order": ["nuisance", "disruption", "spoiled"],
            "retention": "transactional",
            "sampled_by": "customer",
            "targets": [],
        }
        | profile,
    }


def all_effects() -> list[dict[str, Any]]:
    """Both ladders at both horizons."""
    return [row for h in (90, 365) for row in (*speed_effects(h), *compensation_effects(h))]


def publish_run(
    folder: Path,
    *,
    effects: list[dict[str, Any]] | None = None,
    quality: list[dict[str, Any]] | None = None,
    diagnostics: list[dict[str, Any]] | None = None,
    supplied: dict[str, list[str]] | None = None,
    **profile: Any,
) -> Manifest:
    """Publish the run into ``folder``; what is given replaces the made-up rows."""
    effects = all_effects() if effects is None else effects
    rows = {
        "effects": effects,
        "curves": curves(effects),
        "diagnostics": DIAGNOSTICS if diagnostics is None else diagnostics,
        "measures": [],
        "quality": QUALITY if quality is None else quality,
        "quarantine": [],
    }
    manifest = facts(**profile)
    if supplied is not None:
        manifest = manifest | {"supplied": supplied}
    return publish(folder, {name: result_table(name, table) for name, table in rows.items()}, manifest)
