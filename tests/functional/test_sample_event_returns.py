"""Returns after the sample's mass incidents, with a voucher and without, counted again from its orders."""

import pandas as pd
import pyarrow.parquet as pq
import pytest
from published_sample import SAMPLE


@pytest.fixture(scope="module")
def hit(sample_run):
    columns = ["incident_id", "event_id", "opened_at", "customer_on_file", "follow_up_days"]
    columns += ["returned_within_365d", "returned_without_voucher_365d"]
    mart = pq.read_table(sample_run / "incident_mart.parquet", columns=columns).to_pandas()
    return mart[mart["event_id"].notna() & mart["returned_within_365d"].notna()]


def test_both_shares_are_those_of_the_mart(sample_run, hit):
    events = pq.read_table(sample_run / "events.parquet").to_pandas()
    events = events[(events["within_days"] == 365) & (events["verdict"] == "estimated")]
    columns = {"returned": "returned_within_365d", "returned_without_voucher": "returned_without_voucher_365d"}
    for measure, column in columns.items():
        shown = events[events["measure"] == measure].set_index("event_id")["estimate"]
        counted = hit.groupby("event_id")[column].apply(lambda flags: flags.astype(float).mean())
        assert len(shown) > 0
        assert shown.to_dict() == pytest.approx(counted[shown.index].to_dict())


def test_returns_without_a_voucher_are_those_of_the_orders(hit):
    incidents = pd.read_csv(SAMPLE / "incidents.csv.gz", usecols=["incident_id", "customer_id"], dtype=str)
    orders = pd.read_csv(SAMPLE / "orders.csv.gz", dtype={"customer_id": str})
    orders["ordered_at"] = pd.to_datetime(orders["ordered_at"], utc=True, errors="coerce", format="ISO8601")
    bought = (orders["amount"] > 0) & (orders["status"] != "cancelled") & ~orders["is_replacement"].astype(bool)
    own = orders[bought & ~(orders["voucher_amount"] > 0)]
    known = hit.merge(incidents.drop_duplicates("incident_id"), on="incident_id")
    later = known.merge(own[["customer_id", "ordered_at"]], on="customer_id")
    wait = later["ordered_at"] - later["opened_at"]
    back = set(later.loc[(wait > pd.Timedelta(0)) & (wait <= pd.Timedelta(days=365)), "incident_id"])
    assert known["incident_id"].isin(back).tolist() == known["returned_without_voucher_365d"].astype(bool).tolist()
    assert (known["returned_without_voucher_365d"] <= known["returned_within_365d"]).all()
    assert known["returned_without_voucher_365d"].sum() < known["returned_within_365d"].sum()
