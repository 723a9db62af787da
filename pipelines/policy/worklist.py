"""Who to turn to next: silent cases, cases at risk, and closed ones not won back, each with its next step."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from pipelines.contracts.catalog.counting import NeededFor
from pipelines.contracts.catalog.estimation import TreatmentId
from pipelines.contracts.catalog.grades import Grade
from pipelines.contracts.catalog.measures import Measure
from pipelines.contracts.catalog.outcomes import RETAINED, RETURNED
from pipelines.contracts.catalog.thresholds import SILENT_DAYS
from pipelines.contracts.ledger.codes import Aspect
from pipelines.contracts.ledger.finding import Finding
from pipelines.contracts.mart import Col
from pipelines.contracts.tables.worklist import LostCase
from pipelines.contracts.worklist import (
    MOST_CASES,
    Case,
    carried_out,
    dropped_by,
    next_step,
    standard_offer,
    won_back,
)
from pipelines.policy.counted.silence import ends_known, lost_cases, silent_at
from pipelines.policy.mart import is_true, number

_NAMES = (Col.INCIDENT_ID, Col.SITE_ID, Col.CATEGORY, Col.CHANNEL, Col.BRAND, Col.REGION, Col.OPENED_AT)
# A promise nobody made is taken to be a day.
_UNPROMISED_MINUTES = 1440.0
# An answer still finds the failure in mind.
_FRESH = timedelta(days=28)
_FIRM = (Grade.A, Grade.B)


def worklist_rows(mart: pd.DataFrame, findings: Iterable[Finding] = ()) -> list[LostCase]:
    """Rows of ``worklist``; one per case, at most :data:`MOST_CASES`. Value at stake: spend in the 365 days before.

    Silent cases come first, then those at risk, the fresh ones of each on top; then by how much of the value at stake
    the next step is known to bring back, then by the value. No step is advised that the ledger says not to take.
    """
    findings = tuple(findings)
    dropped, gains = dropped_by(findings), _gains(findings)
    kinds = needed(mart)
    rows = [_row(case, told, dropped) for case, told in _told(mart, kinds)]
    latest = max((row.since for row in rows if row.since is not None), default=None)
    rows.sort(key=lambda row: _first(row, gains, latest))
    return rows[:MOST_CASES]


def _first(
    row: LostCase, gains: Mapping[TreatmentId, float], latest: datetime | None
) -> tuple[int, bool, float, float]:
    value = row.value_at_stake or 0.0
    gain = gains.get(row.action, 0.0) if row.action else 0.0
    waits = row.needed_for is not NeededFor.NOT_WON_BACK
    stale = waits and (row.since is None or latest is None or latest - row.since > _FRESH)
    return list(NeededFor).index(row.needed_for), stale, -gain * value, -value


def needed(mart: pd.DataFrame) -> pd.Series:
    """Why somebody should turn to each case (:class:`NeededFor`); cases that need nobody are left out."""
    still_open = ends_known(mart) & ~is_true(mart, Col.CLOSED)
    silent = silent_at(mart, 0.0)
    late = number(mart, Col.FOLLOW_UP_DAYS) * 1440.0 > number(mart, Col.STANDARD_MINUTES).fillna(_UNPROMISED_MINUTES)
    waits = mart[Col.RESPONSE_STATUS].notna() & number(mart, Col.FIRST_CONTACT_MINUTES).isna() & late
    broken = number(mart, Col.COMMITMENT_KEPT) == 0
    at_risk = still_open & ~silent & (waits | is_true(mart, Col.THREATENED) | broken)
    found = pd.Series(None, index=mart.index, dtype="object")
    found[lost_cases(mart)[Measure.CLOSED_NOT_RESTORED]] = NeededFor.NOT_WON_BACK
    found[at_risk] = NeededFor.AT_RISK
    found[silent] = NeededFor.SILENT
    return found.dropna()


def _gains(findings: Iterable[Finding]) -> Mapping[TreatmentId, float]:
    """How many more of 100 customers come back where a treatment is carried out, of those that are known to."""
    told = [f for f in findings if f.aspect is Aspect.DEEDS and f.outcome in (RETURNED, RETAINED) and f.grade in _FIRM]
    clear = [f for f in told if f.action is not None and f.plan is None and (f.ci_low or 0.0) > 0]
    return {f.action: f.estimate or 0.0 for f in sorted(clear, key=lambda f: -f.place) if f.action is not None}


def _told(mart: pd.DataFrame, kinds: pd.Series) -> Iterator[tuple[Case, Mapping[str, Any]]]:
    """Each case, and what else its row holds."""
    rows = mart.loc[kinds.index]
    hours = number(rows, Col.CLOSED_HOURS)
    after = hours.where(kinds == NeededFor.NOT_WON_BACK, 24.0 * SILENT_DAYS)
    after = after.where(kinds != NeededFor.AT_RISK, number(rows, Col.STANDARD_MINUTES) / 60.0)
    columns = {str(name): _known(rows[name]) for name in _NAMES}
    columns |= {
        "closed_at": _known(rows[Col.OPENED_AT] + pd.to_timedelta(hours, unit="h").dt.round("s")),
        "since": _known(rows[Col.OPENED_AT] + pd.to_timedelta(after, unit="h").dt.round("s")),
        "value_at_stake": _known(number(rows, Col.EARLIER_SPEND_365D)),
        "needed_for": list(kinds),
    }
    told = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return zip(_cases(rows), told, strict=True)


def _row(case: Case, told: Mapping[str, Any], dropped: frozenset[TreatmentId]) -> LostCase:
    step = next_step(case, dropped)
    return LostCase(
        **told,
        severity=case.severity,
        answered_in_time=case.standard_met,
        standard_offer=standard_offer(case),
        standard_approver=case.standard_approver,
        next_step=step,
        won_back=won_back(case),
        action=carried_out(step),
    )


def _cases(mart: pd.DataFrame) -> Iterator[Case]:
    names = [field.name for field in fields(Case)]
    columns = (_known(mart[name]) for name in names)
    return (Case(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True))


def _known(values: pd.Series) -> list[Any]:
    """Values as Python's own, None for what is missing."""
    plain = values.astype("object")
    return plain.where(plain.notna(), None).tolist()
