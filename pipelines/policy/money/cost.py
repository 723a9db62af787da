"""What compensation costs: face × redemption × unit cost, one number per incident, and per unit of face value.

Credit costs once it is redeemed, and young credit has had no time for that. What giving more will cost is therefore
taken at the redemption of credit old enough to tell.
"""

from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.catalog.thresholds import CREDIT_MATURE_DAYS, FEWEST_CREDITS
from pipelines.contracts.catalog.treatments import COMPENSATION_KIND
from pipelines.contracts.catalog.vocabulary import FUTURE_CREDIT_KINDS, GESTURE_KINDS
from pipelines.contracts.mart import Col
from pipelines.contracts.message import Caveat, Reason
from pipelines.contracts.messages.caveats import CreditAsRecorded, CreditInFull
from pipelines.contracts.messages.lacking import EmptyTable, NoAmountsGiven
from pipelines.contracts.messages.money import NeverPriced
from pipelines.contracts.sources import Compensations
from pipelines.policy.company import Company
from pipelines.policy.mart import lacking, number


@dataclass(frozen=True)
class UnitCost:
    """Cost of one unit of face value, and what that takes for granted; missing where nothing given has a cost."""

    value: float | None
    caveats: tuple[Caveat, ...] = ()

    @property
    def lacking(self) -> Reason | None:
        """Why there is none, if so."""
        return NeverPriced() if self.value is None else None


def unit_cost(mart: pd.DataFrame, company: Company, chosen: pd.Series | None = None) -> UnitCost:
    """What one unit of face value costs in the end, all forms together as they were given so far.

    ``chosen`` (flags in the mart's order) takes the incidents of one form or cell alone, such as those whose
    ``compensation_kind`` is cash; the redemption of credit is learnt from all incidents either way. Credit counts at
    the share that was redeemed of credit of its kind at least a year old, else half a year, else of all kinds of
    credit; in full, with a caveat saying so, where fewer than 30 credits are that old or redemptions aren't
    recorded. Multiply by face value: cost of an offer = ``unit_cost(...).value`` × share of the loss × loss.
    """
    cost, face = incident_costs(mart, company)["cost_expected"], number(mart, Col.COMPENSATION_AMOUNT)
    both = cost.notna() & (face > 0)
    if chosen is not None:
        both &= chosen
    if not both.any() or not float(cost[both].sum()) > 0:
        return UnitCost(None)
    return UnitCost(float(cost[both].sum() / face[both].sum()), assumed_of_credit(mart, company))


def assumed_of_credit(mart: pd.DataFrame, company: Company) -> tuple[Caveat, ...]:
    """What ``cost_expected`` takes for granted of credit, if anything."""
    paid = _payouts(mart, company)
    if not paid["credit"].any():
        return ()
    if not company.facts.has(Compensations.NAME, Compensations.redeemed_at):
        return (CreditAsRecorded(),)
    if _redeemed_share(paid[paid["credit"]]) is not None:
        return ()
    return (CreditInFull(FEWEST_CREDITS, CREDIT_MATURE_DAYS[-1]),)


def incident_costs(mart: pd.DataFrame, company: Company) -> pd.DataFrame:
    """One row per incident, in the mart's order: ``cost`` by the data cut, ``cost_if_redeemed`` and ``cost_expected``.

    Reporting currency. The unit cost where it is recorded, else the face value. In ``cost``, credit counts once it is
    redeemed; in ``cost_expected``, young or old, at the share redeemed of credit old enough (see :func:`unit_cost`); in
    ``cost_if_redeemed`` in full, as everywhere where redemptions aren't recorded. A gesture without an amount costs
    nothing; another unpriced payout leaves its incident unknown. Incidents without a payout cost 0.
    """
    paid = _payouts(mart, company)
    full = paid["full"]
    waits = paid["credit"] & ~paid["redeemed"]
    costs = pd.DataFrame(
        {"cost": full.where(~waits, 0.0), "cost_if_redeemed": full, "cost_expected": full * _expected_share(paid)}
    )
    if not company.facts.has(Compensations.NAME, Compensations.redeemed_at):
        costs = costs.assign(cost=full, cost_expected=full)
    by_incident = costs.groupby(paid[Compensations.incident_id])
    unknown = costs.isna().groupby(paid[Compensations.incident_id]).any()
    summed = by_incident.sum().mask(unknown)
    nothing = pd.DataFrame(
        0.0, index=mart[Col.INCIDENT_ID][~mart[Col.INCIDENT_ID].isin(summed.index)], columns=summed.columns
    )
    return pd.concat([summed, nothing]).reindex(mart[Col.INCIDENT_ID]).set_axis(mart.index)


def _payouts(mart: pd.DataFrame, company: Company) -> pd.DataFrame:
    """Payouts by the data cut: incident, kind, ``full`` cost, whether it is ``credit``, ``redeemed``, ``age_days``.

    A payout without a day of issue is as old as its incident.
    """
    paid = company.compensations
    opened = pd.to_datetime(
        paid[Compensations.incident_id].map(mart.set_index(Col.INCIDENT_ID)[Col.OPENED_AT]), utc=True
    )
    issued = pd.to_datetime(paid[Compensations.issued_at], utc=True) if Compensations.issued_at in paid else opened
    full = paid[Compensations.unit_cost].astype("float64").fillna(paid[Compensations.face_amount].astype("float64"))
    full = full.where(full.notna() | ~paid[Compensations.kind].isin(GESTURE_KINDS), 0.0)
    table = pd.DataFrame(
        {
            Compensations.incident_id: paid[Compensations.incident_id],
            Compensations.kind: paid[Compensations.kind],
            "full": full,
            "credit": paid[Compensations.kind].isin(FUTURE_CREDIT_KINDS),
            "redeemed": pd.to_datetime(paid[Compensations.redeemed_at], utc=True) < company.cut,
            "age_days": (company.cut - issued.fillna(opened)) / pd.Timedelta(days=1),
        }
    )
    return table[issued.isna() | (issued < company.cut)]


def _expected_share(paid: pd.DataFrame) -> pd.Series:
    """The share of a payout's cost that is expected to fall due: 1 unless it is credit."""
    credit = paid[paid["credit"]]
    every = _redeemed_share(credit)
    own = {kind: _redeemed_share(group) for kind, group in credit.groupby(Compensations.kind)}
    usual = 1.0 if every is None else every
    shares = {kind: usual if share is None else share for kind, share in own.items()}
    return paid[Compensations.kind].map(shares).astype("float64").fillna(1.0)


def _redeemed_share(credit: pd.DataFrame) -> float | None:
    """Share of the cost of old credit that was redeemed; ``None`` where too few are old enough."""
    for days in CREDIT_MATURE_DAYS:
        old = credit[(credit["age_days"] >= days) & credit["full"].notna()]
        if len(old) >= FEWEST_CREDITS and old["full"].sum() > 0:
            return float(old["full"].where(old["redeemed"], 0.0).sum() / old["full"].sum())
    return None


def lacking_costs(company: Company) -> Reason | None:
    """Why the cost of compensation isn't known, if so."""
    if reason := lacking(company.facts, COMPENSATION_KIND):
        return reason
    if not company.facts.has("compensations", "face_amount"):
        return NoAmountsGiven()
    return None if len(company.compensations) else EmptyTable("compensations")
