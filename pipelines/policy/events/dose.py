"""What giving more, or answering sooner, went with inside one mass incident: the event's own curve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from pipelines.contracts.mart import Col
from pipelines.measures import MINIMUM_CELL
from pipelines.models.ask.plan import main_horizon
from pipelines.policy.company import Company
from pipelines.policy.counted.expected import Reference, reference_of
from pipelines.policy.counted.stratified import FEWEST_A_SIDE, difference
from pipelines.policy.events.single_incidents import beside_single
from pipelines.policy.mart import is_true, missing, missing_return, number, return_column
from pipelines.policy.rows import TOO_FEW, Row, event_row

Beside: TypeAlias = tuple[pd.Series, list[Reference | None]]

FEWEST = 100
TOO_SMALL = f"{{n}} incidents of the event are known and old enough; its own curve needs {FEWEST}."
PROTECTS = "Not shown, so that a smaller step beside it can't be worked out from the event's total."
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
    single, places = ~is_true(mart, Col.MASS_EVENT), mart.groupby(Col.EVENT_ID).indices
    for dose in doses(mart, company):
        step = _steps(dose).where(came_back.notna())
        alone = [reference_of(came_back, severity, single & (step == place)) for place in range(len(dose.levels))]
        where = {"within_days": float(days), "unit": "share of incidents",
                 "population": f"incidents of the event, {dose.name.replace('_', ' ')} known"}  # fmt: skip
        for event in events:
            own = mart.index[places[event]]
            n = int(step[own].notna().sum())
            if reason := dose.missing or unseen or (TOO_SMALL.format(n=n) if n < FEWEST else ""):
                yield event_row(event, f"returned_by_{dose.name}", n=None if unseen or dose.missing else n,
                                verdict="not_estimable", reason=reason, **where)  # fmt: skip
            else:
                beside = severity[own], alone
                yield from _curve(mart.loc[own], event, dose, step[own], came_back[own], beside, where)


def _curve(
    mart: pd.DataFrame, event: str, dose: Dose, step: pd.Series, came_back: pd.Series, beside: Beside, where: Row
) -> Iterator[Row]:
    """One event, whose incidents are ``mart``, and dose: its steps, then what each gains above the first."""
    severity, single = beside
    hidden = _hidden(np.bincount(step.dropna().astype(int), minlength=len(dose.levels)))
    for place, level in enumerate(dose.levels):
        y = came_back[step == place]
        row = where | {"level": level}
        if place in hidden:
            row |= _unshown(hidden[place])
        elif y.empty:
            row |= {"n": 0, "verdict": "not_estimable", "reason": "No incident at this step."}
        else:
            row |= beside_single(y, severity[y.index], single[place])
        yield event_row(event, f"returned_by_{dose.name}", **row)
    yield from _gains(mart, event, dose, step, came_back, hidden, where)


def _hidden(counts: np.ndarray) -> dict[int, str]:
    """Steps that aren't shown, with the reason: those with too few cases, and enough of the others to protect them.

    The event's totals are shown, so a single hidden step, or several with too few cases together, could be worked out:
    the smallest other steps are hidden too.
    """
    hidden = {place: TOO_FEW for place, n in enumerate(counts) if 0 < n < MINIMUM_CELL}
    others = sorted((int(n), place) for place, n in enumerate(counts) if n >= MINIMUM_CELL)
    for _, place in others if hidden else ():
        if len(hidden) > 1 and sum(counts[p] for p in hidden) >= MINIMUM_CELL:
            break
        hidden[place] = PROTECTS
    return hidden


def _unshown(reason: str) -> Row:
    return {"verdict": "suppressed", "suppressed": True, "reason": reason}


def doses(mart: pd.DataFrame, company: Company) -> tuple[Dose, ...]:
    """Share of the loss given, and hours to the first contact; never answered by the cap is the slowest step."""
    minutes = number(mart, Col.FIRST_CONTACT_MINUTES).where(mart[Col.RESPONSE_STATUS] == "answered")
    hours = (minutes / 60.0).where(mart[Col.RESPONSE_STATUS] != "unanswered", np.inf)
    return (
        Dose("share_given", number(mart, Col.COMPENSATION_SHARE), *SHARES, missing(company, "compensation")),
        Dose("hours_to_contact", hours, *HOURS, missing(company, "speed")),
    )  # fmt: skip


def _steps(dose: Dose) -> pd.Series:
    place = np.searchsorted(np.asarray(dose.edges), dose.values.to_numpy("float64"), side="right") - 1
    return pd.Series(place, index=dose.values.index, dtype="float64").where(dose.values.notna())


def _gains(
    mart: pd.DataFrame,
    event: str,
    dose: Dose,
    step: pd.Series,
    came_back: pd.Series,
    hidden: dict[int, str],
    where: Row,
) -> Iterator[Row]:
    """Each step against the first, severity held equal; the event's own shock falls out, customers are independent."""
    person = mart[Col.CUSTOMER_KEY].where(mart[Col.CUSTOMER_KEY].notna(), mart[Col.INCIDENT_ID])
    for place, level in enumerate(dose.levels[1:], start=1):
        common = where | {"level": level, "unit": "difference in share of incidents", "assumption": ASSUMPTION}
        if reason := hidden.get(0) or hidden.get(place):
            yield event_row(event, f"gain_by_{dose.name}", **common, **_unshown(reason))
            continue
        holds = (step == place).astype("float64").where(step.isin([0, place]))
        found = difference(came_back, holds, person, mart, (Col.SEVERITY,))
        if found.value is None:
            reason = found.reason or f"Fewer than {FEWEST_A_SIDE} cases at this step or at the first."
            yield event_row(
                event, f"gain_by_{dose.name}", n=found.n_with, verdict="not_estimable", reason=reason, **common
            )
        else:
            yield event_row(event, f"gain_by_{dose.name}", estimate=found.value, ci_low=found.low, ci_high=found.high,
                            n=found.n_with, n_reference=found.n - found.n_with, **common)  # fmt: skip
