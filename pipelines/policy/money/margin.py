"""What spend earns: the margins that orders record, else the profile's rate; vouchers taken off where known."""

from dataclasses import dataclass

import pandas as pd

from pipelines.contracts.catalog.estimation import OutcomeId
from pipelines.contracts.catalog.outcomes import OUTCOMES, SPEND, SPEND_WITHOUT_VOUCHER
from pipelines.contracts.mart import ColumnName, HorizonCol
from pipelines.contracts.message import Reason
from pipelines.contracts.messages.lacking import NoMargin
from pipelines.contracts.messages.populations import MarginsFrom, SpendCounted
from pipelines.policy.company import Company
from pipelines.policy.mart import is_true, lacking, number, return_column


@dataclass(frozen=True)
class Spend:
    """The spend outcome money is computed from: net of vouchers where they are recorded."""

    outcome: OutcomeId
    counted: SpendCounted

    def column(self, days: int) -> ColumnName:
        """Its column of the mart."""
        return OUTCOMES[self.outcome].column_at(days)


NET = Spend(SPEND_WITHOUT_VOUCHER, SpendCounted.NET)
GROSS = Spend(SPEND, SpendCounted.GROSS)


def spend_of(mart: pd.DataFrame, days: int) -> Spend:
    """Spend net of vouchers where the mart knows it within these days, else spend."""
    net = number(mart, HorizonCol.SPEND_WITHOUT_VOUCHER.at(days)).notna().any()
    return NET if net else GROSS


def recorded(mart: pd.DataFrame, days: int) -> bool:
    """Whether orders say themselves what they earn."""
    return bool(number(mart, HorizonCol.MARGIN.at(days)).notna().any())


def lacking_margin(company: Company) -> Reason | None:
    """Why spend can't be turned into money earned, if so."""
    declared = company.facts.has("orders", "margin") or company.margin_rate is not None
    return lacking(company.facts, SPEND) or (None if declared else NoMargin())


def margins(mart: pd.DataFrame, spend: Spend, days: int, company: Company) -> pd.Series:
    """Margin per incident within ``days``, reporting currency; missing where follow-up or an order's margin is."""
    if recorded(mart, days):
        return number(mart, HorizonCol.MARGIN.at(days))
    rate = company.margin_rate
    return number(mart, spend.column(days)) * (float("nan") if rate is None else rate)


def margin_of_returner(
    mart: pd.DataFrame, spend: Spend, days: int, company: Company, chosen: pd.Series | None = None
) -> float | None:
    """Mean margin within ``days`` of incidents whose customer came back (their return flag is 1), reporting currency.

    Returners whose margin was 0 or below count; spend without a return doesn't. ``chosen`` (flags in the mart's order)
    takes some incidents alone. ``None`` where nobody came back, margins aren't known, or they come to nothing.
    """
    back = is_true(mart, return_column(company.facts, days))
    if chosen is not None:
        back &= chosen
    earned = float(margins(mart, spend, days, company)[back].mean())
    return earned if earned > 0 else None


def earned_share(mart: pd.DataFrame, spend: Spend, days: int, company: Company) -> float:
    """What one unit of spend earns: margins over spend of followed incidents, else the profile's rate; 0 if unknown."""
    if not recorded(mart, days):
        return company.margin_rate or 0.0
    margin, spent = margins(mart, spend, days, company), number(mart, spend.column(days))
    known = margin.notna() & spent.notna()
    total = float(spent[known].sum())
    return float(margin[known].sum()) / total if total > 0 else 0.0


def margins_from(mart: pd.DataFrame, days: int) -> MarginsFrom:
    """Where margins come from."""
    return MarginsFrom.ORDERS if recorded(mart, days) else MarginsFrom.RATE


def before_vouchers(mart: pd.DataFrame, days: int) -> pd.DataFrame:
    """The mart with what vouchers paid for put back into its margins; read it with :data:`.margin.GROSS`.

    Vouchers paid for the difference of the two spends; where that isn't known, margins stay as they are.
    """
    if not recorded(mart, days):
        return mart
    paid = number(mart, HorizonCol.SPEND.at(days)) - number(mart, HorizonCol.SPEND_WITHOUT_VOUCHER.at(days))
    margin = HorizonCol.MARGIN.at(days)
    return mart.assign(**{margin: number(mart, margin) + paid.fillna(0.0)})
