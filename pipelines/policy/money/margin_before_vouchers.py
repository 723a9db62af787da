"""Margins before vouchers, for wherever the cost of compensation is taken off as well: credit must not count twice."""

import pandas as pd

from pipelines.contracts.mart import HorizonCol
from pipelines.policy.mart import number
from pipelines.policy.money.margin import recorded


def before_vouchers(mart: pd.DataFrame, days: int) -> pd.DataFrame:
    """The mart with what vouchers paid for put back into its margins; read it with :data:`.margin.GROSS`.

    Vouchers paid for the difference of the two spends; where that isn't known, margins stay as they are.
    """
    if not recorded(mart, days):
        return mart
    paid = number(mart, HorizonCol.SPEND.at(days)) - number(mart, HorizonCol.SPEND_WITHOUT_VOUCHER.at(days))
    margin = HorizonCol.MARGIN.at(days)
    return mart.assign(**{margin: number(mart, margin) + paid.fillna(0.0)})
