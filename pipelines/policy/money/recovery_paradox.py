"""Is a well recovered customer worth more than one who never met a failure? Published effects, read and named.

Recovered, unrecovered and never-failed customers are compared under the same covariates from the same index dates by
the models; nothing is estimated again here.
"""

from collections.abc import Iterator, Sequence

from pipelines.contracts.paradox import PARADOX_GRADES, SHARE
from pipelines.policy.company import Company
from pipelines.policy.mart import missing_return
from pipelines.policy.rows import Row, decision_row, refused

PART = "paradox"
AGAINST = {"not_recovered": "unrecovered_against_never_failed", "recovered": "recovered_against_never_failed"}
POPULATION = {
    SHARE: "incidents, recovered (answered, and repaired or given something) against not; never-failed beside",
    AGAINST["not_recovered"]: "incidents, as if none were recovered, against never-failed customers",
    AGAINST["recovered"]: "incidents, as if all were recovered, against never-failed customers",
}
ASSUMPTION = "Recovered, unrecovered and never-failed customers differ in nothing unrecorded that drives the outcome."
NOBODY = (
    "There is no never-failed customer to compare with. Add orders (or subscriptions) of all customers, not only of "
    "those with an incident, or comparison_subjects."
)


def paradox_rows(effects: Sequence[Row], company: Company) -> list[Row]:
    """Per outcome: the share of what the failure costs that recovery wins back, and both groups against never-failed.

    ``level`` is the outcome; ``standing`` of the share: paradox, more_than_all, not_all or cannot_say. Its grade is the
    weakest of the three rows'.
    """
    asked = [r for r in effects if r["treatment"] == "failure" and r["spec"] == "adjusted" and not r["segment"]]
    if not asked:
        return [refused(PART, SHARE, missing_return(company) or NOBODY, population=POPULATION[SHARE], unit="share")]
    outcomes = dict.fromkeys((r["outcome"], r["horizon_days"]) for r in asked)
    return [row for key in outcomes for row in _outcome([r for r in asked if (r["outcome"], r["horizon_days"]) == key])]


def _outcome(rows: Sequence[Row]) -> Iterator[Row]:
    """The share, then both groups; where nothing could be estimated the share's reason speaks for all three."""
    groups = [r for r in rows if r["estimand"] != "won_back_share" and r["level_to"] in AGAINST]
    share = next((r for r in rows if r["estimand"] == "won_back_share"), None)
    if share is None:
        yield _row(SHARE, rows[0] | {"estimate": None, "unit": "share"}, None)
    else:
        weakest = share | {"grade": max((r["grade"] for r in (share, *groups) if r["grade"]), default=None)}
        yield _row(SHARE, weakest, standing(weakest))
    yield from (_row(AGAINST[r["level_to"]], r, None) for r in groups if share or r["estimate"] is not None)


def standing(row: Row) -> str | None:
    """Whether recovered customers do better than if nothing had failed: said only where the whole interval says so."""
    if row["estimate"] is None or row["grade"] == "D":
        return None
    if row["ci_low"] > 1:
        return "paradox" if row["grade"] in PARADOX_GRADES else "more_than_all"
    return "not_all" if row["ci_high"] < 1 else "cannot_say"


def _row(measure: str, effect: Row, stands: str | None) -> Row:
    common = {
        "level": effect["outcome"], "population": POPULATION[measure], "unit": effect["unit"],
        "within_days": None if effect["horizon_days"] is None else float(effect["horizon_days"]),
    }  # fmt: skip
    if effect["estimate"] is None:
        return refused(PART, measure, effect["reason"] or NOBODY, **common)
    return decision_row(
        PART, measure, estimate=effect["estimate"], ci_low=effect["ci_low"], ci_high=effect["ci_high"],
        n=effect["n_incidents"], expected=effect["baseline_estimate"] if stands is None and measure != SHARE else None,
        standing=stands, effect_id=effect["effect_id"], grade=effect["grade"], assumption=ASSUMPTION,
        reason=effect["reason"] or None, **common,
    )  # fmt: skip
