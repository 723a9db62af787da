"""What compensation really cost: face × redemption × unit cost, one number per incident."""

import pandas as pd

from pipelines.contracts.vocabulary import FUTURE_CREDIT_KINDS, GESTURE_KINDS
from pipelines.policy.company import Company


def incident_costs(mart: pd.DataFrame, company: Company) -> pd.DataFrame:
    """One row per incident, in the mart's order: ``cost`` by the data cut and ``cost_if_redeemed``, reporting currency.

    The unit cost where it is recorded, else the face value; credit costs once it is redeemed (all of it where
    redemptions aren't recorded); a gesture without an amount costs nothing; another unpriced payout leaves its incident
    unknown. Incidents without a payout cost 0.
    """
    paid = company.compensations
    if "issued_at" in paid:
        issued = pd.to_datetime(paid["issued_at"], utc=True)
        paid = paid[issued.isna() | (issued < company.cut)]
    gesture = paid["kind"].isin(GESTURE_KINDS)
    full = paid["unit_cost"].astype("float64").fillna(paid["face_amount"].astype("float64"))
    full = full.where(full.notna() | ~gesture, 0.0)
    credit = paid["kind"].isin(FUTURE_CREDIT_KINDS)
    redeemed = pd.to_datetime(paid["redeemed_at"], utc=True) < company.cut
    waits = credit & ~redeemed if company.facts.has("compensations", "redeemed_at") else credit & False
    costs = pd.DataFrame({"cost": full.where(~waits, 0.0), "cost_if_redeemed": full})
    by_incident = costs.groupby(paid["incident_id"])
    unknown = costs.isna().groupby(paid["incident_id"]).any()
    summed = by_incident.sum().mask(unknown)
    nothing = pd.DataFrame(
        0.0, index=mart["incident_id"][~mart["incident_id"].isin(summed.index)], columns=summed.columns
    )
    return pd.concat([summed, nothing]).reindex(mart["incident_id"]).set_axis(mart.index)
