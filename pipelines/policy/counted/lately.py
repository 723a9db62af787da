"""What moved lately: kinds of failure against the year before, and what was given out last week."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from pipelines.contracts.mart import Col
from pipelines.measures import MINIMUM_CELL
from pipelines.policy.company import Company
from pipelines.policy.learning.rates import dispersion, rate_ratio
from pipelines.policy.mart import is_true
from pipelines.policy.rows import Row, decision_row, refused

RISING, GIVEN_OUT = "rate_against_the_year_before", "compensation_given_out"
BLOCK_DAYS, BLOCKS = 28.0, 13
WEEKS = 26
USUAL = (0.1, 0.9)
FALSE_SHARE = 0.05
AMONG_MANY = "Looked at alone it moved, but among {kinds} kinds one would by chance."
OCCASIONS = "occasions: single incidents, a mass incident counted once"
NO_KIND = "Incidents name no kind of failure. Map category in incidents."
TOO_YOUNG = "The incidents span less than a year and four weeks. Add older ones."
SAME_SEASON = "Four weeks are compared with the whole year before: what returns every season shows as rising."


def week_rows(mart: pd.DataFrame, company: Company) -> list[Row]:
    """Grain: one row per kind of failure, and one for last week's compensation."""
    return [*_rising(mart, company), *_given_out(company)]


def _rising(mart: pd.DataFrame, company: Company) -> Iterator[Row]:
    """Rate of the last 28 days ÷ rate of the 13 times 28 days before, per kind; overdispersed Poisson limits."""
    where = {"population": OCCASIONS, "unit": "ratio", "clock": "known_now", "within_days": BLOCK_DAYS}
    named = mart[mart[Col.CATEGORY].notna()]
    if named.empty or np.ceil(mart[Col.FOLLOW_UP_DAYS].max()) < BLOCK_DAYS * (BLOCKS + 1):
        yield refused("learning", RISING, NO_KIND if named.empty else TOO_YOUNG, **where)
        return
    found = {kind: _against_before(counts.to_numpy("float64")) for kind, counts in _blocks(named).iterrows()}
    period = company.days(0.0, BLOCK_DAYS)
    for kind, row in _judged_together(found).items():
        yield decision_row("learning", RISING, segment=f"category={kind}", period=period, assumption=SAME_SEASON,
                           **where, **row)  # fmt: skip


def _judged_together(found: dict[Any, Row]) -> dict[Any, Row]:
    """Where each kind stands when as many as there are were looked at (Benjamini and Hochberg 1995)."""
    asked = [kind for kind, row in found.items() if "p_value" in row]
    q = dict(zip(asked, stats.false_discovery_control([found[kind]["p_value"] for kind in asked]), strict=True))
    return {kind: _standing(row, q[kind], len(asked)) if kind in q else row for kind, row in found.items()}


def _standing(row: Row, q_value: float, kinds: int) -> Row:
    kept = {name: value for name, value in row.items() if name != "p_value"}
    alone = "above" if row["ci_low"] > 1 else "below" if row["ci_high"] < 1 else "unclear"
    if alone != "unclear" and q_value > FALSE_SHARE:
        return kept | {"standing": "unclear", "reason": AMONG_MANY.format(kinds=kinds)}
    return kept | {"standing": alone}


def _blocks(named: pd.DataFrame) -> pd.DataFrame:
    """Occasions per kind (rows) and block of 28 days before the cut (columns, the latest first)."""
    event = named[Col.EVENT_ID].where(is_true(named, Col.MASS_EVENT))
    occasion = ("event " + event.astype("object")).where(
        event.notna(), "incident " + named[Col.INCIDENT_ID].astype("object")
    )
    youngest = named.groupby([named[Col.CATEGORY].astype(str), occasion.rename("occasion")])[Col.FOLLOW_UP_DAYS].max()
    block = np.floor(youngest / BLOCK_DAYS)
    table = pd.DataFrame(block.groupby(level=0).value_counts().unstack(fill_value=0))
    return table.reindex(columns=np.arange(BLOCKS + 1, dtype="float64"), fill_value=0)


def _against_before(counts: np.ndarray) -> Row:
    now, before = float(counts[0]), counts[1:]
    n = int(counts.sum())
    if n < MINIMUM_CELL or before.sum() == 0:
        reason = "" if n < MINIMUM_CELL else "None in the year before."
        return {
            "n": n,
            "estimate": None,
            "reason": reason,
            "verdict": "estimated" if n < MINIMUM_CELL else "not_estimable",
        }
    phi = dispersion(before, np.full(len(before), before.mean()), 1)
    ratio, low, high = rate_ratio(now / phi, float(before.sum()) / phi, 1.0, float(len(before)))
    usual_low, usual_high = (float(q) for q in np.quantile(before, USUAL))
    return {
        "estimate": ratio, "ci_low": low, "ci_high": high, "n": n, "observed": now, "expected": float(before.mean()),
        "usual_low": usual_low, "usual_high": usual_high, "p_value": _p_value(now / phi, float(before.sum()) / phi),
    }  # fmt: skip


def _p_value(now: float, before: float) -> float:
    """Two-sided, against a steady rate: now | total is binomial; counts may be fractions."""
    share = 1.0 / (1.0 + BLOCKS)
    as_many = float(stats.beta.cdf(share, now, before + 1)) if now > 0 else 1.0
    as_few = float(stats.beta.sf(share, now + 1, before))
    return min(1.0, 2.0 * min(as_many, as_few))


def _given_out(company: Company) -> Iterator[Row]:
    """Face value issued in the week before the cut beside the 26 weeks before it."""
    unit = f"{company.currency} per week".strip()
    where = {"population": "compensation with a date and an amount", "unit": unit, "clock": "known_now",
             **company.bar(GIVEN_OUT)}  # fmt: skip
    paid = company.compensations
    if not {"issued_at", "face_amount"} <= set(paid.columns) or not paid["issued_at"].notna().any():
        reason = "Compensation comes without dates or amounts. Map issued_at and face_amount in compensations."
        yield refused("money", GIVEN_OUT, reason, **where)
        return
    issued = pd.to_datetime(paid["issued_at"], utc=True)
    week = np.ceil((company.cut - issued) / pd.Timedelta(days=7))
    sums = paid["face_amount"].astype("float64").groupby(week).sum().reindex(np.arange(1.0, WEEKS + 2), fill_value=0.0)
    low, high = (float(q) for q in sums.loc[2.0:].quantile(USUAL))
    yield decision_row("money", GIVEN_OUT, estimate=float(sums.loc[1.0]), n=int((week == 1).sum()), usual_low=low,
                       usual_high=high, period=company.days(0.0, 7.0), verdict="counted", **where)  # fmt: skip
