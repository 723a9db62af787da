"""What giving more, or answering sooner, went with inside one mass incident: the event's own curve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipelines.models.plan import main_horizon
from pipelines.policy.adjusted import FEWEST_A_SIDE, difference
from pipelines.policy.company import Company
from pipelines.policy.expected import against
from pipelines.policy.mart import is_true, missing, missing_return, number, return_column
from pipelines.policy.rows import Row, event_row
from pipelines.policy.share import share_limits

FEWEST = 100
TOO_SMALL = f"{{n}} incidents of the event are known and old enough; its own curve needs {FEWEST}."
SHARES = ((0.0, 1e-9, 0.25, 0.5, 1.0), ("nothing", "below 25 %", "25 to 50 %", "50 to 100 %", "100 % and more"))
HOURS = ((0.0, 1.0, 4.0, 24.0), ("within 1 h", "1 to 4 h", "4 to 24 h", "later or never"))
ASSUMPTION = "Inside the event, customers of the same severity who got more and less were alike in everything else."


@dataclass(frozen=True)
class Dose:
    """One dose, the steps it is cut into (lower edges; a case lies in the last one it reaches), and what it needs."""

    name: str
    values: pd.Series
    edges: tuple[float, ...]
    levels: tuple[str, ...]
    missing: str


def dose_rows(mart: pd.DataFrame, events: Sequence[str], severity: pd.Series, company: Company) -> Iterator[Row]:
    """Per event, dose and step: share who came back, beside single incidents at the same step; gain above the first.

    An event with fewer than 100 incidents whose dose and return are known gets one row per dose that says so.
    """
    days = main_horizon(company.facts)
    came_back = number(mart, return_column(company, days))
    unseen = "" if came_back.notna().any() else missing_return(company)
    for dose in doses(mart, company):
        step = _steps(dose).where(came_back.notna())
        known = mart["event_id"][step.notna()].value_counts()
        where = {"within_days": float(days), "unit": "share of incidents",
                 "population": f"incidents of the event, {dose.name.replace('_', ' ')} known"}  # fmt: skip
        for event in events:
            n = int(known.get(event, 0))
            if reason := dose.missing or unseen or (TOO_SMALL.format(n=n) if n < FEWEST else ""):
                yield event_row(event, f"returned_by_{dose.name}", n=None if unseen or dose.missing else n,
                                verdict="not_estimable", reason=reason, **where)  # fmt: skip
            else:
                yield from _curve(mart, event, dose, step, came_back, severity, where)


def _curve(
    mart: pd.DataFrame, event: str, dose: Dose, step: pd.Series, came_back: pd.Series, severity: pd.Series, where: Row
) -> Iterator[Row]:
    """One event and dose: its steps, then what each gains above the first."""
    own = mart["event_id"] == event
    for place, level in enumerate(dose.levels):
        at = step == place
        yield _step(mart, event, f"returned_by_{dose.name}", came_back, at, severity, where | {"level": level})
    yield from _gains(mart[own], event, dose, step[own], came_back[own], where)


def doses(mart: pd.DataFrame, company: Company) -> tuple[Dose, ...]:
    """Share of the loss given, and hours to the first contact; never answered by the cap is the slowest step."""
    minutes = number(mart, "first_contact_minutes").where(mart["response_status"] == "answered")
    hours = (minutes / 60.0).where(mart["response_status"] != "unanswered", np.inf)
    return (
        Dose("share_given", number(mart, "compensation_share"), *SHARES, missing(company, "compensation")),
        Dose("hours_to_contact", hours, *HOURS, missing(company, "speed")),
    )  # fmt: skip


def _steps(dose: Dose) -> pd.Series:
    place = np.searchsorted(np.asarray(dose.edges), dose.values.to_numpy("float64"), side="right") - 1
    return pd.Series(place, index=dose.values.index, dtype="float64").where(dose.values.notna())


def _step(
    mart: pd.DataFrame, event: str, measure: str, came_back: pd.Series, at: pd.Series, severity: pd.Series, where: Row
) -> Row:
    own = (mart["event_id"] == event) & at
    y = came_back[own].dropna()
    if y.empty:
        return event_row(event, measure, n=0, verdict="not_estimable", reason="No incident at this step.", **where)
    portion, n = float(y.mean()), len(y)
    low, high = share_limits(portion, float((portion * (1 - portion) / n) ** 0.5), n, n)
    row = where | {"estimate": portion, "ci_low": low, "ci_high": high, "n": n}
    single = ~is_true(mart, "mass_event") & at
    beside = against(came_back, severity, own, single)
    if beside is None or beside.expected == 0:
        return event_row(event, measure, reason="Too few single incidents at this step to compare with.", **row)
    limits = [None if x == float("inf") else x for x in beside.limits()]
    return event_row(event, measure, expected=beside.expected / n, ratio=beside.ratio, ratio_low=limits[0],
                     ratio_high=limits[1], n_reference=int((single & came_back.notna()).sum()), **row)  # fmt: skip


def _gains(
    mart: pd.DataFrame, event: str, dose: Dose, step: pd.Series, came_back: pd.Series, where: Row
) -> Iterator[Row]:
    """Each step against the first, severity held equal; the event's own shock falls out, customers are independent."""
    person = mart["customer_key"].where(mart["customer_key"].notna(), mart["incident_id"])
    for place, level in enumerate(dose.levels[1:], start=1):
        holds = (step == place).astype("float64").where(step.isin([0, place]))
        found = difference(came_back, holds, person, mart, ("severity",))
        common = where | {"level": level, "unit": "difference in share of incidents", "assumption": ASSUMPTION}
        if found.value is None:
            reason = found.reason or f"Fewer than {FEWEST_A_SIDE} cases at this step or at the first."
            yield event_row(
                event, f"gain_by_{dose.name}", n=found.n_with, verdict="not_estimable", reason=reason, **common
            )
        else:
            yield event_row(event, f"gain_by_{dose.name}", estimate=found.value, ci_low=found.low, ci_high=found.high,
                            n=found.n_with, n_reference=found.n - found.n_with, **common)  # fmt: skip
