"""The published tables: the public contract between pipelines and whoever reads a run.

Columns may be added, never redefined; ``SCHEMA_VERSION`` rises when one is added.

Units: for shares and counts, ``estimate``, its error and limits and ``baseline_estimate`` are points per 100 and
``unit`` is "per 100 customers"; for money and scores they are in the outcome's own unit. Curves use the unit of the
effect they hang on: the row whose ``level_to`` is that treatment's ``CURVE_ANCHOR``.
"""

from collections.abc import Mapping
from typing import Any

from pipelines.contracts.catalog.rows import RowReason
from pipelines.contracts.tables.effect import Effect
from pipelines.contracts.tables.published import SCHEMA_VERSION as SCHEMA_VERSION
from pipelines.contracts.tables.row import made
from pipelines.contracts.types import FLAG, REAL, TEXT, TIME, WHOLE, ColumnType

Columns = tuple[tuple[str, ColumnType], ...]

EFFECT_KEY = (
    "outcome", "horizon_days", "outcome_level", "treatment", "contrast", "level_from", "level_to", "population",
    "segment", "estimand", "estimator", "spec", "se_type",
)  # fmt: skip

EFFECTS: Columns = (
    ("effect_id", TEXT), ("outcome", TEXT), ("horizon_days", WHOLE), ("outcome_level", TEXT), ("treatment", TEXT),
    ("contrast", TEXT), ("level_from", TEXT), ("level_to", TEXT), ("population", TEXT), ("segment", TEXT),
    ("estimand", TEXT), ("estimator", TEXT), ("spec", TEXT), ("se_type", TEXT), ("estimate", REAL),
    ("std_error", REAL), ("ci_low", REAL), ("ci_high", REAL), ("p_value", REAL), ("q_value", REAL), ("family", TEXT),
    ("df", REAL), ("unit", TEXT), ("baseline", TEXT), ("baseline_estimate", REAL), ("n_incidents", WHOLE),
    ("n_clusters", WHOLE), ("n_events", WHOLE), ("effective_incidents", REAL), ("grade", TEXT), ("verdict", TEXT),
    ("reason", TEXT),
)  # fmt: skip

CURVES: Columns = (
    ("effect_id", TEXT), ("series", TEXT), ("x", REAL), ("x_unit", TEXT), ("x2", REAL), ("x2_unit", TEXT),
    ("estimate", REAL), ("ci_low", REAL), ("ci_high", REAL), ("band", TEXT), ("supported", FLAG), ("n_near", WHOLE),
    ("grade", TEXT),
)  # fmt: skip

DIAGNOSTICS: Columns = (
    ("effect_id", TEXT), ("check", TEXT), ("stage", TEXT), ("subject", TEXT), ("value", REAL), ("unit", TEXT),
    ("threshold", REAL), ("passed", FLAG), ("verdict", TEXT),
)  # fmt: skip

MEASURES: Columns = (
    ("measure", TEXT), ("segment", TEXT), ("period", TEXT), ("estimate", REAL), ("ci_low", REAL), ("ci_high", REAL),
    ("n", WHOLE), ("suppressed", FLAG),
)  # fmt: skip

QUALITY: Columns = (("table", TEXT), ("file", TEXT), ("reason", TEXT), ("rows", WHOLE))

QUARANTINE: Columns = (("table", TEXT), ("file", TEXT), ("line", WHOLE), ("column", TEXT), ("reason", TEXT))

# Part: funnel, returns, void, standards, learning, word_of_mouth, money, front_line, choice, paradox or decided. Shares
# run from 0 to 1. `estimate` is adjusted for case mix where `expected` is given; `observed` is the plain share, mean or
# difference then, and of sums their share of the whole. `usual_low` to `usual_high`: the usual range. `clock`:
# known_now, or matured for cohorts whose horizon has passed. `effect_id`: the effect it comes from. `standing`: against
# target, expectation, cost or never failing, in the codes of the module that makes the part.
DECISIONS: Columns = (
    ("part", TEXT), ("measure", TEXT), ("segment", TEXT), ("level", TEXT), ("period", TEXT), ("clock", TEXT),
    ("within_days", REAL), ("population", TEXT), ("unit", TEXT), ("estimate", REAL), ("ci_low", REAL),
    ("ci_high", REAL), ("n", WHOLE), ("observed", REAL), ("expected", REAL), ("usual_low", REAL), ("usual_high", REAL),
    ("target", REAL), ("owner", TEXT), ("standing", TEXT), ("effect_id", TEXT), ("grade", TEXT), ("assumption", TEXT),
    ("verdict", TEXT), ("reason", TEXT), ("suppressed", FLAG),
)  # fmt: skip

# One mass event and measure: its share or count beside what single incidents of equal severity would lead to expect;
# `ratio` is observed ÷ expected. `n` incidents of the event, `n_reference` single incidents behind the expectation.
# `level`: step of the event's own dose curve, or the first day of a stretch of posts; `p_value` is that change's.
EVENTS: Columns = (
    ("event_id", TEXT), ("period", TEXT), ("measure", TEXT), ("level", TEXT), ("p_value", REAL),
    ("within_days", REAL), ("population", TEXT), ("unit", TEXT), ("estimate", REAL), ("ci_low", REAL),
    ("ci_high", REAL), ("expected", REAL), ("ratio", REAL),
    ("ratio_low", REAL), ("ratio_high", REAL), ("n", WHOLE), ("n_reference", WHOLE), ("assumption", TEXT),
    ("verdict", TEXT), ("reason", TEXT), ("suppressed", FLAG),
)  # fmt: skip

# One policy: offers by segment, against what was done. `value` (money per incident, net of what is given) and `gain`
# (customers per 100) are held out: the offers were chosen on one half of the clusters and valued on the other, both
# ways. `policy`: "best" (every step must pay back), "within_standard" (nor ever below the company's own standard) or
# a budget as a multiple of today's cost (`budget_ratio`). `next_return`: margin per 1 spent on the way to the next
# larger budget, held out. A verdict of `experiment` means: don't roll out, test; `test_…` say how (incidents per arm
# for 80 % power).
POLICIES: Columns = (
    ("policy", TEXT), ("outcome", TEXT), ("horizon_days", WHOLE), ("population", TEXT), ("budget_ratio", REAL),
    ("budget", REAL), ("cost", REAL), ("cost_today", REAL), ("gain", REAL), ("gain_low", REAL), ("gain_high", REAL),
    ("value", REAL), ("value_low", REAL), ("value_high", REAL), ("next_return", REAL), ("next_return_low", REAL),
    ("next_return_high", REAL), ("changed_share", REAL), ("unit", TEXT), ("n", WHOLE), ("n_clusters", WHOLE),
    ("df", REAL), ("test_arms", TEXT), ("test_unit", TEXT), ("test_per_arm", WHOLE), ("test_points", REAL),
    ("test_design_effect", REAL), ("test_weeks", REAL), ("effect_id", TEXT), ("grade", TEXT), ("assumption", TEXT),
    ("verdict", TEXT), ("reason", TEXT),
)  # fmt: skip

# Who gets what: one row per policy and segment. `share` of the loss offered to everyone in it, null: as today.
# Costs are per incident of the segment; `value` is the segment's part of the held-out value, per incident of it.
OFFERS: Columns = (
    ("policy", TEXT), ("segment", TEXT), ("severity", TEXT), ("severity_rank", WHOLE), ("service", TEXT),
    ("share", REAL), ("share_today", REAL), ("share_standard", REAL), ("cost", REAL), ("cost_today", REAL),
    ("value", REAL), ("value_low", REAL), ("value_high", REAL), ("unit", TEXT), ("n", WHOLE), ("n_near", WHOLE),
    ("reason", TEXT),
)  # fmt: skip

# Customers per 100 if everyone in a segment were answered within `minutes` and given `share` of the loss (null: as
# today). `cost`: compensation and declared cost of speed per incident, of which speed is `hours_sooner` (per incident)
# times the declared `price_per_hour` (null: none is, and speed counts as free); `margin`: of one customer. With
# SCENARIO_FACTORS every mix of cells gets its interval by arithmetic: pipelines.policy.plans.scenario.
SCENARIO_CELLS: Columns = (
    ("cell", WHOLE), ("segment", TEXT), ("severity", TEXT), ("severity_rank", WHOLE), ("service", TEXT),
    ("minutes", REAL), ("share", REAL), ("outcome", TEXT), ("horizon_days", WHOLE), ("population", TEXT),
    ("estimate", REAL), ("std_error", REAL), ("ci_low", REAL), ("ci_high", REAL), ("df", REAL), ("unit", TEXT),
    ("cost", REAL), ("hours_sooner", REAL), ("price_per_hour", REAL), ("margin", REAL), ("currency", TEXT),
    ("n", WHOLE), ("n_near", WHOLE), ("supported", FLAG), ("df_common", REAL), ("grade", TEXT), ("assumption", TEXT),
    ("verdict", TEXT), ("reason", TEXT),
)  # fmt: skip

# How the estimates of cells move together: the covariance of two cells is the sum of products of their loadings. A
# factor is one large cluster of incidents, or (`common`) a direction shared by all the smaller ones.
SCENARIO_FACTORS: Columns = (("cell", WHOLE), ("factor", WHOLE), ("common", FLAG), ("loading", REAL))

# Cases closed but not won back, the most valuable first (no more than worklist.MOST_CASES): what the standard promises
# and the next step, in words. `value_at_stake`: spend in the 365 days before, reporting currency, of every case anew.
# `answered_in_time`: a person answered within the standard's minutes; it says nothing of what else the standard asks.
WORKLIST: Columns = (
    ("incident_id", TEXT), ("site_id", TEXT), ("category", TEXT), ("severity", TEXT), ("opened_at", TIME),
    ("closed_at", TIME), ("value_at_stake", REAL), ("answered_in_time", FLAG), ("standard_offer", TEXT),
    ("standard_approver", TEXT), ("next_step", TEXT), ("won_back", TEXT),
)  # fmt: skip

# Reasons that are not a quarantine: the two sides of "rows in = kept + quarantined".
ROWS_IN, KEPT = RowReason.ROWS_IN, RowReason.KEPT

# The contrast whose effect row carries the treatment's curve: answered within 60 minutes, half of the loss given.
CURVE_ANCHOR = {"speed": "60", "compensation": "0.5"}

GRADES = ("A", "B", "C", "D")
VERDICTS = ("estimated", "not_estimable", "not_implemented")
# `counted`: a plain count or sum at the data cut, so without an interval; `suppressed`: too few cases to show.
DECISION_VERDICTS = (*VERDICTS, "counted", "suppressed")
# `published`: the held-out value is clearly above zero; `experiment`: it isn't, or nothing may be concluded from it.
POLICY_VERDICTS = ("published", "experiment", "not_estimable")


def effect_row(**values: Any) -> Any:
    """One row of ``effects``; unknown names raise ``TypeError``."""
    return made(Effect, {"verdict": "estimated", **values})


def effect_id(row: Mapping[str, Any]) -> str:
    """The id of an effect from its key columns."""
    return str(effect_row(**{name: row[name] for name in EFFECT_KEY}).effect_id)
